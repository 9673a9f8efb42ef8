// Who refuses a client, who lets it call again, and what gateways are told of it. Pure.
import type { PolicyEntry } from '../policy/policy.types.ts';

/** In whose name a client is revoked. */
export type RevokedAs = 'consumer' | 'distributor';

/** Tells whether who acts as `as` may revoke a client, given the revocation that stands (null: none). */
export function mayRevoke(as: RevokedAs, standing: RevokedAs | null): boolean {
  return standing === null || (standing === 'consumer' && as === 'distributor');
}

/** Tells whether who acts as `as` may lift the revocation that stands: a consumer never lifts the distributor's. */
export function mayRestore(as: RevokedAs, standing: RevokedAs | null): boolean {
  return standing !== null && (as === 'distributor' || standing === 'consumer');
}

/** What gateways are told of a client: refused while it is revoked, or its service suspended or closed in the hub. */
export function clientEntry(
  clientId: string,
  {
    isRevoked,
    serviceState,
  }: {
    readonly isRevoked: boolean;
    readonly serviceState: 'test' | 'production' | 'suspended' | 'closed';
  },
): PolicyEntry {
  const body = isRevoked
    ? ({ reason: 'revoked' } as const)
    : serviceState === 'suspended' || serviceState === 'closed'
      ? { reason: serviceState }
      : null;
  return { kind: 'client', id: clientId, body };
}
