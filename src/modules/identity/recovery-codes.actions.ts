// Recovery codes through the life of a person's second factors: made with the first, gone with the last.
import type { Trx } from '#platform/database/connection.ts';
import { notFound } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { Secret } from '#platform/secret.ts';
import { lastSecondFactor } from './identity.errors.ts';
import { needsSecondFactor } from './memberships.rules.ts';
import { findPersonWithRoles, lockPerson } from './people.repository.ts';
import { newRecoveryCodes, recoveryCodeHash } from './recovery-codes.ts';
import { findSecondFactors, replaceRecoveryCodes } from './second-factors.repository.ts';
import { tellOwner } from './security-mail.ts';

async function makeCodes(trx: Trx, secret: Secret, personId: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  await replaceRecoveryCodes(
    trx,
    personId,
    codes.map((code) => recoveryCodeHash(secret, personId, code)),
  );
  return codes;
}

/** Makes recovery codes when the person has no second factor yet; null when they have. Call it before adding one. */
export async function firstRecoveryCodes(
  trx: Trx,
  secret: Secret,
  personId: string,
): Promise<string[] | null> {
  const { totpSince, passkeys } = await findSecondFactors(trx, personId);
  return totpSince === null && passkeys.length === 0 ? makeCodes(trx, secret, personId) : null;
}

/**
 * After a factor was removed in `trx`: throws `identity.last-second-factor` when none is left and the person's role asks
 * for one, so that the removal is undone; removes the recovery codes when none is left and none is asked.
 */
export async function assertOneFactorStays(trx: Trx, personId: string, now: Date): Promise<void> {
  const { totpSince, passkeys } = await findSecondFactors(trx, personId);
  if (totpSince !== null || passkeys.length > 0) return;
  const person = await findPersonWithRoles(trx, personId, now);
  if (person && !person.secondFactorIsSettled && needsSecondFactor(person.roles)) throw lastSecondFactor();
  await replaceRecoveryCodes(trx, personId, []);
}

/** Replaces the person's recovery codes. @returns the new ones, to show once. Throws `not-found` without a second factor. */
export async function renewRecoveryCodes(
  { db, clock, secret, mailer }: Pick<Kernel, 'db' | 'clock' | 'secret' | 'mailer'>,
  personId: string,
): Promise<string[]> {
  return db.transaction().execute(async (trx) => {
    const person = await lockPerson(trx, personId);
    const { totpSince, passkeys } = await findSecondFactors(trx, personId);
    if (!person || (totpSince === null && passkeys.length === 0)) throw notFound();
    const codes = await makeCodes(trx, secret, personId);
    await appendToLedger(trx, clock.now(), {
      kind: 'identity.recovery-codes-renewed',
      subject: `identity/person/${personId}`,
      actor: { kind: 'person', personId },
      data: {},
    });
    await tellOwner(trx, mailer, person, 'recovery-codes-renewed');
    return codes;
  });
}
