// A link of an agent's account to an organisation, as those who decide on it see it. No query.

/** What becomes of a link. */
export type LinkState = 'waiting' | 'accepted' | 'refused';

/** A decision on a link. */
export type LinkDecision = Exclude<LinkState, 'waiting'>;

/** A link that a person decides on or decided on, or that expired. */
export interface OrganisationLink {
  readonly id: string;
  readonly state: LinkState;
  readonly askedAt: Date;
  readonly decidedAt: Date | null;
  /** Null while it waits, and where it expired. */
  readonly decidedByName: string | null;
  readonly reason: string | null;
  readonly organisationId: string;
  readonly organisationName: string;
  readonly upstreamName: string;
  readonly accountId: string;
  /** The person of Socle, where Socle knows them already. */
  readonly personId: string | null;
  /** As the provider asserts it. */
  readonly name: string;
  readonly email: string;
  readonly siret: string;
  readonly unit: string;
}

/** The same with the claims still sealed. */
export type SealedLink = Omit<OrganisationLink, 'name' | 'email' | 'siret' | 'unit'> & {
  readonly sealedClaims: Buffer;
};

/** Which links somebody sees and decides: all, or those to these organisations. */
export type LinksReach = 'all' | readonly string[];

/** Which links a list holds: those that wait, the longest first; or those that were decided, the latest first. */
export type LinksList = 'waiting' | 'decided';

/** Where a list of links goes on. */
export interface LinksCursor {
  readonly at: Date;
  readonly id: string;
}

/** A decision as typed. */
export interface LinkDecisionInput {
  readonly decision: string;
  /** Compulsory for a refusal. */
  readonly reason: string;
}
