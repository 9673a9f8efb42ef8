// Queries on the brigade's people: skills, absences, and the load of their missions and proposed teams.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { BrigadePerson, Period, Skill } from './people.types.ts';
import { MOST_PEOPLE } from './team.rules.ts';

function columnsFor(from: string, exceptRequestId: string | null) {
  return sql`
    b.person_id as "personId", p.name, b.days_per_week as "daysPerWeek", b.left_at as "leftAt",
    coalesce((select json_agg(json_build_object('expertise', s.expertise, 'level', s.level) order by s.expertise)
      from support.brigade_skills s where s.person_id = b.person_id), '[]') as skills,
    coalesce((select json_agg(json_build_object('id', a.id, 'from', a.first_day, 'to', a.last_day)
        order by a.first_day, a.id)
      from support.brigade_absences a where a.person_id = b.person_id and a.last_day >= ${from}::date), '[]') as absences,
    coalesce((select json_agg(json_build_object('from', l.first_day, 'to', l.last_day, 'days', l.days)
        order by l.first_day, l.last_day, l.days)
      from (
        select m.starts_on as first_day, m.ends_on as last_day, mm.days_planned as days
        from support.mission_members mm join support.missions m on m.id = mm.mission_id
        where mm.person_id = b.person_id and m.state = 'under-way' and m.ends_on >= ${from}::date
          and m.request_id is distinct from ${exceptRequestId}::uuid
        union all
        select pm.first_day, r.ends_on, pm.days
        from support.proposed_members pm join support.requests r on r.id = pm.request_id
        where pm.person_id = b.person_id and r.state in ('proposed', 'accepted') and r.ends_on >= ${from}::date
          and r.id is distinct from ${exceptRequestId}::uuid
      ) l), '[]') as loads`;
}

/**
 * The people who are of the brigade, by name, with what takes their time from `from` (YYYY-MM-DD) on; the team of the
 * request `exceptRequestId` is not counted as load.
 */
export async function listBrigade(
  db: Db,
  from: string,
  exceptRequestId: string | null = null,
): Promise<BrigadePerson[]> {
  const { rows } = await sql<BrigadePerson>`
    select ${columnsFor(from, exceptRequestId)}
    from support.brigade_people b join identity.people p on p.id = b.person_id
    where b.left_at is null and p.closed_at is null
    order by p.search_text, p.id limit ${MOST_PEOPLE}`.execute(db);
  return rows;
}

/** One of them, or one who left. */
export async function findBrigadePerson(
  db: Db,
  personId: string,
  from: string,
): Promise<BrigadePerson | undefined> {
  const { rows } = await sql<BrigadePerson>`
    select ${columnsFor(from, null)}
    from support.brigade_people b join identity.people p on p.id = b.person_id
    where b.person_id = ${personId}`.execute(db);
  return rows[0];
}

/** Lets nobody else plan the brigade's days until `trx` ends, so that two teams never take the same ones. */
export async function lockBrigade(trx: Trx): Promise<void> {
  await sql`select from support.brigade_people order by person_id for update`.execute(trx);
}

/** Lets nobody else write this person's weeks until `trx` ends. @returns false when there is no such person. */
export async function lockBrigadePerson(trx: Trx, personId: string): Promise<boolean> {
  const { rows } = await sql`
    select true from support.brigade_people where person_id = ${personId} for update`.execute(trx);
  return rows.length > 0;
}

/** Adds a person, takes them back, or changes what they bring. */
export async function writeBrigadePerson(
  trx: Trx,
  now: Date,
  {
    personId,
    daysPerWeek,
    skills,
  }: { readonly personId: string; readonly daysPerWeek: number; readonly skills: readonly Skill[] },
): Promise<void> {
  await sql`
    insert into support.brigade_people (person_id, days_per_week, added_at) values (${personId}, ${daysPerWeek}, ${now})
    on conflict (person_id) do update set days_per_week = excluded.days_per_week, left_at = null`.execute(
    trx,
  );
  await sql`delete from support.brigade_skills where person_id = ${personId}`.execute(trx);
  await sql`
    insert into support.brigade_skills (person_id, expertise, level)
    select ${personId}, s.expertise, s.level
    from json_to_recordset(${JSON.stringify(skills)}::json) as s (expertise text, level smallint)`.execute(
    trx,
  );
}

/** From `now` on nobody proposes the person. @returns false when they had left already. */
export async function updateBrigadePersonLeft(trx: Trx, now: Date, personId: string): Promise<boolean> {
  const { rows } = await sql`
    update support.brigade_people set left_at = ${now} where person_id = ${personId} and left_at is null
    returning true`.execute(trx);
  return rows.length > 0;
}

/** Records that the person is away; how many of their absences are still to come is the caller's to bound. */
export async function insertAbsence(trx: Trx, personId: string, { from, to }: Period): Promise<void> {
  await sql`
    insert into support.brigade_absences (person_id, first_day, last_day) values (${personId}, ${from}, ${to})`.execute(
    trx,
  );
}

/** Takes an absence away. @returns false when the person has no such absence. */
export async function deleteAbsence(trx: Trx, personId: string, absenceId: string): Promise<boolean> {
  const { rows } = await sql`
    delete from support.brigade_absences where id = ${absenceId} and person_id = ${personId} returning true`.execute(
    trx,
  );
  return rows.length > 0;
}
