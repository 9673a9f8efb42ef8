// The public pages on sign-in providers: how each fares. They get nothing of settings, secrets and faults.
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatDateTime, formatNumber, formatPercent } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress, pagesOf } from '#platform/list-address.ts';
import { lineChart } from '#ui/charts/line-chart.ts';
import { sparkline } from '#ui/charts/sparkline.ts';
import { button } from '#ui/components/button.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { filterPanel } from '#ui/components/filter-panel.ts';
import { pagination } from '#ui/components/pagination.ts';
import { select } from '#ui/components/select.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { type TagTone, tag } from '#ui/components/tag.ts';
import { type Html, html } from '#ui/html.ts';
import type { PeopleRealm } from '../hub/realms.ts';
import {
  LONGEST_SPAN,
  SPANS,
  shareAsWritten,
  type UpstreamStatus,
  type Uptime,
} from './upstream-status.rules.ts';
import { upstreamsMessages } from './upstreams.messages.ts';
import type { UpstreamState } from './upstreams.types.ts';

const LIST = '/sign-in-providers';
const CSV = '/sign-in-providers.csv';
const JSON_STATUS = '/api/v1/identity/upstreams/status';
const TONES: Record<UpstreamState, TagTone> = { up: 'good', down: 'bad', unknown: 'neutral' };

function written(locale: Locale, share: number): string {
  return formatPercent(locale, shareAsWritten(share), 2);
}

/** The state in a word. A provider that was looked at once but not lately is not shown as it then was. */
export function stateTag(locale: Locale, { state, checkedAt }: UpstreamStatus): Html {
  const { states, stale } = upstreamsMessages(locale);
  return tag({ text: state === 'unknown' && checkedAt ? stale : states[state], tone: TONES[state] });
}

function uptimeCell(locale: Locale, { share, days, measuredDays }: Uptime): Html | string {
  const words = upstreamsMessages(locale);
  if (share === null) return '–';
  if (measuredDays >= days) return written(locale, share);
  return html`${written(locale, share)}<br><small>${words.measuredOn(formatNumber(locale, measuredDays))}</small>`;
}

/** All providers and how each fares. `disabled` are the ids of those not in use, which administrators alone see. */
export function statusPage(
  locale: Locale,
  {
    items,
    total,
    page,
    realm,
    mayManage,
    disabled,
    timeZone,
  }: {
    items: readonly UpstreamStatus[];
    total: number;
    page: { number: number; size: number };
    realm: PeopleRealm | undefined;
    mayManage: boolean;
    disabled: ReadonlySet<string>;
    timeZone: string;
  },
): Page {
  const words = upstreamsMessages(locale);
  return {
    title: words.title,
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${mayManage && button({ text: words.add, href: `${LIST}/new` })}
${filterPanel({
  locale,
  action: LIST,
  fields: [
    select({
      locale,
      name: 'realm',
      label: words.realm,
      value: realm,
      placeholder: words.all,
      items: [
        { value: 'agents', text: words.realms.agents },
        { value: 'citizens', text: words.realms.citizens },
      ],
    }),
  ],
  applied: realm ? [{ text: words.realms[realm], removeHref: LIST }] : [],
  clearHref: LIST,
})}
<p>${words.count(total, formatNumber(locale, total))}</p>
${table({
  locale,
  caption: words.title,
  captionHidden: true,
  columns: [
    { text: words.name },
    { text: words.realm },
    { text: words.state },
    ...SPANS.map((days) => ({ text: words.uptime(formatNumber(locale, days)), numeric: true })),
    { text: words.trend(formatNumber(locale, LONGEST_SPAN)) },
  ],
  rows: items.map((status) => [
    html`<a href="${LIST}/${status.id}">${status.name}</a>`,
    words.realms[status.realm],
    disabled.has(status.id)
      ? tag({ text: words.disabled, tone: 'neutral' })
      : html`${stateTag(locale, status)}${status.stateSince && html`<br><small>${words.since(formatDateTime(locale, status.stateSince, timeZone))}</small>`}`,
    ...status.uptimes.map((uptime) => uptimeCell(locale, uptime)),
    sparkline({ values: status.days.map(({ share }) => share), label: words.trendOf(status.name) }),
  ]),
  empty: words.nothing,
})}
${pagination({ locale, ...pagesOf(LIST, { realm }, page, total) })}
${dataLinks({ locale, csv: listAddress(CSV, { realm }), json: listAddress(JSON_STATUS, { realm }) })}`,
  };
}

/** One provider; `settings` is the part that administrators see. */
export function providerPage(
  locale: Locale,
  {
    status,
    isEnabled,
    timeZone,
    settings,
  }: { status: UpstreamStatus; isEnabled: boolean; timeZone: string; settings: Html | null },
): Page {
  const words = upstreamsMessages(locale);
  const { name, realm, stateSince, checkedAt, uptimes } = status;
  const moment = (at: Date) => formatDateTime(locale, at, timeZone);
  return {
    title: name,
    breadcrumbs: [{ text: words.title, href: LIST }],
    main: html`<h1>${name}</h1>
${summaryList({
  rows: [
    { key: words.realm, value: words.realms[realm] },
    {
      key: words.state,
      value: isEnabled ? stateTag(locale, status) : tag({ text: words.disabled, tone: 'neutral' }),
    },
    ...(stateSince && isEnabled ? [{ key: words.sinceTitle, value: moment(stateSince) }] : []),
    { key: words.checkedAt, value: checkedAt ? moment(checkedAt) : words.never },
    ...uptimes.map((uptime) => ({
      key: words.uptimeTitle(formatNumber(locale, uptime.days)),
      value:
        uptime.share === null
          ? words.notMeasured
          : html`${written(locale, uptime.share)} <small>(${words.measuredOnLong(formatNumber(locale, uptime.checks), formatNumber(locale, uptime.measuredDays))})</small>`,
    })),
  ],
})}
${
  (uptimes.at(-1)?.checks ?? 0) > 0 &&
  lineChart({
    id: 'availability',
    locale,
    title: words.chart,
    subtitle: words.chartSubtitle,
    source: words.chartSource,
    formatValue: (value) => written(locale, value),
    positions: status.days.map(({ day }) => new Date(`${day}T00:00:00Z`)),
    positionHeader: words.day,
    formatLabel: (day) => formatDate(locale, day),
    series: [{ name: words.availability, values: status.days.map(({ share }) => share) }],
  })
}
${settings}`,
  };
}
