// Issuing and ending accreditations. `issueAccreditation`, `revokeActiveAccreditation` and `recordAccreditations` take part
// in their caller's transaction and trust it to have decided who may; the policy is published last.
import { randomUUID } from 'node:crypto';
import type { Trx } from '#platform/database/connection.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { publishPolicy } from '../policy/policy.actions.ts';
import { tellWebhooks } from '../webhooks/webhooks.actions.ts';
import type { WebhookEvent } from '../webhooks/webhooks.types.ts';
import { insertClients, listOpenClientIds } from './accreditation-clients.repository.ts';
import { accreditationEntry } from './accreditation-policy.rules.ts';
import { scopeIsGone } from './accreditations.errors.ts';
import {
  endAccreditation,
  insertAccreditations,
  insertEvents,
  insertGrants,
  listForPolicy,
  lockActiveOf,
} from './accreditations.repository.ts';
import type {
  Accreditation,
  AccreditationDoer,
  AccreditationEventKind,
  NewAccreditation,
  RecordedAccreditation,
} from './accreditations.types.ts';
import { syncHubGrants } from './hub-grants.actions.ts';

/** The person who acted; null for what acted by itself. */
function personOf(by: LedgerActor): string | null {
  return by.kind === 'person' ? by.personId : null;
}

/** What happened to an accreditation, for its history and the ledger. */
export interface AccreditationHappening {
  readonly event: AccreditationEventKind;
  readonly by: LedgerActor;
  /** For the history: a scope's name, a client id, a reason. */
  readonly history?: Readonly<Record<string, string>>;
  /** For the ledger: no secret, nothing that somebody typed. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Writes what happened to an accreditation into its history and the ledger. */
export async function recordOnAccreditation(
  trx: Trx,
  now: Date,
  { id, number }: Pick<Accreditation, 'id' | 'number'>,
  { event, by, history = {}, data = {} }: AccreditationHappening,
): Promise<void> {
  await insertEvents(trx, [
    { accreditationId: id, kind: event, at: now, byPerson: personOf(by), data: history },
  ]);
  await appendToLedger(trx, now, {
    kind: `exchange.accreditation-${event}`,
    subject: `exchange/accreditation/${id}`,
    actor: by,
    data: { number, ...data },
  });
}

/**
 * Publishes accreditations as they stand in `trx`. Call it last.
 * @returns the version under which they are enforced.
 */
export async function publishAccreditations(trx: Trx, ids: readonly string[]): Promise<number> {
  return publishPolicy(trx, (await listForPolicy(trx, ids)).map(accreditationEntry));
}

/** Brings what the hub grants to the clients of an accreditation in step with it, once it was written. */
export async function syncHubWith(trx: Trx, now: Date, id: string, by: LedgerActor): Promise<void> {
  const [written] = await listForPolicy(trx, [id]);
  if (!written) return;
  const apiIds = [...new Set(written.grants.map(({ apiId }) => apiId))];
  await syncHubGrants(trx, now, { clientIds: written.clientIds, apiIds }, by);
}

/** Tells the webhooks of an accreditation's organisation what happened to it. */
export async function tellOfAccreditation(
  trx: Trx,
  now: Date,
  event: WebhookEvent,
  {
    id,
    number,
    requestId,
    organisationId,
    stage,
  }: Pick<Accreditation, 'id' | 'number' | 'requestId' | 'organisationId' | 'stage'>,
  more: Readonly<Record<string, unknown>> = {},
): Promise<void> {
  const payload = { accreditation: { id, number, requestId, organisationId, stage }, ...more };
  await tellWebhooks(trx, now, { event, organisationIds: [organisationId], payload });
}

/**
 * Takes the snapshot of a validated request: it is in force from the commit on at every gateway. The request's active one
 * becomes obsolete, and hands its clients on where the organisation is the same. Throws `exchange.scope-is-gone`.
 * @returns its id and the number that people quote.
 */
export async function issueAccreditation(
  trx: Trx,
  now: Date,
  wanted: NewAccreditation,
  { by }: AccreditationDoer,
): Promise<{ readonly id: string; readonly number: number }> {
  const before = await lockActiveOf(trx, wanted.requestId);
  const id = wanted.id ?? randomUUID();
  const clientIds =
    before?.organisationId === wanted.organisationId ? await listOpenClientIds(trx, before.id) : [];
  if (before) await endAccreditation(trx, before.id, { state: 'obsolete', endedAt: now, reason: null });
  const recorded = { ...wanted, validFrom: now, state: 'active', endedAt: null, endReason: null } as const;
  const scopeIds = [...new Set(wanted.scopeIds)];
  const [number = 0] = await insertAccreditations(trx, [{ ...recorded, id, clientIds }]);
  if ((await insertGrants(trx, [{ id, scopeIds }])) !== scopeIds.length) throw scopeIsGone();
  await insertClients(
    trx,
    now,
    clientIds.map((clientId) => ({ accreditationId: id, clientId })),
  );
  await recordOnAccreditation(trx, now, { id, number }, issued(wanted, scopeIds, by));
  if (before) {
    const history = { number: String(number) };
    await recordOnAccreditation(trx, now, before, { event: 'replaced', by, history, data: { with: number } });
    await syncHubWith(trx, now, before.id, by);
  }
  await syncHubWith(trx, now, id, by);
  await tellOfAccreditation(trx, now, 'accreditation.issued', { ...wanted, id, number });
  await publishAccreditations(trx, before ? [before.id, id] : [id]);
  return { id, number };
}

function issued(
  { requestId, organisationId, stage, validUntil }: NewAccreditation,
  scopeIds: readonly string[],
  by: LedgerActor,
): AccreditationHappening {
  const until = validUntil?.toISOString() ?? null;
  const data = { requestId, organisationId, stage, validUntil: until, scopeIds: [...scopeIds] };
  return { event: 'issued', by, data };
}

/**
 * Revokes the accreditation of a request that is in force, if there is one: every gateway refuses its calls from the
 * commit on.
 * @returns it as it was; null when none was in force.
 */
export async function revokeActiveAccreditation(
  trx: Trx,
  now: Date,
  requestId: string,
  { reason, by }: AccreditationDoer & { readonly reason: string },
): Promise<Accreditation | null> {
  const active = await lockActiveOf(trx, requestId);
  if (!active) return null;
  await endInForce(trx, now, active, { state: 'revoked', reason, by });
  await publishAccreditations(trx, [active.id]);
  return active;
}

/** Ends one in force, locked by the caller, who publishes it afterwards. */
export async function endInForce(
  trx: Trx,
  now: Date,
  active: Accreditation,
  {
    state,
    reason,
    by,
  }: AccreditationDoer & { readonly state: 'revoked' | 'expired'; readonly reason: string | null },
): Promise<void> {
  await endAccreditation(trx, active.id, { state, endedAt: now, reason });
  const history: Record<string, string> = reason === null ? {} : { reason };
  await recordOnAccreditation(trx, now, active, { event: state, by, history });
  await syncHubWith(trx, now, active.id, by);
  await tellOfAccreditation(trx, now, `accreditation.${state}`, active);
}

/**
 * Records accreditations of the past with their clients, for imports and the demonstration: those that are active are
 * published together, in one version of the policy. It tells no webhook.
 * @returns their ids and numbers, in the order given.
 */
export async function recordAccreditations(
  trx: Trx,
  now: Date,
  recorded: readonly RecordedAccreditation[],
  { by }: AccreditationDoer,
): Promise<readonly { readonly id: string; readonly number: number }[]> {
  if (recorded.length === 0) return [];
  const all = recorded.map((one) => ({ ...one, id: one.id ?? randomUUID() }));
  const numbers = await insertAccreditations(trx, all);
  const grants = all.map(({ id, scopeIds }) => ({ id, scopeIds: [...new Set(scopeIds)] }));
  const asked = grants.reduce((sum, { scopeIds }) => sum + scopeIds.length, 0);
  if ((await insertGrants(trx, grants)) !== asked) throw scopeIsGone();
  const clients = all.flatMap(({ id, clientIds }) =>
    clientIds.map((clientId) => ({ accreditationId: id, clientId })),
  );
  await insertClients(trx, now, clients);
  for (const [at, one] of all.entries()) {
    const done = { id: one.id, number: numbers[at] ?? 0 };
    await recordOnAccreditation(trx, one.validFrom, done, issued(one, one.scopeIds, by));
    if (one.state === 'active') continue;
    const event = one.state === 'obsolete' ? 'replaced' : one.state;
    const history: Record<string, string> = one.endReason === null ? {} : { reason: one.endReason };
    await recordOnAccreditation(trx, one.endedAt ?? now, done, { event, by, history });
  }
  const inForce = all.filter(({ state }) => state === 'active').map(({ id }) => id);
  const written = await listForPolicy(trx, inForce);
  const apiIds = [...new Set(written.flatMap((one) => one.grants.map(({ apiId }) => apiId)))];
  await syncHubGrants(trx, now, { clientIds: written.flatMap(({ clientIds }) => clientIds), apiIds }, by);
  await publishPolicy(trx, written.map(accreditationEntry));
  return all.map(({ id }, at) => ({ id, number: numbers[at] ?? 0 }));
}
