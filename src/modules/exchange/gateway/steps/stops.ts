// Step: what stops do to a call: they close the whole of it, or take scopes away.
import type { LiveStop } from '../policy/live-policy.ts';

/** What is left after the stops that are in force. */
export interface AfterStops {
  readonly isStopped: boolean;
  /** Names of scopes that are stopped; null: none. */
  readonly stoppedScopes: ReadonlySet<string> | null;
}

const NOTHING_STOPPED: AfterStops = { isStopped: false, stoppedScopes: null };
const STOPPED: AfterStops = { isStopped: true, stoppedScopes: null };

/** Applies the stops of an API to a call under an accreditation (nulls: a call that needs none). `now` in milliseconds. */
export function afterStops(
  stops: readonly LiveStop[],
  call: { organisationId: string | null; accreditationId: string | null },
  now: number,
): AfterStops {
  if (stops.length === 0) return NOTHING_STOPPED;
  const scopes = new Set<string>();
  for (const { policy, endsAt } of stops) {
    if (endsAt <= now) continue;
    if (policy.organisationId !== null && policy.organisationId !== call.organisationId) continue;
    if (policy.accreditationId !== null && policy.accreditationId !== call.accreditationId) continue;
    if (policy.scope === null) return STOPPED;
    scopes.add(policy.scope);
  }
  return scopes.size === 0 ? NOTHING_STOPPED : { isStopped: false, stoppedScopes: scopes };
}
