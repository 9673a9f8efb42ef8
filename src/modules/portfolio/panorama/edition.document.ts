// An edition of the panorama as a document: headline, slippage, groups, its projects, definitions. It computes no figure.
import {
  formatDay,
  formatMonth,
  formatNumber,
  formatShortMonth,
  formatSignedPercent,
} from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { PdfBlock, PdfText } from '#platform/pdf/pdf-document.ts';
import {
  SLIPPAGE_DEFINITION,
  type SlippageGroup,
  type SlippingProject,
} from '../baselines/averages.rules.ts';
import { baselinesMessages } from '../baselines/baselines.messages.ts';
import { writtenGap } from '../files/file-parts.pages.ts';
import type { Panorama } from './averages.types.ts';
import { editionDocumentMessages } from './edition-document.messages.ts';
import { PHASES } from './editions.types.ts';
import { panoramaMessages } from './panorama.messages.ts';
import type { ProjectInEdition } from './projects.types.ts';
import { writtenCost, writtenYears } from './written-values.ts';

/** The most rows that a table of the document holds: beyond it the file would be too long to read or to make. */
export const DOCUMENT_ROWS = 500;
/** The longest name that is written whole, in characters. */
const NAME = 300;

/** What the document is made of. */
export interface EditionFacts {
  readonly panorama: Panorama;
  /** By name, at most `DOCUMENT_ROWS`. */
  readonly projects: readonly ProjectInEdition[];
  /** Public projects with a first baseline; null where they tell nothing of this edition: an earlier one, or another origin. */
  readonly slippage: { readonly projects: readonly SlippingProject[]; readonly all: SlippageGroup } | null;
  /** True for the latest edition of its origin. */
  readonly isLatest: boolean;
  /** The day on which the document is made, YYYY-MM-DD. */
  readonly today: string;
}

/** The document of an edition in the reader's language. The same facts give the same document. */
export function editionText(locale: Locale, facts: EditionFacts): PdfText {
  const { panorama: words, origins } = panoramaMessages(locale);
  const own = editionDocumentMessages(locale);
  const { edition } = facts.panorama;
  const month = formatMonth(locale, edition.month);
  return {
    locale,
    title: words.titleOf(month),
    author: own.author,
    subtitle: origins[edition.origin],
    createdAt: new Date(`${facts.today}T00:00:00Z`),
    landscape: true,
    footer: (page, pages) => own.footer(month, page, pages),
    blocks: [
      heading(words.headline),
      headline(locale, facts.panorama),
      ...slippage(locale, facts),
      heading(words.byMinistry),
      ...byMinistry(locale, facts.panorama),
      heading(own.byPhase),
      byPhase(locale, facts.panorama),
      ...projects(locale, facts),
      ...definitions(locale, facts),
    ],
  };
}

function heading(text: string): PdfBlock {
  return { kind: 'heading', level: 2, text };
}

function paragraph(text: string): PdfBlock {
  return { kind: 'paragraph', text, muted: true };
}

/** A text of the published table as it fits in a cell. */
function short(text: string): string {
  return text.length > NAME ? `${text.slice(0, NAME).trimEnd()}…` : text;
}

function figures(locale: Locale, rows: readonly (readonly string[])[]): PdfBlock {
  const own = editionDocumentMessages(locale);
  return {
    kind: 'table',
    columns: [
      { text: own.figure, width: 0.3 },
      { text: own.value, width: 0.15, numeric: true },
      { text: own.counts, width: 0.55 },
    ],
    rows,
  };
}

function headline(locale: Locale, { headline, declared, changes }: Panorama): PdfBlock {
  const words = panoramaMessages(locale).panorama;
  const number = (value: number) => formatNumber(locale, value);
  const gap = (name: string, share: number | null | undefined) =>
    share === null || share === undefined
      ? []
      : [[name, formatSignedPercent(locale, share, 1), words.gapExplained]];
  return figures(locale, [
    [
      words.count,
      number(headline.projects),
      changes
        ? words.countSince(
            number(changes.entries.length),
            number(changes.exits.length),
            formatMonth(locale, changes.previousMonth),
          )
        : words.countFirst,
    ],
    [
      words.total,
      writtenCost(locale, headline.totalMeur),
      headline.unknownCosts > 0 ? words.totalUnknown(number(headline.unknownCosts)) : words.totalKnown,
    ],
    [words.duration, writtenYears(locale, headline.meanDurationYears), words.durationExplained],
    ...gap(words.budgetGap, declared?.meanBudgetGap),
    ...gap(words.scheduleGap, declared?.meanScheduleGap),
  ]);
}

function slippage(locale: Locale, { slippage, isLatest, today }: EditionFacts): PdfBlock[] {
  const own = editionDocumentMessages(locale);
  if (slippage === null) return isLatest ? [] : [heading(own.slippage), paragraph(own.slippageLater)];
  const words = baselinesMessages(locale).slippage;
  const { plain, corrected } = slippage.all;
  const count = (value: number) => formatNumber(locale, value);
  const rows = (['cost', 'schedule'] as const).flatMap((which) => {
    const name = which === 'cost' ? words.costTitle : words.scheduleTitle;
    const row = (kind: string, value: number | null, hint: string) => [
      `${name}, ${kind.toLowerCase()}`,
      writtenGap(locale, value),
      hint,
    ];
    return [
      row(words.plain, plain[which].mean, words.plainHint(count(plain.count))),
      row(words.corrected, corrected[which].mean, words.correctedHint(count(corrected.count))),
      row(words.median, corrected[which].median, words.medianHint),
    ];
  });
  return [heading(own.slippage), paragraph(own.slippageOn(formatDay(locale, today))), figures(locale, rows)];
}

function cutAt(locale: Locale, shown: number, all: number): PdfBlock[] {
  if (shown >= all) return [];
  return [
    paragraph(editionDocumentMessages(locale).cut(formatNumber(locale, shown), formatNumber(locale, all))),
  ];
}

function byMinistry(locale: Locale, { byMinistry }: Panorama): PdfBlock[] {
  const { phases, panorama: words, unknown } = panoramaMessages(locale);
  const shown = [...PHASES, 'unknown' as const].filter((phase) =>
    byMinistry.some((row) => row.byPhase[phase] > 0),
  );
  const ministries = byMinistry.slice(0, DOCUMENT_ROWS);
  // A phase's name does not break in 0.13 of the page; where there are many phases, ministries' names still need room.
  const nameWidth = Math.max(0.19, 0.84 - 0.13 * shown.length);
  const width = (0.84 - nameWidth) / shown.length;
  const number = (value: number) => formatNumber(locale, value);
  return [
    {
      kind: 'table',
      columns: [
        { text: words.ministry, width: nameWidth },
        ...shown.map((phase) => ({ text: phases[phase], width, numeric: true })),
        { text: words.count, width: 0.07, numeric: true },
        { text: words.cost, width: 0.09, numeric: true },
      ],
      rows: ministries.map((row) => [
        row.ministry === 'unknown' ? unknown : short(row.ministry),
        ...shown.map((phase) => number(row.byPhase[phase])),
        number(row.projects),
        knownCost(locale, row),
      ]),
    },
    ...cutAt(locale, ministries.length, byMinistry.length),
  ];
}

function byPhase(locale: Locale, { byPhase }: Panorama): PdfBlock {
  const { phases, panorama: words } = panoramaMessages(locale);
  return {
    kind: 'table',
    columns: [
      { text: words.phase, width: 0.5 },
      { text: words.count, width: 0.25, numeric: true },
      { text: words.cost, width: 0.25, numeric: true },
    ],
    rows: byPhase.map((group) => [
      phases[group.key],
      formatNumber(locale, group.projects),
      knownCost(locale, group),
    ]),
  };
}

/** The cost of a group; a dash where no project of it has a published one. */
function knownCost(
  locale: Locale,
  { projects, unknownCosts, totalMeur }: { projects: number; unknownCosts: number; totalMeur: number },
): string {
  return unknownCosts === projects ? '–' : writtenCost(locale, totalMeur);
}

function projects(locale: Locale, { panorama, projects, slippage }: EditionFacts): PdfBlock[] {
  const { list, phases, unknown } = panoramaMessages(locale);
  const own = editionDocumentMessages(locale);
  const count = panorama.headline.projects;
  const gaps = new Map(slippage?.projects.map((project) => [project.projectId, project]));
  return [
    heading(own.projects(formatNumber(locale, count))),
    paragraph(slippage === null ? own.projectsOf : `${own.projectsOf} ${own.gapsOf}`),
    {
      kind: 'table',
      columns: [
        { text: list.name, width: slippage === null ? 0.41 : 0.25 },
        { text: list.ministry, width: 0.12 },
        { text: list.phase, width: 0.19 },
        { text: list.start, width: 0.1 },
        { text: list.duration, width: 0.08, numeric: true },
        { text: list.cost, width: 0.1, numeric: true },
        ...(slippage === null
          ? []
          : [
              { text: own.costGap, width: 0.07, numeric: true },
              { text: own.scheduleGap, width: 0.09, numeric: true },
            ]),
      ],
      rows: projects.map((project) => {
        const gap = gaps.get(project.id);
        return [
          short(project.name),
          short(project.ministryShort ?? project.ministry ?? unknown),
          phases[project.phase ?? 'unknown'],
          project.startedOn === null ? '–' : formatShortMonth(locale, project.startedOn.slice(0, 7)),
          project.durationYears === null ? '–' : writtenYears(locale, project.durationYears),
          writtenCost(locale, project.costMeur),
          ...(slippage === null
            ? []
            : [
                gap ? writtenGap(locale, gap.costShare) : '–',
                gap ? writtenGap(locale, gap.scheduleShare) : '–',
              ]),
        ];
      }),
    },
    ...cutAt(locale, projects.length, count),
  ];
}

function definitions(locale: Locale, { panorama, slippage }: EditionFacts): PdfBlock[] {
  const words = panoramaMessages(locale).panorama;
  const own = editionDocumentMessages(locale);
  const { edition, headline } = panorama;
  return [
    heading(own.definitions),
    paragraph(own.headlineDefinition(headline.definition)),
    ...(slippage === null
      ? []
      : [paragraph(baselinesMessages(locale).slippage.definitionText(SLIPPAGE_DEFINITION))]),
    paragraph(`${words.source(edition.sourceName)} ${own.digest(edition.sourceSha256)}`),
  ];
}
