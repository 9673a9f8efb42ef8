// The list of services.
import type { Page } from '#platform/http/page.ts';
import { formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress, pagesOf } from '#platform/list-address.ts';
import { button } from '#ui/components/button.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { filterPanel } from '#ui/components/filter-panel.ts';
import { pagination } from '#ui/components/pagination.ts';
import { select } from '#ui/components/select.ts';
import { table } from '#ui/components/table.ts';
import { textInput } from '#ui/components/text-input.ts';
import { html } from '#ui/html.ts';
import { REALMS } from '../hub/realms.ts';
import { stateTags } from './service-parts.pages.ts';
import { servicesMessages } from './services.messages.ts';
import { type NamedService, SERVICE_STATES, type ServiceFilter } from './services.types.ts';

/** The list of services. `waiting` is how many requests wait, for those who decide; null for others. */
export function servicesPage(
  locale: Locale,
  {
    filter,
    items,
    total,
    page,
    mayRegister,
    waiting,
  }: {
    filter: ServiceFilter;
    items: readonly NamedService[];
    total: number;
    page: { number: number; size: number };
    mayRegister: boolean;
    waiting: number | null;
  },
): Page {
  const words = servicesMessages(locale);
  const query = { ...filter };
  const without = (name: keyof ServiceFilter) => listAddress('/services', { ...query, [name]: undefined });
  return {
    title: words.title,
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${mayRegister && button({ text: words.add, href: '/services/new' })}
<p>${waiting !== null && html`<a href="/services/reviews">${words.reviewsLink(waiting)}</a> · `}<a href="/resources">${words.resourcesLink}</a></p>
${filterPanel({
  locale,
  action: '/services',
  fields: [
    textInput({
      locale,
      name: 'search',
      label: words.search,
      type: 'search',
      value: filter.search ?? '',
    }),
    select({
      locale,
      name: 'state',
      label: words.state,
      value: filter.state,
      placeholder: words.all,
      items: SERVICE_STATES.map((state) => ({ value: state, text: words.states[state] })),
    }),
    select({
      locale,
      name: 'realm',
      label: words.realm,
      value: filter.realm,
      placeholder: words.all,
      items: REALMS.map((realm) => ({ value: realm, text: words.realms[realm] })),
    }),
  ],
  applied: [
    ...(filter.search ? [{ text: filter.search, removeHref: without('search') }] : []),
    ...(filter.state ? [{ text: words.states[filter.state], removeHref: without('state') }] : []),
    ...(filter.realm ? [{ text: words.realms[filter.realm], removeHref: without('realm') }] : []),
  ],
  clearHref: '/services',
})}
<p>${words.count(formatNumber(locale, total))}</p>
${table({
  locale,
  caption: words.title,
  captionHidden: true,
  columns: [{ text: words.name }, { text: words.realm }, { text: words.state }, { text: words.organisation }],
  rows: items.map((service) => [
    html`<a href="/services/${service.id}">${service.name}</a>`,
    words.realms[service.realm],
    stateTags(locale, service),
    service.organisationName,
  ]),
  empty: words.nothing,
})}
${pagination({ locale, ...pagesOf('/services', query, page, total) })}
${dataLinks({ locale, csv: listAddress('/services.csv', query), json: listAddress('/api/v1/identity/services', query) })}`,
  };
}
