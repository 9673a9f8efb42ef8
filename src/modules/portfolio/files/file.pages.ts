// The page of one project file: where it stands against its baselines, what it costs, what happened and why.
import type { Page } from '#platform/http/page.ts';
import {
  formatDate,
  formatDay,
  formatEuroCents,
  formatMillionEuros,
  formatNumber,
  formatPercent,
} from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { barChart } from '#ui/charts/bar-chart.ts';
import { stackedBarChart } from '#ui/charts/stacked-bar-chart.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { form } from '#ui/components/form.ts';
import { sourceNote } from '#ui/components/source-note.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { type Html, html, lines, nothing } from '#ui/html.ts';
import { bandOf } from '../baselines/averages.rules.ts';
import { baselinesSection } from '../baselines/baselines.pages.ts';
import type { Baseline, Slippage } from '../baselines/baselines.types.ts';
import type { EarnedValue } from '../baselines/earned-value.rules.ts';
import { sumsByYear } from '../costs/costs.rules.ts';
import type { CostLine } from '../costs/costs.types.ts';
import type { NamedEstimate, NamedFileEvent } from './events.repository.ts';
import { eventsSection, historySection } from './file-history.pages.ts';
import { fileAddress, fileCrumbs, fileTags, writtenGap } from './file-parts.pages.ts';
import { filesMessages } from './files.messages.ts';
import type { FileFacts, Milestone, Objective, ProjectFile } from './files.types.ts';
import { slippageTable } from './slippage-table.pages.ts';

/** What the page of a file needs. */
export interface FileView {
  readonly csrf: Html;
  readonly file: ProjectFile;
  readonly facts: FileFacts;
  readonly estimates: readonly NamedEstimate[];
  readonly baselines: readonly Baseline[];
  readonly events: readonly NamedFileEvent[];
  readonly objectives: readonly Objective[];
  /** The cost table; null for whoever sees aggregates only. */
  readonly costs: readonly CostLine[] | null;
  readonly earnedValue: EarnedValue | null;
  readonly today: string;
  readonly timeZone: string;
  readonly seesDetail: boolean;
  readonly mayEdit: boolean;
  readonly mayKeep: boolean;
  readonly mayDecide: boolean;
  readonly isDemonstration: boolean;
  /** What other parts of the module show of the file: opinions, recommendations, alerts, forecast. */
  readonly sections: readonly Html[];
}

/** The page. */
export function filePage(locale: Locale, view: FileView): Page {
  const { file, facts } = view;
  const words = filesMessages(locale);
  return {
    title: file.name,
    breadcrumbs: fileCrumbs(locale),
    main: html`<h1>${file.name}</h1>
<p class="socle-lead">${file.organisationName}</p>
<p>${fileTags(locale, file)} ${tag({ text: words.phases[file.phase], tone: 'neutral' })}</p>
${keeping(locale, view)}
${facts.slippage ? slippageSection(locale, facts.slippage) : html`<h2>${words.slippage}</h2><p>${words.slippageNone}</p>`}
${view.sections}
${factsSection(locale, view)}
${moneySection(locale, view)}
${milestonesSection(locale, facts.milestones, view.today)}
${view.earnedValue && earnedSection(locale, view.earnedValue)}
${objectivesSection(locale, view.objectives)}
${baselinesSection(locale, view)}
${historySection(locale, view)}
${eventsSection(locale, view)}
${sourceNote({ locale, source: words.source, origin: view.isDemonstration ? 'demonstration' : 'declared', updated: formatDate(locale, file.updatedAt, view.timeZone) })}`,
  };
}

function keeping(locale: Locale, { file, facts, mayEdit, mayKeep, csrf }: FileView): Html {
  if (!mayEdit && !mayKeep) return nothing;
  const words = filesMessages(locale);
  const link = (under: string, text: string) =>
    button({ text, href: fileAddress(file.id, under), kind: 'secondary', small: true });
  const isLive = file.state === 'submitted' || file.state === 'running' || file.state === 'suspended';
  const links = [
    ...(mayEdit
      ? [
          link('/edit', words.edit),
          link('/costs', words.costsLink),
          link('/milestones', words.milestonesLink),
          link('/objectives', words.objectivesLink),
        ]
      : []),
    ...(mayKeep && isLive
      ? [
          link('/news', words.newsLink),
          link('/events/new', words.eventLink),
          ...(facts.firstBaseline ? [link('/baselines/new', words.baselineLink)] : []),
        ]
      : []),
  ];
  if (links.length === 0) return nothing;
  return html`<h2 class="govuk-visually-hidden">${words.actions}</h2>
${buttonGroup(links)}
${file.state === 'draft' && steps(locale, { file, facts, mayKeep, csrf })}`;
}

function steps(
  locale: Locale,
  { file, facts, mayKeep, csrf }: Pick<FileView, 'file' | 'facts' | 'mayKeep' | 'csrf'>,
): Html {
  const words = filesMessages(locale);
  const step = (isDone: boolean, text: string) =>
    html`<li>${text} ${tag(isDone ? { text: words.stepDone, tone: 'good' } : { text: words.stepToDo, tone: 'neutral' })}</li>`;
  return html`<h2>${words.steps}</h2>
<ol class="govuk-list govuk-list--number">${step(file.fullCostCents > 0, words.stepCosts)}${step(facts.milestones.length > 0, words.stepMilestones)}${step(facts.objectivesCount > 0, words.stepObjectives)}</ol>
${
  mayKeep &&
  file.fullCostCents > 0 &&
  form({
    action: fileAddress(file.id, '/submit'),
    csrf,
    content: html`<p>${words.submitHint}</p>${button({ text: words.submit })}`,
  })
}`;
}

function slippageSection(
  locale: Locale,
  slippage: { readonly first: Slippage; readonly latest: Slippage },
): Html {
  const words = filesMessages(locale);
  const { first, latest } = slippage;
  return html`<h2>${words.slippage}</h2>
<p>${words.slippageLead}</p>
${slippageTable(locale, slippage)}
${barChart({
  id: 'file-slippage',
  locale,
  title: words.chartSlippage,
  subtitle: words.chartSlippageSubtitle,
  labelHeader: words.barHeader,
  formatValue: (share) => writtenGap(locale, share),
  bars: [
    { label: words.bar.costFirst, value: first.costShare, highlighted: true },
    { label: words.bar.costLatest, value: latest.costShare },
    { label: words.bar.scheduleFirst, value: first.scheduleShare, highlighted: true },
    { label: words.bar.scheduleLatest, value: latest.scheduleShare },
  ],
})}`;
}

function factsSection(locale: Locale, { file, timeZone, seesDetail }: FileView): Html {
  const words = filesMessages(locale);
  return html`<h2>${words.facts}</h2>
${summaryList({
  rows: [
    { key: words.description, value: lines(file.description) },
    ...(file.objectives === '' ? [] : [{ key: words.objectivesText, value: lines(file.objectives) }]),
    ...(file.policyPriorities.length === 0
      ? []
      : [{ key: words.priorities, value: lines(file.policyPriorities.join('\n')) }]),
    ...(file.programmes.length === 0 ? [] : [{ key: words.programmes, value: file.programmes.join(', ') }]),
    { key: words.start, value: formatDay(locale, file.startedOn) },
    { key: words.end, value: formatDay(locale, file.plannedEndOn) },
    { key: words.team, value: words.fte(formatNumber(locale, file.internalFte)) },
    { key: words.outsourced, value: formatPercent(locale, file.outsourcedShare) },
    ...(seesDetail ? [{ key: words.owner, value: file.ownerName }] : []),
    ...(file.projectSlug === null
      ? []
      : [
          {
            key: words.inPanorama,
            value: html`<a href="/projects/${file.projectSlug}">${words.seeInPanorama}</a>`,
          },
        ]),
    ...(file.parentId === null
      ? []
      : [{ key: words.parent, value: html`<a href="${fileAddress(file.parentId)}">${words.seeFile}</a>` }]),
    ...(file.mergedInto === null
      ? []
      : [{ key: words.merged, value: html`<a href="${fileAddress(file.mergedInto)}">${words.seeFile}</a>` }]),
    { key: words.lastNews, value: formatDate(locale, file.lastNewsAt, timeZone) },
  ],
})}`;
}

function moneySection(locale: Locale, { file, facts, costs }: FileView): Html {
  const words = filesMessages(locale);
  if (file.fullCostCents === 0) return html`<h2>${words.money}</h2><p>${words.noCosts}</p>`;
  const millions = (cents: number) => formatMillionEuros(locale, cents / 1e8, 2);
  const years = sumsByYear(costs ?? []);
  return html`<h2>${words.money}</h2>
<p>${words.fullCostHint}</p>
${summaryList({
  rows: [
    { key: words.fullCost, value: html`<strong>${millions(file.fullCostCents)}</strong>` },
    { key: words.oneTime, value: millions(file.oneTimeCents) },
    { key: words.recurring, value: millions(file.recurringCents) },
    { key: words.band, value: words.bands[bandOf(facts.fullCostCents)] },
  ],
})}
${
  years.length > 0 &&
  html`${stackedBarChart({
    id: 'file-costs',
    locale,
    title: words.costChart,
    subtitle: words.costChartSubtitle,
    labelHeader: words.year,
    scale: 'total',
    parts: [words.oneTime, words.recurring],
    formatValue: (value) => formatMillionEuros(locale, value),
    rows: years.map(({ of, oneTimePaidCents, recurringPaidCents }) => ({
      label: String(of),
      values: [oneTimePaidCents / 1e8, recurringPaidCents / 1e8],
    })),
  })}
<p><a href="${fileAddress(file.id, '/costs')}">${words.costsLink}</a></p>`
}`;
}

function milestonesSection(locale: Locale, milestones: readonly Milestone[], today: string): Html {
  const words = filesMessages(locale);
  return html`<h2>${words.milestones}</h2>
${table({
  locale,
  caption: words.milestones,
  captionHidden: true,
  columns: [
    { text: words.milestone },
    { text: words.planned },
    { text: words.reached },
    { text: words.weight, numeric: true },
  ],
  rows: milestones.map(({ title, plannedOn, reachedOn, weight }) => [
    title,
    formatDay(locale, plannedOn),
    reachedOn === null
      ? plannedOn < today
        ? tag({ text: words.late, tone: 'warning' })
        : words.notYet
      : formatDay(locale, reachedOn),
    formatNumber(locale, weight, 2),
  ]),
  empty: words.noMilestones,
})}`;
}

function objectivesSection(locale: Locale, objectives: readonly Objective[]): Html {
  const words = filesMessages(locale);
  return html`<h2>${words.impact}</h2>
${table({
  locale,
  caption: words.impact,
  captionHidden: true,
  columns: [
    { text: words.indicator },
    { text: words.from, numeric: true },
    { text: words.to, numeric: true },
    { text: words.due },
  ],
  rows: objectives.map(
    ({ indicatorId, indicatorTitle, indicatorUnit, baselineValue, targetValue, dueOn }) => [
      html`<a href="/impact/indicators/${indicatorId}">${indicatorTitle}</a> <span class="socle-secondary">${indicatorUnit}</span>`,
      formatNumber(locale, baselineValue, 2),
      formatNumber(locale, targetValue, 2),
      formatDay(locale, dueOn),
    ],
  ),
  empty: words.noObjectives,
})}`;
}

function earnedSection(locale: Locale, value: EarnedValue): Html {
  const words = filesMessages(locale);
  const rows = words.earnedRows;
  const euros = (cents: number | null) =>
    cents === null ? words.none : formatEuroCents(locale, Math.round(cents / 100) * 100);
  return html`<h2>${words.earned}</h2>
<p>${words.earnedLead(formatMillionEuros(locale, value.budgetCents / 1e8))}</p>
${summaryList({
  rows: [
    { key: `${rows.planned} (PV)`, value: euros(value.plannedCents) },
    { key: `${rows.earned} (EV)`, value: euros(value.earnedCents) },
    { key: `${rows.spent} (AC)`, value: euros(value.spentCents) },
    { key: `${rows.variance} (CV)`, value: euros(value.costVarianceCents) },
    {
      key: `${rows.costIndex} (CPI)`,
      value: value.costIndex === null ? words.none : `${formatNumber(locale, value.costIndex, 2)}\u00A0€`,
    },
    {
      key: `${rows.scheduleIndex} (SPI)`,
      value: value.scheduleIndex === null ? words.none : formatPercent(locale, value.scheduleIndex),
    },
    { key: `${rows.eac} (EAC)`, value: euros(value.atCompletionCents.asBefore) },
    { key: `${rows.eacPlanned} (EAC)`, value: euros(value.atCompletionCents.asPlanned) },
    {
      key: `${rows.months} (ES)`,
      value: words.monthsOf(
        formatNumber(locale, value.earnedMonths),
        formatNumber(locale, value.actualMonths),
      ),
    },
  ],
})}`;
}
