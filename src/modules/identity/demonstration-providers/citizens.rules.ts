// What the citizens' provider tells of a citizen, and which level of assurance it offers first. Pure.
import { createHmac } from 'node:crypto';
import { type Assurance, isAssurance } from '../hub/realms.ts';
import type { DemonstrationCitizen } from './providers.types.ts';

/** The subject of a citizen: a keyed hash, so that it tells nothing of them. */
export function subjectOfCitizen(key: Buffer, id: string): string {
  return createHmac('sha256', key).update(id).digest('base64url');
}

/** The claims of a citizen's verified identity, in the words of OpenID Connect and of the French citizens' hub. */
export function claimsOfCitizen(citizen: DemonstrationCitizen): Record<string, string> {
  return {
    given_name: citizen.givenNames,
    family_name: citizen.familyName,
    ...(citizen.usedName !== undefined && { preferred_username: citizen.usedName }),
    birthdate: citizen.birthdate,
    gender: citizen.gender,
    birthplace: citizen.birthplace,
    birthcountry: citizen.birthcountry,
    email: citizen.email,
  };
}

/** The levels named in `acr_values`, in the order of preference in which they stand there (OpenID Connect Core, 3.1.2.1). */
export function levelsAsked(acrValues: unknown): Assurance[] {
  return typeof acrValues === 'string' ? acrValues.split(' ').filter(isAssurance) : [];
}

/** The level that the sign-in page proposes: the first one asked for, else the lowest. */
export function levelProposed(acrValues: unknown): Assurance {
  return levelsAsked(acrValues)[0] ?? 'eidas1';
}

/** How a citizen proved who they are at a level (RFC 8176): above the lowest, with a second factor. */
export function waysOfLevel(level: Assurance): string[] {
  return level === 'eidas1' ? ['pwd'] : ['pwd', 'mfa'];
}
