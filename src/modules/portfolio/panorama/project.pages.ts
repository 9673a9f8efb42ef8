// One project through its editions: facts, names, cost and duration, history. It computes no figure.
import type { Page } from '#platform/http/page.ts';
import { formatMonth, formatPercent, formatShortMonth } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { lineChart } from '#ui/charts/line-chart.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { details } from '#ui/components/details.ts';
import { inset } from '#ui/components/inset.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { timeline } from '#ui/components/timeline.ts';
import { type Html, html } from '#ui/html.ts';
import { editionAddress, projectsAddress } from './addresses.ts';
import { panoramaMessages } from './panorama.messages.ts';
import type { ChangeSinceFirst, Project } from './projects.types.ts';
import {
  monthPosition,
  positionMonth,
  writtenChange,
  writtenCost,
  writtenDay,
  writtenYears,
} from './written-values.ts';

/** One project through its editions; `slippage` is what its file says of it, where it has a baseline. */
export function projectPage(locale: Locale, project: Project, slippage: Html | null = null): Page {
  const { project: words, panorama, list, phases, bands, unknown } = panoramaMessages(locale);
  const latest = project.states.at(-1);
  if (!latest) throw new Error(`The project ${project.id} has no state.`);
  const edition = { origin: project.origin, month: latest.month };
  const source =
    project.origin === 'published'
      ? panorama.fromTable(formatMonth(locale, latest.month))
      : panorama.fromDemonstration;
  return {
    title: project.name,
    breadcrumbs: [
      { text: panoramaMessages(locale).panorama.title, href: editionAddress(edition) },
      { text: words.breadcrumb, href: projectsAddress(edition) },
    ],
    main: html`<h1>${project.name}</h1>
${project.hasLeft && inset(words.hasLeft(formatMonth(locale, latest.month)))}
<h2>${words.latestEdition(formatMonth(locale, latest.month))}</h2>
${summaryList({
  rows: [
    { key: words.ministry, value: latest.ministry ?? latest.ministryShort ?? unknown },
    { key: words.phase, value: phases[latest.phase ?? 'unknown'] },
    { key: words.cost, value: writtenCost(locale, latest.costMeur) },
    { key: words.band, value: bands[latest.band ?? 'unknown'] },
    {
      key: words.start,
      value: latest.startedOn === null ? unknown : formatMonth(locale, latest.startedOn.slice(0, 7)),
    },
    { key: words.duration, value: writtenYears(locale, latest.durationYears) },
    { key: words.zone, value: latest.zone ?? unknown },
    {
      key: words.interministerial,
      value: latest.interministerial === null ? unknown : latest.interministerial ? list.yes : list.no,
    },
    { key: words.programmes, value: latest.programmes ?? unknown },
    ...(latest.moreLink ? [{ key: words.more, value: linkOrText(latest.moreLink) }] : []),
    ...(latest.programmeLink ? [{ key: words.programmeLink, value: linkOrText(latest.programmeLink) }] : []),
    { key: words.id, value: html`<code>${project.id}</code>` },
  ],
})}
${latest.description && html`<h2>${words.description}</h2>${paragraphs(latest.description)}`}
${slippage}
${names(locale, project)}
${dataLinks({
  locale,
  csv: `/projects/${project.slug}/history.csv`,
  json: `/api/v1/portfolio/projects/${project.id}`,
  about: project.name,
})}
<h2>${words.costTitle}</h2>
${course(locale, project, {
  id: 'cost',
  title: words.costChart,
  subtitle: words.costSubtitle,
  series: words.costSeries,
  source,
  values: project.states.map((state) => state.costMeur),
  write: (value) => writtenCost(locale, value),
  change: project.costChange,
})}
<h2>${words.durationTitle}</h2>
${course(locale, project, {
  id: 'duration',
  title: words.durationChart,
  subtitle: words.durationSubtitle,
  series: words.durationSeries,
  source,
  values: project.states.map((state) => state.durationYears),
  write: (value) => writtenYears(locale, value),
  change: project.durationChange,
})}
<p><small>${words.changeNote}</small></p>
${history(locale, project)}
${matches(locale, project)}
${details({
  summary: words.raw,
  content: table({
    locale,
    caption: words.raw,
    captionHidden: true,
    columns: [{ text: words.column }, { text: words.cell }],
    rows: latest.headers
      .map((header, i) => [header.trim(), latest.raw[i] ?? ''] as const)
      .filter(([header, cell]) => header !== '' || cell !== ''),
  }),
})}`,
  };
}

/** Addresses that the table gives become links, each alone; any other text stays text. */
function linkOrText(text: string): Html {
  const parts = text.split(/\s+/).filter(Boolean);
  const addresses = parts.filter((part) => /^https?:\/\/[^\s<>"']+$/i.test(part) && URL.canParse(part));
  if (addresses.length !== parts.length) return html`${text}`;
  return html`${addresses.map((href, i) => html`${i > 0 && html`<br>`}<a href="${href}" rel="noopener nofollow">${href}</a>`)}`;
}

function paragraphs(text: string): Html {
  return html`${text
    .split(/\n\s*\n|\r?\n/)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => html`<p>${part}</p>`)}`;
}

function names(locale: Locale, { names }: Project): Html | null {
  if (names.length < 2) return null;
  const words = panoramaMessages(locale).project;
  return html`<h2>${words.names}</h2>
${timeline({
  events: names.map(({ name, firstMonth, lastMonth }) => ({
    title: name,
    at: {
      iso: firstMonth,
      text:
        firstMonth === lastMonth
          ? words.nameOnce(formatMonth(locale, firstMonth))
          : words.nameSpan(formatMonth(locale, firstMonth), formatMonth(locale, lastMonth)),
    },
  })),
})}`;
}

function course(
  locale: Locale,
  { states }: Project,
  options: {
    id: string;
    title: string;
    subtitle: string;
    series: string;
    source: string;
    values: readonly (number | null)[];
    write: (value: number) => string;
    change: ChangeSinceFirst | null;
  },
): Html {
  const words = panoramaMessages(locale).project;
  const known = options.values.filter((value) => value !== null);
  if (known.length === 0) return html`<p>${words.neverKnown}</p>`;
  const { change } = options;
  const sentence = !change
    ? words.onePoint
    : options.write(change.first) === options.write(change.latest)
      ? words.stable(options.write(change.latest), formatMonth(locale, change.month))
      : words.change(
          options.write(change.first),
          options.write(change.latest),
          writtenChange(locale, change.share),
          formatMonth(locale, change.month),
        );
  return html`<p>${sentence}</p>
${
  known.length > 1 &&
  lineChart({
    id: options.id,
    locale,
    title: options.title,
    subtitle: options.subtitle,
    source: options.source,
    formatValue: options.write,
    formatLabel: (position) => formatShortMonth(locale, positionMonth(position)),
    positions: states.map(({ month }) => monthPosition(month)),
    series: [{ name: options.series, values: options.values }],
  })
}`;
}

function history(locale: Locale, { states, missingMonths, origin }: Project): Html {
  const { project: words, phases, unknown } = panoramaMessages(locale);
  return html`<h2>${words.history}</h2>
${table({
  locale,
  caption: words.historyCaption,
  captionHidden: true,
  columns: [
    { text: words.edition },
    { text: words.name },
    { text: words.ministry },
    { text: words.phase },
    { text: words.start },
    { text: words.duration, numeric: true },
    { text: words.cost, numeric: true },
  ],
  rows: states
    .toReversed()
    .map((state) => [
      html`<a href="${editionAddress({ origin, month: state.month })}">${formatMonth(locale, state.month)}</a>`,
      state.name,
      state.ministryShort ?? state.ministry ?? unknown,
      phases[state.phase ?? 'unknown'],
      writtenDay(locale, state.startedOn),
      writtenYears(locale, state.durationYears),
      writtenCost(locale, state.costMeur),
    ]),
})}
${
  missingMonths.length > 0 &&
  html`<p>${words.missing(missingMonths.map((month) => formatMonth(locale, month)).join(', '))}</p>`
}`;
}

function matches(locale: Locale, { matches, names }: Project): Html | null {
  if (matches.length === 0 && names.length < 2) return null;
  const words = panoramaMessages(locale).project;
  return html`<h2>${words.matches}</h2>
${
  matches.length === 0
    ? html`<p>${words.sameName}</p>`
    : html`<ul>${matches.map(({ row, candidate, score }) => html`<li>${words.match(row.name, candidate.name, formatMonth(locale, row.month), formatPercent(locale, score))}</li>`)}</ul>`
}`;
}
