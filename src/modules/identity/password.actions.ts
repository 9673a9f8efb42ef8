// The intention of whoever is signed in to change their own password.
import { invalidInput, notFound } from '#platform/errors.ts';
import { endSessionsOf } from '#platform/http/session-store.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { admitAttempt, forgetAttempts } from './attempts.repository.ts';
import { fictitiousPerson, tooManyAttempts } from './identity.errors.ts';
import { throwFaultOfNewPassword } from './invitations.actions.ts';
import { findPassword, savePassword } from './password.repository.ts';
import { hashPassword, isPassword } from './password-hash.ts';
import { findPerson, lockPerson } from './people.repository.ts';
import { keyedHash } from './sealed-secret.ts';
import { tellOwner } from './security-mail.ts';

type Needs = Pick<Kernel, 'db' | 'clock' | 'secret' | 'mailer'>;

/**
 * Throws `invalid-input` on `current` unless it is the person's password; people without one pass.
 * Attempts are counted as at the door, since a stolen session must not serve to guess.
 */
export async function assertOwnPassword(kernel: Needs, personId: string, current: string): Promise<void> {
  const { db, clock, secret } = kernel;
  const stored = await findPassword(db, personId);
  if (!stored) return;
  const key = keyedHash(secret, 'attempts', `own password of ${personId}`);
  const wait = await admitAttempt(db, key, clock.now());
  if (wait > 0) throw tooManyAttempts({}, wait);
  if (!(await isPassword(current, stored.hash))) {
    throw invalidInput({
      fields: [
        {
          field: 'current',
          text: { fr: 'Saisissez votre mot de passe actuel.', en: 'Enter your current password.' },
        },
      ],
    });
  }
  await forgetAttempts(db, key);
}

/**
 * Changes the person's own password and ends their other sessions.
 * @param sessionId the session that goes on.
 * Throws `invalid-input` with the fault of `current`, `password` or `repeated`.
 */
export async function changePassword(
  kernel: Needs,
  personId: string,
  typed: { current: string; password: string; repeated: string; sessionId: string },
): Promise<void> {
  const person = await findPerson(kernel.db, personId);
  if (!person) throw notFound();
  if (person.isFictitious) throw fictitiousPerson();
  await assertOwnPassword(kernel, personId, typed.current);
  throwFaultOfNewPassword(typed, [person.name, person.email]);
  const hash = await hashPassword(typed.password);
  await kernel.db.transaction().execute(async (trx) => {
    const now = kernel.clock.now();
    await lockPerson(trx, personId);
    await savePassword(trx, personId, hash, now);
    await endSessionsOf(trx, personId, { except: typed.sessionId });
    await appendToLedger(trx, now, {
      kind: 'identity.password-changed',
      subject: `identity/person/${personId}`,
      actor: { kind: 'person', personId },
      data: { by: 'owner' },
    });
    await tellOwner(trx, kernel.mailer, person, 'password-changed');
  });
}
