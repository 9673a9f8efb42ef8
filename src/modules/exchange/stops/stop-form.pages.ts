// The form by which a flow is stopped: first the API, then what narrows it, why and for how long.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { form } from '#ui/components/form.ts';
import { radios } from '#ui/components/radios.ts';
import { select } from '#ui/components/select.ts';
import { textInput } from '#ui/components/text-input.ts';
import { textarea } from '#ui/components/textarea.ts';
import { warningText } from '#ui/components/warning-text.ts';
import { type Html, html } from '#ui/html.ts';
import type { Api, ApiScope } from '../catalogue/catalogue.types.ts';
import { stopsMessages } from './stops.messages.ts';
import { stopCrumbs } from './stops.pages.ts';
import type { StoppableAccreditation } from './stops.repository.ts';
import { DURATIONS } from './stops.rules.ts';

/** The form as typed. */
export interface StopForm {
  readonly api: string;
  readonly organisation: string;
  readonly accreditation: string;
  readonly scope: string;
  readonly reason: string;
  readonly duration: string;
  readonly endDay: string;
  readonly endHour: string;
}

/** The choice of the API of which a flow is stopped. */
export function chooseApiPage(locale: Locale, apis: readonly Pick<Api, 'slug' | 'name'>[]): Page {
  const { form: words } = stopsMessages(locale);
  return {
    title: words.title,
    breadcrumbs: stopCrumbs(locale, { within: true }),
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.chooseApi}</p>
${form({
  action: '/exchange/producer/stops/new',
  csrf: null,
  content: html`${select({
    locale,
    name: 'api',
    label: words.api,
    placeholder: true,
    items: apis.map(({ slug, name }) => ({ value: slug, text: name })),
  })}
${button({ text: words.goOn })}`,
})}`,
  };
}

/** What the form needs. */
export interface StopFormView {
  readonly csrf: Html;
  readonly api: Pick<Api, 'slug' | 'name'>;
  readonly scopes: readonly ApiScope[];
  readonly accreditations: readonly StoppableAccreditation[];
  readonly typed: StopForm;
  readonly faults: readonly FieldError[];
}

/** The form of an order. */
export function stopFormPage(locale: Locale, view: StopFormView): Page {
  const { form: words } = stopsMessages(locale);
  const { csrf, api, faults } = view;
  return {
    title: words.title,
    breadcrumbs: stopCrumbs(locale, { within: true }),
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}
<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
<h2>${api.name}</h2>
${form({
  action: '/exchange/producer/stops/new',
  csrf,
  content: html`<input type="hidden" name="api" value="${api.slug}">
${flowFields(locale, view)}
${reasonFields(locale, view)}
${warningText({ locale, text: words.warning })}
${buttonGroup([
  button({ text: words.submit, kind: 'warning' }),
  html`<a href="/exchange/producer/stops">${words.cancel}</a>`,
])}`,
})}`,
  };
}

function flowFields(locale: Locale, { scopes, accreditations, typed, faults }: StopFormView): Html {
  const { form: words } = stopsMessages(locale);
  const consumers = new Map(accreditations.map((one) => [one.organisationId, one.organisationName]));
  return html`${select({
    locale,
    name: 'organisation',
    label: words.consumer,
    hint: words.consumerHint,
    value: typed.organisation,
    placeholder: words.allConsumers,
    items: [...consumers].map(([value, text]) => ({ value, text })),
    error: faultOf(locale, faults, 'organisation'),
  })}
${select({
  locale,
  name: 'accreditation',
  label: words.accreditation,
  hint: words.accreditationHint,
  value: typed.accreditation,
  placeholder: words.allAccreditations,
  items: accreditations.map(({ id, number, organisationName, purpose }) => ({
    value: id,
    text: words.accreditationItem(String(number), organisationName, purpose),
  })),
  error: faultOf(locale, faults, 'accreditation'),
})}
${select({
  locale,
  name: 'scope',
  label: words.scope,
  hint: words.scopeHint,
  value: typed.scope,
  placeholder: words.allScopes,
  items: scopes.map(({ name, title }) => ({ value: name, text: title })),
  error: faultOf(locale, faults, 'scope'),
})}`;
}

function reasonFields(locale: Locale, { typed, faults }: StopFormView): Html {
  const { form: words } = stopsMessages(locale);
  return html`${textarea({
    locale,
    name: 'reason',
    label: words.reason,
    hint: words.reasonHint,
    value: typed.reason,
    rows: 3,
    limit: 2000,
    error: faultOf(locale, faults, 'reason'),
  })}
${radios({
  locale,
  name: 'duration',
  label: words.duration,
  value: typed.duration,
  items: DURATIONS.map((value) => ({ value, text: words.durations[value] })),
  error: faultOf(locale, faults, 'duration') ?? faultOf(locale, faults, 'endsAt'),
})}
${textInput({
  locale,
  name: 'endDay',
  label: words.endDay,
  type: 'date',
  value: typed.endDay,
  width: 10,
  optional: true,
  error: faultOf(locale, faults, 'endDay'),
})}
${textInput({
  locale,
  name: 'endHour',
  label: words.endHour,
  hint: words.endHourHint,
  value: typed.endHour,
  width: 5,
  optional: true,
})}`;
}
