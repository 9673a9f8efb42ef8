// The sign-ins to a service and their refusals, as its team sees them: no person is on the page.
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatDateTime, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { lineChart } from '#ui/charts/line-chart.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { html } from '#ui/html.ts';
import type { ConnectionDay, ConnectionLine, RefusalCount } from './connections.types.ts';
import { refusalsMessages } from './refusals.messages.ts';
import { serviceCrumbs, serviceHead } from './service-parts.pages.ts';
import { servicesMessages } from './services.messages.ts';
import type { NamedService } from './services.types.ts';

/** What a code means, and what to do about it. */
export function refusalExplanation(locale: Locale, code: string): string {
  const { byCode, other } = refusalsMessages(locale);
  return Object.hasOwn(byCode, code) ? byCode[code as keyof typeof byCode] : other;
}

/** The sign-ins to a service. */
export function connectionsPage(
  locale: Locale,
  {
    service,
    days,
    refusals,
    last,
    timeZone,
  }: {
    service: NamedService;
    days: readonly ConnectionDay[];
    refusals: readonly RefusalCount[];
    last: readonly ConnectionLine[];
    timeZone: string;
  },
): Page {
  const words = servicesMessages(locale).connections;
  return {
    title: `${words.title} – ${service.name}`,
    breadcrumbs: serviceCrumbs(locale),
    main: html`${serviceHead(locale, service, 'connections')}
<p class="socle-lead">${words.lead}</p>
${lineChart({
  id: 'connections',
  locale,
  title: words.chart,
  subtitle: words.chartHint,
  source: words.source,
  positions: days.map(({ day }) => new Date(`${day}T00:00:00Z`)),
  series: [
    { name: words.signedIn, values: days.map(({ signedIn }) => signedIn) },
    { name: words.refused, values: days.map(({ refused }) => refused) },
  ],
  positionHeader: words.day,
  formatLabel: (day) => formatDate(locale, day),
  formatValue: (value) => formatNumber(locale, value, 0),
})}
${table({
  locale,
  caption: words.refusalsTitle,
  columns: [
    { text: words.code },
    { text: words.times, numeric: true },
    { text: words.last },
    { text: words.meaning },
  ],
  rows: refusals.map(({ code, count, lastAt }) => [
    html`<code>${code}</code>`,
    formatNumber(locale, count, 0),
    formatDateTime(locale, lastAt, timeZone),
    refusalExplanation(locale, code),
  ]),
  empty: words.noRefusals,
})}
${table({
  locale,
  caption: words.lastTitle,
  columns: [
    { text: words.at },
    { text: words.outcome },
    { text: words.code },
    { text: words.acr },
    { text: words.upstream },
  ],
  rows: last.map(({ at, outcome, refusal, acr, upstreamName }) => [
    formatDateTime(locale, at, timeZone),
    tag({ text: words.outcomes[outcome], tone: outcome === 'refused' ? 'bad' : 'good' }),
    refusal !== null && html`<code>${refusal}</code>`,
    acr,
    upstreamName,
  ]),
  empty: words.none,
})}
${dataLinks({ locale, csv: `/services/${service.id}/connections.csv`, json: `/api/v1/identity/services/${service.id}/connections` })}`,
  };
}
