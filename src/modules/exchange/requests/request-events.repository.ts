// Queries on what happened to requests, on reminders that are due and on processing times. They decide nothing.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { AccreditationStage } from '../accreditations/accreditations.types.ts';
import type { MonthTimes, Reminder, RequestEvent, RequestEventKind, TimesSummary } from './requests.types.ts';

/** An event as it is recorded. */
export interface NewRequestEvent {
  readonly requestId: string;
  readonly kind: RequestEventKind;
  readonly byPerson: string | null;
  readonly at: Date;
  readonly text: string | null;
  readonly data: RequestEvent['data'];
}

/** Records events in the order given. */
export async function insertRequestEvents(trx: Trx, events: readonly NewRequestEvent[]): Promise<void> {
  await sql`
    insert into exchange.request_events (request_id, kind, by_person, at, text, data)
    select e."requestId", e.kind, e."byPerson", e.at, e.text, e.data
    from jsonb_to_recordset(${JSON.stringify(events)}::jsonb)
      as e ("requestId" uuid, kind text, "byPerson" uuid, at timestamptz, text text, data jsonb)`.execute(
    trx,
  );
}

/** The last 500 events of a request, oldest first. */
export async function listRequestEvents(db: Db, requestId: string): Promise<RequestEvent[]> {
  const { rows } = await sql<RequestEvent>`
    select e.id, e.kind, e.at, e.by_person as "byPerson", p.name as "byName", e.text, e.data
    from exchange.request_events e left join identity.people p on p.id = e.by_person
    where e.request_id = ${requestId} order by e.id desc limit 500`.execute(db);
  return rows.reverse();
}

/** A request of which somebody is reminded. */
export interface DueReminder {
  readonly requestId: string;
  readonly number: number;
  readonly title: string;
  readonly applicantId: string | null;
  readonly organisationId: string;
  readonly stage: AccreditationStage;
}

const WATCHED: Record<Reminder, { readonly state: string; readonly since: 'changed_at' | 'submitted_at' }> = {
  'draft-idle': { state: 'draft', since: 'changed_at' },
  'changes-idle': { state: 'changes-requested', since: 'changed_at' },
  'decision-late': { state: 'submitted', since: 'submitted_at' },
};

/** Requests of which nothing moved since `before`, and of which nobody was reminded since; locked, at most `limit`. */
export async function lockDueReminders(
  trx: Trx,
  reminder: Reminder,
  before: Date,
  limit: number,
): Promise<DueReminder[]> {
  const { state, since } = WATCHED[reminder];
  const { rows } = await sql<DueReminder>`
    select r.id as "requestId", r.number, coalesce(r.form->>'title', '') as title, r.applicant_id as "applicantId",
      r.organisation_id as "organisationId", r.stage
    from exchange.requests r
    where r.state = ${state} and r.${sql.ref(since)} < ${before}
      and not exists (select from exchange.request_events e where e.request_id = r.id and e.kind = 'remind'
        and e.data->>'reminder' = ${reminder} and e.at >= r.${sql.ref(since)})
    order by r.id limit ${limit} for update of r skip locked`.execute(trx);
  return rows;
}

const TIMES = sql`
  select to_char(e.at at time zone 'UTC', 'YYYY-MM') as month, e.kind, (e.data->'times'->>'days')::float8 as days,
    (e.data->'times'->>'distributorDays')::float8 as own, (e.data->'times'->>'applicantDays')::float8 as theirs
  from exchange.request_events e
  where e.kind in ('validate', 'refuse') and e.data ? 'times'`;

/** Processing times by month of decision, oldest first; at most the last 120 months. */
export async function listMonthTimes(db: Db): Promise<MonthTimes[]> {
  const { rows } = await sql<MonthTimes>`
    select month, count(*) as decided, count(*) filter (where kind = 'validate') as validated,
      percentile_cont(0.5) within group (order by days) as "medianDays",
      percentile_cont(0.9) within group (order by days) as "ninetiethDays",
      percentile_cont(0.5) within group (order by own) as "distributorMedianDays",
      percentile_cont(0.9) within group (order by own) as "distributorNinetiethDays",
      percentile_cont(0.5) within group (order by theirs) as "applicantMedianDays"
    from (${TIMES}) t group by month order by month desc limit 120`.execute(db);
  return rows.reverse();
}

/** Processing times of the decisions since a moment. */
export async function summariseTimes(db: Db, since: Date): Promise<TimesSummary> {
  const { rows } = await sql<TimesSummary>`
    select count(*) as decided, percentile_cont(0.5) within group (order by days) as "medianDays",
      percentile_cont(0.9) within group (order by days) as "ninetiethDays",
      percentile_cont(0.5) within group (order by own) as "distributorMedianDays"
    from (${TIMES} and e.at >= ${since}) t`.execute(db);
  return rows[0] ?? { decided: 0, medianDays: null, ninetiethDays: null, distributorMedianDays: null };
}
