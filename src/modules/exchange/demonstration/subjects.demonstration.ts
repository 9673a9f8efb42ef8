// Whom the demonstration's consumers ask about: its citizens, its companies. Pure.
import { INVENTED_CITIZENS } from '#modules/identity/public.ts';
import type { SubjectPlace } from '../policy/policy.types.ts';

/** Companies, by SIREN: the first two are of the demonstration's documents. */
export const INVENTED_SIRENS = ['130025265', '000100008', '552100554'] as const;

/** Values that name the subject number `turn`: a citizen's pivot identity, or a SIREN. */
export function inventedSubject(kind: SubjectPlace['kind'], turn: number): readonly string[] {
  if (kind === 'company') return [INVENTED_SIRENS[turn % INVENTED_SIRENS.length] ?? ''];
  const citizen = INVENTED_CITIZENS[turn % INVENTED_CITIZENS.length];
  if (!citizen) return [];
  const { familyName, givenNames, birthdate, birthplace, birthcountry } = citizen;
  // Who was born abroad has the code of the country in its place.
  return [familyName, givenNames, birthdate, birthplace || birthcountry];
}
