// A stop as gateways enforce it. Pure.
import type { PolicyEntry } from '../policy/policy.types.ts';
import type { StopInput } from './stops.types.ts';

/** The entry of a stop in force. Gateways let go of it by themselves at `endsAt`. */
export function stopEntry(stop: Omit<StopInput, 'reason'> & { readonly id: string }): PolicyEntry {
  const { id, apiId, organisationId, accreditationId, scope, endsAt } = stop;
  return {
    kind: 'stop',
    id,
    body: {
      apiId,
      organisationId,
      accreditationId,
      scope,
      endsAt: endsAt === null ? null : endsAt.toISOString(),
    },
  };
}

/** The entry of a stop that is over. */
export function stopOverEntry(id: string): PolicyEntry {
  return { kind: 'stop', id, body: null };
}
