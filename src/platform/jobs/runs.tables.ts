// The table of runs as the database holds it. Only runs.repository.ts reads this file.
import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { RunState } from './runs.types.ts';

interface RunsTable {
  id: string;
  name: string;
  requested_by: string | null;
  state: RunState;
  starts: Generated<number>;
  faults: Generated<number>;
  stops: Generated<number>;
  done: Generated<number>;
  total: number | null;
  result: JSONColumnType<object> | null;
  error_code: string | null;
  error_fr: string | null;
  error_en: string | null;
  requested_at: ColumnType<Date, Date, Date>;
  started_at: Date | null;
  finished_at: Date | null;
}

/** Tables of the schema `jobs`. */
export type JobsTables = {
  'jobs.runs': RunsTable;
};
