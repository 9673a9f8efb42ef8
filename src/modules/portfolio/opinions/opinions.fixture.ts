// Project files for tests of opinions and audits, written straight into the tables: what a ministry submitted.
import { sql } from 'kysely';
import { inventedId } from '#modules/identity/public.ts';
import type { Db } from '#platform/database/connection.ts';

/** What of a file a test says; the rest is plain. */
export interface FileSketch {
  readonly name: string;
  /** Code of an organisation of the demonstration State. */
  readonly at: string;
  readonly meur: number;
  readonly state?: 'draft' | 'submitted';
  readonly objectives?: boolean;
  readonly classified?: boolean;
  readonly startedOn?: string;
}

/** Writes a file with an estimate and, unless told, an impact objective. @returns its id. */
export async function writeFile(db: Db, now: Date, sketch: FileSketch): Promise<string> {
  const { name, at, meur, state = 'submitted', objectives = true, classified = false } = sketch;
  const cents = Math.round(meur * 100_000_000);
  const { rows } = await sql<{ id: string }>`
    insert into portfolio.project_files (organisation_id, owner_id, name, description, objectives, internal_fte,
      outsourced_share, phase, state, started_on, planned_end_on, full_cost_cents, one_time_cents, recurring_cents,
      classified, created_at, updated_at, last_news_at, search_text)
    values (${inventedId('organisation', at)}, ${inventedId('person', 'Hélène Vasseur')}, ${name}, '', '', 4, 0.4,
      'build', ${state}, ${sketch.startedOn ?? '2026-06-01'}, '2029-12-31', ${cents}, ${cents}, 0, ${classified},
      ${now}, ${now}, ${now}, ${name.toLowerCase()}) returning id`.execute(db);
  const { id } = rows[0] as { id: string };
  await sql`insert into portfolio.file_estimates (file_id, at, cost_cents, end_on, scope_share, reason, author)
    values (${id}, ${now}, ${cents}, '2029-12-31', 1, 'Dépôt', '{"kind": "system", "name": "test"}')`.execute(
    db,
  );
  if (objectives)
    await sql`insert into portfolio.file_objectives (file_id, indicator_id, baseline_value, target_value, due_on)
      select ${id}, id, 1, 2, '2029-12-31' from impact.indicators order by id limit 1`.execute(db);
  return id;
}
