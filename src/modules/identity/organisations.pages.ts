// The pages of organisations: list, one, and the form of administrators.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDay, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress, pagesOf } from '#platform/list-address.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { filterPanel } from '#ui/components/filter-panel.ts';
import { form } from '#ui/components/form.ts';
import { pagination } from '#ui/components/pagination.ts';
import { select } from '#ui/components/select.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { textInput } from '#ui/components/text-input.ts';
import { type Html, html } from '#ui/html.ts';
import { identityMessages } from './identity.messages.ts';
import {
  ORGANISATION_KINDS,
  type Organisation,
  type OrganisationFilter,
  type OrganisationInput,
} from './organisations.types.ts';
import { siretAsRead } from './siret.rules.ts';

function link(organisation: Pick<Organisation, 'id' | 'name'>): Html {
  return html`<a href="/organisations/${organisation.id}">${organisation.name}</a>`;
}

function day(locale: Locale, text: string | null): string {
  return text === null ? '' : formatDay(locale, text);
}

function kindChoices(locale: Locale) {
  const { kinds } = identityMessages(locale);
  return ORGANISATION_KINDS.map((kind) => ({ value: kind, text: kinds[kind] }));
}

/** The list of organisations. */
export function organisationsPage(
  locale: Locale,
  {
    filter,
    items,
    total,
    page,
    mayManage,
  }: {
    filter: OrganisationFilter;
    items: readonly Organisation[];
    total: number;
    page: { number: number; size: number };
    mayManage: boolean;
  },
): Page {
  const { organisations: words, kinds, common } = identityMessages(locale);
  return {
    title: words.title,
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${mayManage && button({ text: words.add, href: '/organisations/new' })}
${filterPanel({
  locale,
  action: '/organisations',
  fields: [
    textInput({
      locale,
      name: 'search',
      label: words.searchLabel,
      type: 'search',
      value: filter.search ?? '',
    }),
    select({
      locale,
      name: 'kind',
      label: words.kind,
      value: filter.kind,
      placeholder: common.all,
      items: kindChoices(locale),
    }),
  ],
  applied: [
    ...(filter.search
      ? [{ text: filter.search, removeHref: listAddress('/organisations', { kind: filter.kind }) }]
      : []),
    ...(filter.kind
      ? [{ text: kinds[filter.kind], removeHref: listAddress('/organisations', { search: filter.search }) }]
      : []),
  ],
  clearHref: '/organisations',
})}
<p>${words.count(formatNumber(locale, total))}</p>
${table({
  locale,
  caption: words.title,
  captionHidden: true,
  columns: [{ text: words.name }, { text: words.kind }, { text: words.code }, { text: words.siret }],
  rows: items.map((organisation) => [
    html`${link(organisation)}${organisation.existsUntil !== null && html` ${tag({ text: words.over, tone: 'neutral' })}`}`,
    kinds[organisation.kind],
    organisation.code,
    organisation.siret && siretAsRead(organisation.siret),
  ]),
  empty: words.nothing,
})}
${pagination({ locale, ...pagesOf('/organisations', { ...filter }, page, total) })}
${dataLinks({ locale, csv: listAddress('/organisations.csv', { ...filter }), json: listAddress('/api/v1/identity/organisations', { ...filter }) })}`,
  };
}

/** One organisation. */
export function organisationPage(
  locale: Locale,
  {
    organisation,
    parent,
    under,
    mayManage,
  }: {
    organisation: Organisation;
    parent: Organisation | null;
    under: readonly Organisation[];
    mayManage: boolean;
  },
): Page {
  const { organisations: words, kinds } = identityMessages(locale);
  const { id, name, kind, code, siret, existsFrom, existsUntil } = organisation;
  const facts = [
    { key: words.kind, value: kinds[kind] },
    { key: words.code, value: code },
    { key: words.siret, value: siret && siretAsRead(siret) },
    { key: words.parent, value: parent && link(parent) },
    { key: words.existsFrom, value: day(locale, existsFrom) },
    { key: words.existsUntil, value: day(locale, existsUntil) },
  ];
  return {
    title: name,
    breadcrumbs: [{ text: words.title, href: '/organisations' }],
    main: html`<h1>${name}</h1>
${summaryList({ rows: facts.filter(({ value }) => value !== null && value !== '') })}
${mayManage && button({ text: words.edit, href: `/organisations/${id}/edit`, kind: 'secondary' })}
${
  under.length > 0 &&
  html`<h2>${words.under}</h2>
<ul class="govuk-list govuk-list--bullet">${under.map((one) => html`<li>${link(one)}</li>`)}</ul>`
}
${dataLinks({ locale, json: `/api/v1/identity/organisations/${id}` })}`,
  };
}

/** The form that records an organisation (`before` is null) or changes one. */
export function organisationFormPage(
  locale: Locale,
  {
    csrf,
    before,
    typed,
    faults,
    parents,
  }: {
    csrf: Html;
    before: Organisation | null;
    typed: OrganisationInput;
    faults: readonly FieldError[];
    parents: readonly Organisation[];
  },
): Page {
  const { organisations: words, common } = identityMessages(locale);
  const title = before === null ? words.addTitle : words.editTitle(before.name);
  const back = before === null ? '/organisations' : `/organisations/${before.id}`;
  const line = (name: keyof OrganisationInput, label: string, more: object = {}) =>
    textInput({ locale, name, label, value: typed[name], error: faultOf(locale, faults, name), ...more });
  return {
    title,
    hasErrors: faults.length > 0,
    breadcrumbs: [
      { text: words.title, href: '/organisations' },
      ...(before === null ? [] : [{ text: before.name, href: back }]),
    ],
    main: html`${faultSummary(locale, faults)}
<h1>${title}</h1>
${form({
  action: before === null ? '/organisations/new' : `/organisations/${before.id}/edit`,
  csrf,
  content: html`${select({
    locale,
    name: 'kind',
    label: words.kind,
    value: typed.kind,
    placeholder: true,
    items: kindChoices(locale),
    error: faultOf(locale, faults, 'kind'),
  })}
${line('name', words.name)}
${line('code', words.code, { hint: words.codeHint, optional: true, width: 20, spellcheck: false })}
${line('siret', words.siret, { hint: words.siretHint, optional: true, width: 20, inputMode: 'numeric' })}
${select({
  locale,
  name: 'parentId',
  label: words.parent,
  value: typed.parentId,
  optional: true,
  placeholder: words.noParent,
  items: parents.map(({ id, name }) => ({ value: id, text: name })),
  error: faultOf(locale, faults, 'parentId'),
})}
${line('existsFrom', words.existsFrom, { type: 'date', hint: words.dayHint, optional: true, width: 10 })}
${line('existsUntil', words.existsUntil, { type: 'date', hint: words.dayHint, optional: true, width: 10 })}
${buttonGroup([button({ text: common.save }), html`<a href="${back}">${common.cancel}</a>`])}`,
})}`,
  };
}
