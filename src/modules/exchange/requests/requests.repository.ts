// Queries on requests and the scopes they ask for. They decide nothing: rules do. What a reader may see is the `reach`.

import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import { foldedForSearch, searchPattern } from '#platform/typed-text.ts';
import type { AccreditationStage } from '../accreditations/accreditations.types.ts';
import type { RequestForm } from './request-fields.data.ts';
import type {
  AccreditationRequest,
  AskedTransfer,
  ListedRequest,
  RequestedScope,
  RequestFilter,
  RequestReach,
  RequestState,
} from './requests.types.ts';

const LISTED = sql`
  r.id, r.number, coalesce(r.form->>'title', '') as title, r.template, r.stage, r.state, r.reopened_at as "reopenedAt",
  r.organisation_id as "organisationId", o.name as "organisationName", r.applicant_id as "applicantId",
  p.name as "applicantName", r.submitted_at as "submittedAt", r.decided_at as "decidedAt",
  r.created_at as "createdAt", r.changed_at as "changedAt",
  array(select distinct a.name from exchange.request_scopes s join exchange.apis a on a.id = s.api_id
    where s.request_id = r.id order by a.name) as "apiNames"`;

const FROM = sql`
  from exchange.requests r join identity.organisations o on o.id = r.organisation_id
  left join identity.people p on p.id = r.applicant_id`;

const WHOLE = sql`
  ${LISTED}, r.version, r.form, r.claimable_by_email as "claimableByEmail", r.copied_from as "copiedFrom",
  r.transfer_organisation_id as "transferOrganisationId", r.transfer_person_id as "transferPersonId",
  r.transfer_asked_at as "transferAskedAt",
  (select t.name from identity.organisations t where t.id = r.transfer_organisation_id) as "transferOrganisationName",
  (select t.name from identity.people t where t.id = r.transfer_person_id) as "transferPersonName",
  array(select distinct a.producer_id from exchange.request_scopes s join exchange.apis a on a.id = s.api_id
    where s.request_id = r.id) as "producerIds"`;

interface WholeRow extends Omit<AccreditationRequest, 'transfer'> {
  readonly transferOrganisationId: string | null;
  readonly transferOrganisationName: string | null;
  readonly transferPersonId: string | null;
  readonly transferPersonName: string | null;
  readonly transferAskedAt: Date | null;
}

function asRequest(row: WholeRow): AccreditationRequest {
  const {
    transferOrganisationId,
    transferOrganisationName,
    transferPersonId,
    transferPersonName,
    transferAskedAt,
    ...rest
  } = row;
  const transfer: AskedTransfer | null =
    transferOrganisationId === null || transferPersonId === null || transferAskedAt === null
      ? null
      : {
          organisationId: transferOrganisationId,
          organisationName: transferOrganisationName ?? '',
          personId: transferPersonId,
          personName: transferPersonName ?? '',
          askedAt: transferAskedAt,
        };
  return { ...rest, transfer };
}

function within({ everything, instructs, consumers, producers }: RequestReach): RawBuilder<unknown> {
  if (everything) return sql`true`;
  const parts = [sql`r.organisation_id = any (${[...consumers]}::uuid[])`];
  if (instructs) parts.push(sql`r.submitted_at is not null`, sql`r.claimable_by_email is not null`);
  if (producers.length > 0)
    parts.push(sql`(r.submitted_at is not null and exists (
      select from exchange.request_scopes s join exchange.apis a on a.id = s.api_id
      where s.request_id = r.id and a.producer_id = any (${[...producers]}::uuid[])))`);
  return sql`(${sql.join(parts, sql` or `)})`;
}

function narrowed({
  state,
  apiId,
  organisationId,
  search,
  submittedBefore,
}: RequestFilter): RawBuilder<unknown> {
  const words = (search ?? '').split(/\s+/u).filter(Boolean).slice(0, 10).map(searchPattern);
  return sql`${state === undefined ? sql`true` : sql`r.state = ${state}`}
    and ${organisationId === undefined ? sql`true` : sql`r.organisation_id = ${organisationId}`}
    and ${
      apiId === undefined
        ? sql`true`
        : sql`exists (select from exchange.request_scopes s where s.api_id = ${apiId} and s.request_id = r.id)`
    }
    and ${
      words.length === 0
        ? sql`true`
        : sql`(r.search_text like all (${words}::text[]) or r.number::text = ${(search ?? '').trim()})`
    }
    and ${
      submittedBefore === undefined
        ? sql`true`
        : sql`r.state = 'submitted' and r.submitted_at < ${submittedBefore}`
    }`;
}

/** How a list goes on: after the request with this id (a UUID), or from the start. */
export interface RequestsAfter {
  readonly after: string | null;
  readonly limit: number;
}

/** Requests that changed last first; at most `limit`. */
export async function listRequests(
  db: Db,
  reach: RequestReach,
  filter: RequestFilter,
  { after, limit }: RequestsAfter,
): Promise<ListedRequest[]> {
  const later =
    after === null
      ? sql`true`
      : sql`(r.changed_at, r.id) < (select b.changed_at, b.id from exchange.requests b where b.id = ${after})`;
  const { rows } = await sql<ListedRequest>`
    select ${LISTED} ${FROM} where ${within(reach)} and ${narrowed(filter)} and ${later}
    order by r.changed_at desc, r.id desc limit ${limit}`.execute(db);
  return rows;
}

/** Submitted requests that wait for a decision, those that have waited longest first; at most `limit`. */
export async function listWaitingRequests(
  db: Db,
  filter: RequestFilter,
  { after, limit }: RequestsAfter,
): Promise<ListedRequest[]> {
  const later =
    after === null
      ? sql`true`
      : sql`(r.submitted_at, r.id) > (select b.submitted_at, b.id from exchange.requests b where b.id = ${after})`;
  const { rows } = await sql<ListedRequest>`
    select ${LISTED} ${FROM} where r.state = 'submitted' and ${narrowed(filter)} and ${later}
    order by r.submitted_at, r.id limit ${limit}`.execute(db);
  return rows;
}

/** How many requests of the list there are. */
export async function countRequests(db: Db, reach: RequestReach, filter: RequestFilter): Promise<number> {
  const { rows } = await sql<{ total: number }>`
    select count(*) as total from exchange.requests r where ${within(reach)} and ${narrowed(filter)}`.execute(
    db,
  );
  return rows[0]?.total ?? 0;
}

/** Every request of the list, read by the hundred. */
export async function* eachRequest(
  db: Db,
  reach: RequestReach,
  filter: RequestFilter,
): AsyncGenerator<ListedRequest> {
  for (let after: string | null = null; ; ) {
    const some: ListedRequest[] = await listRequests(db, reach, filter, { after, limit: 100 });
    yield* some;
    if (some.length < 100) return;
    after = some.at(-1)?.id ?? null;
  }
}

/** The request with this id (a UUID), when `reach` holds it. */
export async function findRequest(
  db: Db,
  reach: RequestReach,
  id: string,
): Promise<AccreditationRequest | undefined> {
  const { rows } =
    await sql<WholeRow>`select ${WHOLE} ${FROM} where r.id = ${id} and ${within(reach)}`.execute(db);
  return rows[0] && asRequest(rows[0]);
}

/** The same, and nobody else changes it until `trx` ends. */
export async function lockRequest(
  trx: Trx,
  reach: RequestReach,
  id: string,
): Promise<AccreditationRequest | undefined> {
  const { rows } = await sql<WholeRow>`
    select ${WHOLE} ${FROM} where r.id = ${id} and ${within(reach)} for update of r`.execute(trx);
  return rows[0] && asRequest(rows[0]);
}

/** The request whose link to claim it carries this hash, while it serves. */
export async function findClaimable(
  db: Db,
  tokenHash: Buffer,
  now: Date,
): Promise<AccreditationRequest | undefined> {
  const { rows } = await sql<WholeRow>`
    select ${WHOLE} ${FROM}
    where r.claim_token_hash = ${tokenHash} and r.claim_expires_at > ${now} and r.applicant_id is null
      and r.state = 'draft'`.execute(db);
  return rows[0] && asRequest(rows[0]);
}

/** Until when the link to claim a request serves; null when none was sent. */
export async function findClaimExpiry(db: Db, id: string): Promise<Date | null> {
  const { rows } = await sql<{ expiresAt: Date | null }>`
    select claim_expires_at as "expiresAt" from exchange.requests where id = ${id}`.execute(db);
  return rows[0]?.expiresAt ?? null;
}

const SCOPE = sql`
  s.id as "scopeId", s.name, s.title, s.is_sensitive as "isSensitive", a.id as "apiId", a.slug as "apiSlug",
  a.name as "apiName", a.state as "apiState", a.legal_basis_required as "legalBasisRequired",
  a.default_quota_per_minute as "quotaPerMinute", a.producer_id as "producerId", o.name as "producerName",
  a.contact_email as "contactEmail"
  from exchange.api_scopes s join exchange.apis a on a.id = s.api_id
  join identity.organisations o on o.id = a.producer_id`;

/** The scopes that a request asks for, by API. */
export async function listRequestedScopes(db: Db, requestId: string): Promise<RequestedScope[]> {
  const { rows } = await sql<RequestedScope>`
    select ${SCOPE} join exchange.request_scopes x on x.scope_id = s.id where x.request_id = ${requestId}
    order by a.search_text, a.id, s.name`.execute(db);
  return rows;
}

/** The scopes that may be asked for: those of open APIs that ask for an accreditation, by producer and API. */
export async function listScopesOffered(db: Db): Promise<RequestedScope[]> {
  const { rows } = await sql<RequestedScope>`
    select ${SCOPE} where a.state = 'open' and a.sensitivity <> 'public'
    order by o.search_text, o.id, a.search_text, a.id, s.name`.execute(db);
  return rows;
}

function searchTextOf(form: RequestForm, organisationName: string): string {
  return foldedForSearch(`${form.title ?? ''} ${organisationName}`);
}

/** A request as it is inserted. */
export interface NewRequest {
  readonly template: string;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly applicantId: string | null;
  readonly claimableByEmail: string | null;
  readonly stage: AccreditationStage;
  readonly form: RequestForm;
  readonly copiedFrom: string | null;
}

/** Records a draft. @returns its id and number. */
export async function insertRequest(
  trx: Trx,
  now: Date,
  request: NewRequest,
): Promise<{ id: string; number: number }> {
  const { rows } = await sql<{ id: string; number: number }>`
    insert into exchange.requests (template, organisation_id, applicant_id, claimable_by_email, stage, form, copied_from,
      created_at, changed_at, search_text)
    values (${request.template}, ${request.organisationId}, ${request.applicantId}, ${request.claimableByEmail},
      ${request.stage}, ${JSON.stringify(request.form)}::jsonb, ${request.copiedFrom}, ${now}, ${now},
      ${searchTextOf(request.form, request.organisationName)})
    returning id, number`.execute(trx);
  return rows[0] as { id: string; number: number };
}

/** Writes the scopes that a request asks for anew; those that are no scope are left out. */
export async function replaceScopes(trx: Trx, requestId: string, scopeIds: readonly string[]): Promise<void> {
  const ids = [...new Set(scopeIds)];
  await sql`
    delete from exchange.request_scopes where request_id = ${requestId} and scope_id <> all (${ids}::uuid[])`.execute(
    trx,
  );
  await sql`
    insert into exchange.request_scopes (request_id, api_id, scope_id)
    select ${requestId}, api_id, id from exchange.api_scopes where id = any (${ids}::uuid[])
    on conflict do nothing`.execute(trx);
}

/** What a step writes of a request. */
export interface RequestChange {
  readonly form?: RequestForm;
  readonly state?: RequestState;
  readonly reopenedAt?: Date | null;
  readonly submittedAt?: Date;
  readonly decidedAt?: Date;
  readonly organisationId?: string;
  readonly applicantId?: string | null;
  /** The transfer that waits; null ends it. */
  readonly transfer?: Pick<AskedTransfer, 'organisationId' | 'personId'> | null;
  /** The link that claims a draft; null for none any more. */
  readonly claim?: { readonly tokenHash: Buffer; readonly expiresAt: Date } | null;
}

/** Writes a change of a request, which gets its next version. */
export async function updateRequest(trx: Trx, now: Date, id: string, change: RequestChange): Promise<void> {
  const sets = [sql`changed_at = ${now}`, sql`version = version + 1`];
  const { form, state, reopenedAt, submittedAt, decidedAt, organisationId, applicantId, transfer, claim } =
    change;
  if (form !== undefined) sets.push(sql`form = ${JSON.stringify(form)}::jsonb`);
  if (state !== undefined) sets.push(sql`state = ${state}`);
  if (reopenedAt !== undefined) sets.push(sql`reopened_at = ${reopenedAt}`);
  if (submittedAt !== undefined) sets.push(sql`submitted_at = ${submittedAt}`);
  if (decidedAt !== undefined) sets.push(sql`decided_at = ${decidedAt}`);
  if (organisationId !== undefined) sets.push(sql`organisation_id = ${organisationId}`);
  if (applicantId !== undefined) sets.push(sql`applicant_id = ${applicantId}`);
  if (transfer !== undefined)
    sets.push(sql`transfer_organisation_id = ${transfer?.organisationId ?? null},
      transfer_person_id = ${transfer?.personId ?? null}, transfer_asked_at = ${transfer === null ? null : now}`);
  if (claim !== undefined)
    sets.push(
      sql`claim_token_hash = ${claim?.tokenHash ?? null}, claim_expires_at = ${claim?.expiresAt ?? null}`,
    );
  await sql`update exchange.requests set ${sql.join(sets)} where id = ${id}`.execute(trx);
  if (form === undefined && organisationId === undefined) return;
  const { rows } = await sql<{ form: RequestForm; name: string }>`
    select r.form, o.name from exchange.requests r join identity.organisations o on o.id = r.organisation_id
    where r.id = ${id}`.execute(trx);
  const [written] = rows;
  if (!written) return;
  await sql`
    update exchange.requests set search_text = ${searchTextOf(written.form, written.name)} where id = ${id}`.execute(
    trx,
  );
}

/** The number of a request in force and its accreditation's id, for a link; null when none is in force. */
export async function findActiveAccreditation(
  db: Db,
  requestId: string,
): Promise<{ id: string; number: number } | null> {
  const { rows } = await sql<{ id: string; number: number }>`
    select id, number from exchange.accreditations where request_id = ${requestId} and state = 'active'`.execute(
    db,
  );
  return rows[0] ?? null;
}

/** The APIs for which requests within reach ask, by name, for a choice. */
export async function listApisAskedFor(db: Db, reach: RequestReach): Promise<{ id: string; name: string }[]> {
  const { rows } = await sql<{ id: string; name: string }>`
    select a.id, a.name from exchange.apis a
    where exists (select from exchange.request_scopes s join exchange.requests r on r.id = s.request_id
      where s.api_id = a.id and ${within(reach)})
    order by a.search_text, a.id limit 500`.execute(db);
  return rows;
}

/** What an applicant has to finish or to change, what was asked of them first; at most `limit`. */
export async function listOwnRequests(
  db: Db,
  applicantId: string,
  organisationIds: readonly string[],
  limit: number,
): Promise<ListedRequest[]> {
  const { rows } = await sql<ListedRequest>`
    select ${LISTED} ${FROM} where r.applicant_id = ${applicantId} and r.state in ('draft', 'changes-requested')
      and r.organisation_id = any (${[...organisationIds]}::uuid[])
    order by r.state, r.changed_at desc, r.id limit ${limit}`.execute(db);
  return rows;
}

/** What was validated, refused or revoked since a moment, newest first; at most `limit`. */
export async function listDecidedRequests(
  db: Db,
  reach: RequestReach,
  since: Date,
  limit: number,
): Promise<ListedRequest[]> {
  const { rows } = await sql<ListedRequest>`
    select ${LISTED} ${FROM} where r.decided_at >= ${since} and r.state in ('validated', 'refused', 'revoked')
      and ${within(reach)}
    order by r.decided_at desc, r.id desc limit ${limit}`.execute(db);
  return rows;
}

/** A request of the past, as it is recorded whole. */
export interface RecordedRequest {
  readonly id: string;
  readonly template: string;
  readonly organisationId: string;
  readonly applicantId: string;
  readonly state: RequestState;
  readonly reopenedAt: Date | null;
  readonly stage: AccreditationStage;
  readonly form: RequestForm;
  readonly submittedAt: Date | null;
  readonly decidedAt: Date | null;
  readonly createdAt: Date;
  readonly changedAt: Date;
  readonly scopeIds: readonly string[];
}

/** Records requests of the past with their scopes; they are numbered in the order given. */
export async function insertRecordedRequests(trx: Trx, requests: readonly RecordedRequest[]): Promise<void> {
  const { rows: organisations } = await sql<{ id: string; name: string }>`
    select id, name from identity.organisations where id = any (${requests.map((one) => one.organisationId)}::uuid[])`.execute(
    trx,
  );
  const names = new Map(organisations.map(({ id, name }) => [id, name]));
  const rows = requests.map((one) => ({
    ...one,
    searchText: searchTextOf(one.form, names.get(one.organisationId) ?? ''),
  }));
  await sql`
    insert into exchange.requests (id, template, organisation_id, applicant_id, state, reopened_at, stage, form,
      submitted_at, decided_at, created_at, changed_at, search_text)
    select r.id, r.template, r."organisationId", r."applicantId", r.state, r."reopenedAt", r.stage, r.form,
      r."submittedAt", r."decidedAt", r."createdAt", r."changedAt", r."searchText"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, template text, "organisationId" uuid,
      "applicantId" uuid, state text, "reopenedAt" timestamptz, stage text, form jsonb, "submittedAt" timestamptz,
      "decidedAt" timestamptz, "createdAt" timestamptz, "changedAt" timestamptz, "searchText" text)`.execute(
    trx,
  );
  const asked = requests.flatMap(({ id, scopeIds }) => scopeIds.map((scopeId) => ({ id, scopeId })));
  await sql`
    insert into exchange.request_scopes (request_id, api_id, scope_id)
    select x.id, s.api_id, s.id from jsonb_to_recordset(${JSON.stringify(asked)}::jsonb) as x (id uuid, "scopeId" uuid)
    join exchange.api_scopes s on s.id = x."scopeId"`.execute(trx);
}
