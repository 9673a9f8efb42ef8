// What pages on alerts share: addresses, crumbs, the facts in words, the section of a project's page.
import {
  formatDate,
  formatDay,
  formatEuroCents,
  formatMillionEuros,
  formatPercent,
  formatSignedPercent,
} from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { type TagTone, tag } from '#ui/components/tag.ts';
import { type Html, html } from '#ui/html.ts';
import { oversightCrumb } from '../entry/entry.crumb.ts';
import { watchMessages } from './watch.messages.ts';
import type { Alert, AlertDecision, AlertFacts, WatchRule } from './watch.types.ts';

/** Where the watch is. */
export const WATCH = '/projects/watch';

/** Where an alert is. */
export function alertAddress(id: string, rest = ''): string {
  return `${WATCH}/${id}${rest}`;
}

/** The way back from a page under the watch. */
export function watchCrumbs(locale: Locale) {
  return [oversightCrumb(locale), { text: watchMessages(locale).title, href: WATCH }];
}

/** Where the ministry asks the brigades for support, with the project filled in. */
export function supportAddress({
  fileName,
  organisationId,
}: Pick<Alert, 'fileName' | 'organisationId'>): string {
  return `/support/requests/new?${new URLSearchParams({ organisationId, subject: fileName })}`;
}

/** An amount as the overseers write it: in millions of euros from one million on. */
export function money(locale: Locale, cents: number): string {
  return Math.abs(cents) >= 100_000_000
    ? formatMillionEuros(locale, cents / 100_000_000)
    : formatEuroCents(locale, cents);
}

/** The facts that made a rule fire, in words. */
export function factsText(locale: Locale, rule: WatchRule, facts: AlertFacts): string {
  const { facts: words } = watchMessages(locale);
  const number = (name: string) => {
    const value = facts[name];
    return typeof value === 'number' ? value : null;
  };
  const day = (name: string) => {
    const value = facts[name];
    return typeof value === 'string' ? formatDay(locale, value) : null;
  };
  const share = (value: number | null) => (value === null ? '–' : formatPercent(locale, value));
  const signed = (value: number) => formatSignedPercent(locale, value);
  switch (rule) {
    case 'slippage': {
      const [cost, schedule] = [number('costShare'), number('scheduleShare')];
      return [
        ...(cost === null ? [] : [words.cost(signed(cost), share(number('costLimit')))]),
        ...(schedule === null ? [] : [words.schedule(signed(schedule), share(number('scheduleLimit')))]),
      ].join(', ');
    }
    case 'overdue-recommendations':
      return words.overdue(number('count') ?? 0, day('oldestDueOn') ?? '–');
    case 'outsourcing':
      return words.outsourcing(share(number('share')), share(number('limit')));
    case 'no-impact-measure': {
      const last = day('lastMeasureOn');
      if (number('objectives') === 0) return words.noObjective;
      return last === null ? words.neverMeasured : words.measuredLast(last);
    }
    case 'no-news':
      return words.noNews(number('days') ?? 0, day('lastNewsOn') ?? '–');
    case 'forecast-above-frame': {
      const [p80, end] = [number('p80CostCents'), day('p80EndOn')];
      return [
        ...(p80 === null
          ? []
          : [words.p80Cost(money(locale, p80), money(locale, number('frameCostCents') ?? 0))]),
        ...(end === null ? [] : [words.p80End(end, day('frameEndOn') ?? '–')]),
      ].join(', ');
    }
  }
}

const TONES: Readonly<Record<AlertDecision, TagTone>> = {
  support: 'info',
  audit: 'warning',
  reorientation: 'warning',
  stop: 'bad',
  'accepted-risk': 'neutral',
};

/** What was decided. */
export function decisionTag(locale: Locale, decision: AlertDecision): Html {
  return tag({ text: watchMessages(locale).decisions[decision], tone: TONES[decision] });
}

/** The alerts of a project with why, each a link. */
export function alertList(locale: Locale, alerts: readonly Pick<Alert, 'id' | 'rule' | 'facts'>[]): Html {
  const { rules } = watchMessages(locale);
  return html`<ul class="govuk-list">${alerts.map(
    ({ id, rule, facts }) =>
      html`<li><a class="govuk-link" href="${alertAddress(id)}">${rules[rule]}</a><br>${factsText(locale, rule, facts)}</li>`,
  )}</ul>`;
}

/** The section of a project's page: its open alerts. */
export function alertsSection(
  locale: Locale,
  { alerts, timeZone }: { readonly alerts: readonly Alert[]; readonly timeZone: string },
): Html {
  const words = watchMessages(locale);
  if (alerts.length === 0) return html`<h2>${words.section.title}</h2><p>${words.section.none}</p>`;
  const [oldest] = alerts;
  return html`<h2>${words.section.title}</h2>
<p>${tag({ text: words.states.open, tone: 'bad' })} ${oldest && html`<span class="govuk-hint">${words.since(formatDate(locale, oldest.openedAt, timeZone))}</span>`}</p>
${alertList(locale, alerts)}`;
}
