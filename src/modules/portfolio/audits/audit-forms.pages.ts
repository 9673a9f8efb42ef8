// The forms of audits: to ask for one, to compose its mission, add a finding, conclude, release, give up.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { checkboxes } from '#ui/components/checkboxes.ts';
import { form } from '#ui/components/form.ts';
import { radios } from '#ui/components/radios.ts';
import { select } from '#ui/components/select.ts';
import { textInput } from '#ui/components/text-input.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import { redactionFields } from '../opinions/decision.pages.ts';
import { auditsMessages } from './audits.messages.ts';
import { auditAddress, auditCrumbs } from './audits.pages.ts';
import { type Audit, SEVERITIES } from './audits.types.ts';

/** What was typed into any of the forms. */
export type TypedForm = Readonly<Record<string, string | readonly string[]>>;

/** Something to choose, by its id. */
interface Named {
  readonly id: string;
  readonly name: string;
}

interface FormView {
  readonly csrf: Html;
  readonly typed: TypedForm;
  readonly faults: readonly FieldError[];
}

const one = (typed: TypedForm, name: string): string => {
  const value = typed[name] ?? '';
  return typeof value === 'string' ? value : (value[0] ?? '');
};
const many = (typed: TypedForm, name: string): readonly string[] => [typed[name] ?? []].flat();
const choices = (all: readonly Named[]) => all.map(({ id, name }) => ({ value: id, text: name }));

/** The form by which an audit is asked for. */
export function askAuditPage(
  locale: Locale,
  view: FormView & {
    /** Ministries in whose name the reader asks. */
    readonly requesters: readonly Named[];
    readonly ministries: readonly Named[];
    readonly organisations: readonly Named[];
    readonly files: readonly Named[];
  },
): Page {
  const words = auditsMessages(locale);
  const { typed, faults } = view;
  const common = (name: string) => ({ locale, name, error: faultOf(locale, faults, name) });
  const value = (name: string) => one(typed, name);
  return {
    title: words.add,
    hasErrors: faults.length > 0,
    breadcrumbs: auditCrumbs(locale),
    main: html`${faultSummary(locale, faults)}
<h1>${words.add}</h1>
<p class="socle-lead">${words.form.lead}</p>
${form({
  action: '/projects/audits/new',
  csrf: view.csrf,
  content: html`${select({ ...common('requesterId'), label: words.form.requester, items: choices(view.requesters), value: value('requesterId'), ...(view.requesters.length > 1 ? { placeholder: true as const } : {}) })}
${select({ ...common('fileId'), label: words.form.file, hint: words.form.fileHint, items: choices(view.files), value: value('fileId'), placeholder: true })}
${textInput({ ...common('subject'), label: words.form.subject, value: value('subject') })}
${select({ ...common('organisationId'), label: words.form.organisation, items: choices(view.organisations), value: value('organisationId'), placeholder: true })}
${textarea({ ...common('scope'), label: words.scope, rows: 5, limit: 5000, value: value('scope') })}
${textarea({ ...common('questions'), label: words.questions, rows: 4, limit: 5000, value: value('questions') })}
${checkboxes({ ...common('informedIds'), label: words.form.informed, items: choices(view.ministries), values: many(typed, 'informedIds') })}
${buttonGroup([button({ text: words.form.submit }), html`<a href="/projects/audits">${words.form.cancel}</a>`])}`,
})}`,
  };
}

/** The forms on one audit; each is the last part of an address. */
export const AUDIT_FORMS = ['mission', 'finding', 'conclude', 'release', 'abandon'] as const;
/** One of them. */
export type AuditForm = (typeof AUDIT_FORMS)[number];

/** One of those forms. */
export function auditFormPage(
  locale: Locale,
  view: FormView & {
    readonly audit: Audit;
    readonly which: AuditForm;
    readonly auditors: readonly Named[];
    /** What may be struck out, by field. */
    readonly texts: Readonly<Record<string, string>>;
  },
): Page {
  const words = auditsMessages(locale).form;
  const { audit, which, faults } = view;
  const [title, lead, submit] = {
    mission: [words.missionTitle, words.missionLead, words.missionSubmit],
    finding: [words.findingTitle, '', words.findingSubmit],
    conclude: [words.concludeTitle, words.concludeLead, words.concludeSubmit],
    release: [words.releaseTitle, words.releaseLead, auditsMessages(locale).moves.release],
    abandon: [words.abandonTitle, words.abandonLead, auditsMessages(locale).moves.abandon],
  }[which] as [string, string, string];
  return {
    title: `${title} – ${audit.subject}`,
    hasErrors: faults.length > 0,
    breadcrumbs: auditCrumbs(locale, audit),
    main: html`${faultSummary(locale, faults)}
<h1>${title}</h1>
<p class="socle-lead">${audit.subject}</p>
${lead !== '' && html`<p>${lead}</p>`}
${form({
  action: auditAddress(audit.id, `/${which}`),
  csrf: view.csrf,
  content: html`${fields(locale, view)}
${buttonGroup([
  button({ text: submit, kind: which === 'abandon' ? 'warning' : 'primary' }),
  html`<a href="${auditAddress(audit.id)}">${words.cancel}</a>`,
])}`,
})}`,
  };
}

function fields(locale: Locale, view: Parameters<typeof auditFormPage>[1]): Html {
  const words = auditsMessages(locale);
  const { typed, faults, auditors } = view;
  const common = (name: string, label: string) => ({
    locale,
    name,
    label,
    error: faultOf(locale, faults, name),
  });
  const value = (name: string) => one(typed, name);
  const day = (name: 'startsOn' | 'endsOn' | 'dueOn') =>
    textInput({ ...common(name, words.form[name]), type: 'date', width: 10, value: value(name) });
  switch (view.which) {
    case 'mission':
      return html`${checkboxes({ ...common('memberIds', words.form.members), items: choices(auditors), values: many(typed, 'memberIds') })}
${select({ ...common('leadId', words.form.leader), items: choices(auditors), value: value('leadId'), placeholder: true })}
${day('startsOn')}
${day('endsOn')}`;
    case 'finding':
      return html`${radios({ ...common('severity', words.form.severity), items: SEVERITIES.map((one) => ({ value: one, text: words.severities[one] })), value: value('severity'), inline: true })}
${textInput({ ...common('title', words.form.headline), value: value('title') })}
${textarea({ ...common('text', words.form.text), rows: 6, limit: 5000, value: value('text') })}`;
    case 'conclude':
      return html`${textarea({ ...common('conclusions', words.conclusions), rows: 10, limit: 20_000, value: value('conclusions') })}
${textarea({ ...common('recommendations', words.recommendations), hint: words.form.recommendationsHint, rows: 5, value: value('recommendations') })}
${day('dueOn')}`;
    case 'release':
      return redactionFields(locale, {
        fields: Object.entries(view.texts).map(([name, text]) => ({
          name,
          text,
          label: name.startsWith('finding-')
            ? words.form.finding(Number(name.slice('finding-'.length)))
            : words[name as 'scope' | 'conclusions' | 'recommendations'],
        })),
        typed: Object.fromEntries(Object.keys(typed).map((name) => [name, one(typed, name)])),
        faults,
      });
    case 'abandon':
      return textarea({ ...common('reason', words.reason), rows: 4, limit: 2000, value: value('reason') });
  }
}
