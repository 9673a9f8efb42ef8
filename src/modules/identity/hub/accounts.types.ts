// An account: who somebody is at one upstream provider. What the hub knows of them beyond that is what was asserted.
import type { Assurance, PeopleRealm } from './realms.ts';

/** Claims as the hub passes them on, by their names in the protocol. */
export type IdentityClaims = Readonly<Record<string, string | boolean>>;

/** An account at an upstream provider. */
export interface Account {
  readonly id: string;
  readonly realm: PeopleRealm;
  readonly upstreamId: string;
  readonly issuer: string;
  readonly subject: string;
  /** What pairwise subjects are made from; accounts of one verified citizen share it. */
  readonly subjectRoot: string;
  readonly personId: string | null;
  readonly claims: IdentityClaims;
}

/** What an upstream asserted of the person who signed in there, once it was checked and put in the hub's words. */
export interface AssertedIdentity {
  readonly issuer: string;
  readonly subject: string;
  readonly acr: Assurance;
  readonly secondFactor: boolean;
  readonly claims: IdentityClaims;
  /** Agents: the SIRET under which they are employed, checked by its key. */
  readonly siret: string | null;
  /** Citizens: the text of the complete verified identity, by which two accounts of one person are known; else null. */
  readonly verifiedIdentity: string | null;
}
