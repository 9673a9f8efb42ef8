// Writes editions, their rows and declared figures. Nothing here changes what is written; the database refuses it too.
import { sql } from 'kysely';
import type { Trx } from '#platform/database/connection.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type { DeclaredFigures } from './averages.types.ts';
import type { EditionTables } from './editions.tables.ts';
import type { LeftOut, Origin, RowValues } from './editions.types.ts';
import { nameKey, searchText } from './names.rules.ts';

const tables = (trx: Trx) => trx.withTables<EditionTables>();

/** What is held of an edition, to tell whether a file brings the same. */
export interface HeldEdition {
  readonly id: number;
  readonly month: string;
  readonly sourceName: string;
  readonly rowsSha256: string;
}

/** Every edition held of an origin, by month. */
export async function findHeldEditions(trx: Trx, origin: Origin): Promise<Map<string, HeldEdition>> {
  const rows = await tables(trx)
    .selectFrom('portfolio.editions')
    .where('origin', '=', origin)
    .select(['id', 'month', 'source_name as sourceName', 'rows_sha256 as rowsSha256'])
    .execute();
  return new Map(rows.map((row) => [row.month, row]));
}

/** An identifier for an edition whose rows are written before it. */
export async function nextEditionId(trx: Trx): Promise<number> {
  const { rows } = await sql<{ id: number }>`select nextval('portfolio.edition_ids') as id`.execute(trx);
  return (rows[0] as { id: number }).id;
}

/**
 * A row as it is sent to the database. Encoded at once, so that an import holds bytes that are freed early and not
 * long strings that are freed late.
 * @param json `values` as JSON, an object: the caller has made it already, for its hash.
 */
export function encodeRow(line: number, values: RowValues, json: string, raw: readonly string[]): Uint8Array {
  const made = {
    line,
    // A long text that is its own raw cell, as descriptions are, is kept once: see `cellsOf`.
    raw: raw.map((cell) => (cell.length > 100 && cell === values.description ? null : cell)),
    nameKey: nameKey(values.name),
    search: searchText([
      values.name,
      values.ministryShort,
      values.ministry,
      values.zone,
      values.programmes,
      values.description,
    ]),
  };
  return Buffer.from(`${JSON.stringify(made).slice(0, -1)},${json.slice(1)}`);
}

/** The cells of a row as they stood in the file, from what `encodeRow` kept of them. */
export function cellsOf(raw: readonly (string | null)[], description: string | null): string[] {
  return raw.map((cell) => cell ?? description ?? '');
}

const [OPEN, COMMA, CLOSE] = ['[', ',', ']'].map((sign) => Buffer.from(sign)) as [Buffer, Buffer, Buffer];

/** Writes encoded rows of an edition, in order, in one statement. */
export async function insertRows(trx: Trx, editionId: number, rows: readonly Uint8Array[]): Promise<void> {
  if (rows.length === 0) return;
  const parts = rows.flatMap((row, index) => [index === 0 ? OPEN : COMMA, row]);
  const batch = Buffer.concat([...parts, CLOSE]);
  await sql`
    insert into portfolio.edition_rows (edition_id, line, name, name_key, ministry_short, ministry, interministerial,
      description, link, started_on, duration_years, phase, cost_meur, band, zone, programmes, programme_link,
      published_on, notes, search, raw)
    select ${editionId}::bigint, line, name, "nameKey", "ministryShort", ministry, interministerial, description, link,
      "startedOn", "durationYears", phase, "costMeur", band, zone, programmes, "programmeLink", "publishedOn", notes,
      search, raw
    from json_to_recordset(${batch}::json) as x (
      line integer, name text, "nameKey" text, "ministryShort" text, ministry text, interministerial boolean,
      description text, link text, "startedOn" date, "durationYears" numeric, phase text, "costMeur" numeric,
      band text, zone text, programmes text, "programmeLink" text, "publishedOn" date, notes jsonb, search text,
      raw jsonb)`.execute(trx);
}

/** Writes the edition that its rows belong to. */
export async function insertEdition(
  trx: Trx,
  edition: {
    id: number;
    origin: Origin;
    month: string;
    publishedOn: string | null;
    shape: 'table' | 'panel';
    sourceName: string;
    sourceSha256: string;
    rowsSha256: string;
    rowCount: number;
    leftOut: readonly LeftOut[];
    headers: readonly string[];
    importedAt: Date;
    importedBy: LedgerActor;
  },
): Promise<void> {
  await tables(trx)
    .insertInto('portfolio.editions')
    .values({
      id: edition.id,
      origin: edition.origin,
      month: edition.month,
      published_on: edition.publishedOn,
      shape: edition.shape,
      source_name: edition.sourceName,
      source_sha256: edition.sourceSha256,
      rows_sha256: edition.rowsSha256,
      row_count: edition.rowCount,
      left_out: JSON.stringify(edition.leftOut),
      headers: JSON.stringify(edition.headers),
      imported_at: edition.importedAt,
      imported_by: JSON.stringify(edition.importedBy),
    })
    .execute();
}

/** The declared figures held of an origin, by month. */
export async function findHeldFigures(trx: Trx, origin: Origin): Promise<Map<string, DeclaredFigures>> {
  const rows = await tables(trx)
    .selectFrom('portfolio.declared_figures')
    .where('origin', '=', origin)
    .select([
      'month',
      'projects',
      'total_meur as totalMeur',
      'mean_duration_years as meanDurationYears',
      'mean_schedule_gap as meanScheduleGap',
      'mean_budget_gap as meanBudgetGap',
      'source_name as sourceName',
    ])
    .execute();
  return new Map(rows.map((row) => [row.month, row]));
}

/** Writes declared figures. */
export async function insertFigures(
  trx: Trx,
  origin: Origin,
  figures: readonly DeclaredFigures[],
  source: { sha256: string; importedAt: Date },
): Promise<void> {
  if (figures.length === 0) return;
  await tables(trx)
    .insertInto('portfolio.declared_figures')
    .values(
      figures.map((one) => ({
        origin,
        month: one.month,
        projects: one.projects,
        total_meur: one.totalMeur,
        mean_duration_years: one.meanDurationYears,
        mean_schedule_gap: one.meanScheduleGap,
        mean_budget_gap: one.meanBudgetGap,
        source_name: one.sourceName,
        source_sha256: source.sha256,
        imported_at: source.importedAt,
      })),
    )
    .execute();
}
