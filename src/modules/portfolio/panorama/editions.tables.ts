// The tables of editions, their rows and the declared figures, as Kysely sees them.
import type { ColumnType, Generated } from 'kysely';
import type { Band, LeftOut, Origin, Phase, RowNote } from './editions.types.ts';

type Json<T> = ColumnType<T, string, never>;
type Inserted<T> = ColumnType<T, T, never>;

/** portfolio.editions. */
export interface EditionsTable {
  id: Inserted<number>;
  origin: Inserted<Origin>;
  month: Inserted<string>;
  published_on: Inserted<string | null>;
  shape: Inserted<'table' | 'panel'>;
  source_name: Inserted<string>;
  source_sha256: Inserted<string>;
  rows_sha256: Inserted<string>;
  row_count: Inserted<number>;
  left_out: Json<LeftOut[]>;
  headers: Json<string[]>;
  imported_at: Inserted<Date>;
  imported_by: Json<unknown>;
}

/** portfolio.edition_rows. */
export interface EditionRowsTable {
  id: Generated<number>;
  edition_id: Inserted<number>;
  line: Inserted<number>;
  name: Inserted<string>;
  name_key: Inserted<string>;
  ministry_short: Inserted<string | null>;
  ministry: Inserted<string | null>;
  interministerial: Inserted<boolean | null>;
  description: Inserted<string | null>;
  link: Inserted<string | null>;
  started_on: Inserted<string | null>;
  duration_years: Inserted<number | null>;
  phase: Inserted<Phase | null>;
  cost_meur: Inserted<number | null>;
  band: Inserted<Band | null>;
  zone: Inserted<string | null>;
  programmes: Inserted<string | null>;
  programme_link: Inserted<string | null>;
  published_on: Inserted<string | null>;
  notes: Json<RowNote[]>;
  search: Inserted<string>;
  raw: Json<(string | null)[]>;
}

/** portfolio.declared_figures. */
export interface DeclaredFiguresTable {
  origin: Inserted<Origin>;
  month: Inserted<string>;
  projects: Inserted<number | null>;
  total_meur: Inserted<number | null>;
  mean_duration_years: Inserted<number | null>;
  mean_schedule_gap: Inserted<number | null>;
  mean_budget_gap: Inserted<number | null>;
  source_name: Inserted<string>;
  source_sha256: Inserted<string>;
  imported_at: Inserted<Date>;
}

/** The tables of editions. */
export type EditionTables = {
  'portfolio.editions': EditionsTable;
  'portfolio.edition_rows': EditionRowsTable;
  'portfolio.declared_figures': DeclaredFiguresTable;
};
