// The public page of the State's slippage: plain and corrected means, medians, and the distribution behind them.
import type { Page } from '#platform/http/page.ts';
import { formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { distributionChart } from '#ui/charts/distribution-chart.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { details } from '#ui/components/details.ts';
import { cardGrid, figureCard } from '#ui/components/figure-card.ts';
import { sourceNote } from '#ui/components/source-note.ts';
import { table } from '#ui/components/table.ts';
import { type Html, html } from '#ui/html.ts';
import { fileAddress, fileCrumbs, fileTags, writtenGap } from '../files/file-parts.pages.ts';
import { filesMessages } from '../files/files.messages.ts';
import {
  SLIPPAGE_DEFINITION,
  type SlippageGroup,
  type SlippingProject,
  type slippageSummary,
} from './averages.rules.ts';
import { baselinesMessages } from './baselines.messages.ts';

/** The page; `projects` are those with a first baseline that the public sees. */
export function slippagePage(
  locale: Locale,
  {
    projects,
    summary,
    origin,
  }: {
    readonly projects: readonly SlippingProject[];
    readonly summary: ReturnType<typeof slippageSummary>;
    readonly origin: 'declared' | 'demonstration';
  },
): Page {
  const words = baselinesMessages(locale).slippage;
  const files = filesMessages(locale);
  const title = { title: words.title, breadcrumbs: fileCrumbs(locale).slice(0, 2) };
  if (projects.length === 0) {
    return {
      ...title,
      main: html`<h1>${words.title}</h1><p class="socle-lead">${words.lead}</p><p>${words.none}</p>`,
    };
  }
  return {
    ...title,
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${dataLinks({ locale, csv: '/projects/slippage.csv', json: '/api/v1/project-slippage' })}
${aspect(locale, 'cost', projects, summary.all, origin)}
${aspect(locale, 'schedule', projects, summary.all, origin)}
${groups(locale, words.byMinistry, summary.byMinistry, (name) => name)}
${groups(locale, words.byPhase, summary.byPhase, (phase) => files.phases[phase])}
${groups(locale, words.byBand, summary.byBand, (band) => files.bands[band])}
<p class="socle-secondary">${words.bandNote}</p>
<h2>${words.definition}</h2>
<p>${words.definitionText(SLIPPAGE_DEFINITION)}</p>
${details({ summary: words.projects, content: projectsTable(locale, projects) })}
<p><a href="/projects/files">${words.toFiles}</a></p>
${sourceNote({ locale, source: words.source, origin })}`,
  };
}

function aspect(
  locale: Locale,
  which: 'cost' | 'schedule',
  projects: readonly SlippingProject[],
  { plain, corrected }: SlippageGroup,
  origin: 'declared' | 'demonstration',
): Html {
  const words = baselinesMessages(locale).slippage;
  const card = (title: string, value: number | null, explanation: string) =>
    figureCard({
      locale,
      title,
      value: writtenGap(locale, value),
      explanation,
      origin,
      source: words.source,
      trend: null,
      headingLevel: 3,
    });
  const count = (value: number) => formatNumber(locale, value);
  const median = corrected[which].median;
  return html`<h2>${which === 'cost' ? words.costTitle : words.scheduleTitle}</h2>
${cardGrid([
  card(words.plain, plain[which].mean, words.plainHint(count(plain.count))),
  card(words.corrected, corrected[which].mean, words.correctedHint(count(corrected.count))),
  card(words.median, median, words.medianHint),
])}
${distributionChart({
  id: `slippage-${which}`,
  locale,
  title: which === 'cost' ? words.costChart : words.scheduleChart,
  subtitle: words.chartSubtitle,
  values: projects.map(({ costShare, scheduleShare }) => (which === 'cost' ? costShare : scheduleShare)),
  formatValue: (value) => writtenGap(locale, value),
  formatCount: (value) => formatNumber(locale, value),
  countHeader: words.countHeader,
  ...(median !== null && { marker: { value: median, label: words.medianLabel } }),
})}`;
}

function groups<K extends string>(
  locale: Locale,
  title: string,
  all: readonly SlippageGroup<K>[],
  nameOf: (of: K) => string,
): Html {
  const words = baselinesMessages(locale).slippage;
  return html`<h2>${title}</h2>
${table({
  locale,
  caption: title,
  captionHidden: true,
  columns: [
    { text: words.group },
    { text: words.count, numeric: true },
    { text: `${words.cost}, ${words.plain.toLowerCase()}`, numeric: true },
    { text: `${words.cost}, ${words.corrected.toLowerCase()}`, numeric: true },
    { text: `${words.cost}, ${words.median.toLowerCase()}`, numeric: true },
    { text: `${words.schedule}, ${words.plain.toLowerCase()}`, numeric: true },
    { text: `${words.schedule}, ${words.corrected.toLowerCase()}`, numeric: true },
    { text: `${words.schedule}, ${words.median.toLowerCase()}`, numeric: true },
  ],
  rows: all.map(({ of, plain, corrected }) => [
    nameOf(of),
    formatNumber(locale, corrected.count),
    writtenGap(locale, plain.cost.mean),
    writtenGap(locale, corrected.cost.mean),
    writtenGap(locale, corrected.cost.median),
    writtenGap(locale, plain.schedule.mean),
    writtenGap(locale, corrected.schedule.mean),
    writtenGap(locale, corrected.schedule.median),
  ]),
})}`;
}

function projectsTable(locale: Locale, projects: readonly SlippingProject[]): Html {
  const words = baselinesMessages(locale).slippage;
  const files = filesMessages(locale);
  return table({
    locale,
    caption: words.projects,
    captionHidden: true,
    columns: [
      { text: words.project },
      { text: files.state },
      { text: words.costTitle, numeric: true },
      { text: words.scheduleTitle, numeric: true },
      { text: words.rebaselines, numeric: true },
    ],
    rows: projects.map((project) => [
      html`<a href="${fileAddress(project.id)}">${project.name}</a>`,
      fileTags(locale, { state: project.state, classified: false }),
      writtenGap(locale, project.costShare),
      writtenGap(locale, project.scheduleShare),
      formatNumber(locale, project.rebaselines),
    ]),
  });
}
