// The form that adds an API or changes one, and the pages that ask before something is done to it.
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
import { type Html, html } from '#ui/html.ts';
import type { NewApiInput } from './apis.rules.ts';
import { catalogueMessages } from './catalogue.messages.ts';
import { type Api, SENSITIVITIES } from './catalogue.types.ts';
import { producerAddress, producerCrumbs } from './producer-apis.pages.ts';

/** What the form of an API needs. */
export interface ApiFormView {
  readonly csrf: Html;
  /** Null for a new one. */
  readonly before: Api | null;
  readonly typed: NewApiInput;
  readonly faults: readonly FieldError[];
  /** The organisations that a new one may belong to. */
  readonly organisations: readonly { readonly id: string; readonly name: string }[];
}

/** The form that adds an API, or changes one. */
export function apiFormPage(locale: Locale, view: ApiFormView): Page {
  const { csrf, before, typed, faults, organisations } = view;
  const { form: words } = catalogueMessages(locale);
  const title = before === null ? words.addTitle : words.editTitle(before.name);
  const back = before === null ? '/exchange/producer/apis' : producerAddress(before.slug);
  if (before === null && organisations.length === 0) {
    return {
      title,
      breadcrumbs: producerCrumbs(locale),
      main: html`<h1>${title}</h1>
<p>${words.noOrganisation}</p>`,
    };
  }
  return {
    title,
    hasErrors: faults.length > 0,
    breadcrumbs: producerCrumbs(locale, before ?? undefined),
    main: html`${faultSummary(locale, faults)}
<h1>${title}</h1>
${form({
  action: before === null ? '/exchange/producer/apis/new' : producerAddress(before.slug, '/edit'),
  csrf,
  content: html`${before === null && newFields(locale, view)}
${describing(locale, typed, faults)}
${protection(locale, typed, faults)}
${subject(locale, typed, faults)}
${buttonGroup([button({ text: words.save }), html`<a href="${back}">${words.cancel}</a>`])}`,
})}`,
  };
}

type Faults = readonly FieldError[];

function newFields(locale: Locale, { typed, faults, organisations }: ApiFormView): Html {
  const { form: words } = catalogueMessages(locale);
  return html`${select({
    locale,
    name: 'producerId',
    label: words.organisation,
    value: typed.producerId,
    ...(organisations.length === 1 ? {} : { placeholder: true as const }),
    items: organisations.map(({ id, name }) => ({ value: id, text: name })),
    error: faultOf(locale, faults, 'producerId'),
  })}
${textInput({ locale, name: 'slug', label: words.slug, hint: words.slugHint, value: typed.slug, width: 20, spellcheck: false, error: faultOf(locale, faults, 'slug') })}`;
}

function describing(locale: Locale, typed: NewApiInput, faults: Faults): Html {
  const { form: words } = catalogueMessages(locale);
  return html`${textInput({ locale, name: 'name', label: words.name, value: typed.name, error: faultOf(locale, faults, 'name') })}
${textInput({ locale, name: 'summary', label: words.summary, value: typed.summary, error: faultOf(locale, faults, 'summary') })}
${textarea({ locale, name: 'description', label: words.description, value: typed.description, rows: 6, limit: 5000, error: faultOf(locale, faults, 'description') })}
${textInput({ locale, name: 'contactEmail', label: words.contactEmail, value: typed.contactEmail, type: 'email', autocomplete: 'email', error: faultOf(locale, faults, 'contactEmail') })}`;
}

function protection(locale: Locale, typed: NewApiInput, faults: Faults): Html {
  const { form: words, sensitivity, sensitivities, sensitivityHints } = catalogueMessages(locale);
  return html`${radios({
    locale,
    name: 'sensitivity',
    label: sensitivity,
    value: typed.sensitivity,
    items: SENSITIVITIES.map((value) => ({
      value,
      text: sensitivities[value],
      hint: sensitivityHints[value],
    })),
    error: faultOf(locale, faults, 'sensitivity'),
  })}
${textInput({ locale, name: 'legalBasisRequired', label: words.legalBasis, value: typed.legalBasisRequired, optional: true, error: faultOf(locale, faults, 'legalBasisRequired') })}
${textInput({ locale, name: 'defaultQuotaPerMinute', label: words.quota, value: typed.defaultQuotaPerMinute, width: 10, inputMode: 'numeric', error: faultOf(locale, faults, 'defaultQuotaPerMinute') })}`;
}

function subject(locale: Locale, typed: NewApiInput, faults: Faults): Html {
  const { form: words, one } = catalogueMessages(locale);
  return html`<h2>${words.subject}</h2>
${select({
  locale,
  name: 'subjectIn',
  label: words.subjectIn,
  value: typed.subjectIn,
  placeholder: words.nobody,
  items: (['query', 'path', 'header'] as const).map((value) => ({ value, text: one.places[value] })),
  error: faultOf(locale, faults, 'subjectIn'),
})}
${textInput({ locale, name: 'subjectNames', label: words.subjectNames, hint: words.subjectNamesHint, value: typed.subjectNames, optional: true, spellcheck: false, error: faultOf(locale, faults, 'subjectNames') })}
${radios({
  locale,
  name: 'subjectKind',
  label: words.subjectKind,
  value: typed.subjectKind,
  inline: true,
  items: (['person', 'company'] as const).map((value) => ({ value, text: one.kinds[value] })),
  error: faultOf(locale, faults, 'subjectKind'),
})}`;
}

/** What is asked before it is done. */
export type Confirmation = 'open' | 'close' | 'deprecate' | 'retire';

/** The page that asks before an API is opened or closed, or a version deprecated or retired. */
export function confirmPage(
  locale: Locale,
  {
    csrf,
    api,
    version,
    asks,
    faults,
    endsOn = '',
  }: {
    csrf: Html;
    api: Pick<Api, 'slug' | 'name'>;
    version: string | null;
    asks: Confirmation;
    faults: readonly FieldError[];
    endsOn?: string;
  },
): Page {
  const { confirm: words, form: formWords } = catalogueMessages(locale);
  const title =
    asks === 'open'
      ? words.openTitle(api.name)
      : asks === 'close'
        ? words.closeTitle(api.name)
        : words[`${asks}Title`](version ?? '', api.name);
  const path = version === null ? `/${asks}` : `/versions/${version}/${asks}`;
  return {
    title,
    hasErrors: faults.length > 0,
    breadcrumbs: producerCrumbs(locale, api),
    main: html`${faultSummary(
      locale,
      // What is missing is mended on other pages: there is no field here to lead to.
      faults.map((fault) => (fault.field === 'endsOn' ? fault : { ...fault, field: '' })),
    )}
<h1>${title}</h1>
<p>${words[`${asks}Text`]}</p>
${form({
  action: producerAddress(api.slug, path),
  csrf,
  content: html`${
    asks === 'deprecate' &&
    textInput({
      locale,
      name: 'endsOn',
      label: words.endsOn,
      type: 'date',
      value: endsOn,
      optional: true,
      width: 10,
      error: faultOf(locale, faults, 'endsOn'),
    })
  }
${buttonGroup([
  button({ text: words[asks], kind: asks === 'open' ? 'primary' : 'warning' }),
  html`<a href="${producerAddress(api.slug)}">${formWords.cancel}</a>`,
])}`,
})}`,
  };
}
