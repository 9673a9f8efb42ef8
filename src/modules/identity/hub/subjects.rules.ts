// The subject under which a service knows someone: another for each service, the same at each sign-in. Pure.
import { createHmac, type KeyObject } from 'node:crypto';

/**
 * The pairwise subject (OpenID Connect Core, 8.1) of `subjectRoot` for the client `clientId` of `realm`, under `key`:
 * 64 hexadecimal digits. Two services cannot tell from their subjects that they speak of one person.
 */
export function pairwiseSubject(
  key: KeyObject,
  { realm, clientId, subjectRoot }: { realm: string; clientId: string; subjectRoot: string },
): string {
  return createHmac('sha256', key).update(`${realm}\n${clientId}\n${subjectRoot}`).digest('hex');
}
