// The page of the watch: projects in difficulty first, each with why; recent decisions; the rules that look.
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatDay, formatPercent } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress, pagesOf } from '#platform/list-address.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { details } from '#ui/components/details.ts';
import { filterPanel } from '#ui/components/filter-panel.ts';
import { pagination } from '#ui/components/pagination.ts';
import { select } from '#ui/components/select.ts';
import { table } from '#ui/components/table.ts';
import { type Html, html } from '#ui/html.ts';
import { oversightCrumb } from '../entry/entry.crumb.ts';
import { alertAddress, alertList, decisionTag, money, WATCH } from './alert-parts.pages.ts';
import { watchMessages } from './watch.messages.ts';
import { WATCH_VERSION } from './watch.rules.ts';
import { type Alert, WATCH_RULES, type WatchLimits, type WatchRule } from './watch.types.ts';

/** What the page of the watch shows. */
export interface WatchView {
  /** The open alerts of each project, those deepest in difficulty first: this page's. */
  readonly groups: readonly { readonly fileId: string; readonly alerts: readonly Alert[] }[];
  readonly files: number;
  readonly openAlerts: number;
  readonly page: { readonly number: number; readonly size: number };
  readonly narrowing: { readonly rule: string; readonly organisation: string };
  readonly organisations: readonly { readonly id: string; readonly name: string }[];
  readonly decided: readonly Alert[];
  readonly limits: WatchLimits;
  readonly timeZone: string;
}

/** The page of the watch. */
export function watchPage(locale: Locale, view: WatchView): Page {
  const words = watchMessages(locale);
  const { columns } = words;
  const { narrowing, timeZone } = view;
  const rule = WATCH_RULES.find((one) => one === narrowing.rule);
  const organisation = view.organisations.find(({ id }) => id === narrowing.organisation);
  const isNarrowed = narrowing.rule !== '' || narrowing.organisation !== '';
  return {
    title: words.title,
    breadcrumbs: [oversightCrumb(locale)],
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${filterPanel({
  locale,
  action: WATCH,
  clearHref: WATCH,
  fields: [
    select({
      locale,
      name: 'rule',
      label: words.filterRule,
      value: narrowing.rule,
      placeholder: words.all,
      items: WATCH_RULES.map((value) => ({ value, text: words.rules[value] })),
    }),
    view.organisations.length > 1
      ? select({
          locale,
          name: 'organisation',
          label: words.filterOrganisation,
          value: narrowing.organisation,
          placeholder: words.all,
          items: view.organisations.map(({ id, name }) => ({ value: id, text: name })),
        })
      : null,
  ],
  applied: [
    ...(rule
      ? [
          {
            text: words.rules[rule],
            removeHref: listAddress(WATCH, { organisation: narrowing.organisation }),
          },
        ]
      : []),
    ...(organisation
      ? [{ text: organisation.name, removeHref: listAddress(WATCH, { rule: narrowing.rule }) }]
      : []),
  ],
})}
<h2>${words.difficulty}</h2>
${view.files > 0 && html`<p>${words.count(view.files, view.openAlerts)}</p>`}
${table({
  locale,
  caption: words.difficulty,
  captionHidden: true,
  columns: [{ text: columns.project }, { text: columns.why }],
  rows: view.groups.flatMap(({ fileId, alerts }) => {
    const [one] = alerts;
    if (!one) return [];
    const since = new Date(Math.min(...alerts.map(({ openedAt }) => openedAt.getTime())));
    return [
      [
        html`<a class="govuk-link" href="/projects/files/${fileId}">${one.fileName}</a><br><span class="govuk-hint">${one.organisationName}<br>${words.costSince(money(locale, one.fullCostCents), formatDate(locale, since, timeZone))}</span>`,
        alertList(locale, alerts),
      ],
    ];
  }),
  empty: isNarrowed ? words.emptyFiltered : words.empty,
})}
${pagination({ locale, ...pagesOf(WATCH, { ...narrowing }, view.page, view.files) })}
${dataLinks({ locale, csv: listAddress(`${WATCH}.csv`, { ...narrowing }), json: listAddress('/api/v1/alerts', { state: 'open', ...narrowing }) })}
<h2>${words.decided}</h2>
${table({
  locale,
  caption: words.decided,
  captionHidden: true,
  columns: [{ text: columns.project }, { text: columns.alert }, { text: columns.decision }],
  rows: view.decided.map((alert) => [
    html`${alert.fileName}<br><span class="govuk-hint">${alert.organisationName}</span>`,
    html`<a class="govuk-link" href="${alertAddress(alert.id)}">${words.rules[alert.rule]}</a>`,
    html`${alert.decision !== null && decisionTag(locale, alert.decision)}${alert.restsUntil !== null && html`<br><span class="govuk-hint">${words.rests(formatDay(locale, alert.restsUntil))}</span>`}`,
  ]),
  empty: words.decidedEmpty,
})}
${details({ summary: words.rulesTitle, content: rulesText(locale, view.limits) })}`,
  };
}

function rulesText(locale: Locale, limits: WatchLimits): Html {
  const words = watchMessages(locale);
  const { ruleTexts: texts } = words;
  const share = (value: number) => formatPercent(locale, value);
  const said: Readonly<Record<WatchRule, string>> = {
    slippage:
      limits.costSlippage === null || limits.scheduleSlippage === null
        ? words.off
        : texts.slippage(share(limits.costSlippage), share(limits.scheduleSlippage)),
    'forecast-above-frame': texts['forecast-above-frame'],
    'overdue-recommendations':
      limits.overdueRecommendations === null
        ? words.off
        : texts['overdue-recommendations'](limits.overdueRecommendations),
    outsourcing: limits.outsourcing === null ? words.off : texts.outsourcing(share(limits.outsourcing)),
    'no-impact-measure': texts['no-impact-measure'],
    'no-news': limits.newsDays === null ? words.off : texts['no-news'](limits.newsDays),
  };
  return html`<dl>${WATCH_RULES.map((rule) => html`<dt><strong>${words.rules[rule]}</strong></dt><dd>${said[rule]}</dd>`)}</dl>
<p>${words.rulesVersion(WATCH_VERSION)}</p>`;
}
