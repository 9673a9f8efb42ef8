// The register's list and its public figures by ministry.
import type { Page } from '#platform/http/page.ts';
import { formatNumber, formatPercent } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress } from '#platform/list-address.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { cardGrid, figureCard } from '#ui/components/figure-card.ts';
import { filterPanel } from '#ui/components/filter-panel.ts';
import { nextPage } from '#ui/components/pagination.ts';
import { select } from '#ui/components/select.ts';
import { table } from '#ui/components/table.ts';
import { html } from '#ui/html.ts';
import { oversightCrumb } from '../entry/entry.crumb.ts';
import { REGISTER, recommendationsTable, registerCrumbs } from './recommendation-parts.pages.ts';
import { recommendationsMessages } from './recommendations.messages.ts';
import {
  RECOMMENDATION_SOURCES,
  RECOMMENDATION_STATES,
  type Recommendation,
  type RecommendationFigures,
} from './recommendations.types.ts';

/** How the register is narrowed, as its address says. */
export interface RegisterNarrowing {
  readonly state: string;
  readonly source: string;
  readonly organisation: string;
  readonly project: string;
  readonly overdue: string;
}

/** The register as its reader sees it. */
export function registerPage(
  locale: Locale,
  view: {
    readonly items: readonly Recommendation[];
    readonly total: number;
    readonly narrowing: RegisterNarrowing;
    readonly organisations: readonly { readonly id: string; readonly name: string }[];
    /** The project asked for, by its name. */
    readonly projectName: string | null;
    readonly today: string;
    readonly next: number | null;
    readonly isFirst: boolean;
  },
): Page {
  const words = recommendationsMessages(locale);
  const { filters } = words;
  const { narrowing } = view;
  const without = (name: keyof RegisterNarrowing) => listAddress(REGISTER, { ...narrowing, [name]: '' });
  const state = RECOMMENDATION_STATES.find((one) => one === narrowing.state);
  const source = RECOMMENDATION_SOURCES.find((one) => one === narrowing.source);
  const organisation = view.organisations.find(({ id }) => id === narrowing.organisation);
  return {
    title: words.title,
    breadcrumbs: [oversightCrumb(locale)],
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
<p><a class="govuk-link" href="${REGISTER}/figures">${words.figuresLink}</a></p>
${filterPanel({
  locale,
  action: REGISTER,
  clearHref: REGISTER,
  keep: { project: narrowing.project },
  fields: [
    select({
      locale,
      name: 'state',
      label: filters.state,
      value: narrowing.state,
      placeholder: filters.allStates,
      items: RECOMMENDATION_STATES.map((value) => ({ value, text: words.states[value] })),
    }),
    select({
      locale,
      name: 'source',
      label: filters.source,
      value: narrowing.source,
      placeholder: filters.all,
      items: RECOMMENDATION_SOURCES.map((value) => ({ value, text: words.sources[value] })),
    }),
    view.organisations.length > 1
      ? select({
          locale,
          name: 'organisation',
          label: filters.ministry,
          value: narrowing.organisation,
          placeholder: filters.all,
          items: view.organisations.map(({ id, name }) => ({ value: id, text: name })),
        })
      : null,
    select({
      locale,
      name: 'overdue',
      label: filters.overdue,
      value: narrowing.overdue,
      placeholder: filters.any,
      items: [{ value: 'yes', text: filters.onlyOverdue }],
    }),
  ],
  applied: [
    ...(state ? [{ text: words.states[state], removeHref: without('state') }] : []),
    ...(source ? [{ text: words.sources[source], removeHref: without('source') }] : []),
    ...(organisation ? [{ text: organisation.name, removeHref: without('organisation') }] : []),
    ...(view.projectName === null ? [] : [{ text: view.projectName, removeHref: without('project') }]),
    ...(narrowing.overdue === 'yes' ? [{ text: filters.onlyOverdue, removeHref: without('overdue') }] : []),
  ],
})}
<p>${words.count(view.total)}</p>
${recommendationsTable(locale, { items: view.items, today: view.today, empty: words.empty })}
${nextPage({
  locale,
  nextHref: view.next === null ? null : listAddress(REGISTER, { ...narrowing, before: view.next }),
  ...(view.isFirst ? {} : { firstHref: listAddress(REGISTER, { ...narrowing }) }),
})}
${dataLinks({ locale, csv: listAddress(`${REGISTER}.csv`, { ...narrowing }), json: listAddress('/api/v1/recommendations', { ...narrowing }) })}`,
  };
}

/** What became of recommendations, by ministry: for everyone. */
export function recommendationFiguresPage(
  locale: Locale,
  {
    figures,
    origin,
  }: { readonly figures: readonly RecommendationFigures[]; readonly origin: 'measured' | 'demonstration' },
): Page {
  const { figures: words } = recommendationsMessages(locale);
  const sum = (
    name: 'issued' | 'accepted' | 'refused' | 'implemented' | 'notImplemented' | 'open' | 'overdue',
  ) => figures.reduce((total, one) => total + one[name], 0);
  const closed = sum('refused') + sum('implemented') + sum('notImplemented');
  const numbers = (one: Omit<RecommendationFigures, 'organisationId' | 'organisationName'>) =>
    [one.issued, one.accepted, one.refused, one.implemented, one.notImplemented, one.open, one.overdue].map(
      (value) => formatNumber(locale, value),
    );
  const all = {
    issued: sum('issued'),
    accepted: sum('accepted'),
    refused: sum('refused'),
    implemented: sum('implemented'),
    notImplemented: sum('notImplemented'),
    open: sum('open'),
    overdue: sum('overdue'),
  };
  return {
    title: words.title,
    breadcrumbs: registerCrumbs(locale).slice(0, 1),
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${cardGrid([
  figureCard({
    locale,
    title: words.share,
    value: closed === 0 ? '–' : formatPercent(locale, all.implemented / closed),
    explanation: words.explanation(closed),
    origin,
    source: words.source,
    trend: null,
  }),
  figureCard({
    locale,
    title: words.overdueCard,
    value: formatNumber(locale, all.overdue),
    explanation: words.overdueExplanation,
    origin,
    source: words.source,
    trend: null,
  }),
])}
${table({
  locale,
  stacked: true,
  caption: words.caption,
  columns: [
    { text: words.organisation },
    ...[
      words.issued,
      words.accepted,
      words.refused,
      words.implemented,
      words.notImplemented,
      words.open,
      words.overdue,
    ].map((text) => ({ text, numeric: true })),
  ],
  rows: [
    ...figures.map((one) => [one.organisationName, ...numbers(one)]),
    ...(figures.length > 0 ? [[html`<strong>${words.total}</strong>`, ...numbers(all)]] : []),
  ],
  empty: words.empty,
})}
<p>${words.note}</p>
${dataLinks({ locale, csv: `${REGISTER}/figures.csv`, json: '/api/v1/recommendation-figures' })}`,
  };
}
