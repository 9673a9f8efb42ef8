// Writes the demonstration's requests and opinions: one statement for each table.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';

/** A file on which the demonstration has a request. */
export interface DrawnFile {
  readonly id: string;
  readonly name: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly directorId: string;
  readonly costCents: number;
  readonly endOn: string;
  /** The day of its first baseline; null while it waits for one. */
  readonly baselinedOn: string | null;
}

/** The files of the demonstration's projects with these names. */
export async function findDrawnFiles(
  db: Db,
  names: readonly string[],
  timeZone: string,
): Promise<DrawnFile[]> {
  const { rows } = await sql<DrawnFile>`
    select f.id, f.name, f.organisation_id as "organisationId", o.name as "organisationName",
      f.owner_id as "directorId", f.full_cost_cents as "costCents", f.planned_end_on as "endOn",
      (f.first_baseline_at at time zone ${timeZone})::date as "baselinedOn"
    from portfolio.project_files f join identity.organisations o on o.id = f.organisation_id
    where f.name = any (${[...names]}::text[])`.execute(db);
  return rows;
}

/** Rows of each table, under the names of their columns. */
export interface DrawnOpinions {
  readonly requests: readonly Record<string, unknown>[];
  readonly waits: readonly Record<string, unknown>[];
  readonly consultations: readonly Record<string, unknown>[];
  readonly opinions: readonly Record<string, unknown>[];
  readonly publications: readonly Record<string, unknown>[];
}

/** Writes everything, in the order in which the tables refer to each other. */
export async function insertDrawnOpinions(trx: Trx, all: DrawnOpinions): Promise<void> {
  const json = (rows: readonly unknown[]) => sql`${JSON.stringify(rows)}::json`;
  await sql`insert into portfolio.opinion_requests (id, file_id, organisation_id, state, axes, conforming, cost_cents,
      end_on, threshold_cents, delay_months, submitted_on, submitted_at, last_day, created_by, created_at, changed_at,
      closed_at, closed_reason)
    select id, file_id, organisation_id, state, axes, conforming, cost_cents, end_on, threshold_cents, delay_months,
      submitted_on, submitted_at, last_day, created_by, created_at, changed_at, closed_at, closed_reason
    from json_populate_recordset(null::portfolio.opinion_requests, ${json(all.requests)})
    order by created_at, id`.execute(trx);
  await sql`insert into portfolio.opinion_waits (request_id, from_on, until_on, asked, asked_by, asked_at, answer,
      ended_by, ended_at)
    select request_id, from_on, until_on, asked, asked_by, asked_at, answer, ended_by, ended_at
    from json_populate_recordset(null::portfolio.opinion_waits, ${json(all.waits)})`.execute(trx);
  await sql`insert into portfolio.opinion_consultations
    select * from json_populate_recordset(null::portfolio.opinion_consultations, ${json(all.consultations)})`.execute(
    trx,
  );
  await sql`insert into portfolio.opinions
    select * from json_populate_recordset(null::portfolio.opinions, ${json(all.opinions)})`.execute(trx);
  await sql`insert into portfolio.opinion_publications (opinion_id, edition, published_at, published_by, ground,
      redactions, published)
    select opinion_id, edition, published_at, published_by, ground, redactions, published
    from json_populate_recordset(null::portfolio.opinion_publications, ${json(all.publications)})`.execute(
    trx,
  );
}
