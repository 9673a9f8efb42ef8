// Queries on requests for help, their needs, history and teams. They decide nothing: rules do.
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type {
  After,
  BrigadeReach,
  HelpEvent,
  HelpInput,
  HelpRequest,
  HelpState,
  HelpStep,
  ProposedMember,
} from './requests.types.ts';
import type { TeamMember } from './team.rules.ts';

const COLUMNS = sql`
  r.id, r.number, r.organisation_id as "organisationId", o.name as "organisationName",
  r.requester_id as "requesterId", p.name as "requesterName", r.title, r.problem, r.subject,
  r.starts_on as "startsOn", r.ends_on as "endsOn", r.contract_id as "contractId", r.state, r.version,
  r.submitted_at as "submittedAt", r.changed_at as "changedAt",
  (select m.id from support.missions m where m.request_id = r.id) as "missionId",
  coalesce((select json_agg(json_build_object('expertise', n.expertise, 'days', n.days) order by n.expertise)
    from support.request_needs n where n.request_id = r.id), '[]') as needs`;

const FROM = sql`
  from support.requests r join identity.organisations o on o.id = r.organisation_id
  join identity.people p on p.id = r.requester_id`;

function within({ everything, organisations }: BrigadeReach): RawBuilder<unknown> {
  return everything ? sql`true` : sql`r.organisation_id = any (${[...organisations]}::uuid[])`;
}

/** How a list of requests is narrowed. */
export interface HelpFilter {
  readonly state?: HelpState;
}

/** Requests that changed last first; at most `limit`. */
export async function listHelpRequests(
  db: Db,
  reach: BrigadeReach,
  { state }: HelpFilter,
  { after, limit }: After,
): Promise<HelpRequest[]> {
  const { rows } = await sql<HelpRequest>`
    select ${COLUMNS} ${FROM} where ${within(reach)} and ${state === undefined ? sql`true` : sql`r.state = ${state}`}
      and ${after === null ? sql`true` : sql`(r.changed_at, r.id) < (select b.changed_at, b.id from support.requests b where b.id = ${after})`}
    order by r.changed_at desc, r.id desc limit ${limit}`.execute(db);
  return rows;
}

/** Requests in one of these states, those that have waited longest first; at most `limit`. */
export async function listWaitingHelp(
  db: Db,
  reach: BrigadeReach,
  states: readonly HelpState[],
  limit: number,
): Promise<HelpRequest[]> {
  const { rows } = await sql<HelpRequest>`
    select ${COLUMNS} ${FROM} where ${within(reach)} and r.state = any (${[...states]}::text[])
    order by r.submitted_at, r.id limit ${limit}`.execute(db);
  return rows;
}

/** The request with this id (a UUID), as far as `reach` sees it. */
export async function findHelpRequest(
  db: Db,
  reach: BrigadeReach,
  id: string,
): Promise<HelpRequest | undefined> {
  const { rows } = await sql<HelpRequest>`
    select ${COLUMNS} ${FROM} where r.id = ${id} and ${within(reach)}`.execute(db);
  return rows[0];
}

/** The same, which nobody else changes until `trx` ends. */
export async function lockHelpRequest(
  trx: Trx,
  reach: BrigadeReach,
  id: string,
): Promise<HelpRequest | undefined> {
  const { rows } = await sql<HelpRequest>`
    select ${COLUMNS} ${FROM} where r.id = ${id} and ${within(reach)} for update of r`.execute(trx);
  return rows[0];
}

/** The history of a request, oldest first; at most 500 lines. */
export async function listHelpEvents(db: Db, requestId: string): Promise<HelpEvent[]> {
  const { rows } = await sql<HelpEvent>`
    select s.step, s.at, p.name as "byName", s.text from support.request_steps s
    left join identity.people p on p.id = s.person_id
    where s.request_id = ${requestId} order by s.id limit 500`.execute(db);
  return rows;
}

/** The team proposed last for a request. */
export async function listProposedMembers(db: Db, requestId: string): Promise<ProposedMember[]> {
  const { rows } = await sql<ProposedMember>`
    select m.person_id as "personId", p.name, m.expertise, m.days, m.first_day as "firstDay", m.why
    from support.proposed_members m join identity.people p on p.id = m.person_id
    where m.request_id = ${requestId} order by m.expertise, p.search_text, m.person_id limit 500`.execute(db);
  return rows;
}

/** Records a submitted request. @returns its id. */
export async function insertHelpRequest(
  trx: Trx,
  now: Date,
  { id, requesterId, ...input }: HelpInput & { readonly id?: string; readonly requesterId: string },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into support.requests (id, organisation_id, requester_id, title, problem, subject, starts_on, ends_on,
      contract_id, state, submitted_at, changed_at)
    values (coalesce(${id ?? null}::uuid, gen_random_uuid()), ${input.organisationId}, ${requesterId}, ${input.title},
      ${input.problem}, ${input.subject}, ${input.startsOn}, ${input.endsOn}, ${input.contractId}, 'submitted',
      ${now}, ${now})
    returning id`.execute(trx);
  const made = (rows[0] as { id: string }).id;
  await writeNeeds(trx, made, input.needs);
  return made;
}

async function writeNeeds(trx: Trx, requestId: string, needs: HelpInput['needs']): Promise<void> {
  await sql`delete from support.request_needs where request_id = ${requestId}`.execute(trx);
  await sql`
    insert into support.request_needs (request_id, expertise, days)
    select ${requestId}, n.expertise, n.days
    from json_to_recordset(${JSON.stringify(needs)}::json) as n (expertise text, days numeric)`.execute(trx);
}

/** Writes what a request asks anew. */
export async function updateHelpRequest(
  trx: Trx,
  id: string,
  { title, problem, subject, startsOn, endsOn, needs }: HelpInput,
): Promise<void> {
  await sql`
    update support.requests set title = ${title}, problem = ${problem}, subject = ${subject},
      starts_on = ${startsOn}, ends_on = ${endsOn} where id = ${id}`.execute(trx);
  await writeNeeds(trx, id, needs);
}

/** Attaches a contract to a request. */
export async function updateHelpContract(trx: Trx, id: string, contractId: string): Promise<void> {
  await sql`update support.requests set contract_id = ${contractId} where id = ${id}`.execute(trx);
}

/** Records a step: the state that it leads to, a version more, a line of the history. */
export async function recordHelpStep(
  trx: Trx,
  now: Date,
  {
    id,
    step,
    state,
    personId,
    text,
  }: {
    readonly id: string;
    readonly step: HelpStep;
    readonly state: HelpState;
    readonly personId: string | null;
    readonly text: string | null;
  },
): Promise<void> {
  await sql`
    update support.requests set state = ${state}, version = version + 1, changed_at = ${now} where id = ${id}`.execute(
    trx,
  );
  await sql`
    insert into support.request_steps (request_id, step, at, person_id, text)
    values (${id}, ${step}, ${now}, ${personId}, ${text})`.execute(trx);
}

/** Replaces the team proposed for a request. */
export async function replaceProposedMembers(
  trx: Trx,
  requestId: string,
  firstDay: string,
  members: readonly TeamMember[],
): Promise<void> {
  await sql`delete from support.proposed_members where request_id = ${requestId}`.execute(trx);
  await sql`
    insert into support.proposed_members (request_id, person_id, expertise, days, first_day, why)
    select ${requestId}, m."personId", m.expertise, m.days, ${firstDay}, m.why
    from json_to_recordset(${JSON.stringify(members)}::json)
      as m ("personId" uuid, expertise text, days numeric, why jsonb)`.execute(trx);
}
