// What the demonstration's identity providers speak of: which there are, and the invented people whom they know.
import type { Role } from '#platform/access.ts';

/** The providers that come with the demonstration State: a ministry's for agents, and one for citizens. */
export const DEMONSTRATION_PROVIDERS = ['ministry', 'citizen'] as const;

/** One of them. */
export type DemonstrationProvider = (typeof DEMONSTRATION_PROVIDERS)[number];

/** What an account is there to try out: a SIRET that is not passed on, an address of another provider's domain. */
export type TrialOf = 'missing-siret' | 'foreign-domain';

/** An invented agent, as the ministry's provider knows them. */
export interface DemonstrationAgent {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly Role[];
  readonly organisationName: string | null;
  readonly siret: string | null;
  /** Null for the people of the demonstration State. */
  readonly trialOf: TrialOf | null;
}

/** An invented citizen, as the citizens' provider knows them: a verified identity and an address to write to. */
export interface DemonstrationCitizen {
  readonly id: string;
  /** All given names in the order of the birth certificate. */
  readonly givenNames: string;
  readonly familyName: string;
  /** The name in daily use, where it is another one. */
  readonly usedName?: string;
  readonly birthdate: string;
  readonly gender: 'female' | 'male';
  /** Official geographic code of the commune (INSEE, COG), empty for whoever was born abroad. */
  readonly birthplace: string;
  /** Official code of the country (INSEE, COG), 99100 for France. */
  readonly birthcountry: string;
  readonly email: string;
}
