// The pages of whoever decides on a request, and those that ask before a step is taken.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDate } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { form } from '#ui/components/form.ts';
import { hiddenFields } from '#ui/components/hidden-fields.ts';
import { radios } from '#ui/components/radios.ts';
import { select } from '#ui/components/select.ts';
import { table } from '#ui/components/table.ts';
import { textInput } from '#ui/components/text-input.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html, lines } from '#ui/html.ts';
import type { CheckResult } from './request-checks.rules.ts';
import type { Comparison } from './request-history.rules.ts';
import {
  checksTable,
  fieldValue,
  formContent,
  requestAddress,
  requestCrumbs,
  requestTags,
} from './request-parts.pages.ts';
import { requestsMessages } from './requests.messages.ts';
import type { AccreditationRequest, RequestedScope } from './requests.types.ts';

/** What is decided, as typed. */
export type TypedDecision = Readonly<Record<'decision' | 'text' | 'quotaPerMinute' | 'validUntil', string>>;

/** What the page of whoever decides shows. */
export interface InstructionView {
  readonly csrf: Html;
  readonly request: AccreditationRequest;
  readonly scopes: readonly RequestedScope[];
  readonly checks: readonly CheckResult[];
  readonly comparisons: readonly Comparison[];
  readonly typed: TypedDecision;
  readonly faults: readonly FieldError[];
  /** How long a decision takes, in one sentence. */
  readonly times: string;
  readonly timeZone: string;
}

/** The page on which a request is examined and decided. */
export function instructionPage(locale: Locale, view: InstructionView): Page {
  const words = requestsMessages(locale);
  const { request, scopes, checks, comparisons, faults, times } = view;
  return {
    title: `${words.instruction.title}, ${words.number(request.number)}`,
    breadcrumbs: requestCrumbs(locale, request),
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}
<span class="govuk-caption-l">${words.number(request.number)}, ${request.organisationName}</span>
<h1>${words.instruction.title}${locale === 'fr' ? '\u00A0' : ''}: ${request.title || words.untitled}</h1>
${requestTags(locale, request)}
<p>${times}</p>
<h2>${words.checks.title}</h2>
${checksTable(locale, checks)}
${comparisons.length > 0 && html`<h2>${words.instruction.changes}</h2>${comparisons.map((comparison) => changes(locale, comparison, view.timeZone))}`}
<h2>${words.one.content}</h2>
${formContent(locale, request.form, scopes)}
<h2 id="decide">${words.instruction.decide}</h2>
${decisionForm(locale, view)}`,
  };
}

function changes(locale: Locale, { since, at, changes: all }: Comparison, timeZone: string): Html {
  const words = requestsMessages(locale);
  const { instruction } = words;
  const title = instruction.sinceOf(instruction.since[since], formatDate(locale, at, timeZone));
  return html`<h3>${title}</h3>
${table({
  locale,
  caption: title,
  captionHidden: true,
  columns: [{ text: instruction.field }, { text: instruction.before }, { text: instruction.after }],
  rows: all.map(({ field, before, after }) =>
    field === 'scopes'
      ? [words.blocks.scopes, lines(before), lines(after)]
      : [words.fields[field].label, fieldValue(locale, field, before), fieldValue(locale, field, after)],
  ),
  empty: instruction.noChange,
})}`;
}

function decisionForm(locale: Locale, { csrf, request, scopes, typed, faults }: InstructionView): Html {
  const { instruction } = requestsMessages(locale);
  const producers = [...new Set(scopes.map(({ producerName }) => producerName))].join(', ');
  return html`<p>${instruction.concerned(producers)}</p>
${form({
  action: requestAddress(request.id, '/instruction'),
  csrf,
  content: html`${hiddenFields({ version: String(request.version) })}
${radios({
  locale,
  name: 'decision',
  label: instruction.decision,
  value: typed.decision,
  error: faultOf(locale, faults, 'decision'),
  items: (['validate', 'request-changes', 'refuse'] as const).map((value) => ({
    value,
    text: instruction.decisions[value],
    hint: instruction.decisionHints[value],
  })),
})}
${textarea({ locale, name: 'text', label: instruction.text, hint: instruction.textHint, rows: 5, limit: 5000, value: typed.text, error: faultOf(locale, faults, 'text') })}
${textInput({ locale, name: 'quotaPerMinute', label: instruction.quota, hint: instruction.quotaHint, value: typed.quotaPerMinute, optional: true, inputMode: 'numeric', width: 10, maxLength: 10, error: faultOf(locale, faults, 'quotaPerMinute') })}
${textInput({ locale, name: 'validUntil', label: instruction.until, hint: instruction.untilHint, type: 'date', value: typed.validUntil, optional: true, error: faultOf(locale, faults, 'validUntil') })}
${button({ text: instruction.submit })}`,
})}`;
}

/** Steps that have a page that asks first. */
export const ASKED_STEPS = [
  'reopen',
  'cancel-reopening',
  'archive',
  'revoke',
  'copy',
  'hand-over',
  'transfer',
] as const;

/** One of them. */
export type AskedStep = (typeof ASKED_STEPS)[number];

/** What a page that asks first needs. */
export interface StepView {
  readonly csrf: Html;
  readonly request: AccreditationRequest;
  readonly step: AskedStep;
  readonly typed: Readonly<Record<string, string | undefined>>;
  readonly faults: readonly FieldError[];
  /** To whom a transfer may go. */
  readonly organisations: readonly { readonly id: string; readonly name: string }[];
}

/** The page that asks before a step is taken. */
export function stepPage(locale: Locale, view: StepView): Page {
  const words = requestsMessages(locale);
  const { csrf, request, step, faults } = view;
  const { title, lead, submit } = words.steps[step];
  return {
    title: `${title}, ${words.number(request.number)}`,
    breadcrumbs: requestCrumbs(locale, request),
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}<h1>${title}</h1>
<p class="socle-lead">${lead}</p>
${form({
  action: requestAddress(request.id, `/${step}`),
  csrf,
  content: html`${hiddenFields({ version: String(request.version) })}
${stepFields(locale, view)}
${buttonGroup([button({ text: submit, kind: step === 'revoke' || step === 'archive' ? 'warning' : 'primary' }), html`<a class="govuk-link" href="${requestAddress(request.id)}">${words.form.back}</a>`])}`,
})}`,
  };
}

function stepFields(locale: Locale, { request, step, typed, faults, organisations }: StepView): Html | null {
  const words = requestsMessages(locale);
  switch (step) {
    case 'copy':
      return radios({
        locale,
        name: 'stage',
        label: words.stage,
        value: typed.stage ?? 'production',
        error: faultOf(locale, faults, 'stage'),
        items: (['sandbox', 'production'] as const).map((value) => ({
          value,
          text: words.stages[value],
          hint: words.stageHints[value],
        })),
      });
    case 'transfer':
      return html`${select({ locale, name: 'organisationId', label: words.transferOrganisation, value: typed.organisationId ?? request.organisationId, error: faultOf(locale, faults, 'organisationId'), items: organisations.map(({ id, name }) => ({ value: id, text: name })) })}
${textInput({ locale, name: 'email', label: words.transferTo, type: 'email', value: typed.email ?? '', maxLength: 254, spellcheck: false, error: faultOf(locale, faults, 'email') })}`;
    case 'reopen':
    case 'archive':
    case 'revoke':
      return textarea({
        locale,
        name: 'text',
        label: words.reason,
        rows: 3,
        limit: 2000,
        optional: step !== 'revoke',
        value: typed.text ?? '',
        error: faultOf(locale, faults, 'text'),
      });
    default:
      return null;
  }
}
