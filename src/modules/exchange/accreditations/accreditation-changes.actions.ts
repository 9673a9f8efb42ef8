// The distributor's intentions on an accreditation in force: revoke it, lower and restore a scope, hand it over.
import type { Actor } from '#platform/access.ts';
import type { Trx } from '#platform/database/connection.ts';
import { notFound } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import { requestWasRevoked } from '../requests/request-revocation.actions.ts';
import { distributorInLedger, isDistributor } from './accreditation-access.rules.ts';
import { deleteClientsOf, listClientIds } from './accreditation-clients.repository.ts';
import { tellContacts } from './accreditation-mail.ts';
import {
  endInForce,
  publishAccreditations,
  recordOnAccreditation,
  syncHubWith,
  tellOfAccreditation,
} from './accreditations.actions.ts';
import { accreditationIsElsewhere } from './accreditations.errors.ts';
import {
  listForPolicy,
  lockAccreditation,
  lockActiveOf,
  updateGrantWithdrawal,
  updateOrganisation,
} from './accreditations.repository.ts';
import { reasonAsTyped } from './accreditations.rules.ts';
import type { Accreditation, AccreditationDoer } from './accreditations.types.ts';
import { syncHubGrants } from './hub-grants.actions.ts';

type Needs = Pick<Kernel, 'db' | 'clock' | 'mailer' | 'config'>;

async function inForce(trx: Trx, actor: Actor, id: string): Promise<Accreditation> {
  const found = isDistributor(actor) && isUuid(id) ? await lockAccreditation(trx, 'all', id) : undefined;
  if (!found) throw notFound();
  if (found.state !== 'active') throw accreditationIsElsewhere();
  return found;
}

/**
 * Revokes an accreditation in force: every gateway refuses its calls from the commit on. Throws `not-found`,
 * `invalid-input` without a reason, `exchange.accreditation-is-in-another-state`.
 */
export async function revokeAccreditation(
  kernel: Needs,
  actor: Actor,
  id: string,
  typedReason: string,
): Promise<void> {
  const { db, clock } = kernel;
  await db.transaction().execute(async (trx) => {
    const found = await inForce(trx, actor, id);
    const reason = reasonAsTyped(typedReason);
    const by = distributorInLedger(actor);
    await endInForce(trx, clock.now(), found, { state: 'revoked', reason, by });
    await requestWasRevoked(trx, clock.now(), found.requestId, { reason, by });
    await tellContacts(kernel, trx, found, { kind: 'revoked', reason });
    await publishAccreditations(trx, [id]);
  });
}

/** Which scope (id) of which accreditation (id), and why. */
export interface ScopeChange {
  readonly id: string;
  readonly scopeId: string;
  readonly reason: string;
}

/** Lowers a scope: its fields no longer leave from the commit on. Throws as `revokeAccreditation` does. */
export function withdrawScope(needs: Needs, actor: Actor, change: ScopeChange): Promise<void> {
  return changeScope(needs, actor, change, 'withdrawn');
}

/** Grants a lowered scope again. Throws as `revokeAccreditation` does. */
export function restoreScope(needs: Needs, actor: Actor, change: ScopeChange): Promise<void> {
  return changeScope(needs, actor, change, 'restored');
}

async function changeScope(
  kernel: Needs,
  actor: Actor,
  { id, scopeId, reason: typedReason }: ScopeChange,
  become: 'withdrawn' | 'restored',
): Promise<void> {
  const { db, clock } = kernel;
  await db.transaction().execute(async (trx) => {
    const found = await inForce(trx, actor, id);
    if (!isUuid(scopeId)) throw notFound();
    const reason = reasonAsTyped(typedReason);
    const now = clock.now();
    const withdrawal = become === 'withdrawn' ? { at: now, reason } : null;
    const grant = await updateGrantWithdrawal(trx, { id, scopeId }, withdrawal);
    if (grant === undefined) throw notFound();
    if (!grant.isChanged) throw accreditationIsElsewhere();
    const { apiId, apiSlug, scope } = grant;
    const by = distributorInLedger(actor);
    await recordOnAccreditation(trx, now, found, {
      event: `scope-${become}`,
      by,
      history: { api: apiSlug, scope, reason },
      data: { apiId, scope, reason },
    });
    await syncHubWith(trx, now, id, by);
    await tellOfAccreditation(trx, now, `accreditation.scope-${become}`, found, { api: apiSlug, scope });
    await tellContacts(kernel, trx, found, { kind: become, scope, reason });
    await publishAccreditations(trx, [id]);
  });
}

/**
 * Hands the accreditation in force of a request over to another organisation, in the caller's transaction. Its clients
 * belong to the former one: they are removed, and the new holder adds its own.
 * @returns it as it was; null when none was in force.
 */
export async function transferActiveAccreditation(
  trx: Trx,
  now: Date,
  requestId: string,
  { organisationId, by }: AccreditationDoer & { readonly organisationId: string },
): Promise<Accreditation | null> {
  const active = await lockActiveOf(trx, requestId);
  if (!active) return null;
  const [written] = await listForPolicy(trx, [active.id]);
  const clientIds = await listClientIds(trx, active.id);
  await deleteClientsOf(trx, active.id);
  await updateOrganisation(trx, active.id, organisationId);
  await recordOnAccreditation(trx, now, active, {
    event: 'transferred',
    by,
    data: { from: active.organisationId, to: organisationId, clientIds },
  });
  const apiIds = [...new Set(written?.grants.map(({ apiId }) => apiId))];
  await syncHubGrants(trx, now, { clientIds, apiIds }, by);
  await publishAccreditations(trx, [active.id]);
  return active;
}
