// Recognises the columns of a published table, however its header is spelled, and turns a row's cells into values.
import type { Translated } from '#platform/i18n/locale.ts';
import { bandOfCost } from './averages.rules.ts';
import {
  type CellReading,
  lineOfCell,
  readBand,
  readDate,
  readDecimal,
  readPhase,
  readYesNo,
  textOfCell,
} from './cells.rules.ts';
import type { RowNote, RowValues } from './editions.types.ts';
import { folded } from './names.rules.ts';
import { columnTwice, otherTable } from './panorama.errors.ts';

/** The header words of each column, folded, signs as spaces. The first is the one that a message names. */
const TABLE_HEADERS = {
  edition: ['edition'],
  name: ['nom du projet', 'project', 'projet', 'name'],
  ministryShort: ['ministere porteur', 'sigle du ministere'],
  ministry: ['ministere nom complet', 'ministry', 'ministere'],
  interministerial: ['projet interministeriel', 'interministerial', 'interministeriel'],
  description: ['description et objectifs du projet', 'description'],
  link: ['en savoir plus sur le projet', 'en savoir plus', 'link'],
  start: ['debut', 'start', 'date de debut'],
  duration: [
    'duree previsionnelle en annee',
    'duree previsionnelle en annees',
    'duree previsionnelle',
    'duration years',
  ],
  phase: ['phase du projet en cours', 'phase'],
  cost: ['cout estime', 'cost meur', 'cout estime m', 'cout estime en m', 'cout estime en millions d euros'],
  band: ['cout estime par tranche', 'cost band', 'tranche de cout'],
  zone: ['zone fonctionnelle', 'zone'],
  programmes: ['financement programme s', 'financement programmes', 'financement', 'programme'],
  programmeLink: ['lien vers les projets annuels de performances'],
  publishedOn: ['date de publication', 'publication date'],
} as const;

const FIGURE_HEADERS = {
  month: ['edition', 'month'],
  projects: ['projects', 'nombre de projets'],
  total: ['total billion eur', 'cout total mds'],
  duration: ['mean duration years', 'duree moyenne'],
  schedule: ['mean schedule slip pct', 'ecart moyen de calendrier'],
  budget: ['mean budget slip pct', 'ecart moyen de budget'],
} as const;

/** Where each recognised column stands. */
export type Columns<K extends string> = Readonly<Partial<Record<K, number>>>;
/** The columns of the published table or of a panel of editions. */
export type TableColumns = Columns<keyof typeof TABLE_HEADERS>;
/** The columns of a file of declared headline figures. */
export type FigureColumns = Columns<keyof typeof FIGURE_HEADERS>;

function headerKey(header: string): string {
  return folded(header)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

function recognise<K extends string>(
  headers: readonly string[],
  known: Readonly<Record<K, readonly string[]>>,
  required: readonly K[],
): Columns<K> {
  const columns: Partial<Record<K, number>> = {};
  for (const [index, header] of headers.entries()) {
    const key = headerKey(header);
    const field = (Object.keys(known) as K[]).find((name) => known[name].includes(key));
    if (!field) continue;
    if (columns[field] !== undefined) throw columnTwice({}, `« ${lineOfCell(header)} »`);
    columns[field] = index;
  }
  const missing = required.filter((field) => columns[field] === undefined);
  if (missing.length > 0) {
    throw otherTable({ detail: { headers } }, missing.map((field) => `« ${known[field][0]} »`).join(', '));
  }
  return columns;
}

/** Finds the columns of a published table or a panel of editions. Throws `otherTable` when it is another table. */
export function recogniseTable(headers: readonly string[]): TableColumns {
  const columns: TableColumns = recognise<keyof typeof TABLE_HEADERS>(headers, TABLE_HEADERS, [
    'name',
    'phase',
    'cost',
    'duration',
    'start',
  ]);
  if (columns.ministry === undefined && columns.ministryShort === undefined) {
    throw otherTable({ detail: { headers } }, '« ministere nom complet »');
  }
  return columns;
}

/** Finds the columns of a file of declared headline figures. Throws `otherTable` when it is another table. */
export function recogniseFigures(headers: readonly string[]): FigureColumns {
  return recognise<keyof typeof FIGURE_HEADERS>(headers, FIGURE_HEADERS, [
    'month',
    'projects',
    'total',
    'duration',
    'schedule',
    'budget',
  ]);
}

/** A row read: its values, or why it must be left out. */
export type RowReading =
  | { readonly kind: 'row'; readonly values: RowValues }
  | { readonly kind: 'left-out'; readonly reason: Translated };

const MAX_NAME = 500;
const MAX_LINE = 1_000;
const MAX_TEXT = 20_000;

/**
 * Turns a row's cells into values. Left out: a row without a name, or whose start, duration, phase or cost holds
 * something that is neither a value nor a status (a figure would be wrong without it).
 */
export function readRow(cells: readonly string[], columns: TableColumns): RowReading {
  const cell = (field: keyof TableColumns) => cells[columns[field] ?? -1] ?? '';
  const line = (field: keyof TableColumns) => lineOfCell(cell(field))?.slice(0, MAX_LINE) ?? null;
  const text = (field: keyof TableColumns) => textOfCell(cell(field))?.slice(0, MAX_TEXT) ?? null;
  const notes: RowNote[] = [];
  const refused: Translated[] = [];

  function value<T>(field: RowNote['field'], reading: CellReading<T>, refusal?: Translated): T | null {
    if (reading.kind === 'value') return reading.value;
    if (reading.kind === 'empty') return null;
    if (reading.kind === 'unreadable' && refusal) {
      const quoted = reading.text.slice(0, 80);
      refused.push({ fr: `${refusal.fr} « ${quoted} »`, en: `${refusal.en} “${quoted}”` });
    }
    notes.push({ field, code: reading.kind, text: reading.text.slice(0, 300) });
    return null;
  }

  const name = lineOfCell(cell('name'));
  if (name === null)
    return { kind: 'left-out', reason: { fr: 'le nom du projet manque', en: 'the project has no name' } };
  if (name.length > MAX_NAME) {
    return {
      kind: 'left-out',
      reason: {
        fr: `le nom dépasse ${MAX_NAME} caractères`,
        en: `the name has more than ${MAX_NAME} characters`,
      },
    };
  }
  const costMeur = value('cost', readDecimal(cell('cost'), { min: 0, max: 1_000_000 }), {
    fr: 'coût illisible',
    en: 'unreadable cost',
  });
  const values: RowValues = {
    name,
    ministryShort: line('ministryShort'),
    ministry: line('ministry') ?? line('ministryShort'),
    interministerial: value('interministerial', readYesNo(cell('interministerial'))),
    description: text('description'),
    link: text('link')?.slice(0, MAX_LINE) ?? null,
    startedOn: value('start', readDate(cell('start')), { fr: 'début illisible', en: 'unreadable start' }),
    durationYears: value('duration', readDecimal(cell('duration'), { min: 0, max: 100 }), {
      fr: 'durée illisible',
      en: 'unreadable duration',
    }),
    phase: value('phase', readPhase(cell('phase')), { fr: 'phase inconnue', en: 'unknown phase' }),
    costMeur,
    band: value('band', readBand(cell('band'))) ?? (costMeur === null ? null : bandOfCost(costMeur)),
    zone: line('zone'),
    programmes: line('programmes'),
    programmeLink: line('programmeLink'),
    publishedOn: value('publishedOn', readDate(cell('publishedOn'))),
    notes,
  };
  if (refused.length > 0) {
    const joined = (locale: 'fr' | 'en') => refused.map((reason) => reason[locale]).join(' ; ');
    return { kind: 'left-out', reason: { fr: joined('fr'), en: joined('en').replaceAll(' ; ', '; ') } };
  }
  return { kind: 'row', values };
}
