// Queries on what juries say: points, and conflicts of interest. They decide nothing: rules do.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { Conflict, DeclaredConflict, Score } from './funding.types.ts';

/** Records a conflict, once, and takes away the points that the member had given. */
export async function insertConflict(
  trx: Trx,
  now: Date,
  conflict: Conflict & { readonly reason: string },
): Promise<void> {
  await sql`
    insert into support.conflicts (application_id, person_id, reason, declared_at)
    values (${conflict.applicationId}, ${conflict.personId}, ${conflict.reason}, ${now})
    on conflict do nothing`.execute(trx);
  await sql`
    delete from support.scores where application_id = ${conflict.applicationId} and person_id = ${conflict.personId}`.execute(
    trx,
  );
}

/** The conflicts declared on these applications. */
export async function listConflicts(db: Db, applicationIds: readonly string[]): Promise<Conflict[]> {
  const { rows } = await sql<Conflict>`
    select application_id as "applicationId", person_id as "personId" from support.conflicts
    where application_id = any (${[...applicationIds]}::uuid[])`.execute(db);
  return rows;
}

/** The conflicts declared on an application, for those who run windows: who, when and why. */
export async function listDeclaredConflicts(db: Db, applicationId: string): Promise<DeclaredConflict[]> {
  const { rows } = await sql<DeclaredConflict>`
    select c.application_id as "applicationId", c.person_id as "personId", p.name, c.reason,
      c.declared_at as "declaredAt"
    from support.conflicts c join identity.people p on p.id = c.person_id
    where c.application_id = ${applicationId} order by c.declared_at, p.name limit 200`.execute(db);
  return rows;
}

/** The points given to these applications. */
export async function listScores(db: Db, applicationIds: readonly string[]): Promise<Score[]> {
  const { rows } = await sql<Score>`
    select application_id as "applicationId", person_id as "personId", position, points, comment from support.scores
    where application_id = any (${[...applicationIds]}::uuid[])`.execute(db);
  return rows;
}

/** Records points; those that the member gave before are replaced. */
export async function upsertScores(trx: Trx, now: Date, scores: readonly Score[]): Promise<void> {
  await sql`
    insert into support.scores (application_id, person_id, position, points, comment, scored_at)
    select s.*, ${now}::timestamptz from unnest(${scores.map(({ applicationId }) => applicationId)}::uuid[],
      ${scores.map(({ personId }) => personId)}::uuid[], ${scores.map(({ position }) => position)}::int[],
      ${scores.map(({ points }) => points)}::int[], ${scores.map(({ comment }) => comment)}::text[]) as s
    on conflict (application_id, person_id, position) do update
      set points = excluded.points, comment = excluded.comment, scored_at = excluded.scored_at`.execute(trx);
}
