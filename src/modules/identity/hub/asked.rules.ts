// What an authorization request asks for: a level of assurance, claims by name. Pure.
import { type Assurance, isAssurance, isAtLeast } from './realms.ts';

/** The least level of assurance that a request asks for: the lowest of its `acr_values`, else the service's own. */
export function assuranceAsked(acrValues: unknown, leastAssurance: Assurance | null): Assurance | null {
  const asked = String(acrValues ?? '')
    .split(' ')
    .filter(isAssurance)
    .sort((x, y) => (isAtLeast(x, y) ? 1 : -1));
  const least = asked[0] ?? null;
  if (least === null || leastAssurance === null) return least ?? leastAssurance;
  // A service that registered a level never gets less, whatever one request says.
  return isAtLeast(least, leastAssurance) ? least : leastAssurance;
}

/** Names of the claims that a request's `claims` parameter asks for (OpenID Connect Core, 5.5). */
export function claimNamesAsked(parameter: unknown): string[] {
  if (typeof parameter !== 'string') return [];
  try {
    const { userinfo, id_token: idToken } = JSON.parse(parameter) as Record<string, object | undefined>;
    return [...new Set([...Object.keys(userinfo ?? {}), ...Object.keys(idToken ?? {})])];
  } catch {
    return [];
  }
}
