// What every change of an API ends with: what gateways enforce is published, and kept pages are void.
import type { Trx } from '#platform/database/connection.ts';
import { publicDataChanged } from '#platform/http/public-cache.ts';
import { publishPolicy } from '../policy/policy.actions.ts';
import { apiEntry } from './api-policy.rules.ts';
import { findApi, listScopesOf } from './apis.repository.ts';
import { listVersionsForPolicy } from './versions.repository.ts';

/**
 * Publishes an API as it stands in `trx`: whole while it is open, absent otherwise. Call it last.
 * @returns the version of the policy; null for an API that was never opened, of which gateways know nothing.
 */
export async function publishApi(trx: Trx, apiId: string): Promise<number | null> {
  await publicDataChanged(trx);
  const api = await findApi(trx, apiId, 'all');
  if (!api || api.resource === null) return null;
  const versions = await listVersionsForPolicy(trx, apiId);
  const scopes = await listScopesOf(trx, [apiId]);
  return publishPolicy(trx, [apiEntry(api, versions, scopes, api.resource)]);
}
