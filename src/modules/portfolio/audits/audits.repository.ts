// Queries on audits. What a reader may see is the `reach` of each query; the public's read the released text alone.
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type { Advice, Ground } from '../opinions/opinions.types.ts';
import type { Redaction } from '../opinions/redaction.rules.ts';
import type { AuditReach } from './audit-access.rules.ts';
import type { Audit, AuditNotice, AuditState, ReleasedAudit, Severity } from './audits.types.ts';

const NOTICE = sql`
  a.id, a.number, a.subject, a.organisation_id as "organisationId", o.name as "organisationName",
  a.requester_id as "requesterId", q.name as "requesterName", a.state, a.requested_at as "requestedAt",
  a.starts_on as "startsOn", a.ends_on as "endsOn"`;

const COLUMNS = sql`${NOTICE},
  a.file_id as "fileId", f.name as "fileName", coalesce(f.classified, false) as classified,
  o.parent_id as "organisationParentId", a.informed_ids as "informedIds", a.alert_id as "alertId", a.scope,
  a.questions, a.conclusions, a.recommendations, a.version, a.concluded_at as "concludedAt",
  a.ended_reason as "endedReason",
  coalesce((select json_agg(json_build_object('personId', m.person_id, 'name', p.name, 'leads', m.leads)
      order by m.leads desc, p.name)
    from portfolio.audit_members m join identity.people p on p.id = m.person_id where m.audit_id = a.id), '[]') as members,
  coalesce((select json_agg(json_build_object('severity', g.severity, 'title', g.title, 'text', g.text,
      'foundOn', g.found_at::date,
      'author', (select p.name from identity.people p where p.id = (g.author->>'personId')::uuid)) order by g.id)
    from portfolio.audit_findings g where g.audit_id = a.id), '[]') as findings`;

const FROM = sql`
  from portfolio.audits a
  join identity.organisations o on o.id = a.organisation_id
  join identity.organisations q on q.id = a.requester_id
  left join portfolio.project_files f on f.id = a.file_id`;

function within({ personId, requesterIds, staffs }: AuditReach): RawBuilder<unknown> {
  return sql`(exists (select from portfolio.audit_members m where m.audit_id = a.id and m.person_id = ${personId})
    or a.requester_id = any (${[...requesterIds]}::uuid[])
    or ${staffs ? sql`a.state = 'requested'` : sql`false`})`;
}

/** At most `limit` audits in `reach`, the newest first, numbered below `before` (null: from the newest on). */
export async function listAudits(
  db: Db,
  reach: AuditReach,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<Audit[]> {
  const { rows } = await sql<Audit>`
    select ${COLUMNS} ${FROM} where ${within(reach)} and ${before === null ? sql`true` : sql`a.number < ${before}`}
    order by a.number desc limit ${limit}`.execute(db);
  return rows;
}

/** The audit with this id (a UUID), as far as `reach` sees it. */
export async function findAudit(db: Db, reach: AuditReach, id: string): Promise<Audit | undefined> {
  const { rows } =
    await sql<Audit>`select ${COLUMNS} ${FROM} where a.id = ${id} and ${within(reach)}`.execute(db);
  return rows[0];
}

/** The same, which nobody else changes until `trx` ends. */
export async function lockAudit(trx: Trx, reach: AuditReach, id: string): Promise<Audit | undefined> {
  await sql`select from portfolio.audits where id = ${id} for update`.execute(trx);
  return findAudit(trx, reach, id);
}

/** What these organisations are told of: audits of theirs, of those below them, or that name them; at most 50. */
export async function listNotices(db: Db, organisationIds: readonly string[]): Promise<AuditNotice[]> {
  if (organisationIds.length === 0) return [];
  const ids = sql`${[...organisationIds]}::uuid[]`;
  const { rows } = await sql<AuditNotice>`
    select ${NOTICE} ${FROM} where (a.organisation_id = any (${ids}) or o.parent_id = any (${ids}) or a.informed_ids && ${ids})
      and not a.requester_id = any (${ids})
    order by a.number desc limit 50`.execute(db);
  return rows;
}

/** Records what was asked. */
export async function insertAudit(
  trx: Trx,
  now: Date,
  audit: {
    readonly fileId: string | null;
    readonly subject: string;
    readonly organisationId: string;
    readonly requesterId: string;
    readonly informedIds: readonly string[];
    readonly alertId: string | null;
    readonly scope: string;
    readonly questions: string;
    readonly requestedBy: LedgerActor;
  },
): Promise<{ id: string; number: number }> {
  const { rows } = await sql<{ id: string; number: number }>`
    insert into portfolio.audits (file_id, subject, organisation_id, requester_id, informed_ids, alert_id, scope,
      questions, requested_by, requested_at, changed_at)
    values (${audit.fileId}, ${audit.subject}, ${audit.organisationId}, ${audit.requesterId},
      ${[...audit.informedIds]}::uuid[], ${audit.alertId}, ${audit.scope}, ${audit.questions},
      ${JSON.stringify(audit.requestedBy)}::jsonb, ${now}, ${now})
    returning id, number`.execute(trx);
  return rows[0] as { id: string; number: number };
}

/** Names the mission and its days. */
export async function updateMission(
  trx: Trx,
  now: Date,
  id: string,
  mission: {
    readonly memberIds: readonly string[];
    readonly leadId: string;
    readonly startsOn: string;
    readonly endsOn: string;
  },
): Promise<void> {
  const { memberIds, leadId, startsOn, endsOn } = mission;
  await sql`insert into portfolio.audit_members (audit_id, person_id, leads)
    select ${id}, m, m = ${leadId}::uuid from unnest(${[...new Set(memberIds)]}::uuid[]) m`.execute(trx);
  await sql`update portfolio.audits set state = 'running', starts_on = ${startsOn}, ends_on = ${endsOn},
    version = version + 1, changed_at = ${now} where id = ${id}`.execute(trx);
}

/** Adds a finding. */
export async function insertFinding(
  trx: Trx,
  now: Date,
  auditId: string,
  finding: {
    readonly severity: Severity;
    readonly title: string;
    readonly text: string;
    readonly author: LedgerActor;
  },
): Promise<void> {
  await sql`insert into portfolio.audit_findings (audit_id, severity, title, text, author, found_at)
    values (${auditId}, ${finding.severity}, ${finding.title}, ${finding.text},
      ${JSON.stringify(finding.author)}::jsonb, ${now})`.execute(trx);
}

/** Writes the conclusions. */
export async function updateConclusions(
  trx: Trx,
  now: Date,
  id: string,
  {
    conclusions,
    recommendations,
  }: { readonly conclusions: string; readonly recommendations: readonly Advice[] },
): Promise<void> {
  await sql`update portfolio.audits set state = 'concluded', conclusions = ${conclusions},
    recommendations = ${JSON.stringify(recommendations)}::jsonb, concluded_at = ${now}, version = version + 1,
    changed_at = ${now} where id = ${id}`.execute(trx);
}

/** Moves an audit to its end. */
export async function updateEnded(
  trx: Trx,
  now: Date,
  id: string,
  state: Extract<AuditState, 'released' | 'abandoned'>,
  reason = '',
): Promise<void> {
  await sql`update portfolio.audits set state = ${state}, ended_reason = ${reason}, version = version + 1,
    changed_at = ${now} where id = ${id}`.execute(trx);
}

/** What was struck out of the last release; undefined while there is none. */
export async function findLastRelease(
  db: Db,
  auditId: string,
): Promise<{ edition: number; ground: Ground; redactions: Redaction[] } | undefined> {
  const { rows } = await sql<{ edition: number; ground: Ground; redactions: Redaction[] }>`
    select edition, ground, redactions from portfolio.audit_releases
    where audit_id = ${auditId} order by edition desc limit 1`.execute(db);
  return rows[0];
}

/** Adds a release. */
export async function insertRelease(
  trx: Trx,
  release: {
    readonly auditId: string;
    readonly edition: number;
    readonly publishedAt: Date;
    readonly publishedBy: LedgerActor;
    readonly ground: Ground;
    readonly redactions: readonly Redaction[];
    readonly published: Record<string, unknown>;
  },
): Promise<void> {
  await sql`insert into portfolio.audit_releases
      (audit_id, edition, published_at, published_by, ground, redactions, published)
    values (${release.auditId}, ${release.edition}, ${release.publishedAt},
      ${JSON.stringify(release.publishedBy)}::jsonb, ${release.ground}, ${JSON.stringify(release.redactions)}::jsonb,
      ${JSON.stringify(release.published)}::jsonb)`.execute(trx);
}

type ReleasedRow = Pick<ReleasedAudit, 'id' | 'number' | 'edition' | 'publishedAt'> & {
  readonly published: Omit<ReleasedAudit, 'id' | 'number' | 'edition' | 'publishedAt'>;
};

async function released(db: Db, condition: RawBuilder<unknown>): Promise<ReleasedAudit[]> {
  const { rows } = await sql<ReleasedRow>`
    select a.id, a.number, r.edition, r.published_at as "publishedAt", r.published
    from portfolio.audit_releases r
    join portfolio.audits a on a.id = r.audit_id
    left join portfolio.project_files f on f.id = a.file_id
    where not coalesce(f.classified, false)
      and r.edition = (select max(l.edition) from portfolio.audit_releases l where l.audit_id = r.audit_id)
      and ${condition}`.execute(db);
  return rows.map(({ published, ...row }) => ({ ...published, ...row }));
}

/** At most `limit` released audits, the newest first, numbered below `before` (null: from the newest on). */
export async function listReleased(
  db: Db,
  { before, limit }: { readonly before: number | null; readonly limit: number },
): Promise<ReleasedAudit[]> {
  return released(
    db,
    sql`${before === null ? sql`true` : sql`a.number < ${before}`} order by a.number desc limit ${limit}`,
  );
}

/** The released audit with this id (a UUID). */
export async function findReleased(db: Db, id: string): Promise<ReleasedAudit | undefined> {
  return (await released(db, sql`a.id = ${id}`))[0];
}
