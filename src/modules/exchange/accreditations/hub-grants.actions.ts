// Keeps what the hub grants to machine services in step with the accreditations in force, within their transaction.
import { grantResource, withdrawResource } from '#modules/identity/public.ts';
import type { Trx } from '#platform/database/connection.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { listHubGrantGaps } from './hub-grants.repository.ts';

/**
 * Lets these clients ask tokens of these APIs (ids) for the scopes that their accreditations in force grant together, and
 * for no other. Call it after the accreditations were written.
 */
export async function syncHubGrants(
  trx: Trx,
  now: Date,
  { clientIds, apiIds }: { readonly clientIds: readonly string[]; readonly apiIds: readonly string[] },
  by: LedgerActor,
): Promise<void> {
  if (clientIds.length === 0 || apiIds.length === 0) return;
  for (const { clientId, resource, scopes } of await listHubGrantGaps(trx, clientIds, apiIds)) {
    if (scopes.length === 0) await withdrawResource(trx, now, { by, clientId, resource });
    else await grantResource(trx, now, { by, clientId, resource, scopes });
  }
}
