// Queries on alerts and the decisions on them. They decide nothing: rules do. What a reader may see is the `reach` of each.
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { withinReach } from '../files/files.repository.ts';
import type { FileReach } from '../files/files.types.ts';
import type {
  Alert,
  AlertDecision,
  AlertFacts,
  DecidedAlert,
  Firing,
  KnownAlert,
  WatchRule,
} from './watch.types.ts';

const COLUMNS = sql`
  a.id, a.number, a.file_id as "fileId", f.name as "fileName", f.state as "fileState", f.phase,
  f.full_cost_cents as "fullCostCents", f.organisation_id as "organisationId", o.name as "organisationName",
  o.parent_id as "organisationParentId", a.rule, a.rule_version as "ruleVersion", a.facts, a.state,
  a.opened_at as "openedAt", a.fired_at as "firedAt", a.quiet_since as "quietSince", a.decided_at as "decidedAt",
  a.rests_until as "restsUntil", a.reopened, a.version,
  (select d.decision from portfolio.alert_decisions d where d.alert_id = a.id order by d.id desc limit 1) as decision`;

const FROM = sql`
  from portfolio.alerts a
  join portfolio.project_files f on f.id = a.file_id
  join identity.organisations o on o.id = f.organisation_id`;

/** How a list of alerts is narrowed. */
export interface AlertFilter {
  readonly state?: Alert['state'];
  readonly rule?: WatchRule;
  readonly organisationId?: string;
}

function narrowed({ state, rule, organisationId }: AlertFilter): RawBuilder<unknown> {
  return sql`${state === undefined ? sql`true` : sql`a.state = ${state}`}
    and ${rule === undefined ? sql`true` : sql`a.rule = ${rule}`}
    and ${organisationId === undefined ? sql`true` : sql`f.organisation_id = ${organisationId}`}`;
}

/** At most `limit` alerts in `reach`, the newest first, numbered below `before` (null: from the newest on). */
export async function listAlerts(
  db: Db,
  reach: FileReach,
  filter: AlertFilter,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<Alert[]> {
  const { rows } = await sql<Alert>`
    select ${COLUMNS} ${FROM} where ${withinReach(reach)} and ${narrowed(filter)}
      and ${before === null ? sql`true` : sql`a.number < ${before}`}
    order by a.number desc limit ${limit}`.execute(db);
  return rows;
}

/** The alert with this id (a UUID), as far as `reach` sees it. */
export async function findAlert(db: Db, reach: FileReach, id: string): Promise<Alert | undefined> {
  const { rows } = await sql<Alert>`
    select ${COLUMNS} ${FROM} where a.id = ${id} and ${withinReach(reach)}`.execute(db);
  return rows[0];
}

/** The open alerts of a file, which nobody else decides until `trx` ends. Taken in the order in which the watch takes them. */
export async function lockOpenAlertsOf(trx: Trx, fileId: string): Promise<Alert[]> {
  const { rows } = await sql<Alert>`
    select ${COLUMNS} ${FROM} where a.file_id = ${fileId} and a.state = 'open' order by a.id for update of a`.execute(
    trx,
  );
  return rows;
}

/** The open alerts of files, whoever asks; the oldest first. One query. */
export async function openAlertsOf(db: Db, fileIds: readonly string[]): Promise<Alert[]> {
  const { rows } = await sql<Alert>`
    select ${COLUMNS} ${FROM} where a.file_id = any (${[...fileIds]}::uuid[]) and a.state = 'open'
    order by a.opened_at, a.id limit 20000`.execute(db);
  return rows;
}

/** Open alerts in `reach`, the oldest first; at most `limit`. */
export async function listOldestOpenAlerts(db: Db, reach: FileReach, limit: number): Promise<Alert[]> {
  const { rows } = await sql<Alert>`
    select ${COLUMNS} ${FROM} where ${withinReach(reach)} and a.state = 'open'
    order by a.opened_at, a.id limit ${limit}`.execute(db);
  return rows;
}

/** Alerts in `reach` decided since a moment, the newest first; at most `limit`. */
export async function listDecidedAlerts(
  db: Db,
  reach: FileReach,
  {
    since,
    decisions,
    limit,
  }: { readonly since: Date; readonly decisions: readonly AlertDecision[]; readonly limit: number },
): Promise<Alert[]> {
  const { rows } = await sql<Alert>`
    select * from (select ${COLUMNS} ${FROM}
      where ${withinReach(reach)} and a.state = 'decided' and a.decided_at >= ${since}) found
    where decision = any (${[...decisions]}::text[]) order by "decidedAt" desc, id limit ${limit}`.execute(
    db,
  );
  return rows;
}

/** The decisions on an alert, the newest first; at most 200. */
export async function listAlertDecisions(db: Db, alertId: string): Promise<DecidedAlert[]> {
  const { rows } = await sql<DecidedAlert>`
    select d.decision, d.reason, d.until, d.facts, d.decided_at as "decidedAt", d.actor, p.name as "byName",
      d.conference_id as "conferenceId", d.audit_id as "auditId", d.ledger_entry as "ledgerEntry"
    from portfolio.alert_decisions d left join identity.people p on p.id = (d.actor->>'personId')::uuid
    where d.alert_id = ${alertId} order by d.id desc limit 200`.execute(db);
  return rows;
}

/** Every alert as the watch must know it, locked until `trx` ends: two looks follow each other. */
export async function lockKnownAlerts(trx: Trx): Promise<KnownAlert[]> {
  await sql`lock table portfolio.alerts in share update exclusive mode`.execute(trx);
  const { rows } = await sql<KnownAlert>`
    select id, file_id as "fileId", rule, state, rests_until as "restsUntil", quiet_since as "quietSince"
    from portfolio.alerts order by id for update`.execute(trx);
  return rows;
}

/** Opens alerts. @returns each with its id. */
export async function insertAlerts(
  trx: Trx,
  now: Date,
  version: string,
  firings: readonly (Firing & { readonly id?: string; readonly openedAt?: Date })[],
): Promise<(Firing & { readonly id: string })[]> {
  const { rows } = await sql<Firing & { id: string }>`
    insert into portfolio.alerts (id, file_id, rule, rule_version, facts, opened_at, fired_at)
    select coalesce(n.id, gen_random_uuid()), n."fileId", n.rule, ${version}, n.facts, coalesce(n."openedAt", ${now}), ${now}
    from json_to_recordset(${JSON.stringify(firings)}::json)
      as n (id uuid, "fileId" uuid, rule text, facts jsonb, "openedAt" timestamptz)
    returning id, file_id as "fileId", rule, facts`.execute(trx);
  return rows;
}

/** Keeps the present facts of alerts whose rule fired again; with `reopens` they are open from now on. */
export async function updateFired(
  trx: Trx,
  now: Date,
  ruleVersion: string,
  alerts: readonly { readonly id: string; readonly facts: AlertFacts }[],
  { reopens }: { readonly reopens: boolean },
): Promise<void> {
  const opening = reopens
    ? sql`, state = 'open', opened_at = ${now}, decided_at = null, rests_until = null, reopened = a.reopened + 1,
        version = a.version + 1`
    : sql``;
  await sql`
    update portfolio.alerts a set facts = n.facts, fired_at = ${now}, quiet_since = null, rule_version = ${ruleVersion} ${opening}
    from json_to_recordset(${JSON.stringify(alerts)}::json) as n (id uuid, facts jsonb) where a.id = n.id`.execute(
    trx,
  );
}

/** Notes that the rules of these open alerts have stopped firing. */
export async function updateQuiet(trx: Trx, now: Date, ids: readonly string[]): Promise<void> {
  await sql`update portfolio.alerts set quiet_since = ${now} where id = any (${[...ids]}::uuid[])`.execute(
    trx,
  );
}

/** A decision to write. */
export interface NewDecision {
  readonly alert: Pick<Alert, 'id' | 'facts'>;
  readonly decision: AlertDecision;
  readonly reason: string;
  readonly until: string | null;
  readonly actor: LedgerActor;
  readonly conferenceId: string | null;
  readonly auditId: string | null;
  readonly ledgerEntry: string;
  readonly restsUntil: string;
}

/** Records a decision, which ends the alert until the day named. */
export async function insertAlertDecision(trx: Trx, now: Date, made: NewDecision): Promise<void> {
  const { alert, decision, reason, until, actor, conferenceId, auditId, ledgerEntry } = made;
  await sql`
    insert into portfolio.alert_decisions (alert_id, decision, reason, until, facts, decided_at, actor, conference_id,
      audit_id, ledger_entry)
    values (${alert.id}, ${decision}, ${reason}, ${until}, ${JSON.stringify(alert.facts)}::jsonb, ${now},
      ${JSON.stringify(actor)}::jsonb, ${conferenceId}, ${auditId}, ${ledgerEntry})`.execute(trx);
  await sql`
    update portfolio.alerts set state = 'decided', decided_at = ${now}, rests_until = ${made.restsUntil},
      quiet_since = null, version = version + 1 where id = ${alert.id}`.execute(trx);
}

/** The indicators of the objectives of live files, as pairs. */
export async function listWatchedIndicators(
  db: Db,
): Promise<{ readonly fileId: string; readonly indicatorId: string }[]> {
  const { rows } = await sql<{ fileId: string; indicatorId: string }>`
    select x.file_id as "fileId", x.indicator_id as "indicatorId" from portfolio.file_objectives x
    join portfolio.project_files f on f.id = x.file_id
    where f.state in ('submitted', 'running', 'suspended')`.execute(db);
  return rows;
}
