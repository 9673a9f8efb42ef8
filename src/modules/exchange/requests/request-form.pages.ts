// The pages on which a request is written: its beginning, one page for each block, the check before it is submitted.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { checkbox, checkboxes } from '#ui/components/checkboxes.ts';
import { details } from '#ui/components/details.ts';
import { errorSummary } from '#ui/components/error-summary.ts';
import { fieldset } from '#ui/components/fieldset.ts';
import { form } from '#ui/components/form.ts';
import { hiddenFields } from '#ui/components/hidden-fields.ts';
import { inset } from '#ui/components/inset.ts';
import { radios } from '#ui/components/radios.ts';
import { select } from '#ui/components/select.ts';
import { textInput } from '#ui/components/text-input.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import type { CheckResult } from './request-checks.rules.ts';
import {
  CONTACTS,
  REQUEST_BLOCKS,
  REQUEST_FIELDS,
  type RequestBlock,
  type RequestField,
  type RequestForm,
} from './request-fields.data.ts';
import { blockOfField, fieldsOf, isAsked } from './request-form.rules.ts';
import { checksTable, formContent, requestAddress, requestCrumbs } from './request-parts.pages.ts';
import { requestsMessages } from './requests.messages.ts';
import type { AccreditationRequest, RequestedScope } from './requests.types.ts';
import { REQUEST_TEMPLATES } from './templates.data.ts';

/** What was typed to begin a request, or to prepare one for somebody. */
export type TypedBeginning = Readonly<
  Record<'template' | 'organisationId' | 'stage' | 'email' | 'api', string>
>;

/** What the page that begins a request needs. */
export interface BeginningView {
  readonly csrf: Html;
  readonly typed: TypedBeginning;
  readonly faults: readonly FieldError[];
  readonly organisations: readonly { readonly id: string; readonly name: string }[];
  /** How long a decision takes, in one sentence. */
  readonly times: string;
}

function beginningFields(locale: Locale, { typed, faults }: BeginningView): Html {
  const words = requestsMessages(locale);
  return html`${radios({
    locale,
    name: 'template',
    label: words.creation.template,
    value: typed.template,
    error: faultOf(locale, faults, 'template'),
    items: REQUEST_TEMPLATES.map(({ word, title, summary }) => ({
      value: word,
      text: title[locale],
      hint: summary[locale],
    })),
  })}
${radios({
  locale,
  name: 'stage',
  label: words.stage,
  value: typed.stage,
  error: faultOf(locale, faults, 'stage'),
  items: (['sandbox', 'production'] as const).map((value) => ({
    value,
    text: words.stages[value],
    hint: words.stageHints[value],
  })),
})}`;
}

/** The page on which an applicant begins a request. */
export function newRequestPage(locale: Locale, view: BeginningView): Page {
  const words = requestsMessages(locale);
  const { csrf, typed, faults, organisations, times } = view;
  return {
    title: words.creation.title,
    breadcrumbs: requestCrumbs(locale),
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}<h1>${words.creation.title}</h1>
<p class="socle-lead">${words.creation.lead}</p>
<p>${times} <a href="/exchange/requests/times">${words.timesLink}</a></p>
${
  organisations.length === 0
    ? html`<p>${words.creation.noOrganisation}</p>`
    : form({
        action: '/exchange/requests/new',
        csrf,
        content: html`${hiddenFields({ api: typed.api })}${
          organisations.length === 1
            ? html`${hiddenFields({ organisationId: organisations[0]?.id })}<p><strong>${words.creation.organisation}</strong><br>${organisations[0]?.name}</p>`
            : select({
                locale,
                name: 'organisationId',
                label: words.creation.organisation,
                value: typed.organisationId,
                placeholder: true,
                error: faultOf(locale, faults, 'organisationId'),
                items: organisations.map(({ id, name }) => ({ value: id, text: name })),
              })
        }
${beginningFields(locale, view)}
${button({ text: words.creation.submit })}`,
      })
}`,
  };
}

/** The page on which an instructor begins a request for somebody. */
export function prepareRequestPage(locale: Locale, view: BeginningView): Page {
  const words = requestsMessages(locale);
  const { csrf, typed, faults, organisations } = view;
  return {
    title: words.preparation.title,
    breadcrumbs: requestCrumbs(locale),
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}<h1>${words.preparation.title}</h1>
<p class="socle-lead">${words.preparation.lead}</p>
${form({
  action: '/exchange/requests/prepare',
  csrf,
  content: html`${select({ locale, name: 'organisationId', label: words.preparation.organisation, value: typed.organisationId, placeholder: true, error: faultOf(locale, faults, 'organisationId'), items: organisations.map(({ id, name }) => ({ value: id, text: name })) })}
${textInput({ locale, name: 'email', label: words.preparation.email, type: 'email', value: typed.email, error: faultOf(locale, faults, 'email'), maxLength: 254, spellcheck: false })}
${beginningFields(locale, view)}
${button({ text: words.preparation.submit })}`,
})}`,
  };
}

/** The page on which somebody claims a draft that was prepared for them. */
export function claimPage(
  locale: Locale,
  {
    csrf,
    request,
    token,
    scopes,
  }: { csrf: Html; request: AccreditationRequest; token: string; scopes: readonly RequestedScope[] },
): Page {
  const words = requestsMessages(locale);
  return {
    title: words.claim.title,
    breadcrumbs: requestCrumbs(locale),
    main: html`<h1>${words.claim.title}</h1>
<p class="socle-lead">${words.claim.lead(request.organisationName)}</p>
${form({ action: `/exchange/requests/claim/${encodeURIComponent(token)}`, csrf, content: button({ text: words.claim.submit }) })}
<h2>${words.one.content}</h2>
${formContent(locale, request.form, scopes)}`,
  };
}

/** What the page of a block needs. */
export interface BlockView {
  readonly csrf: Html;
  readonly request: AccreditationRequest;
  /** The version that was read: the one typed where the form was refused. */
  readonly version: string;
  readonly block: RequestBlock;
  readonly form: RequestForm;
  readonly scopeIds: readonly string[];
  readonly offered: readonly RequestedScope[];
  readonly faults: readonly FieldError[];
}

/** The page of one block of the form. */
export function blockPage(locale: Locale, view: BlockView): Page {
  const words = requestsMessages(locale);
  const { csrf, request, block, faults, version } = view;
  const at = REQUEST_BLOCKS.indexOf(block) + 1;
  return {
    title: `${words.blocks[block]}, ${words.number(request.number)}`,
    breadcrumbs: requestCrumbs(locale, request),
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}
<span class="govuk-caption-l">${words.form.step(at, REQUEST_BLOCKS.length)}</span>
<h1>${words.blocks[block]}</h1>
<p>${words.blockLeads[block]}</p>
${form({
  action: requestAddress(request.id, `/form/${block}`),
  csrf,
  content: html`${hiddenFields({ version })}
${block === 'scopes' ? scopeFields(locale, view) : block === 'contacts' ? contactFields(locale, view) : fieldsOf(block).map((name) => control(locale, view, name))}
${buttonGroup([button({ text: words.form.save }), html`<a class="govuk-link" href="${requestAddress(request.id)}">${words.form.back}</a>`])}`,
})}`,
  };
}

const INPUTS = {
  email: { type: 'email', autocomplete: 'off', spellcheck: false },
  phone: { type: 'tel', autocomplete: 'off', width: 20 },
  url: { type: 'url', spellcheck: false },
  number: { inputMode: 'numeric', width: 10 },
  hour: { inputMode: 'numeric', width: 2 },
  day: { inputMode: 'numeric', width: 10 },
  line: {},
} as const;

function control(locale: Locale, { request, form: typed, faults }: BlockView, name: RequestField): Html {
  const words = requestsMessages(locale);
  const { kind, bounds, choices = [] } = REQUEST_FIELDS[name];
  const { label, hint } = words.fields[name];
  const common = {
    locale,
    name,
    label,
    ...(hint === undefined ? {} : { hint }),
    error: faultOf(locale, faults, name),
    optional: !isAsked(name, request.stage),
  };
  const value = typed[name] ?? '';
  if (kind === 'choice')
    return radios({
      ...common,
      value,
      items: choices.map((choice) => ({
        value: choice,
        text: words.choices[choice as keyof typeof words.choices],
      })),
    });
  if (kind === 'lines')
    return textarea({ ...common, value, rows: bounds[1] > 2000 ? 8 : 3, limit: bounds[1] });
  const most = kind === 'number' || kind === 'hour' ? 10 : bounds[1];
  return textInput({ ...common, value, maxLength: most, ...INPUTS[kind] });
}

function contactFields(locale: Locale, view: BlockView): Html {
  const words = requestsMessages(locale);
  return html`${CONTACTS.map((who) =>
    fieldset({
      legend: words.contacts[who],
      legendSize: 'medium',
      content: (['Name', 'Email', 'Phone'] as const).map((part) => control(locale, view, `${who}${part}`)),
    }),
  )}`;
}

/** The name of the checkbox of a scope. */
export const SCOPE_FIELD = 'scope';

function scopeFields(locale: Locale, { offered, scopeIds, faults }: BlockView): Html {
  const words = requestsMessages(locale);
  if (offered.length === 0) return inset(words.form.noApis);
  const byProducer = Map.groupBy(offered, ({ producerName }) => producerName);
  const error = faultOf(locale, faults, 'scopes');
  return html`<div id="scopes">${error !== undefined && html`<p class="govuk-error-message">${error}</p>`}
${[...byProducer].map(
  ([producer, theirs]) => html`<h2 class="govuk-heading-m">${producer}</h2>
${[...Map.groupBy(theirs, ({ apiId }) => apiId).values()].map((scopes) => apiScopes(locale, scopes, scopeIds))}`,
)}</div>`;
}

function apiScopes(locale: Locale, scopes: readonly RequestedScope[], chosen: readonly string[]): Html {
  const words = requestsMessages(locale);
  const [first] = scopes;
  if (!first) return html``;
  const own = scopes.filter(({ scopeId }) => chosen.includes(scopeId)).map(({ scopeId }) => scopeId);
  return details({
    summary: `${first.apiName} (${words.form.chosen(own.length)})`,
    open: own.length > 0,
    content: html`${first.apiState !== 'open' && html`<p class="govuk-error-message">${words.form.gone}</p>`}
${first.legalBasisRequired !== null && html`<p>${words.form.requires(first.legalBasisRequired)}</p>`}
${checkboxes({
  locale,
  name: SCOPE_FIELD,
  id: `scope-${first.apiId}`,
  label: first.apiName,
  values: own,
  items: scopes.map(({ scopeId, title, isSensitive }) => ({
    value: scopeId,
    text: isSensitive ? `${title} (${words.form.sensitive.toLowerCase()})` : title,
  })),
})}`,
  });
}

/** What the page before a submission needs. */
export interface SubmissionView {
  readonly csrf: Html;
  readonly request: AccreditationRequest;
  readonly scopes: readonly RequestedScope[];
  readonly checks: readonly CheckResult[];
  readonly typed: { readonly acceptsTerms: boolean; readonly dpoIsInformed: boolean };
  readonly faults: readonly FieldError[];
}

/** Where a fault of a submission is mended: the page of its block, or this one. */
function faultHref(id: string, field: string): string | undefined {
  if (field === '') return undefined;
  const block = blockOfField(field);
  return block === null ? `#${field}` : `${requestAddress(id, `/form/${block}`)}#${field}`;
}

/** The page on which a request is checked and submitted. */
export function submissionPage(locale: Locale, view: SubmissionView): Page {
  const words = requestsMessages(locale);
  const { csrf, request, scopes, checks, typed, faults } = view;
  const { submission } = words;
  return {
    title: `${submission.title}, ${words.number(request.number)}`,
    breadcrumbs: requestCrumbs(locale, request),
    hasErrors: faults.length > 0,
    main: html`${errorSummary({
      locale,
      errors: faults.map(({ field, text }) => {
        const href = faultHref(request.id, field);
        return href === undefined ? { text: text[locale] } : { text: text[locale], href };
      }),
    })}
<h1>${submission.title}</h1>
<h2>${submission.checks}</h2>
${checksTable(locale, checks)}
<h2>${words.one.content}</h2>
${formContent(locale, request.form, scopes)}
<h2>${submission.submit}</h2>
${form({
  action: requestAddress(request.id, '/submit'),
  csrf,
  content: html`${hiddenFields({ version: String(request.version) })}
${checkbox({ locale, name: 'acceptsTerms', label: submission.terms, checked: typed.acceptsTerms, error: faultOf(locale, faults, 'acceptsTerms') })}
${request.stage === 'production' && checkbox({ locale, name: 'dpoIsInformed', label: submission.dpo, checked: typed.dpoIsInformed, error: faultOf(locale, faults, 'dpoIsInformed') })}
${buttonGroup([button({ text: submission.submit }), html`<a class="govuk-link" href="${requestAddress(request.id)}">${words.form.back}</a>`])}`,
})}`,
  };
}
