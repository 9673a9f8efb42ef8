// Whom each provider knows by a subject, and what it tells of them; what its sign-in page does not need.
import type { Kernel } from '#platform/kernel.ts';
import { findAgent } from './agents.repository.ts';
import { claimsOfAgent } from './agents.rules.ts';
import { INVENTED_CITIZENS } from './citizens.data.ts';
import { claimsOfCitizen, subjectOfCitizen } from './citizens.rules.ts';
import type { DemonstrationProvider } from './providers.types.ts';
import { personOfSubject, subjectOf } from './subjects.rules.ts';

/** The accounts of one provider. */
export interface Accounts {
  /** The subject of the person with this id. */
  subjectOf(id: string): string;
  /** The claims of the account with this subject; undefined when there is none (any more). */
  claimsOf(subject: string): Promise<Record<string, string | boolean> | undefined>;
}

/** The accounts of `provider`. */
export function accountsOf(
  { db, clock, secret }: Pick<Kernel, 'db' | 'clock' | 'secret'>,
  provider: DemonstrationProvider,
): Accounts {
  const key = secret.keyFor(`demonstration-provider/${provider}-subjects`);
  if (provider === 'ministry') {
    return {
      subjectOf: (id) => subjectOf(key, id),
      async claimsOf(subject) {
        const id = personOfSubject(key, subject);
        const agent = id === null ? undefined : await findAgent(db, clock.now(), id);
        return agent && claimsOfAgent(agent);
      },
    };
  }
  const bySubject = new Map(INVENTED_CITIZENS.map((citizen) => [subjectOfCitizen(key, citizen.id), citizen]));
  return {
    subjectOf: (id) => subjectOfCitizen(key, id),
    async claimsOf(subject) {
      const citizen = bySubject.get(subject);
      return citizen && claimsOfCitizen(citizen);
    },
  };
}
