// What gateways enforce of an accreditation, made from its rows. Pure: the one function that makes this kind of entry.
import type { PolicyEntry } from '../policy/policy.types.ts';
import type { Accreditation, Grant } from './accreditations.types.ts';

/** What the entry is made from; clients that may not call are refused by entries of their own. */
export interface AccreditationForPolicy
  extends Pick<
    Accreditation,
    | 'id'
    | 'number'
    | 'organisationId'
    | 'stage'
    | 'state'
    | 'purpose'
    | 'quotaPerMinute'
    | 'validFrom'
    | 'validUntil'
  > {
  readonly grants: readonly (Pick<Grant, 'apiId' | 'scopeName'> & { readonly isWithdrawn: boolean })[];
  readonly clientIds: readonly string[];
}

/**
 * The entry of an accreditation: null (no longer there) unless it is active. An API of which every scope was withdrawn
 * keeps an empty list, so that the gateway refuses its calls by the scope and not as if nothing had been granted.
 */
export function accreditationEntry(accreditation: AccreditationForPolicy): PolicyEntry {
  const { id, state, number, stage, organisationId, clientIds, purpose, quotaPerMinute } = accreditation;
  if (state !== 'active') return { kind: 'accreditation', id, body: null };
  return {
    kind: 'accreditation',
    id,
    body: {
      stage,
      number,
      organisationId,
      clients: [...clientIds],
      purpose,
      validFrom: accreditation.validFrom.toISOString(),
      validUntil: accreditation.validUntil?.toISOString() ?? null,
      quotaPerMinute,
      grants: scopesByApi(accreditation.grants),
    },
  };
}

function scopesByApi(grants: AccreditationForPolicy['grants']): Record<string, string[]> {
  const byApi: Record<string, string[]> = {};
  for (const { apiId, scopeName, isWithdrawn } of grants) {
    byApi[apiId] ??= [];
    if (!isWithdrawn) byApi[apiId].push(scopeName);
  }
  return byApi;
}
