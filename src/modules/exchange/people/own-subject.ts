// Under which hash the records have a person: worked out when they ask, kept nowhere.
import { findPivotIdentity } from '#modules/identity/public.ts';
import type { Kernel } from '#platform/kernel.ts';
import { SUBJECT_KEY } from '../subject.rules.ts';
import { hashOfPerson } from './people.rules.ts';

/** The hash of a person, base64; null while their identity is not verified. */
export async function ownSubjectHash(
  kernel: Pick<Kernel, 'db' | 'secret'>,
  personId: string,
): Promise<string | null> {
  const identity = await findPivotIdentity(kernel, personId);
  return identity && hashOfPerson(kernel.secret.keyFor(SUBJECT_KEY), identity);
}
