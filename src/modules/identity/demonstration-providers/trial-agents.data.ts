// Agents whom the ministry's provider knows beside the demonstration State's own: each makes the hub refuse, so that one
// can see how.
import type { TrialOf } from './providers.types.ts';

/** An invented agent there to be refused; `at` is the code of their organisation. */
export interface TrialAgent {
  readonly name: string;
  readonly email: string;
  readonly at: string;
  readonly trialOf: TrialOf;
}

/** One without a SIRET, one whose address is of a domain that this provider may not speak for. */
export const TRIAL_AGENTS: readonly TrialAgent[] = [
  {
    name: 'Odile Sansnuméro',
    email: 'odile.sansnumero@dne.valmarie.example',
    at: 'DNE',
    trialOf: 'missing-siret',
  },
  {
    name: 'Basile Dailleurs',
    email: 'basile.dailleurs@ministere-voisin.example',
    at: 'DNE',
    trialOf: 'foreign-domain',
  },
];
