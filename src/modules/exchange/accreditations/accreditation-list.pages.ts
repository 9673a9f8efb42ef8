// The list of accreditations, with its filters.
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress } from '#platform/list-address.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { filterPanel } from '#ui/components/filter-panel.ts';
import { pagination } from '#ui/components/pagination.ts';
import { select } from '#ui/components/select.ts';
import { table } from '#ui/components/table.ts';
import { html } from '#ui/html.ts';
import { ACCREDITATIONS, accreditationAddress } from './accreditation-address.ts';
import { accreditationCrumbs, accreditationTag, stageTag } from './accreditation-parts.pages.ts';
import { accreditationsMessages } from './accreditations.messages.ts';
import {
  ACCREDITATION_STATES,
  type AccreditationFilter,
  type ListedAccreditation,
} from './accreditations.types.ts';

/** What the list shows. */
export interface AccreditationListView {
  readonly filter: AccreditationFilter;
  readonly items: readonly ListedAccreditation[];
  readonly total: number;
  readonly page: { readonly number: number; readonly size: number };
  readonly apis: readonly { readonly id: string; readonly name: string }[];
  readonly organisations: readonly { readonly id: string; readonly name: string }[];
  readonly timeZone: string;
}

/** The list of accreditations. */
export function accreditationsPage(locale: Locale, view: AccreditationListView): Page {
  const { items, total, page, timeZone } = view;
  const words = accreditationsMessages(locale);
  const query = queryOf(view);
  return {
    title: words.title,
    breadcrumbs: accreditationCrumbs(locale, { inList: false }),
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${filters(locale, view)}
<p>${words.count(formatNumber(locale, total))}</p>
${table({
  locale,
  caption: words.title,
  captionHidden: true,
  columns: [
    { text: words.accreditation },
    { text: words.apis },
    { text: words.stage },
    { text: words.state },
    { text: words.validUntil },
    { text: words.clients, numeric: true },
  ],
  rows: items.map((one) => [
    html`<a href="${accreditationAddress(one.number)}">${words.numbered(String(one.number))}</a><br><span class="socle-secondary">${one.organisationName}<br>${one.purpose}</span>`,
    one.apiNames.join(', '),
    stageTag(locale, one.stage),
    accreditationTag(locale, one.state),
    one.validUntil === null ? words.noEnd : formatDate(locale, one.validUntil, timeZone),
    formatNumber(locale, one.clientCount),
  ]),
  empty: words.nothing,
})}
${pagination({
  locale,
  page: page.number,
  pages: Math.max(1, Math.ceil(total / page.size)),
  hrefOf: (number) => listAddress(ACCREDITATIONS, { ...query, page: number === 1 ? undefined : number }),
})}
${dataLinks({
  locale,
  csv: listAddress(`${ACCREDITATIONS}.csv`, query),
  json: listAddress('/api/v1/exchange/accreditations', query),
})}
<p><a href="/exchange/open-data">${words.openData}</a></p>`,
  };
}

function queryOf({ filter }: AccreditationListView) {
  const { state, stage, apiId, organisationId } = filter;
  return { state, stage, api: apiId, organisation: organisationId };
}

function filters(locale: Locale, view: AccreditationListView) {
  const { filter, apis, organisations } = view;
  const words = accreditationsMessages(locale);
  const query = queryOf(view);
  const without = (name: keyof typeof query) => listAddress(ACCREDITATIONS, { ...query, [name]: undefined });
  const named = (all: AccreditationListView['apis'], id: string | undefined) =>
    all.find((one) => one.id === id)?.name;
  const choices = (all: AccreditationListView['apis']) =>
    all.map(({ id, name }) => ({ value: id, text: name }));
  const applied = [
    { text: filter.state && words.states[filter.state], removeHref: without('state') },
    { text: filter.stage && words.stages[filter.stage], removeHref: without('stage') },
    { text: named(apis, filter.apiId), removeHref: without('api') },
    { text: named(organisations, filter.organisationId), removeHref: without('organisation') },
  ];
  return filterPanel({
    locale,
    action: ACCREDITATIONS,
    fields: [
      select({
        locale,
        name: 'state',
        label: words.state,
        value: filter.state,
        placeholder: words.all,
        items: ACCREDITATION_STATES.map((value) => ({ value, text: words.states[value] })),
      }),
      select({
        locale,
        name: 'stage',
        label: words.stage,
        value: filter.stage,
        placeholder: words.allFeminine,
        items: (['sandbox', 'production'] as const).map((value) => ({ value, text: words.stages[value] })),
      }),
      select({
        locale,
        name: 'api',
        label: words.api,
        value: filter.apiId,
        placeholder: words.allFeminine,
        items: choices(apis),
      }),
      select({
        locale,
        name: 'organisation',
        label: words.holder,
        value: filter.organisationId,
        placeholder: words.all,
        items: choices(organisations),
      }),
    ],
    applied: applied.flatMap(({ text, removeHref }) => (text === undefined ? [] : [{ text, removeHref }])),
    clearHref: ACCREDITATIONS,
  });
}
