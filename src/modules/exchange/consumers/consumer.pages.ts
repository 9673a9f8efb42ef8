// The consumer's room: what may be called, by whom, what is stopped, how much was called, what was refused.
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatDateTime, formatNumber, formatPercent } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { lineChart } from '#ui/charts/line-chart.ts';
import { button } from '#ui/components/button.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { tags } from '#ui/components/tag-list.ts';
import { type Html, html } from '#ui/html.ts';
import type { AccreditedClient, Grant, ListedAccreditation } from '../accreditations/accreditations.types.ts';
import { exchangeCrumb } from '../entry/entry.pages.ts';
import { refusalLink } from '../people/accesses.pages.ts';
import { QUESTION_LISTS } from '../people/questions.pages.ts';
import { consumersMessages } from './consumers.messages.ts';
import type { CallableApi, OwnStop, PeakMinute, RecentRefusal, UsageDay } from './consumers.types.ts';
import { MOST_LOOKED_AT } from './consumers.types.ts';

/** The address of the room. */
export const CONSUMER_ROOM = '/exchange/consumer';

/** Where one learns to call an API under an accreditation. */
export function kitAddress(number: number, slug: string, file = ''): string {
  return `${CONSUMER_ROOM}/accreditations/${number}/${slug}${file}`;
}

/** What the room shows. */
export interface ConsumerView {
  readonly accreditations: readonly ListedAccreditation[];
  readonly grants: readonly Grant[];
  readonly clients: readonly AccreditedClient[];
  readonly apis: readonly CallableApi[];
  readonly peaks: readonly PeakMinute[];
  readonly stops: readonly OwnStop[];
  readonly days: readonly UsageDay[];
  readonly refusals: readonly RecentRefusal[];
  readonly timeZone: string;
}

/** The consumer's room. */
export function consumerPage(locale: Locale, view: ConsumerView): Page {
  const words = consumersMessages(locale);
  const { accreditations } = view;
  return {
    title: words.title,
    breadcrumbs: [exchangeCrumb(locale)],
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${stopsSection(locale, view)}
<h2>${words.accreditations}</h2>
${
  accreditations.length === 0
    ? html`<p>${words.none}</p>${button({ text: words.toCatalogue, href: '/apis', kind: 'secondary' })}`
    : accreditations.map((accreditation) => accreditationPart(locale, accreditation, view))
}
<h2>${words.usage}</h2>
${usageChart(locale, view.days)}
${dataLinks({ locale, csv: `${CONSUMER_ROOM}/usage.csv`, json: '/api/v1/exchange/consumer/usage' })}
<h2>${words.refusals}</h2>
<p>${words.refusalsLead(formatNumber(locale, MOST_LOOKED_AT))}</p>
${refusalsTable(locale, view)}
<p><a href="${QUESTION_LISTS.consumer}">${words.questions}</a></p>`,
  };
}

function stopsSection(locale: Locale, { stops, timeZone }: ConsumerView): Html | null {
  const words = consumersMessages(locale);
  if (stops.length === 0) return null;
  const rows = stops.map(
    ({ apiSlug, apiName, scopeTitle, accreditationNumber, reason, orderedAt, endsAt }) => {
      const narrowed = [
        accreditationNumber === null
          ? null
          : words.accreditationOf(formatNumber(locale, accreditationNumber)),
        scopeTitle,
      ].filter((part) => part !== null);
      return [
        html`<a href="/apis/${apiSlug}">${apiName}</a><br><span class="socle-secondary">${narrowed.join(', ') || words.wholeApi}</span>`,
        reason,
        formatDateTime(locale, orderedAt, timeZone),
        endsAt === null ? words.noEnd : formatDateTime(locale, endsAt, timeZone),
      ];
    },
  );
  return html`<h2>${words.stops}</h2>
<p>${words.stopsLead}</p>
${table({
  locale,
  caption: words.stops,
  captionHidden: true,
  columns: [{ text: words.flow }, { text: words.reason }, { text: words.since }, { text: words.end }],
  rows,
})}`;
}

function accreditationPart(locale: Locale, accreditation: ListedAccreditation, view: ConsumerView): Html {
  const words = consumersMessages(locale);
  const { id, number, stage, purpose, validUntil, organisationName } = accreditation;
  const title = words.accreditationOf(formatNumber(locale, number));
  const end =
    validUntil === null ? words.endless : words.until(formatDate(locale, validUntil, view.timeZone));
  const clients = view.clients.filter(({ accreditationId }) => accreditationId === id);
  return html`<h3>${title}</h3>
${tags([tag({ text: words.stages[stage], tone: stage === 'sandbox' ? 'neutral' : 'info' })])}
<p>${purpose}<br><span class="socle-secondary">${organisationName} · ${end}</span></p>
${table({
  locale,
  caption: `${words.api}, ${title}`,
  captionHidden: true,
  columns: [{ text: words.api }, { text: words.scopes }, { text: words.quota, numeric: true }],
  rows: apiRows(locale, accreditation, view),
})}
${table({
  locale,
  caption: `${words.clients}, ${title}`,
  captionHidden: true,
  columns: [{ text: words.clients }, { text: words.clientId }, { text: words.state }, { text: words.keys }],
  rows: clients.map((client) => [
    client.name,
    html`<code>${client.clientId}</code>`,
    client.revokedAt === null
      ? words.clientStates[client.serviceState]
      : tag({ text: words.revoked, tone: 'bad' }),
    html`<a href="/services/${client.serviceId}" aria-label="${words.seeKeys}, ${client.name}">${words.seeKeys}</a>`,
  ]),
  empty: words.noClients,
})}`;
}

function apiRows(locale: Locale, { id, number, quotaPerMinute }: ListedAccreditation, view: ConsumerView) {
  const words = consumersMessages(locale);
  const granted = view.grants.filter(
    ({ accreditationId, withdrawnAt }) => accreditationId === id && withdrawnAt === null,
  );
  const byApi = Map.groupBy(granted, ({ apiId }) => apiId);
  return [...byApi].map(([apiId, [first, ...others]]) => {
    const grants = first === undefined ? others : [first, ...others];
    const quota = quotaPerMinute ?? view.apis.find((api) => api.apiId === apiId)?.quotaPerMinute ?? 0;
    const peak = view.peaks.find((one) => one.accreditationId === id && one.apiId === apiId)?.calls ?? 0;
    const used =
      peak === 0 || quota === 0
        ? words.noPeak
        : words.peak(formatNumber(locale, peak), formatPercent(locale, peak / quota));
    const name = first?.apiName ?? '';
    return [
      html`${name}<br><span class="socle-secondary">${first?.producerName}</span><br><a href="${kitAddress(number, first?.apiSlug ?? '')}" aria-label="${words.callIt}, ${name}">${words.callIt}</a>`,
      html`<ul class="govuk-list">${grants.map(({ scopeTitle }) => html`<li>${scopeTitle}</li>`)}</ul>`,
      html`${formatNumber(locale, quota)}<br><span class="socle-secondary">${used}</span>`,
    ];
  });
}

function usageChart(locale: Locale, days: readonly UsageDay[]): Html {
  const words = consumersMessages(locale);
  return lineChart({
    id: 'usage',
    locale,
    title: words.usageChart,
    source: words.usageSource,
    positions: days.map(({ day }) => new Date(`${day}T00:00:00Z`)),
    series: [
      { name: words.allowed, values: days.map(({ allowed }) => allowed) },
      { name: words.denied, values: days.map(({ denied }) => denied) },
    ],
    positionHeader: words.day,
    formatLabel: (day) => formatDate(locale, day),
    formatValue: (value) => formatNumber(locale, value, 0),
  });
}

function refusalsTable(locale: Locale, { refusals, timeZone }: ConsumerView): Html {
  const words = consumersMessages(locale);
  return table({
    locale,
    caption: words.refusals,
    captionHidden: true,
    columns: [
      { text: words.refusal },
      { text: words.api },
      { text: words.calls, numeric: true },
      { text: words.last },
      { text: words.trace },
    ],
    rows: refusals.map(({ code, apiName, calls, lastAt, traceId }) => [
      refusalLink(locale, code),
      apiName ?? '',
      formatNumber(locale, calls),
      formatDateTime(locale, lastAt, timeZone),
      html`<code>${traceId}</code>`,
    ]),
    empty: words.noRefusals,
  });
}
