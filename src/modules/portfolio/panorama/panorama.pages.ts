// The panorama of an edition as a page: headline, groups, what changed. It computes no figure.
import type { Page } from '#platform/http/page.ts';
import { formatMonth, formatNumber, formatSignedPercent } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { listAddress } from '#platform/list-address.ts';
import { barChart } from '#ui/charts/bar-chart.ts';
import { stackedBarChart } from '#ui/charts/stacked-bar-chart.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { details } from '#ui/components/details.ts';
import { cardGrid, figureCard } from '#ui/components/figure-card.ts';
import { notificationBanner } from '#ui/components/notification-banner.ts';
import { table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { type Html, html } from '#ui/html.ts';
import { evolutionAddress, projectAddress, projectsAddress } from './addresses.ts';
import type { GroupFigures, Movement, Panorama } from './averages.types.ts';
import { editionDocumentMessages } from './edition-document.messages.ts';
import { type EditionShelf, editionLinks } from './edition-links.ts';
import { PHASES } from './editions.types.ts';
import { panoramaMessages } from './panorama.messages.ts';
import { figureOrigin, writtenChange, writtenCost, writtenYears } from './written-values.ts';

/** What the page shows beside the figures. */
export interface PanoramaView {
  readonly panorama: Panorama;
  readonly shelf: EditionShelf;
  /** Proposed matches of this origin that nobody decided yet. */
  readonly waitingMatches: number;
}

/** The page of one edition. */
export function panoramaPage(locale: Locale, { panorama, shelf, waitingMatches }: PanoramaView): Page {
  const words = panoramaMessages(locale).panorama;
  const { edition } = panorama;
  const title = words.titleOf(formatMonth(locale, edition.month));
  return {
    title,
    main: html`<h1>${title}</h1>
<p class="socle-lead">${words.lead}</p>
${editionLinks(locale, shelf)}
<h2>${words.headline}</h2>
${headline(locale, panorama)}
${discrepancies(locale, panorama)}
<ul>
<li><a href="${projectsAddress(edition)}">${words.all}</a></li>
<li><a href="${evolutionAddress(edition.origin)}">${words.evolution}</a></li>
<li>${allSlippage(locale)}</li>
</ul>
${dataLinks({
  locale,
  csv: listAddress(`/panorama/${edition.month}/figures.csv`, { origin: edition.origin }),
  json: listAddress(`/api/v1/portfolio/editions/${edition.month}`, { origin: edition.origin }),
  pdf: listAddress(`/panorama/${edition.month}/edition.pdf`, { origin: edition.origin }),
  about: title,
})}
<h2>${words.byMinistry}</h2>
${byMinistry(locale, panorama)}
<h2>${words.byBand}</h2>
${groupTable(locale, {
  id: 'bands',
  caption: words.byBandCaption,
  heading: words.band,
  groups: panorama.byBand,
  nameOf: (key) => panoramaMessages(locale).bands[key],
  linkOf: (key) => projectsAddress(edition, { band: key }),
})}
${changes(locale, panorama, waitingMatches)}
${costChanges(locale, panorama)}
<h2>${words.byZone}</h2>
${barChart({
  id: 'zones',
  locale,
  title: words.byZoneCaption,
  formatValue: (value) => formatNumber(locale, value),
  bars: panorama.byZone
    .slice(0, 12)
    .map((zone) => ({ label: nameOfZone(locale, zone.key), value: zone.projects })),
})}
${groupTable(locale, {
  id: 'zones-table',
  caption: words.byZoneCaption,
  heading: words.zone,
  groups: panorama.byZone,
  nameOf: (key) => nameOfZone(locale, key),
  linkOf: (key) => (key === 'unknown' ? null : projectsAddress(edition, { zone: key })),
})}
${leftOut(locale, panorama)}
<p><small>${words.source(edition.sourceName)} ${words.definition(panorama.headline.definition)}</small></p>`,
  };
}

/** The page where no edition is held yet. */
export function emptyPanoramaPage(locale: Locale): Page {
  const words = panoramaMessages(locale).panorama;
  return {
    title: words.title,
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.empty}</p>
<p>${words.emptyHelp}</p>
<p><a href="/panorama/import">${words.import}</a></p>`,
  };
}

function allSlippage(locale: Locale): Html {
  const { allSlippage: name } = editionDocumentMessages(locale);
  const file = (href: string, text: string) =>
    html`<a href="${href}" aria-label="${text}, ${name}">${text}</a>`;
  return html`<a href="/projects/slippage">${name}</a> (${file('/projects/slippage.csv', 'CSV')}, ${file('/api/v1/project-slippage', 'JSON')})`;
}

function nameOfZone(locale: Locale, key: string): string {
  return key === 'unknown' ? panoramaMessages(locale).unknown : key;
}

function headline(locale: Locale, { edition, headline, changes, declared }: Panorama): Html {
  const words = panoramaMessages(locale).panorama;
  const number = (value: number) => formatNumber(locale, value);
  const month = formatMonth(locale, edition.month);
  const invented = edition.origin === 'demonstration';
  const shared = { locale, origin: figureOrigin(edition.origin), trend: null, headingLevel: 3 as const };
  const computed = { ...shared, source: invented ? words.fromDemonstration : words.fromTable(month) };
  const published = { ...shared, source: invented ? words.fromDemonstration : words.fromHeadline(month) };
  const gap = (title: string, share: number | null | undefined) =>
    share === null || share === undefined
      ? []
      : [
          figureCard({
            ...published,
            title,
            value: formatSignedPercent(locale, share, 1),
            explanation: words.gapExplained,
          }),
        ];
  return cardGrid([
    figureCard({
      ...computed,
      title: words.count,
      value: number(headline.projects),
      explanation: changes
        ? words.countSince(
            number(changes.entries.length),
            number(changes.exits.length),
            formatMonth(locale, changes.previousMonth),
          )
        : words.countFirst,
    }),
    figureCard({
      ...computed,
      title: words.total,
      value: writtenCost(locale, headline.totalMeur),
      explanation:
        headline.unknownCosts > 0 ? words.totalUnknown(number(headline.unknownCosts)) : words.totalKnown,
    }),
    figureCard({
      ...computed,
      title: words.duration,
      value: writtenYears(locale, headline.meanDurationYears),
      explanation: words.durationExplained,
    }),
    ...gap(words.budgetGap, declared?.meanBudgetGap),
    ...gap(words.scheduleGap, declared?.meanScheduleGap),
  ]);
}

/** What the directorate published with the edition and its own table does not give. */
function discrepancies(locale: Locale, { discrepancies }: Panorama): Html | null {
  if (discrepancies.length === 0) return null;
  const words = panoramaMessages(locale).panorama;
  return notificationBanner({
    locale,
    title: words.discrepancies,
    content: html`<ul>${discrepancies.map((found) => html`<li>${writtenDiscrepancy(locale, found)}</li>`)}</ul>`,
  });
}

/** A difference between a published figure and its table, as a sentence. */
export function writtenDiscrepancy(
  locale: Locale,
  { figure, declared, computed }: Panorama['discrepancies'][number],
): string {
  const words = panoramaMessages(locale).panorama;
  const write = {
    projects: (value: number) => formatNumber(locale, value),
    totalMeur: (value: number) => writtenCost(locale, value),
    meanDurationYears: (value: number) => writtenYears(locale, value),
  }[figure];
  const name = { projects: words.count, totalMeur: words.total, meanDurationYears: words.duration }[figure];
  return words.discrepancy(name, write(declared), write(computed));
}

function byMinistry(locale: Locale, { edition, byMinistry }: Panorama): Html {
  const { phases, panorama: words, unknown } = panoramaMessages(locale);
  const number = (value: number) => formatNumber(locale, value);
  const shown = [...PHASES, 'unknown' as const].filter((phase) =>
    byMinistry.some((row) => row.byPhase[phase] > 0),
  );
  const nameOf = (row: (typeof byMinistry)[number]) => (row.ministry === 'unknown' ? unknown : row.ministry);
  return html`${stackedBarChart({
    id: 'ministries',
    locale,
    title: words.byMinistryCaption,
    scale: 'total',
    formatValue: number,
    labelHeader: words.ministry,
    parts: shown.map((phase) => phases[phase]),
    rows: byMinistry.map((row) => ({
      label: row.short ?? nameOf(row),
      values: shown.map((phase) => row.byPhase[phase] || null),
    })),
  })}
${table({
  locale,
  caption: words.byMinistryCaption,
  captionHidden: true,
  id: 'ministries-table',
  columns: [
    { text: words.ministry },
    ...shown.map((phase) => ({ text: phases[phase], numeric: true })),
    { text: words.count, numeric: true },
    { text: words.cost, numeric: true },
  ],
  rows: byMinistry.map((row) => [
    row.ministry === 'unknown'
      ? unknown
      : html`<a href="${projectsAddress(edition, { ministry: row.ministry })}">${row.ministry}</a>`,
    ...shown.map((phase) => number(row.byPhase[phase])),
    number(row.projects),
    writtenCost(locale, row.totalMeur),
  ]),
})}`;
}

function groupTable<K extends string>(
  locale: Locale,
  options: {
    id: string;
    caption: string;
    heading: string;
    groups: readonly GroupFigures<K>[];
    nameOf: (key: K | 'unknown') => string;
    linkOf: (key: K | 'unknown') => string | null;
  },
): Html {
  const words = panoramaMessages(locale).panorama;
  return table({
    locale,
    caption: options.caption,
    captionHidden: true,
    columns: [
      { text: options.heading },
      { text: words.count, numeric: true },
      { text: words.cost, numeric: true },
    ],
    rows: options.groups.map((group) => {
      const href = options.linkOf(group.key);
      const name = options.nameOf(group.key);
      return [
        href === null || group.projects === 0 ? name : html`<a href="${href}">${name}</a>`,
        formatNumber(locale, group.projects),
        group.unknownCosts === group.projects ? '–' : writtenCost(locale, group.totalMeur),
      ];
    }),
    id: options.id,
  });
}

function changes(locale: Locale, { changes }: Panorama, waitingMatches: number): Html | null {
  if (changes === null) return null;
  const words = panoramaMessages(locale).panorama;
  const number = (value: number) => formatNumber(locale, value);
  const rise = changes.largestRise;
  return html`<h2>${words.changes(formatMonth(locale, changes.previousMonth))}</h2>
<p>${words.moved(number(changes.changedCosts), number(changes.changedPhases), number(changes.unchanged))}
${rise && words.largestRise(rise.row.name, writtenCost(locale, rise.fromMeur), writtenCost(locale, rise.toMeur))}</p>
${waitingMatches > 0 && html`<p>${words.waitingMatches(waitingMatches, number(waitingMatches))}</p>`}
${movements(locale, words.entries(number(changes.entries.length)), changes.entries, words.noEntry)}
${movements(locale, words.exits(number(changes.exits.length)), changes.exits, words.noExit)}`;
}

function movements(locale: Locale, title: string, list: readonly Movement[], nothing: string): Html {
  const { phases, panorama: words, unknown } = panoramaMessages(locale);
  if (list.length === 0) return html`<h3>${title}</h3><p>${nothing}</p>`;
  return html`<h3>${title}</h3>
${table({
  locale,
  caption: title,
  captionHidden: true,
  columns: [
    { text: words.project },
    { text: words.ministry },
    { text: words.phase },
    { text: words.cost, numeric: true },
  ],
  rows: list.map(({ lastState: row, returned }) => [
    html`<a href="${projectAddress(row.slug)}">${row.name}</a>${returned && html` ${tag({ text: words.returned, tone: 'info' })}`}`,
    row.ministryShort ?? row.ministry ?? unknown,
    phases[row.phase ?? 'unknown'],
    writtenCost(locale, row.costMeur),
  ]),
})}`;
}

function costChanges(locale: Locale, { costChanges }: Panorama): Html | null {
  if (costChanges.length === 0) return null;
  const words = panoramaMessages(locale).panorama;
  return html`<h2>${words.costChanges}</h2>
<p>${words.costChangesNote}</p>
${table({
  locale,
  caption: words.costChanges,
  captionHidden: true,
  columns: [
    { text: words.project },
    { text: words.first, numeric: true },
    { text: words.latest, numeric: true },
    { text: words.variation, numeric: true },
  ],
  rows: costChanges.map(({ row, change }) => [
    html`<a href="${projectAddress(row.slug)}">${row.name}</a>`,
    `${writtenCost(locale, change.first)} (${formatMonth(locale, change.month)})`,
    writtenCost(locale, change.latest),
    writtenChange(locale, change.share),
  ]),
})}`;
}

function leftOut(locale: Locale, { edition }: Panorama): Html | null {
  if (edition.leftOut.length === 0) return null;
  const words = panoramaMessages(locale).panorama;
  return details({
    summary: words.leftOut,
    content: table({
      locale,
      caption: words.leftOut,
      captionHidden: true,
      columns: [{ text: words.where }, { text: words.reason }],
      rows: edition.leftOut.map(({ where, reason }) => [where[locale], reason[locale]]),
    }),
  });
}
