// The catalogue of resources for machines: list, one with its grants, and the form that registers or changes one.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress, pagesOf } from '#platform/list-address.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { checkboxes } from '#ui/components/checkboxes.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { filterPanel } from '#ui/components/filter-panel.ts';
import { form } from '#ui/components/form.ts';
import { pagination } from '#ui/components/pagination.ts';
import { select } from '#ui/components/select.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { textInput } from '#ui/components/text-input.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import type { NamedResource, ResourceFilter, ResourceGrant } from './resources.types.ts';
import { serviceCrumbs } from './service-parts.pages.ts';
import { servicesMessages } from './services.messages.ts';

function crumbs(locale: Locale, resource?: NamedResource): { text: string; href: string }[] {
  return [
    ...serviceCrumbs(locale),
    { text: servicesMessages(locale).resources.title, href: '/resources' },
    ...(resource ? [{ text: resource.name, href: `/resources/${resource.id}` }] : []),
  ];
}

/** The list of resources. */
export function resourcesPage(
  locale: Locale,
  {
    filter,
    items,
    total,
    page,
    mayRegister,
  }: {
    filter: ResourceFilter;
    items: readonly NamedResource[];
    total: number;
    page: { number: number; size: number };
    mayRegister: boolean;
  },
): Page {
  const words = servicesMessages(locale).resources;
  const query = { ...filter };
  return {
    title: words.title,
    breadcrumbs: serviceCrumbs(locale),
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${mayRegister && button({ text: words.add, href: '/resources/new' })}
${filterPanel({
  locale,
  action: '/resources',
  fields: [
    textInput({
      locale,
      name: 'search',
      label: words.search,
      type: 'search',
      value: filter.search ?? '',
    }),
  ],
  applied: filter.search ? [{ text: filter.search, removeHref: '/resources' }] : [],
  clearHref: '/resources',
})}
<p>${words.count(formatNumber(locale, total))}</p>
${table({
  locale,
  caption: words.title,
  captionHidden: true,
  columns: [
    { text: words.name },
    { text: words.identifier },
    { text: words.organisation },
    { text: words.scopes },
  ],
  rows: items.map(({ id, name, identifier, organisationName, scopes }) => [
    html`<a href="/resources/${id}">${name}</a>`,
    html`<code>${identifier}</code>`,
    organisationName,
    html`<code>${scopes.join(' ')}</code>`,
  ]),
  empty: words.nothing,
})}
${pagination({ locale, ...pagesOf('/resources', query, page, total) })}
${dataLinks({ locale, json: listAddress('/api/v1/identity/resources', query) })}`,
  };
}

/** What the page of a resource shows. `grants` is null for those who may not see who has it. */
export interface ResourceView {
  readonly csrf: Html;
  readonly resource: NamedResource;
  readonly grants: readonly ResourceGrant[] | null;
  readonly mayChange: boolean;
  readonly mayGrant: boolean;
  readonly timeZone: string;
  readonly typed: { readonly clientId: string; readonly scopes: readonly string[] };
  readonly faults: readonly FieldError[];
}

/** One resource, and who was granted it. */
export function resourcePage(locale: Locale, view: ResourceView): Page {
  const { resource, grants, mayChange, mayGrant, faults } = view;
  const words = servicesMessages(locale).resources;
  return {
    title: resource.name,
    hasErrors: faults.length > 0,
    breadcrumbs: crumbs(locale),
    main: html`${faultSummary(locale, faults)}
<h1>${resource.name}</h1>
${summaryList({
  rows: [
    { key: words.identifier, value: html`<code>${resource.identifier}</code>` },
    { key: words.organisation, value: resource.organisationName },
    { key: words.scopes, value: html`<code>${resource.scopes.join(' ')}</code>` },
    {
      key: words.tokenSeconds,
      value: `${formatNumber(locale, resource.tokenSeconds)}\u00A0${words.seconds}`,
    },
    {
      key: words.servers,
      value: resource.servers.map(({ name }) => name).join(', ') || words.nobody,
    },
  ],
})}
${mayChange && button({ text: words.edit, href: `/resources/${resource.id}/edit`, kind: 'secondary' })}
${grants === null ? html`<p>${words.howToAsk}</p>` : grantsTable(locale, view, grants)}
${mayGrant && grantForm(locale, view)}`,
  };
}

function grantsTable(
  locale: Locale,
  { csrf, resource, mayGrant, timeZone }: ResourceView,
  grants: readonly ResourceGrant[],
): Html {
  const words = servicesMessages(locale).resources;
  return table({
    locale,
    caption: words.grantsTitle,
    columns: [
      { text: words.service },
      { text: words.organisation },
      { text: words.scopes },
      { text: words.since },
      ...(mayGrant ? [{ text: words.actions }] : []),
    ],
    rows: grants.map((grant) => [
      html`${grant.name}<br><code>${grant.clientId}</code>`,
      grant.organisationName,
      html`<code>${grant.scopes.join(' ')}</code>`,
      formatDate(locale, grant.grantedAt, timeZone),
      ...(mayGrant
        ? [
            form({
              action: `/resources/${resource.id}/withdraw`,
              csrf,
              content: html`<input type="hidden" name="clientId" value="${grant.clientId}">
${button({ text: words.withdraw, hiddenText: grant.name, kind: 'warning', small: true })}`,
            }),
          ]
        : []),
    ]),
    empty: words.noGrants,
  });
}

function grantForm(locale: Locale, { csrf, resource, typed, faults }: ResourceView): Html {
  const words = servicesMessages(locale).resources;
  return html`<h2>${words.grantTitle}</h2>
${form({
  action: `/resources/${resource.id}/grants`,
  csrf,
  content: html`${textInput({
    locale,
    name: 'clientId',
    label: words.clientId,
    value: typed.clientId,
    spellcheck: false,
    error: faultOf(locale, faults, 'clientId'),
  })}
${checkboxes({
  locale,
  name: 'scopes',
  label: words.scopes,
  values: typed.scopes,
  items: resource.scopes.map((scope) => ({ value: scope, text: scope })),
  error: faultOf(locale, faults, 'scopes'),
})}
${button({ text: words.grant })}`,
})}`;
}

/** A resource's form as typed. */
export interface ResourceForm {
  readonly identifier: string;
  readonly name: string;
  readonly organisationId: string;
  readonly scopes: string;
  readonly tokenSeconds: string;
  readonly servedBy: string;
}

/** The form that registers a resource (`before` is null) or changes one. */
export function resourceFormPage(
  locale: Locale,
  {
    csrf,
    before,
    typed,
    faults,
    organisations,
  }: {
    csrf: Html;
    before: NamedResource | null;
    typed: ResourceForm;
    faults: readonly FieldError[];
    organisations: readonly { readonly id: string; readonly name: string }[];
  },
): Page {
  const words = servicesMessages(locale).resources;
  const title = before === null ? words.addTitle : words.editTitle(before.name);
  const back = before === null ? '/resources' : `/resources/${before.id}`;
  const line = (name: keyof ResourceForm, label: string, more: object = {}) =>
    textInput({ locale, name, label, value: typed[name], error: faultOf(locale, faults, name), ...more });
  return {
    title,
    hasErrors: faults.length > 0,
    breadcrumbs: crumbs(locale, before ?? undefined),
    main: html`${faultSummary(locale, faults)}
<h1>${title}</h1>
${form({
  action: before === null ? '/resources/new' : `/resources/${before.id}/edit`,
  csrf,
  content: html`${line('name', words.name)}
${
  before === null &&
  html`${line('identifier', words.identifier, { hint: words.identifierHint, type: 'url', spellcheck: false })}
${select({
  locale,
  name: 'organisationId',
  label: words.organisation,
  value: typed.organisationId,
  ...(organisations.length === 1 ? {} : { placeholder: true as const }),
  items: organisations.map(({ id, name }) => ({ value: id, text: name })),
  error: faultOf(locale, faults, 'organisationId'),
})}`
}
${textarea({
  locale,
  name: 'scopes',
  label: words.scopes,
  hint: words.scopesHint,
  value: typed.scopes,
  rows: 4,
  spellcheck: false,
  error: faultOf(locale, faults, 'scopes'),
})}
${line('tokenSeconds', words.tokenSeconds, { inputMode: 'numeric', width: 5, suffix: words.seconds })}
${line('servedBy', words.servedBy, { hint: words.servedByHint, optional: true, spellcheck: false })}
${buttonGroup([button({ text: words.save }), html`<a href="${back}">${words.cancel}</a>`])}`,
})}`,
  };
}
