// The realms of the hub, what each is asked for, and what each tells. Words of the protocol; no request, no database.

/** Agents of the administration, citizens, and programs that act for themselves: three issuers that share nothing. */
export const REALMS = ['agents', 'citizens', 'machines'] as const;

/** One of the realms. */
export type Realm = (typeof REALMS)[number];

/** The realms in which people sign in. */
export type PeopleRealm = Exclude<Realm, 'machines'>;

/** Levels of assurance, lowest first (Regulation (EU) 910/2014, article 8: low, substantial, high). */
export const ASSURANCES = ['eidas1', 'eidas2', 'eidas3'] as const;

/** A level of assurance, as it stands in `acr`. */
export type Assurance = (typeof ASSURANCES)[number];

/** Tells whether `value` names a level of assurance. */
export function isAssurance(value: unknown): value is Assurance {
  return (ASSURANCES as readonly unknown[]).includes(value);
}

/** Tells whether `level` is at least `asked`. */
export function isAtLeast(level: Assurance, asked: Assurance): boolean {
  return ASSURANCES.indexOf(level) >= ASSURANCES.indexOf(asked);
}

/** Claims of an agent, as agents' hubs name them; `siret` is the establishment that employs them. */
export const AGENT_CLAIMS = [
  'given_name',
  'usual_name',
  'email',
  'uid',
  'siret',
  'organizational_unit',
  'belonging_population',
  'phone',
  'idp_id',
] as const;

/** Claims of a citizen's verified identity, and the address to write to. */
export const CITIZEN_CLAIMS = [
  'given_name',
  'family_name',
  'preferred_username',
  'birthdate',
  'gender',
  'birthplace',
  'birthcountry',
  'email',
] as const;

/** The claims that a service of the realm may ask for; each is a scope of the same name as well. */
export function claimsOf(realm: Realm): readonly string[] {
  if (realm === 'agents') return AGENT_CLAIMS;
  return realm === 'citizens' ? CITIZEN_CLAIMS : [];
}

/** Where a realm's issuer stands under the origin of the installation. */
export function issuerOf(origin: string, realm: Realm): string {
  return `${origin}/connect/${realm}`;
}
