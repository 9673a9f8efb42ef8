// Intentions of somebody at the door: prove a password, prove a second factor. Neither opens a session: routes do.
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { admitAttempt, forgetAttempts } from './attempts.repository.ts';
import { attemptsKey } from './device-cookie.ts';
import { tooManyAttempts, wrongCode, wrongCredentials } from './identity.errors.ts';
import { needsSecondFactor } from './memberships.rules.ts';
import { findOpenAccount, replaceHash } from './password.repository.ts';
import { hashPassword, isHashedTheOldWay, isPassword } from './password-hash.ts';
import { findPersonWithRoles, lockPerson } from './people.repository.ts';
import { emailAsStored } from './people.rules.ts';
import { recoveryCodeHash } from './recovery-codes.ts';
import { keyedHash, unseal } from './sealed-secret.ts';
import { findSecondFactors, findTotp, useRecoveryCode, useTotpStep } from './second-factors.repository.ts';
import { tellOwner } from './security-mail.ts';
import { acceptedStep } from './totp.rules.ts';

type Needs = Pick<Kernel, 'db' | 'clock' | 'secret' | 'mailer'>;

/** What somebody at the door says of themselves. */
export interface Credentials {
  readonly email: string;
  readonly password: string;
  /** The browser's device cookie, if it has one. */
  readonly deviceCookie: string | undefined;
}

/**
 * Whose account this e-mail and password open. An unknown address gets the same answer after the same work.
 * Throws `identity.wrong-credentials`, `identity.too-many-attempts` or `identity.too-busy`.
 */
export async function provePassword(
  { db, clock, secret }: Needs,
  credentials: Credentials,
): Promise<{ personId: string; email: string }> {
  const email = emailAsStored(credentials.email);
  const key = attemptsKey(secret, email, credentials.deviceCookie);
  const wait = await admitAttempt(db, key, clock.now());
  if (wait > 0) throw tooManyAttempts({}, wait);
  const account = await findOpenAccount(db, email);
  if (!(await isPassword(credentials.password, account?.hash ?? null)) || !account) throw wrongCredentials();
  await forgetAttempts(db, key);
  if (isHashedTheOldWay(account.hash)) {
    await replaceHash(db, account.personId, account.hash, await hashPassword(credentials.password));
  }
  return { personId: account.personId, email };
}

/** What somebody who proved their password must do next. */
export type NextStep = 'enter' | 'give-second-factor' | 'set-up-second-factor';

/** The next step after the password: who has a second factor gives it, whose role asks for one sets it up first. */
export async function nextStepOf(
  { db, clock }: Pick<Kernel, 'db' | 'clock'>,
  personId: string,
): Promise<NextStep> {
  const [factors, person] = await Promise.all([
    findSecondFactors(db, personId),
    findPersonWithRoles(db, personId, clock.now()),
  ]);
  if (factors.totpSince !== null || factors.passkeys.length > 0) return 'give-second-factor';
  if (person && !person.secondFactorIsSettled && needsSecondFactor(person.roles))
    return 'set-up-second-factor';
  return 'enter';
}

/**
 * Checks a code of the person's application, or one of their recovery codes, and uses it up.
 * Throws `identity.wrong-code` or `identity.too-many-attempts`.
 */
export async function proveCode(kernel: Needs, personId: string, typed: string): Promise<void> {
  const { db, clock, secret } = kernel;
  const key = keyedHash(secret, 'attempts', `second factor of ${personId}`);
  const now = clock.now();
  const wait = await admitAttempt(db, key, now);
  if (wait > 0) throw tooManyAttempts({}, wait);
  if (
    !(await useCode(kernel, personId, typed, now)) &&
    !(await spendRecoveryCode(kernel, personId, typed, now))
  ) {
    throw wrongCode();
  }
  await forgetAttempts(db, key);
}

async function useCode({ db, secret }: Needs, personId: string, typed: string, now: Date): Promise<boolean> {
  const totp = await findTotp(db, personId);
  if (!totp?.confirmedAt) return false;
  const step = acceptedStep(unseal(secret, personId, totp.sealedSecret), typed, {
    now,
    lastStep: totp.lastStep,
  });
  return step !== null && useTotpStep(db, personId, step);
}

async function spendRecoveryCode(
  { db, secret, mailer }: Needs,
  personId: string,
  typed: string,
  now: Date,
): Promise<boolean> {
  const hash = recoveryCodeHash(secret, personId, typed);
  return db.transaction().execute(async (trx) => {
    const person = await lockPerson(trx, personId);
    if (!person || !(await useRecoveryCode(trx, personId, hash, now))) return false;
    await appendToLedger(trx, now, {
      kind: 'identity.recovery-code-used',
      subject: `identity/person/${personId}`,
      actor: { kind: 'person', personId },
      data: {},
    });
    await tellOwner(trx, mailer, person, 'recovery-code-used');
    return true;
  });
}
