// Step: the scopes under which fields may leave: those that the token bears, the accreditation grants, the API still has
// and no stop closes.
import type { Refusal } from '../call.types.ts';

/** What the scopes of a call are made of. */
export interface ScopesAsked {
  /** Null: the API asks for no token, and all its scopes count. */
  readonly ofToken: ReadonlySet<string> | null;
  /** Null: the API asks for no accreditation. */
  readonly granted: readonly string[] | null;
  /** Names of the API's scopes. */
  readonly ofApi: Readonly<Record<string, readonly string[]>>;
  readonly stopped: ReadonlySet<string> | null;
}

/** The scopes in a fixed order, or the refusal where none is left. */
export function scopesLeft({ ofToken, granted, ofApi, stopped }: ScopesAsked): readonly string[] | Refusal {
  const usable: string[] = [];
  let closed = false;
  for (const scope of granted ?? Object.keys(ofApi)) {
    if (ofToken !== null && !ofToken.has(scope)) continue;
    if (!Object.hasOwn(ofApi, scope)) continue;
    if (stopped?.has(scope)) closed = true;
    else usable.push(scope);
  }
  if (usable.length > 0) return usable.length === 1 ? usable : usable.sort();
  return closed
    ? { code: 'flow-stopped', detail: 'every scope of this call is stopped' }
    : {
        code: 'scope-missing',
        detail: 'the token bears no scope that the accreditation grants for this API',
      };
}
