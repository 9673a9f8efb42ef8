// Queries on what of funding waits for somebody. They decide nothing: whose desk asks what is told by the desk.
import { type RawBuilder, sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import type { WindowState } from './funding.types.ts';

/** An application that waits for somebody; `day` (YYYY-MM-DD) is until when, or since when. */
export interface WaitingApplication {
  readonly id: string;
  readonly title: string;
  readonly organisationName: string;
  readonly day: string;
}

const NAMED = sql`a.id, a.title, o.name as "organisationName"`;
const FROM = sql`
  support.applications a join support.windows w on w.id = a.window_id
  join identity.organisations o on o.id = a.organisation_id`;

const othersThan = (own: readonly string[]): RawBuilder<unknown> =>
  sql`a.organisation_id <> all (${[...own]}::uuid[])`;
const of = (own: readonly string[]): RawBuilder<unknown> =>
  sql`a.organisation_id = any (${[...own]}::uuid[])`;

/** What this person's juries score and they have neither scored nor declared a conflict on, organisations of their own left out. */
export async function listToScore(
  db: Db,
  {
    personId,
    own,
    limit,
  }: { readonly personId: string; readonly own: readonly string[]; readonly limit: number },
): Promise<WaitingApplication[]> {
  const { rows } = await sql<WaitingApplication>`
    select ${NAMED}, w.jury_until as day from ${FROM}
    where a.state = 'eligible' and w.state = 'in-jury' and ${othersThan(own)}
      and exists (select from support.jury_members m where m.jury_id = a.jury_id and m.person_id = ${personId})
      and not exists (select from support.scores s where s.application_id = a.id and s.person_id = ${personId})
      and not exists (select from support.conflicts c where c.application_id = a.id and c.person_id = ${personId})
    order by w.jury_until, a.title, a.id limit ${limit}`.execute(db);
  return rows;
}

/** Applications whose eligibility is to be decided, and awards whose agreement the directorate has not signed, oldest first. */
export async function listToDecide(
  db: Db,
  what: 'eligibility' | 'agreement',
  { own, limit }: { readonly own: readonly string[]; readonly limit: number },
): Promise<WaitingApplication[]> {
  const state =
    what === 'eligibility'
      ? sql`a.state = 'submitted'`
      : sql`a.state = 'awarded' and a.state_signed_at is null and a.contract_id is not null`;
  const { rows } = await sql<WaitingApplication>`
    select ${NAMED}, coalesce(a.submitted_at, a.created_at)::date as day from ${FROM}
    where ${state} and ${othersThan(own)} order by a.created_at, a.id limit ${limit}`.execute(db);
  return rows;
}

/** Agreements that the directorate signed and these organisations have not. */
export async function listToCountersign(
  db: Db,
  { own, limit }: { readonly own: readonly string[]; readonly limit: number },
): Promise<WaitingApplication[]> {
  const { rows } = await sql<WaitingApplication>`
    select ${NAMED}, a.state_signed_at::date as day from ${FROM}
    where a.state = 'awarded' and a.state_signed_at is not null and ${of(own)}
    order by a.state_signed_at, a.id limit ${limit}`.execute(db);
  return rows;
}

/** Drafts of these organisations whose open window closes to applications between two days. */
export async function listDraftsThatClose(
  db: Db,
  {
    own,
    from,
    to,
    limit,
  }: { readonly own: readonly string[]; readonly from: string; readonly to: string; readonly limit: number },
): Promise<WaitingApplication[]> {
  const { rows } = await sql<WaitingApplication>`
    select ${NAMED}, w.closes_on as day from ${FROM}
    where a.state = 'draft' and w.state = 'open' and w.closes_on between ${from} and ${to} and ${of(own)}
    order by w.closes_on, a.created_at, a.id limit ${limit}`.execute(db);
  return rows;
}

/** Instalments of agreements in force, by the day for which they are due: a milestone's evidence to hand in, conditions to verify, payments. */
export async function listInstalmentsThatWait(
  db: Db,
  what: 'evidence' | 'verification' | 'payment',
  { own, until, limit }: { readonly own: readonly string[]; readonly until: string; readonly limit: number },
): Promise<WaitingApplication[]> {
  const which = {
    evidence: sql`i.state = 'waiting' and i.condition = 'milestone' and i.due_on <= ${until} and ${of(own)}`,
    // What no evidence is handed in for is looked at on its day.
    verification: sql`(i.state = 'evidenced' or i.state = 'waiting' and i.condition <> 'milestone' and i.due_on <= ${until})
      and ${othersThan(own)}`,
    payment: sql`i.state = 'verified' and ${othersThan(own)}`,
  }[what];
  const { rows } = await sql<WaitingApplication>`
    select ${NAMED}, i.due_on as day from support.instalments i join ${FROM} on a.id = i.application_id
    where a.state = 'agreed' and ${which} order by i.due_on, i.id limit ${limit}`.execute(db);
  return rows;
}

/** A window whose next step is due. */
export interface DueWindow {
  readonly id: string;
  readonly title: string;
  readonly state: WindowState;
  /** YYYY-MM-DD: when it was to open, close to applications or end its jury. */
  readonly day: string;
}

/** Windows that were to open, to close to applications or to have their jury's ranking before or on `today`. */
export async function listDueWindows(
  db: Db,
  { today, limit }: { readonly today: string; readonly limit: number },
): Promise<DueWindow[]> {
  const { rows } = await sql<DueWindow>`
    select id, title, state, day from (
      select id, title, state,
        case state when 'draft' then opens_on when 'open' then closes_on + 1 when 'in-jury' then jury_until end as day
      from support.windows where state in ('draft', 'open', 'in-jury')) w
    where day <= ${today} order by day, id limit ${limit}`.execute(db);
  return rows;
}
