// The public catalogue: its list, with search and filters.
import type { Page } from '#platform/http/page.ts';
import { formatNumber, formatPercent } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress } from '#platform/list-address.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { filterPanel } from '#ui/components/filter-panel.ts';
import { pagination } from '#ui/components/pagination.ts';
import { select } from '#ui/components/select.ts';
import { table } from '#ui/components/table.ts';
import { textInput } from '#ui/components/text-input.ts';
import { html } from '#ui/html.ts';
import { sensitivityTag, stateTag } from './api-parts.pages.ts';
import { catalogueMessages } from './catalogue.messages.ts';
import { type ApiFilter, type ListedApi, SENSITIVITIES } from './catalogue.types.ts';

/** What the list shows. */
export interface ApiListView {
  readonly filter: ApiFilter;
  readonly items: readonly ListedApi[];
  readonly total: number;
  readonly page: { readonly number: number; readonly size: number };
  readonly producers: readonly { readonly id: string; readonly name: string }[];
}

/** The list of the catalogue. */
export function apisPage(locale: Locale, { filter, items, total, page, producers }: ApiListView): Page {
  const words = catalogueMessages(locale);
  const { producerId, ...rest } = filter;
  const query = { ...rest, producer: producerId };
  const without = (name: keyof typeof query) => listAddress('/apis', { ...query, [name]: undefined });
  const producer = producers.find(({ id }) => id === producerId);
  return {
    title: words.title,
    breadcrumbs: [{ text: words.home, href: '/exchange' }],
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${filterPanel({
  locale,
  action: '/apis',
  fields: [
    textInput({ locale, name: 'search', label: words.search, type: 'search', value: filter.search ?? '' }),
    select({
      locale,
      name: 'producer',
      label: words.producerName,
      value: producerId,
      placeholder: words.all,
      items: producers.map(({ id, name }) => ({ value: id, text: name })),
    }),
    select({
      locale,
      name: 'sensitivity',
      label: words.sensitivity,
      value: filter.sensitivity,
      placeholder: words.allFeminine,
      items: SENSITIVITIES.map((value) => ({ value, text: words.sensitivities[value] })),
    }),
    select({
      locale,
      name: 'state',
      label: words.state,
      value: filter.state,
      placeholder: words.all,
      items: (['open', 'closed'] as const).map((value) => ({ value, text: words.states[value] })),
    }),
  ],
  applied: [
    ...(filter.search ? [{ text: filter.search, removeHref: without('search') }] : []),
    ...(producer ? [{ text: producer.name, removeHref: without('producer') }] : []),
    ...(filter.sensitivity
      ? [{ text: words.sensitivities[filter.sensitivity], removeHref: without('sensitivity') }]
      : []),
    ...(filter.state ? [{ text: words.states[filter.state], removeHref: without('state') }] : []),
  ],
  clearHref: '/apis',
})}
<p>${words.count(formatNumber(locale, total))}</p>
${table({
  locale,
  caption: words.title,
  captionHidden: true,
  columns: [
    { text: words.name },
    { text: words.producerName },
    { text: words.sensitivity },
    { text: words.state },
    { text: words.score, numeric: true },
    { text: words.uptime, numeric: true },
  ],
  rows: items.map((api) => [
    html`<a href="/apis/${api.slug}">${api.name}</a><br><span class="socle-secondary">${api.summary}</span>`,
    api.producerName,
    sensitivityTag(locale, api.sensitivity),
    stateTag(locale, api.state),
    api.doctrineScore === null ? words.notChecked : words.scoreOf(formatNumber(locale, api.doctrineScore)),
    api.uptime === null ? words.notMeasured : formatPercent(locale, api.uptime, 2),
  ]),
  empty: words.nothing,
})}
${pagination({
  locale,
  page: page.number,
  pages: Math.max(1, Math.ceil(total / page.size)),
  hrefOf: (number) => listAddress('/apis', { ...query, page: number === 1 ? undefined : number }),
})}
${dataLinks({ locale, csv: listAddress('/apis.csv', query), json: listAddress('/api/v1/apis', query) })}`,
  };
}
