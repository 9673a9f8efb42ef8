// Which accounts at identity providers belong to a person of Socle. Socle learns a subject from its hub, as any service
// does; from which account it was made can be worked out forwards alone.
import type { Trx } from '#platform/database/connection.ts';
import type { Kernel } from '#platform/kernel.ts';
import { OWN_CLIENT_ID } from '../hub/own-service.ts';
import type { PeopleRealm } from '../hub/realms.ts';
import { keyFor } from '../hub/sealed.ts';
import { pairwiseSubject } from '../hub/subjects.rules.ts';
import {
  accountsOfPerson,
  giveAccountsToPerson,
  type RecentRoot,
  recentRoots,
} from './person-accounts.repository.ts';

/** A code of the hub is good for a minute; what is older than this did not lead to the sign-in that is being received. */
const RECENT_MS = 5 * 60 * 1000;
const READ_AT_ONCE = 200;

/**
 * Gives the accounts behind `subject`, under which the hub made the person known to Socle, to the person: from then on
 * they see those accounts' history, and the accounts close with the person. Called in the transaction that receives
 * them; accounts that have a person already keep theirs.
 */
export async function linkAccountsToPerson(
  { clock, secret }: Pick<Kernel, 'clock' | 'secret'>,
  trx: Trx,
  { realm, subject, personId }: { realm: PeopleRealm; subject: string; personId: string },
): Promise<void> {
  const key = keyFor(secret, 'hub/subject');
  const isOf = ({ subjectRoot }: { subjectRoot: string }) =>
    pairwiseSubject(key, { realm, clientId: OWN_CLIENT_ID, subjectRoot }) === subject;
  const known = (await accountsOfPerson(trx, personId)).find(
    (account) => account.realm === realm && isOf(account),
  );
  const since = new Date(clock.now().getTime() - RECENT_MS);
  const root = known?.subjectRoot ?? (await recentRoot(trx, { realm, since }, isOf));
  if (root !== undefined) await giveAccountsToPerson(trx, { realm, subjectRoot: root, personId });
}

/** The root of the latest sign-in to Socle that fits; the hub wrote it down before it let the person go on. */
async function recentRoot(
  trx: Trx,
  { realm, since }: { realm: PeopleRealm; since: Date },
  isOf: (one: { subjectRoot: string }) => boolean,
): Promise<string | undefined> {
  for (let before: RecentRoot | null = null; ; ) {
    const some: RecentRoot[] = await recentRoots(
      trx,
      { realm, clientId: OWN_CLIENT_ID, since },
      { before, limit: READ_AT_ONCE },
    );
    const found = some.find(isOf);
    if (found || some.length < READ_AT_ONCE) return found?.subjectRoot;
    before = some.at(-1) ?? null;
  }
}
