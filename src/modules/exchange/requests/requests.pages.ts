// The lists of requests: one's own or all that one sees, and the queue of those who decide.
import type { Page } from '#platform/http/page.ts';
import { formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress } from '#platform/list-address.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { checkbox } from '#ui/components/checkboxes.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { filterPanel } from '#ui/components/filter-panel.ts';
import { nextPage } from '#ui/components/pagination.ts';
import { select } from '#ui/components/select.ts';
import { table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { textInput } from '#ui/components/text-input.ts';
import { type Html, html } from '#ui/html.ts';
import { requestAddress, requestCrumbs, requestTags, writtenDay } from './request-parts.pages.ts';
import { isLate, timesSentence } from './request-times.rules.ts';
import { requestsMessages } from './requests.messages.ts';
import { type ListedRequest, REQUEST_STATES, type TimesSummary } from './requests.types.ts';

const DAY_MS = 86_400_000;

/** How a list is narrowed, as the address says. */
export interface RequestsQuery {
  readonly search?: string;
  readonly state?: string;
  readonly api?: string;
  readonly organisation?: string;
  readonly overdue?: string;
}

/** What lists of requests show. */
export interface RequestListView {
  readonly query: RequestsQuery;
  readonly items: readonly ListedRequest[];
  readonly total: number;
  readonly next: string | null;
  readonly isFirst: boolean;
  readonly apis: readonly { readonly id: string; readonly name: string }[];
  /** To choose from; empty where the reader sees one organisation's alone. */
  readonly organisations: readonly { readonly id: string; readonly name: string }[];
  readonly may: { readonly apply: boolean; readonly instruct: boolean };
  readonly times: TimesSummary;
  readonly now: Date;
  readonly timeZone: string;
}

function filters(locale: Locale, path: string, view: RequestListView): Html {
  const words = requestsMessages(locale);
  const { query, apis, organisations } = view;
  const without = (name: keyof RequestsQuery) => listAddress(path, { ...query, [name]: undefined });
  const api = apis.find(({ id }) => id === query.api);
  const organisation = organisations.find(({ id }) => id === query.organisation);
  const state = REQUEST_STATES.find((one) => one === query.state);
  const named = (name: string, label: string, value: string | undefined, all: RequestListView['apis']) =>
    select({
      locale,
      name,
      label,
      value,
      placeholder: words.allFeminine,
      items: all.map(({ id, name: text }) => ({ value: id, text })),
    });
  return filterPanel({
    locale,
    action: path,
    fields: [
      textInput({ locale, name: 'search', label: words.search, type: 'search', value: query.search ?? '' }),
      select({
        locale,
        name: 'state',
        label: words.state,
        value: query.state,
        ...(path.endsWith('/queue') ? {} : { placeholder: words.all }),
        items: REQUEST_STATES.map((value) => ({ value, text: words.states[value] })),
      }),
      named('api', words.apis, query.api, apis),
      ...(organisations.length > 0
        ? [named('organisation', words.organisation, query.organisation, organisations)]
        : []),
      ...(path.endsWith('/queue')
        ? [checkbox({ locale, name: 'overdue', label: words.overdue, checked: query.overdue === 'on' })]
        : []),
    ],
    applied: [
      ...(query.search ? [{ text: query.search, removeHref: without('search') }] : []),
      ...(state ? [{ text: words.states[state], removeHref: without('state') }] : []),
      ...(api ? [{ text: api.name, removeHref: without('api') }] : []),
      ...(organisation ? [{ text: organisation.name, removeHref: without('organisation') }] : []),
      ...(query.overdue === 'on' ? [{ text: words.overdueShort, removeHref: without('overdue') }] : []),
    ],
    clearHref: path,
  });
}

function applicantCell(locale: Locale, { organisationName, applicantName }: ListedRequest): Html {
  const words = requestsMessages(locale);
  return html`${organisationName}${applicantName !== null && html`<br><span class="socle-secondary">${words.applicant}${locale === 'fr' ? '\u00A0' : ''}: ${applicantName}</span>`}`;
}

function titleCell(locale: Locale, { id, number, title, apiNames }: ListedRequest): Html {
  const words = requestsMessages(locale);
  return html`<a href="${requestAddress(id)}">${title === '' ? words.untitled : title}</a><br><span class="socle-secondary">${words.numberColumn} ${number}${locale === 'fr' ? '\u00A0' : ''}: ${apiNames.length === 0 ? words.noApis : apiNames.join(', ')}</span>`;
}

function onwards(locale: Locale, path: string, { query, next, isFirst }: RequestListView): Html {
  return nextPage({
    locale,
    nextHref: next === null ? null : listAddress(path, { ...query, cursor: next }),
    ...(isFirst ? {} : { firstHref: listAddress(path, { ...query }) }),
  });
}

/** Requests of the reader's organisation, or all that they see, those that changed last first. */
export function requestsPage(locale: Locale, view: RequestListView): Page {
  const words = requestsMessages(locale);
  const { items, may, total, timeZone, times, query } = view;
  const path = '/exchange/requests';
  return {
    title: words.title,
    breadcrumbs: requestCrumbs(locale).slice(0, 1),
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${may.apply || may.instruct ? words.lead : words.leadProducer}</p>
${buttonGroup([
  ...(may.apply ? [button({ text: words.new, href: `${path}/new` })] : []),
  ...(may.instruct
    ? [
        button({ text: words.queueLink, href: `${path}/queue` }),
        button({ text: words.prepare, href: `${path}/prepare`, kind: 'secondary' as const }),
      ]
    : []),
])}
<p>${timesSentence(locale, times)} <a href="${path}/times">${words.timesLink}</a></p>
${filters(locale, path, view)}
<p>${words.count(formatNumber(locale, total))}</p>
${table({
  locale,
  caption: words.title,
  captionHidden: true,
  columns: [
    { text: words.subject },
    { text: words.organisation },
    { text: words.state },
    { text: words.changed },
  ],
  rows: items.map((request) => [
    titleCell(locale, request),
    applicantCell(locale, request),
    requestTags(locale, request),
    writtenDay(locale, request.changedAt, timeZone),
  ]),
  empty: words.nothing,
})}
${onwards(locale, path, view)}
${dataLinks({
  locale,
  csv: listAddress(`${path}.csv`, { ...query }),
  json: listAddress('/api/v1/exchange/requests', { ...query, overdue: undefined }),
})}`,
  };
}

/** Requests that wait for a decision, those that have waited longest first; those of another state by their last change. */
export function queuePage(locale: Locale, view: RequestListView): Page {
  const words = requestsMessages(locale);
  const { items, total, timeZone, times, now, query } = view;
  const path = '/exchange/requests/queue';
  const waits = query.state === 'submitted';
  return {
    title: words.queueLink,
    breadcrumbs: requestCrumbs(locale),
    main: html`<h1>${words.queueLink}</h1>
<p>${timesSentence(locale, times)} <a href="/exchange/requests/times">${words.timesLink}</a></p>
${button({ text: words.prepare, href: '/exchange/requests/prepare', kind: 'secondary' })}
${filters(locale, path, view)}
<p>${words.count(formatNumber(locale, total))}</p>
${table({
  locale,
  caption: words.queueLink,
  captionHidden: true,
  columns: [
    { text: words.subject },
    { text: words.organisation },
    { text: words.state },
    { text: words.submitted },
    { text: waits ? words.waits : words.changed },
  ],
  rows: items.map((request) => [
    titleCell(locale, request),
    applicantCell(locale, request),
    requestTags(locale, request),
    writtenDay(locale, request.submittedAt, timeZone),
    request.state === 'submitted' && request.submittedAt !== null
      ? html`${words.waitsDays((now.getTime() - request.submittedAt.getTime()) / DAY_MS)}${isLate(request, now) && html` ${tag({ text: words.late, tone: 'bad' })}`}`
      : writtenDay(locale, request.changedAt, timeZone),
  ]),
  empty: words.nothingWaits,
})}
${onwards(locale, path, view)}`,
  };
}
