// The form in which a contract's terms are written: a draft, its change, an amendment.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { details } from '#ui/components/details.ts';
import { errorMessage } from '#ui/components/error-message.ts';
import { fieldset } from '#ui/components/fieldset.ts';
import { form } from '#ui/components/form.ts';
import { radios } from '#ui/components/radios.ts';
import { select } from '#ui/components/select.ts';
import { textInput } from '#ui/components/text-input.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import { METHODS } from '../verdicts/verdicts.types.ts';
import { contractAddress, contractCrumbs } from './contract-parts.pages.ts';
import { contractsMessages } from './contracts.messages.ts';
import { GUARDRAILS, type NamedContract } from './contracts.types.ts';
import { guardrailField, type TermsField, type TermsInput } from './terms.rules.ts';
import { rowsOfUnits } from './typed-units.rules.ts';

interface Named {
  readonly id: string;
  readonly name: string;
}

/** What the form of the terms needs. */
export interface TermsView {
  readonly csrf: Html;
  /** What is written: a new contract, a draft anew, or an amendment. */
  readonly purpose: 'draft' | 'edit' | 'amend';
  /** The contract that is changed; null for a new one. */
  readonly contract: NamedContract | null;
  /** The organisation that owns it. */
  readonly organisation: Named;
  readonly typed: TermsInput;
  /** Why it is amended. */
  readonly reason: string;
  readonly faults: readonly FieldError[];
  readonly indicators: readonly { readonly id: string; readonly title: string; readonly unit: string }[];
  readonly owners: readonly Named[];
  readonly reviewers: readonly Named[];
}

/** The form. */
export function termsPage(locale: Locale, view: TermsView): Page {
  const { contract, purpose, faults, organisation } = view;
  const words = contractsMessages(locale);
  const title = { draft: words.draftTitle, edit: words.editTitle, amend: words.amendTitle }[purpose];
  const back = contract === null ? '/impact/contracts/mine' : contractAddress(contract.id);
  return {
    title,
    hasErrors: faults.length > 0,
    breadcrumbs: contractCrumbs(locale, contract ?? undefined),
    main: html`${faultSummary(locale, faults)}
<h1>${title}</h1>
<p class="socle-lead">${purpose === 'amend' ? words.amendLead : words.formLead}</p>
<p>${words.fields.organisationId.label}<br><strong>${organisation.name}</strong></p>
${form({
  action: contract === null ? '/impact/contracts/new' : contractAddress(contract.id, `/${purpose}`),
  csrf: view.csrf,
  content: html`<input type="hidden" name="organisationId" value="${organisation.id}">
${parts(locale, view)}
${buttonGroup([button({ text: words.submit }), html`<a href="${back}">${words.cancel}</a>`])}`,
})}`,
  };
}

function parts(locale: Locale, view: TermsView): Html {
  const words = contractsMessages(locale);
  const { typed, faults, purpose } = view;
  const common = (name: TermsField) => {
    const { label, hint }: { label: string; hint?: string } = words.fields[name];
    const error = faultOf(locale, faults, name);
    return { locale, name, label, error, value: typed[name], ...(hint === undefined ? {} : { hint }) };
  };
  const line = (name: TermsField) => textInput(common(name));
  const lines = (name: TermsField, limit: number) => textarea({ ...common(name), rows: 3, limit });
  const day = (name: TermsField) => textInput({ ...common(name), type: 'date', width: 10 });
  const figure = (name: TermsField, suffix?: string) =>
    textInput({
      ...common(name),
      inputMode: 'decimal',
      width: 10,
      ...(suffix === undefined ? {} : { suffix }),
    });
  const people = (name: TermsField, all: readonly Named[]) =>
    select({
      ...common(name),
      placeholder: true,
      items: all.map(({ id, name: text }) => ({ value: id, text })),
    });
  const [problem, measure, proof, guardrails, cost, persons, rule] = words.formParts;
  return html`<h2>${problem}</h2>
${line('title')}${line('subject')}${lines('problem', 2000)}${lines('population', 1000)}
<h2>${measure}</h2>
${select({
  ...common('indicatorId'),
  placeholder: true,
  items: view.indicators.map(({ id, title, unit }) => ({ value: id, text: `${title} (${unit})` })),
})}
${radios({
  ...common('origin'),
  items: (['measured', 'declared'] as const).map((value) => ({ value, text: words.origins[value] })),
})}
${figure('baselineValue')}${day('baselineOn')}${lines('baselineEvidence', 1000)}${figure('target')}${figure('minimumEffect')}${day('deadline')}
<h2>${proof}</h2>
${radios({
  ...common('counterfactual'),
  items: METHODS.map((value) => ({ value, text: words.methods[value] })),
})}
${comparedUnits(locale, view)}
<h2>${guardrails}</h2>
${GUARDRAILS.map((one) => line(guardrailField(one)))}
<h2>${cost}</h2>
${figure('costEuros', '€')}${figure('costCeilingEuros', '€')}
<h2>${persons}</h2>
${people('ownerPersonId', view.owners)}${people('reviewerPersonId', view.reviewers)}
${purpose !== 'amend' && html`<h2>${rule}</h2>${figure('pScale')}${figure('pStop')}${figure('reviews')}`}
${
  purpose === 'amend' &&
  textarea({
    locale,
    name: 'reason',
    label: words.reason,
    hint: words.reasonHint,
    rows: 3,
    limit: 1000,
    value: view.reason,
    error: faultOf(locale, faults, 'reason'),
  })
}`;
}

/** Rows that wait to be filled beside those that are. */
const EMPTY_ROWS = 4;
const LEAST_ROWS = 6;

/** The places that are compared, folded for the methods that compare none. */
function comparedUnits(locale: Locale, { typed, faults, indicators }: TermsView): Html {
  const { places, fields } = contractsMessages(locale);
  const filled = rowsOfUnits(typed.units);
  const error = faultOf(locale, faults, 'units');
  const choices = indicators.map(({ id, title, unit }) => ({ value: id, text: `${title} (${unit})` }));
  const isAsked = typed.counterfactual === 'staggered' || typed.counterfactual === 'matched';
  const row = (at: number) => {
    const { indicatorId = '', like = '', startsOn = '' } = filled[at] ?? {};
    const id = at === 0 ? 'units' : `units-${at + 1}`;
    return fieldset({
      legend: places.one(String(at + 1)),
      content: html`<div class="socle-fields">${[
        select({
          locale,
          name: 'unit',
          id,
          label: places.indicator,
          placeholder: true,
          items: choices,
          value: indicatorId,
        }),
        textInput({
          locale,
          name: 'unitStart',
          id: `${id}-start`,
          label: places.start,
          type: 'date',
          width: 10,
          value: startsOn,
        }),
        select({
          locale,
          name: 'unitLike',
          id: `${id}-like`,
          label: places.like,
          placeholder: true,
          items: choices,
          value: like,
        }),
      ]}</div>`,
    });
  };
  const rows = Math.max(LEAST_ROWS, filled.length + EMPTY_ROWS);
  return details({
    summary: places.title,
    open: isAsked || error !== undefined || filled.length > 0,
    content: html`<p>${fields.units.hint}</p>
${error && errorMessage({ locale, id: 'units-error', text: error })}
${Array.from({ length: rows }, (_, at) => row(at))}`,
  });
}

/** What stands in the place of the form while something is missing: an indicator, or an organisation of one's own. */
export function nothingToDraftPage(locale: Locale, missing: 'indicator' | 'organisation'): Page {
  const words = contractsMessages(locale);
  return {
    title: words.draftTitle,
    breadcrumbs: contractCrumbs(locale),
    main: html`<h1>${words.draftTitle}</h1>
${
  missing === 'organisation'
    ? html`<p>${words.noOrganisation}</p>`
    : html`<p>${words.noIndicators}</p><p><a href="/impact/indicators">${words.toIndicators}</a></p>`
}`,
  };
}
