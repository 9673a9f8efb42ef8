// Queries on conferences, their agenda and minutes. They decide nothing: rules do. The reader's `reach` is part of each.
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type {
  AgendaReason,
  Conference,
  ConferenceItem,
  ConferenceMinutes,
  ConferenceReach,
  ConferenceSheet,
  ConferenceState,
} from './conferences.types.ts';

const COLUMNS = sql`
  c.id, c.number, c.organisation_id as "organisationId", o.name as "organisationName",
  o.parent_id as "organisationParentId", c.budget_organisation_id as "budgetOrganisationId",
  bo.name as "budgetOrganisationName", c.held_on as "heldOn", c.state, c.participants, c.summary, c.version,
  c.created_at as "createdAt", c.prepared_at as "preparedAt", c.closed_at as "closedAt", m.sha256 as "minutesSha256",
  (select count(*) from portfolio.conference_items i where i.conference_id = c.id) as items`;

const FROM = sql`
  from portfolio.conferences c
  join identity.organisations o on o.id = c.organisation_id
  left join identity.organisations bo on bo.id = c.budget_organisation_id
  left join portfolio.conference_minutes m on m.conference_id = c.id`;

function within(reach: ConferenceReach): RawBuilder<unknown> {
  if (reach === 'all') return sql`true`;
  const ids = sql`${[...reach.organisationIds]}::uuid[]`;
  return sql`(c.organisation_id = any (${ids}) or c.budget_organisation_id = any (${ids}))`;
}

/** At most `limit` conferences in `reach`, the latest first, after the one with the id `after` (null: from the first on). */
export async function listConferences(
  db: Db,
  reach: ConferenceReach,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<Conference[]> {
  const later =
    after === null
      ? sql`true`
      : sql`(c.held_on, c.id) < (select b.held_on, b.id from portfolio.conferences b where b.id = ${after})`;
  const { rows } = await sql<Conference>`
    select ${COLUMNS} ${FROM} where ${within(reach)} and ${later}
    order by c.held_on desc, c.id desc limit ${limit}`.execute(db);
  return rows;
}

/** The conference with this id (a UUID), as far as `reach` sees it. */
export async function findConference(
  db: Db,
  reach: ConferenceReach,
  id: string,
): Promise<Conference | undefined> {
  const { rows } = await sql<Conference>`
    select ${COLUMNS} ${FROM} where c.id = ${id} and ${within(reach)}`.execute(db);
  return rows[0];
}

/** The same, which nobody else changes until `trx` ends. */
export async function lockConference(
  trx: Trx,
  reach: ConferenceReach,
  id: string,
): Promise<Conference | undefined> {
  const { rows } = await sql<Conference>`
    select ${COLUMNS} ${FROM} where c.id = ${id} and ${within(reach)} for update of c`.execute(trx);
  return rows[0];
}

/** Conferences of these organisations that are being prepared, the nearest first; at most `limit`. */
export async function listConferencesToPrepare(
  db: Db,
  organisationIds: readonly string[] | null,
  { states, limit }: { readonly states: readonly ConferenceState[]; readonly limit: number },
): Promise<Conference[]> {
  const { rows } = await sql<Conference>`
    select ${COLUMNS} ${FROM} where c.state = any (${[...states]}::text[])
      and ${organisationIds === null ? sql`true` : sql`c.organisation_id = any (${[...organisationIds]}::uuid[])`}
    order by c.held_on, c.id limit ${limit}`.execute(db);
  return rows;
}

/** The agenda of a conference, in its order. */
export async function listConferenceItems(db: Db, conferenceId: string): Promise<ConferenceItem[]> {
  const { rows } = await sql<ConferenceItem>`
    select i.id, i.conference_id as "conferenceId", i.file_id as "fileId", f.name as "fileName", i.position, i.why,
      i.sheet, i.comment, i.conclusions, i.decision, i.decision_reason as "decisionReason",
      i.decision_until as "decisionUntil"
    from portfolio.conference_items i join portfolio.project_files f on f.id = i.file_id
    where i.conference_id = ${conferenceId} order by i.position`.execute(db);
  return rows;
}

/** Records a conference. @returns its id. */
export async function insertConference(
  trx: Trx,
  now: Date,
  made: {
    readonly id?: string;
    readonly organisationId: string;
    readonly budgetOrganisationId: string | null;
    readonly heldOn: string;
  },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into portfolio.conferences (id, organisation_id, budget_organisation_id, held_on, created_at, changed_at)
    values (coalesce(${made.id ?? null}::uuid, gen_random_uuid()), ${made.organisationId}, ${made.budgetOrganisationId},
      ${made.heldOn}, ${now}, ${now}) returning id`.execute(trx);
  return (rows[0] as { id: string }).id;
}

/** Writes the agenda anew: projects that stay keep their sheet and what was said of them. */
export async function writeAgenda(
  trx: Trx,
  conferenceId: string,
  items: readonly { readonly fileId: string; readonly why: AgendaReason }[],
): Promise<void> {
  const rows = items.map((item, at) => ({ ...item, position: at + 1 }));
  await sql`
    delete from portfolio.conference_items where conference_id = ${conferenceId}
      and file_id <> all (${rows.map(({ fileId }) => fileId)}::uuid[])`.execute(trx);
  await sql`
    insert into portfolio.conference_items (conference_id, file_id, position, why)
    select ${conferenceId}, n."fileId", n.position, n.why
    from json_to_recordset(${JSON.stringify(rows)}::json) as n ("fileId" uuid, position integer, why jsonb)
    on conflict (conference_id, file_id) do update set position = excluded.position`.execute(trx);
}

/** What changes of a conference; what is absent stays. */
export interface ConferenceChange {
  readonly state?: ConferenceState;
  readonly participants?: string;
  readonly summary?: string;
}

/** Writes a conference's change, a version more. */
export async function updateConference(
  trx: Trx,
  now: Date,
  id: string,
  { state, participants, summary }: ConferenceChange = {},
): Promise<void> {
  const dates =
    state === 'prepared'
      ? sql`, prepared_at = ${now}`
      : state === 'closed'
        ? sql`, closed_at = ${now}`
        : state === 'drafted'
          ? sql`, prepared_at = null`
          : sql``;
  await sql`
    update portfolio.conferences set version = version + 1, changed_at = ${now},
      state = coalesce(${state ?? null}::text, state), participants = coalesce(${participants ?? null}::text, participants),
      summary = coalesce(${summary ?? null}::text, summary) ${dates}
    where id = ${id}`.execute(trx);
}

/** Writes what the ministry adds to a sheet, or what the session concludes. */
export async function updateItemText(
  trx: Trx,
  id: string,
  { comment, conclusions }: { readonly comment?: string; readonly conclusions?: string },
): Promise<void> {
  await sql`
    update portfolio.conference_items set comment = coalesce(${comment ?? null}::text, comment),
      conclusions = coalesce(${conclusions ?? null}::text, conclusions) where id = ${id}`.execute(trx);
}

/** Writes what the session decides on a project. */
export async function updateItemDecision(
  trx: Trx,
  id: string,
  {
    decision,
    reason,
    until,
  }: { readonly decision: string; readonly reason: string; readonly until: string | null },
): Promise<void> {
  await sql`
    update portfolio.conference_items set decision = ${decision}, decision_reason = ${reason}, decision_until = ${until}
    where id = ${id}`.execute(trx);
}

/** Keeps the sheets as they stand, in one statement. */
export async function writeSheets(
  trx: Trx,
  sheets: readonly { readonly id: string; readonly sheet: ConferenceSheet }[],
): Promise<void> {
  await sql`
    update portfolio.conference_items i set sheet = n.sheet
    from json_to_recordset(${JSON.stringify(sheets)}::json) as n (id uuid, sheet jsonb) where i.id = n.id`.execute(
    trx,
  );
}

/** Freezes the minutes. */
export async function insertMinutes(
  trx: Trx,
  conferenceId: string,
  { content, sha256, closedAt, ledgerEntry, actor }: ConferenceMinutes & { readonly actor: LedgerActor },
): Promise<void> {
  await sql`
    insert into portfolio.conference_minutes (conference_id, content, sha256, closed_at, actor, ledger_entry)
    values (${conferenceId}, ${content}, ${sha256}, ${closedAt}, ${JSON.stringify(actor)}::jsonb, ${ledgerEntry})`.execute(
    trx,
  );
}

/** The minutes of a conference; undefined until it is closed. */
export async function findMinutes(db: Db, conferenceId: string): Promise<ConferenceMinutes | undefined> {
  const { rows } = await sql<ConferenceMinutes>`
    select content, sha256, closed_at as "closedAt", ledger_entry as "ledgerEntry"
    from portfolio.conference_minutes where conference_id = ${conferenceId}`.execute(db);
  return rows[0];
}

/** The objectives of files, by their file. */
export async function listSheetObjectives(
  db: Db,
  fileIds: readonly string[],
): Promise<
  {
    readonly fileId: string;
    readonly indicatorId: string;
    readonly baselineValue: number;
    readonly targetValue: number;
    readonly dueOn: string;
  }[]
> {
  const { rows } = await sql<{
    fileId: string;
    indicatorId: string;
    baselineValue: number;
    targetValue: number;
    dueOn: string;
  }>`
    select file_id as "fileId", indicator_id as "indicatorId", baseline_value as "baselineValue",
      target_value as "targetValue", due_on as "dueOn"
    from portfolio.file_objectives where file_id = any (${[...fileIds]}::uuid[])
    order by due_on, id limit 2000`.execute(db);
  return rows;
}
