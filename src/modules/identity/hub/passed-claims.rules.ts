// Which claims a service is told: what it asks for, of what it was granted. Pure.
import type { Service } from '../services/services.types.ts';
import { claimsOf, type PeopleRealm } from './realms.ts';

/** Scopes that stand for several claims (OpenID Connect Core, 5.4, and the agents' and citizens' hubs). */
const BUNDLES: Readonly<Record<PeopleRealm, Readonly<Record<string, readonly string[]>>>> = {
  agents: {
    profile: ['given_name', 'usual_name'],
    organization: ['siret', 'organizational_unit', 'belonging_population', 'idp_id'],
  },
  citizens: {
    profile: ['given_name', 'family_name', 'preferred_username', 'birthdate', 'gender'],
    birth: ['birthplace', 'birthcountry'],
  },
};

/** Each scope of the realm with the claims that it stands for: one for each claim, and the bundles. */
export function scopesOf(realm: PeopleRealm): Readonly<Record<string, readonly string[]>> {
  const own = Object.fromEntries(claimsOf(realm).map((claim) => [claim, [claim]]));
  return { ...own, email: ['email', 'email_verified'], ...BUNDLES[realm] };
}

/** The claims that `service` may be told: those granted, and in test all that it asks for. */
export function claimsAllowed(service: Pick<Service, 'state' | 'claims'>): Set<string> {
  const allowed = new Set(
    service.claims
      .filter(({ grantedAt }) => grantedAt !== null || service.state === 'test')
      .map(({ claim }) => claim),
  );
  if (allowed.has('email')) allowed.add('email_verified');
  return allowed;
}

/** The claims that a request by scopes and claim names leads to, of those allowed, in the realm's order. */
export function claimsPassed(
  realm: PeopleRealm,
  service: Pick<Service, 'state' | 'claims'>,
  asked: { scopes: Iterable<string>; claims: Iterable<string> },
): string[] {
  const scopes = scopesOf(realm);
  const wanted = new Set(asked.claims);
  for (const scope of asked.scopes) {
    // A scope is a word that anybody may write: `constructor` is none of ours.
    if (Object.hasOwn(scopes, scope)) for (const claim of scopes[scope] ?? []) wanted.add(claim);
  }
  const allowed = claimsAllowed(service);
  return claimsOf(realm).filter((claim) => wanted.has(claim) && allowed.has(claim));
}
