// Queries on missions, their members, weeks, deliverables and public figures. They decide nothing: rules do.
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import { EXPERTISES } from './expertises.data.ts';
import type {
  Deliverable,
  ListedMission,
  Mission,
  MissionFigure,
  MissionMember,
  MissionWeek,
} from './missions.types.ts';
import type { Period } from './people.types.ts';
import type { After, BrigadeReach, HelpRequest, ProposedMember } from './requests.types.ts';

const COLUMNS = sql`
  m.id, m.request_id as "requestId", r.number as "requestNumber", r.title, m.organisation_id as "organisationId",
  o.name as "organisationName", r.requester_id as "requesterId", m.contract_id as "contractId",
  m.starts_on as "startsOn", m.ends_on as "endsOn", m.state, m.started_at as "startedAt", m.ended_at as "endedAt",
  m.mark, m.effect, m.verdict_link as "verdictLink", m.feedback,
  (select sum(mm.days_planned) from support.mission_members mm where mm.mission_id = m.id) as "daysPlanned",
  coalesce((select sum(w.days) from support.mission_weeks w where w.mission_id = m.id), 0) as "daysSpent"`;

const FROM = sql`
  from support.missions m join support.requests r on r.id = m.request_id
  join identity.organisations o on o.id = m.organisation_id`;

type Row = Omit<Mission, 'members' | 'weeks' | 'deliverables'>;

function within({ everything, organisations, personId }: BrigadeReach): RawBuilder<unknown> {
  if (everything) return sql`true`;
  return sql`(m.organisation_id = any (${[...organisations]}::uuid[]) or exists (
    select from support.mission_members own where own.mission_id = m.id and own.person_id = ${personId}))`;
}

/** Missions that started last first; at most `limit`. */
export async function listMissions(
  db: Db,
  reach: BrigadeReach,
  { after, limit }: After,
): Promise<ListedMission[]> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} ${FROM} where ${within(reach)}
      and ${after === null ? sql`true` : sql`(m.started_at, m.id) < (select b.started_at, b.id from support.missions b where b.id = ${after})`}
    order by m.started_at desc, m.id desc limit ${limit}`.execute(db);
  return rows;
}

async function oneRow(
  db: Db,
  reach: BrigadeReach,
  id: string,
  lock: RawBuilder<unknown>,
): Promise<Row | undefined> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} ${FROM} where m.id = ${id} and ${within(reach)} ${lock}`.execute(db);
  return rows[0];
}

async function withParts(db: Db, row: Row | undefined): Promise<Mission | undefined> {
  if (!row) return undefined;
  const [members, weeks, deliverables] = [
    await listMembers(db, row.id),
    await listWeeks(db, row.id),
    await listDeliverables(db, row.id),
  ];
  return { ...row, members, weeks, deliverables };
}

/** The mission with this id (a UUID), as far as `reach` sees it. */
export async function findMission(db: Db, reach: BrigadeReach, id: string): Promise<Mission | undefined> {
  return withParts(db, await oneRow(db, reach, id, sql``));
}

/** The same, which nobody else changes until `trx` ends. */
export async function lockMission(trx: Trx, reach: BrigadeReach, id: string): Promise<Mission | undefined> {
  return withParts(trx, await oneRow(trx, reach, id, sql`for update of m`));
}

async function listMembers(db: Db, missionId: string): Promise<MissionMember[]> {
  const { rows } = await sql<MissionMember>`
    select mm.person_id as "personId", p.name, sum(mm.days_planned) as "daysPlanned",
      json_agg(json_build_object('expertise', mm.expertise, 'days', mm.days_planned) order by mm.expertise) as expertises,
      coalesce((select sum(w.days) from support.mission_weeks w
        where w.mission_id = ${missionId} and w.person_id = mm.person_id), 0) as "daysSpent"
    from support.mission_members mm join identity.people p on p.id = mm.person_id
    where mm.mission_id = ${missionId} group by mm.person_id, p.name, p.search_text
    order by p.search_text, mm.person_id limit 500`.execute(db);
  return rows;
}

async function listWeeks(db: Db, missionId: string): Promise<MissionWeek[]> {
  const { rows } = await sql<MissionWeek>`
    select w.person_id as "personId", p.name, w.week, w.days
    from support.mission_weeks w join identity.people p on p.id = w.person_id
    where w.mission_id = ${missionId} order by w.week desc, p.search_text, w.person_id limit 2000`.execute(
    db,
  );
  return rows;
}

async function listDeliverables(db: Db, missionId: string): Promise<Deliverable[]> {
  const { rows } = await sql<Deliverable>`
    select id, title, link, handed_in_at as "handedInAt", accepted_on as "acceptedOn" from support.deliverables
    where mission_id = ${missionId} order by handed_in_at, id limit 500`.execute(db);
  return rows;
}

/** Records a mission with its members. @returns its id. */
export async function insertMission(
  trx: Trx,
  now: Date,
  mission: {
    readonly id?: string;
    readonly request: Pick<HelpRequest, 'id' | 'organisationId'>;
    readonly contractId: string;
    readonly period: Period;
    readonly members: readonly Pick<ProposedMember, 'personId' | 'expertise' | 'days'>[];
  },
): Promise<string> {
  const { request, contractId, period, members } = mission;
  const { rows } = await sql<{ id: string }>`
    insert into support.missions (id, request_id, organisation_id, contract_id, starts_on, ends_on, state, started_at)
    values (coalesce(${mission.id ?? null}::uuid, gen_random_uuid()), ${request.id}, ${request.organisationId},
      ${contractId}, ${period.from}, ${period.to}, 'under-way', ${now}) returning id`.execute(trx);
  const { id } = rows[0] as { id: string };
  await sql`
    insert into support.mission_members (mission_id, person_id, expertise, days_planned)
    select ${id}, t."personId", t.expertise, t.days
    from json_to_recordset(${JSON.stringify(members)}::json) as t ("personId" uuid, expertise text, days numeric)`.execute(
    trx,
  );
  return id;
}

/** Days that a person entered in a week for other missions than this one. */
export async function daysOnOthers(
  db: Db,
  missionId: string,
  personId: string,
  week: string,
): Promise<number> {
  const { rows } = await sql<{ days: number }>`
    select coalesce(sum(days), 0) as days from support.mission_weeks
    where person_id = ${personId} and week = ${week}::date and mission_id <> ${missionId}`.execute(db);
  return rows[0]?.days ?? 0;
}

/** Writes a person's days of a week; 0 takes the line away. */
export async function writeWeek(
  trx: Trx,
  now: Date,
  { missionId, personId, week, days }: { missionId: string; personId: string; week: string; days: number },
): Promise<void> {
  if (days === 0) {
    await sql`
      delete from support.mission_weeks
      where mission_id = ${missionId} and person_id = ${personId} and week = ${week}::date`.execute(trx);
    return;
  }
  await sql`
    insert into support.mission_weeks (mission_id, person_id, week, days, changed_at)
    values (${missionId}, ${personId}, ${week}, ${days}, ${now})
    on conflict (mission_id, person_id, week) do update set days = excluded.days, changed_at = excluded.changed_at`.execute(
    trx,
  );
}

/** Records a deliverable. @returns its id. */
export async function insertDeliverable(
  trx: Trx,
  now: Date,
  { missionId, title, link, personId }: { missionId: string; title: string; link: string; personId: string },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into support.deliverables (mission_id, title, link, handed_in_at, handed_in_by)
    values (${missionId}, ${title}, ${link}, ${now}, ${personId}) returning id`.execute(trx);
  return (rows[0] as { id: string }).id;
}

/** Accepts a deliverable on a day. @returns false when the mission has none such that waits. */
export async function updateDeliverableAccepted(
  trx: Trx,
  { missionId, id, day, personId }: { missionId: string; id: string; day: string; personId: string },
): Promise<boolean> {
  const { rows } = await sql`
    update support.deliverables set accepted_on = ${day}, accepted_by = ${personId}
    where id = ${id} and mission_id = ${missionId} and accepted_on is null returning true`.execute(trx);
  return rows.length > 0;
}

/** Writes what the mission changed. */
export async function updateMissionEffect(
  trx: Trx,
  id: string,
  { effect, verdictLink }: { readonly effect: string; readonly verdictLink: string | null },
): Promise<void> {
  await sql`update support.missions set effect = ${effect}, verdict_link = ${verdictLink} where id = ${id}`.execute(
    trx,
  );
}

/** Ends a mission. */
export async function updateMissionEnded(trx: Trx, now: Date, id: string): Promise<void> {
  await sql`update support.missions set state = 'ended', ended_at = ${now} where id = ${id}`.execute(trx);
}

/** Writes the requester's feedback. */
export async function updateMissionFeedback(
  trx: Trx,
  now: Date,
  { id, mark, feedback, personId }: { id: string; mark: number; feedback: string; personId: string },
): Promise<void> {
  await sql`
    update support.missions set mark = ${mark}, feedback = ${feedback}, feedback_at = ${now}, feedback_by = ${personId}
    where id = ${id}`.execute(trx);
}

/** Missions whose feedback the organisations owe, the longest ended first; at most `limit`. */
export async function listMissionsWithoutFeedback(
  db: Db,
  organisations: readonly string[],
  limit: number,
): Promise<ListedMission[]> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} ${FROM} where m.state = 'ended' and m.mark is null
      and m.organisation_id = any (${[...organisations]}::uuid[]) order by m.ended_at, m.id limit ${limit}`.execute(
    db,
  );
  return rows;
}

/** Missions under way with a deliverable that waits for one of the organisations; at most `limit`. */
export async function listMissionsToAccept(
  db: Db,
  organisations: readonly string[],
  limit: number,
): Promise<ListedMission[]> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} ${FROM} where m.organisation_id = any (${[...organisations]}::uuid[])
      and exists (select from support.deliverables d where d.mission_id = m.id and d.accepted_on is null)
    order by m.started_at, m.id limit ${limit}`.execute(db);
  return rows;
}

/** Missions under way of which the person is a member and for which they entered nothing in this week; at most `limit`. */
export async function listMissionsToEnter(
  db: Db,
  personId: string,
  week: string,
  limit: number,
): Promise<ListedMission[]> {
  const { rows } = await sql<Row>`
    select ${COLUMNS} ${FROM} where m.state = 'under-way' and m.starts_on <= ${week}::date + 6 and m.ends_on >= ${week}::date
      and exists (select from support.mission_members mm where mm.mission_id = m.id and mm.person_id = ${personId})
      and not exists (select from support.mission_weeks w
        where w.mission_id = m.id and w.person_id = ${personId} and w.week = ${week}::date)
    order by m.started_at, m.id limit ${limit}`.execute(db);
  return rows;
}

/** What missions amount to, one line for each expertise, in their order. */
export async function listMissionFigures(db: Db): Promise<MissionFigure[]> {
  const { rows } = await sql<MissionFigure>`
    with planned as (
      select mm.mission_id, mm.person_id, mm.expertise, mm.days_planned,
        mm.days_planned / sum(mm.days_planned) over (partition by mm.mission_id, mm.person_id) as share
      from support.mission_members mm
    ), spent as (
      select mission_id, person_id, sum(days) as days from support.mission_weeks group by mission_id, person_id
    ), by_mission as (
      select p.expertise, p.mission_id, sum(p.days_planned) as planned, sum(p.share * coalesce(s.days, 0)) as spent
      from planned p left join spent s on s.mission_id = p.mission_id and s.person_id = p.person_id
      group by p.expertise, p.mission_id
    )
    select e.expertise, count(m.id) as missions, count(m.id) filter (where m.state = 'ended') as ended,
      coalesce(sum(b.planned), 0) as "daysPlanned", round(coalesce(sum(b.spent), 0), 1) as "daysSpent",
      round(avg(m.mark), 1) as "meanMark", count(m.mark) as marks
    from unnest(${[...EXPERTISES]}::text[]) with ordinality as e (expertise, place)
    left join by_mission b on b.expertise = e.expertise left join support.missions m on m.id = b.mission_id
    group by e.expertise, e.place order by e.place`.execute(db);
  return rows;
}
