// Intentions on the authenticator application: begin to add one, confirm it with a first code, remove it.
import { randomBytes } from 'node:crypto';
import { notFound } from '#platform/errors.ts';
import { endSessionsOf } from '#platform/http/session-store.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { admitAttempt, forgetAttempts } from './attempts.repository.ts';
import { tooManyAttempts, wrongCode } from './identity.errors.ts';
import { findPerson, lockPerson } from './people.repository.ts';
import { assertOneFactorStays, firstRecoveryCodes } from './recovery-codes.actions.ts';
import { keyedHash, seal, unseal } from './sealed-secret.ts';
import { confirmTotp, deleteTotp, findTotp, saveUnconfirmedTotp } from './second-factors.repository.ts';
import { tellOwner } from './security-mail.ts';
import { acceptedStep, totpAddress, totpSecretAsTyped } from './totp.rules.ts';

type Needs = Pick<Kernel, 'db' | 'clock' | 'secret' | 'mailer'>;

/** A secret to be put into an application: as the address in the picture, and as people type it. */
export interface TotpSetUp {
  readonly address: string;
  readonly secret: string;
}

/**
 * The secret to put into the person's application: the one begun before, so that a page shown again shows the same,
 * else a new one. Throws `not-found` when they have a confirmed one.
 */
export async function beginTotp({ db, secret }: Needs, personId: string): Promise<TotpSetUp> {
  const person = await findPerson(db, personId);
  const begun = await findTotp(db, personId);
  if (!person || begun?.confirmedAt) throw notFound();
  let bytes: Buffer;
  if (begun) {
    bytes = unseal(secret, personId, begun.sealedSecret);
  } else {
    bytes = randomBytes(20);
    await saveUnconfirmedTotp(db, personId, seal(secret, personId, bytes));
  }
  return { address: totpAddress(bytes, person.email), secret: totpSecretAsTyped(bytes) };
}

/**
 * Adds the application whose first code is typed.
 * @returns recovery codes to show once, when this is the person's first second factor; else null.
 * Throws `identity.wrong-code` or `identity.too-many-attempts`.
 */
export async function addTotp(
  kernel: Needs,
  personId: string,
  typed: { code: string; sessionId: string },
): Promise<string[] | null> {
  const { db, clock, secret, mailer } = kernel;
  const now = clock.now();
  const key = keyedHash(secret, 'attempts', `second factor of ${personId}`);
  const wait = await admitAttempt(db, key, now);
  if (wait > 0) throw tooManyAttempts({}, wait);
  const begun = await findTotp(db, personId);
  if (!begun || begun.confirmedAt) throw wrongCode();
  const step = acceptedStep(unseal(secret, personId, begun.sealedSecret), typed.code, {
    now,
    lastStep: null,
  });
  if (step === null) throw wrongCode();
  const codes = await db.transaction().execute(async (trx) => {
    const person = await lockPerson(trx, personId);
    if (!person) throw notFound();
    const shownOnce = await firstRecoveryCodes(trx, secret, personId);
    if (!(await confirmTotp(trx, personId, now, step))) throw wrongCode();
    await endSessionsOf(trx, personId, { except: typed.sessionId });
    await appendToLedger(trx, now, {
      kind: 'identity.second-factor-added',
      subject: `identity/person/${personId}`,
      actor: { kind: 'person', personId },
      data: { factor: 'totp' },
    });
    await tellOwner(trx, mailer, person, 'totp-added');
    return shownOnce;
  });
  await forgetAttempts(db, key);
  return codes;
}

/** Removes the person's application. Throws `identity.last-second-factor` where their role asks for one. */
export async function removeTotp({ db, clock, mailer }: Needs, personId: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const now = clock.now();
    const person = await lockPerson(trx, personId);
    if (!person || !(await deleteTotp(trx, personId))) throw notFound();
    await assertOneFactorStays(trx, personId, now);
    await appendToLedger(trx, now, {
      kind: 'identity.second-factor-removed',
      subject: `identity/person/${personId}`,
      actor: { kind: 'person', personId },
      data: { factor: 'totp' },
    });
    await tellOwner(trx, mailer, person, 'totp-removed');
  });
}
