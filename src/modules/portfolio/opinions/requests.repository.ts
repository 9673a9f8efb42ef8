// Queries on requests for opinions, their waits and consultations. They decide nothing: rules do. What a reader may see is
// the `reach` of each query.
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type { AxisTexts, Body, OpinionRequest, RequestState, Stance } from './opinions.types.ts';
import type { RequestReach } from './request-access.rules.ts';

const COLUMNS = sql`
  r.id, r.number, r.file_id as "fileId", f.name as "fileName", r.organisation_id as "organisationId",
  o.name as "organisationName", o.parent_id as "organisationParentId", r.state, r.conforming, r.axes, f.classified,
  r.cost_cents as "costCents", r.end_on as "endOn", r.threshold_cents as "thresholdCents",
  r.submitted_on as "submittedOn", r.submitted_at as "submittedAt", r.delay_months as "delayMonths",
  r.last_day as "lastDay", r.version, r.created_at as "createdAt", r.changed_at as "changedAt",
  r.closed_at as "closedAt", r.closed_reason as "closedReason",
  (select p.id from portfolio.opinions p where p.request_id = r.id) as "opinionId",
  coalesce((select json_agg(json_build_object('from', w.from_on, 'until', w.until_on, 'asked', w.asked,
      'answer', w.answer) order by w.id)
    from portfolio.opinion_waits w where w.request_id = r.id), '[]') as waits,
  coalesce((select json_agg(json_build_object('body', c.body, 'organisationId', c.organisation_id,
      'organisationName', co.name, 'openedOn', c.opened_on, 'dueOn', c.due_on, 'stance', c.stance,
      'comment', c.comment, 'answeredOn', c.answered_on,
      'answeredBy', (select a.name from identity.people a where a.id = (c.answered_by->>'personId')::uuid))
      order by c.body desc)
    from portfolio.opinion_consultations c join identity.organisations co on co.id = c.organisation_id
    where c.request_id = r.id), '[]') as consultations`;

const FROM = sql`
  from portfolio.opinion_requests r
  join portfolio.project_files f on f.id = r.file_id
  join identity.organisations o on o.id = r.organisation_id`;

function within({ all, organisationIds, consultedIds }: RequestReach): RawBuilder<unknown> {
  const own = sql`${[...organisationIds]}::uuid[]`;
  return sql`(${all ? sql`r.state <> 'draft' and (r.state <> 'withdrawn' or r.submitted_at is not null)` : sql`false`}
    or r.organisation_id = any (${own}) or o.parent_id = any (${own})
    or exists (select from portfolio.opinion_consultations c
      where c.request_id = r.id and c.organisation_id = any (${[...consultedIds]}::uuid[])))`;
}

/** How a list of requests is narrowed. */
export interface RequestFilter {
  readonly states?: readonly RequestState[];
  readonly fileId?: string;
}

/** At most `limit` requests in `reach`, the newest first, numbered below `before` (null: from the newest on). */
export async function listRequests(
  db: Db,
  reach: RequestReach,
  { states, fileId }: RequestFilter,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<OpinionRequest[]> {
  const { rows } = await sql<OpinionRequest>`
    select ${COLUMNS} ${FROM} where ${within(reach)}
      and ${states === undefined ? sql`true` : sql`r.state = any (${[...states]}::text[])`}
      and ${fileId === undefined ? sql`true` : sql`r.file_id = ${fileId}`}
      and ${before === null ? sql`true` : sql`r.number < ${before}`}
    order by r.number desc limit ${limit}`.execute(db);
  return rows;
}

/** The request with this id (a UUID), as far as `reach` sees it. */
export async function findRequest(
  db: Db,
  reach: RequestReach,
  id: string,
): Promise<OpinionRequest | undefined> {
  const { rows } = await sql<OpinionRequest>`
    select ${COLUMNS} ${FROM} where r.id = ${id} and ${within(reach)}`.execute(db);
  return rows[0];
}

/**
 * The same, which nobody else changes until `trx` ends. The row is taken before it is read: what another transaction
 * wrote meanwhile is seen.
 */
export async function lockRequest(
  trx: Trx,
  reach: RequestReach,
  id: string,
): Promise<OpinionRequest | undefined> {
  await sql`select from portfolio.opinion_requests where id = ${id} for update`.execute(trx);
  return findRequest(trx, reach, id);
}

/** Requests under a clock whose last day is before `day`, the longest past first. */
export async function listExpiredIds(db: Db, day: string, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from portfolio.opinion_requests where state = 'submitted' and last_day < ${day}::date
    order by last_day, id limit ${limit}`.execute(db);
  return rows.map(({ id }) => id);
}

/** The files of `fileIds` that have a request which is not withdrawn: they are before the directorate already. */
export async function listReferredFileIds(db: Db): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`
    select distinct file_id as id from portfolio.opinion_requests where state not in ('withdrawn', 'draft')`.execute(
    db,
  );
  return new Set(rows.map(({ id }) => id));
}

/** Records a draft. Undefined where the file has an open request. */
export async function insertRequest(
  trx: Trx,
  now: Date,
  draft: {
    readonly id?: string;
    readonly fileId: string;
    readonly organisationId: string;
    readonly axes: AxisTexts;
    readonly costCents: number;
    readonly endOn: string;
    readonly createdBy: LedgerActor;
  },
): Promise<string | undefined> {
  const { rows } = await sql<{ id: string }>`
    insert into portfolio.opinion_requests
      (id, file_id, organisation_id, axes, cost_cents, end_on, created_by, created_at, changed_at)
    values (coalesce(${draft.id ?? null}::uuid, gen_random_uuid()), ${draft.fileId}, ${draft.organisationId},
      ${JSON.stringify(draft.axes)}::jsonb, ${draft.costCents}, ${draft.endOn},
      ${JSON.stringify(draft.createdBy)}::jsonb, ${now}, ${now})
    on conflict (file_id) where state in ('draft', 'submitted', 'suspended') do nothing
    returning id`.execute(trx);
  return rows[0]?.id;
}

/** Writes the axes of a draft anew. */
export async function updateAxes(trx: Trx, now: Date, id: string, axes: AxisTexts): Promise<void> {
  await sql`update portfolio.opinion_requests set axes = ${JSON.stringify(axes)}::jsonb, version = version + 1,
    changed_at = ${now} where id = ${id}`.execute(trx);
}

/** Starts the clock of a draft, on the frame and with the delays of that day. */
export async function updateSubmitted(
  trx: Trx,
  now: Date,
  id: string,
  {
    submittedOn,
    lastDay,
    delayMonths,
    thresholdCents,
    conforming,
    costCents,
    endOn,
  }: {
    readonly submittedOn: string;
    readonly lastDay: string;
    readonly delayMonths: number;
    readonly thresholdCents: number | null;
    readonly conforming: boolean;
    readonly costCents: number;
    readonly endOn: string;
  },
): Promise<void> {
  await sql`update portfolio.opinion_requests set state = 'submitted', submitted_on = ${submittedOn},
    submitted_at = ${now}, last_day = ${lastDay}, delay_months = ${delayMonths}, threshold_cents = ${thresholdCents},
    conforming = ${conforming}, cost_cents = ${costCents}, end_on = ${endOn}, version = version + 1,
    changed_at = ${now} where id = ${id}`.execute(trx);
}

/** Opens a consultation. */
export async function insertConsultation(
  trx: Trx,
  requestId: string,
  consultation: {
    readonly body: Body;
    readonly organisationId: string;
    readonly openedOn: string;
    readonly dueOn: string;
  },
): Promise<void> {
  const { body, organisationId, openedOn, dueOn } = consultation;
  await sql`insert into portfolio.opinion_consultations (request_id, body, organisation_id, opened_on, due_on)
    values (${requestId}, ${body}, ${organisationId}, ${openedOn}, ${dueOn})`.execute(trx);
}

/** Records what a consulted body says. False where it has answered already. */
export async function updateConsultation(
  trx: Trx,
  now: Date,
  requestId: string,
  answer: {
    readonly body: Body;
    readonly stance: Stance;
    readonly comment: string;
    readonly answeredBy: LedgerActor;
    readonly answeredOn: string;
  },
): Promise<boolean> {
  const { body, stance, comment, answeredBy, answeredOn } = answer;
  const { numAffectedRows } = await sql`update portfolio.opinion_consultations
    set stance = ${stance}, comment = ${comment}, answered_by = ${JSON.stringify(answeredBy)}::jsonb,
      answered_on = ${answeredOn}, answered_at = ${now}
    where request_id = ${requestId} and body = ${body} and stance is null`.execute(trx);
  return numAffectedRows === 1n;
}

/** Stops the clock: complements are awaited from `fromOn` on. */
export async function insertWait(
  trx: Trx,
  now: Date,
  requestId: string,
  {
    fromOn,
    asked,
    askedBy,
  }: { readonly fromOn: string; readonly asked: string; readonly askedBy: LedgerActor },
): Promise<void> {
  await sql`insert into portfolio.opinion_waits (request_id, from_on, asked, asked_by, asked_at)
    values (${requestId}, ${fromOn}, ${asked}, ${JSON.stringify(askedBy)}::jsonb, ${now})`.execute(trx);
  await sql`update portfolio.opinion_requests set state = 'suspended', last_day = null, version = version + 1,
    changed_at = ${now} where id = ${requestId}`.execute(trx);
}

/** Lets the clock run again up to `lastDay`. */
export async function endWait(
  trx: Trx,
  now: Date,
  requestId: string,
  {
    untilOn,
    answer,
    endedBy,
    lastDay,
  }: {
    readonly untilOn: string;
    readonly answer: string;
    readonly endedBy: LedgerActor;
    readonly lastDay: string;
  },
): Promise<void> {
  await sql`update portfolio.opinion_waits set until_on = ${untilOn}, answer = ${answer},
    ended_by = ${JSON.stringify(endedBy)}::jsonb, ended_at = ${now}
    where request_id = ${requestId} and until_on is null`.execute(trx);
  await sql`update portfolio.opinion_requests set state = 'submitted', last_day = ${lastDay}, version = version + 1,
    changed_at = ${now} where id = ${requestId}`.execute(trx);
}

/** Closes a request. */
export async function updateClosed(
  trx: Trx,
  now: Date,
  id: string,
  { state, reason = '' }: { readonly state: 'issued' | 'tacit' | 'withdrawn'; readonly reason?: string },
): Promise<void> {
  await sql`update portfolio.opinion_requests set state = ${state}, last_day = null, closed_at = ${now},
    closed_reason = ${reason}, version = version + 1, changed_at = ${now} where id = ${id}`.execute(trx);
}
