// The part of an application's page on its agreement: both signatures, the instalments, and what each waits for.
import type { FieldError } from '#platform/errors.ts';
import { faultOf } from '#platform/form-faults.ts';
import { formatDate, formatDay, formatEuroCents, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button } from '#ui/components/button.ts';
import { details } from '#ui/components/details.ts';
import { form } from '#ui/components/form.ts';
import { hiddenFields } from '#ui/components/hidden-fields.ts';
import { inset } from '#ui/components/inset.ts';
import { table } from '#ui/components/table.ts';
import { type TagTone, tag } from '#ui/components/tag.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import type { ApplicationView } from './application.pages.ts';
import { fundingMessages } from './funding.messages.ts';
import type { Instalment, InstalmentState, Signature } from './funding.types.ts';
import { writtenInstalments } from './typed-funding.rules.ts';

const TONES: Record<InstalmentState, TagTone> = {
  waiting: 'neutral',
  evidenced: 'warning',
  verified: 'info',
  paid: 'good',
  released: 'neutral',
};

/** The field of an instalment's evidence: each row has its own. */
export function evidenceField(instalmentId: string): string {
  return `evidence-${instalmentId}`;
}

/** The faults of an instalment's form, under the fields that its row has. */
export function faultsOfInstalment(instalmentId: string, faults: readonly FieldError[]): FieldError[] {
  return faults.map((fault) =>
    fault.field === 'evidence' ? { ...fault, field: evidenceField(instalmentId) } : fault,
  );
}

/** The agreement of an application; nothing before it is awarded. */
export function agreementPart(locale: Locale, view: ApplicationView): Html | null {
  const { application, instalments, decides } = view;
  const words = fundingMessages(locale);
  const isAwarded = application.state === 'awarded';
  if (!isAwarded && instalments.length === 0) return null;
  return html`<h2>${words.agreement}</h2>
${isAwarded ? stillToSign(locale, view) : signatures(locale, view)}
${instalments.length > 0 && instalmentsTable(locale, view)}
${isAwarded && decides && view.contractIsSigned && signForm(locale, view)}`;
}

function signedOn(locale: Locale, { name, at }: Signature, timeZone: string): string {
  return fundingMessages(locale).signedBy(name, formatDate(locale, at, timeZone));
}

function signatures(locale: Locale, { application, timeZone }: ApplicationView): Html | null {
  const words = fundingMessages(locale);
  const { stateSigned, organisationSigned } = application;
  if (stateSigned === null || organisationSigned === null) return null;
  return html`<p>${words.forState} ${signedOn(locale, stateSigned, timeZone)}<br>
${words.forOrganisation(application.organisationName)} ${signedOn(locale, organisationSigned, timeZone)}</p>`;
}

function stillToSign(locale: Locale, view: ApplicationView): Html {
  const { application, applies, csrf, timeZone } = view;
  const words = fundingMessages(locale);
  const { stateSigned } = application;
  if (!view.contractIsSigned) return inset(words.contractFirst);
  if (stateSigned === null) return inset(words.stateSignsFirst);
  return html`<p>${words.forState} ${signedOn(locale, stateSigned, timeZone)}</p>
${
  applies
    ? form({
        action: `/support/applications/${application.id}/agreement-signature`,
        csrf,
        content: html`${hiddenFields({ read: stateSigned.at.toISOString() })}${inset(words.signHint)}${button({ text: words.sign })}`,
      })
    : inset(words.organisationSigns(application.organisationName))
}`;
}

function signForm(locale: Locale, { application, instalments, csrf, faults, typed }: ApplicationView): Html {
  const words = fundingMessages(locale);
  const isSigned = application.stateSigned !== null;
  const amount = formatEuroCents(locale, application.awardedCents);
  const error = faultOf(locale, faults, 'instalments');
  const content = form({
    action: `/support/applications/${application.id}/agreement`,
    csrf,
    content: html`${textarea({ locale, name: 'instalments', label: words.instalmentsOf(amount), hint: words.instalmentsHint, rows: 6, value: typed.instalments ?? writtenInstalments(locale, instalments), error })}
${button({ text: isSigned ? words.signAnew : words.signForState, kind: isSigned ? 'secondary' : 'primary' })}`,
  });
  return isSigned ? details({ summary: words.signAnew, open: error !== undefined, content }) : content;
}

function instalmentsTable(locale: Locale, view: ApplicationView): Html {
  const words = fundingMessages(locale);
  const hasActs = view.application.state === 'agreed' && (view.decides || view.applies);
  return table({
    locale,
    caption: words.instalments,
    columns: [
      { text: words.instalment },
      { text: words.amount, numeric: true },
      { text: words.condition },
      { text: words.dueOn },
      { text: words.state },
      ...(hasActs ? [{ text: words.next }] : []),
    ],
    rows: view.instalments.map((one) => [
      formatNumber(locale, one.position),
      formatEuroCents(locale, one.amountCents),
      html`<strong>${conditionOf(locale, one)}</strong><br>${one.text}`,
      formatDay(locale, one.dueOn),
      html`${tag({ text: words.instalmentStates[one.state === 'waiting' ? one.condition : one.state], tone: TONES[one.state] })}${one.evidence !== '' && html`<br>${one.evidence}`}`,
      ...(hasActs ? [instalmentActs(locale, view, one) ?? '–'] : []),
    ]),
  });
}

function conditionOf(locale: Locale, { condition, threshold }: Instalment): string {
  const words = fundingMessages(locale);
  return threshold === null
    ? words.conditions[condition]
    : words.conditionReaches(words.conditions[condition], formatNumber(locale, threshold, 2));
}

function instalmentActs(locale: Locale, view: ApplicationView, one: Instalment): Html | null {
  const { application, csrf, applies, decides, faults, typed } = view;
  const words = fundingMessages(locale);
  const to = `/support/applications/${application.id}/instalments/${one.id}`;
  const hiddenText = formatNumber(locale, one.position);
  const act = (path: string, text: string) =>
    form({
      action: `${to}/${path}`,
      csrf,
      content: button({ text, hiddenText, kind: 'secondary', small: true }),
    });
  const isOpen = one.state === 'waiting' || one.state === 'evidenced';
  if (decides && one.state === 'verified') return act('pay', words.pay);
  if (decides && isOpen && (one.condition !== 'milestone' || one.state === 'evidenced')) {
    return act('verify', words.verify);
  }
  if (!applies || !isOpen || one.condition !== 'milestone') return null;
  const id = evidenceField(one.id);
  const isRefused = view.instalmentId === one.id;
  return form({
    action: `${to}/evidence`,
    csrf,
    content: html`${textarea({ locale, name: 'evidence', id, label: words.evidenceOf(hiddenText), rows: 2, value: isRefused ? (typed.evidence ?? '') : one.evidence, error: faultOf(locale, faults, id) })}
${button({ text: words.handIn, hiddenText, kind: 'secondary', small: true })}`,
  });
}
