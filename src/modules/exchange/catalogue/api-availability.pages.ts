// How available an API is, as measured: whether it answers now, its figures over 30 and 90 days, and each day.
import { formatDay, formatPercent } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { lineChart } from '#ui/charts/line-chart.ts';
import { type FigureOrigin, originTag } from '#ui/components/origin-tag.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { tag } from '#ui/components/tag.ts';
import { type Html, html } from '#ui/html.ts';
import { availabilityOf, firstShownDay, SHOWN_DAYS } from './availability.rules.ts';
import { catalogueMessages } from './catalogue.messages.ts';
import type { ApiDay } from './catalogue.types.ts';

/** A day on which fewer looks than this part succeeded is a troubled one. */
const TROUBLED_BELOW = 0.99;

/** Whether an API answers at present, as a tag; none before the first look. */
export function availabilityTag(locale: Locale, days: readonly ApiDay[]): Html[] {
  const { one } = catalogueMessages(locale);
  const last = days.findLast(({ checks }) => checks > 0);
  if (!last) return [];
  const isUp = last.checksUp / last.checks >= TROUBLED_BELOW;
  return [tag({ text: isUp ? one.upNow : one.troubled, tone: isUp ? 'good' : 'warning' })];
}

/** The section of an API's page; `days` are those of the last 90 days, the oldest first. */
export function availabilitySection(
  locale: Locale,
  {
    days,
    origin,
    now,
  }: { readonly days: readonly ApiDay[]; readonly origin: FigureOrigin; readonly now: Date },
): Html {
  const { one, notMeasured } = catalogueMessages(locale);
  const measured = days.filter(({ checks }) => checks > 0);
  const percent = (value: number) => formatPercent(locale, value, 2);
  const over = (span: number) => {
    const value = availabilityOf(days, firstShownDay(now, span));
    return { key: one.availabilityOver(span), value: value === null ? notMeasured : percent(value) };
  };
  return html`<h2 id="availability">${one.availability}</h2>
<p>${originTag(locale, origin)} ${one.availabilitySource}</p>
${
  measured.length === 0
    ? html`<p>${one.availabilityNothing}</p>`
    : html`${summaryList({ rows: [over(30), over(SHOWN_DAYS)] })}
${lineChart({
  id: 'availability-chart',
  locale,
  title: one.availabilityTitle,
  source: one.availabilitySource,
  fromZero: false,
  positions: measured.map(({ day }) => new Date(`${day}T00:00:00Z`)),
  formatLabel: (day) => formatDay(locale, day.toISOString().slice(0, 10)),
  formatValue: percent,
  series: [{ name: one.availability, values: measured.map(({ checks, checksUp }) => checksUp / checks) }],
})}`
}`;
}
