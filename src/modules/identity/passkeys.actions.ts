// Intentions on passkeys (WebAuthn level 3, through a kept library): offer, add, ask, prove, remove.
// The challenge between two steps is held by the caller's session, which forgets it before the answer is looked at.
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { notFound } from '#platform/errors.ts';
import { endSessionsOf } from '#platform/http/session-store.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { tidied } from '#platform/typed-text.ts';
import { admitAttempt, forgetAttempts } from './attempts.repository.ts';
import { tooManyAttempts, wrongPasskey } from './identity.errors.ts';
import { findPerson, lockPerson } from './people.repository.ts';
import { assertOneFactorStays, firstRecoveryCodes } from './recovery-codes.actions.ts';
import { keyedHash } from './sealed-secret.ts';
import {
  deletePasskey,
  findPasskey,
  findSecondFactors,
  insertPasskey,
  recordPasskeyUse,
} from './second-factors.repository.ts';
import { tellOwner } from './security-mail.ts';

type Needs = Pick<Kernel, 'db' | 'clock' | 'secret' | 'mailer'>;

/** The library, read at its first use: it takes a quarter of a second, which no start need wait for. */
const webAuthn = () => import('@simplewebauthn/server');

/** COSE algorithms accepted: EdDSA, ES256 and RS256, which every device has at least one of. */
const ALGORITHMS = [-8, -7, -257];

/** Passkeys that a person may have. */
const MOST_PASSKEYS = 20;

/** The site for which a passkey is made: its origin, as the browser says it. */
export interface Site {
  readonly origin: string;
}

function domainOf({ origin }: Site): string {
  return new URL(origin).hostname;
}

/** What the browser needs to make a passkey for the person; `challenge` is for the session. */
export async function offerPasskey(
  { db }: Needs,
  personId: string,
  site: Site,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const person = await findPerson(db, personId);
  if (!person) throw notFound();
  const { passkeys } = await findSecondFactors(db, personId);
  const { generateRegistrationOptions } = await webAuthn();
  return generateRegistrationOptions({
    rpName: 'Socle',
    rpID: domainOf(site),
    userName: person.email,
    userDisplayName: person.name,
    userID: new Uint8Array(Buffer.from(person.id)),
    attestationType: 'none',
    supportedAlgorithmIDs: ALGORITHMS,
    excludeCredentials: passkeys.map(({ credentialId, transports }) => ({
      id: credentialId,
      transports: [...transports],
    })),
    authenticatorSelection: { residentKey: 'discouraged', userVerification: 'preferred' },
  });
}

/**
 * Adds the passkey that the browser made in answer to `challenge`.
 * @returns recovery codes to show once, when this is the person's first second factor; else null.
 * Throws `identity.wrong-passkey`.
 */
export async function addPasskey(
  { db, clock, secret, mailer }: Needs,
  personId: string,
  answer: { site: Site; challenge: string; response: unknown; name: string; sessionId: string },
): Promise<string[] | null> {
  const { verifyRegistrationResponse } = await webAuthn();
  const { registrationInfo } = await verifyRegistrationResponse({
    response: answer.response as RegistrationResponseJSON,
    expectedChallenge: answer.challenge,
    expectedOrigin: answer.site.origin,
    expectedRPID: domainOf(answer.site),
    requireUserVerification: false,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch((cause: unknown) => {
    throw wrongPasskey({ cause, detail: String(cause) });
  });
  if (!registrationInfo) throw wrongPasskey();
  const { credential } = registrationInfo;
  return db.transaction().execute(async (trx) => {
    const now = clock.now();
    const person = await lockPerson(trx, personId);
    if (!person) throw notFound();
    const { passkeys } = await findSecondFactors(trx, personId);
    if (passkeys.length >= MOST_PASSKEYS) throw wrongPasskey({ detail: 'the person has too many passkeys' });
    const codes = await firstRecoveryCodes(trx, secret, personId);
    const name = tidied(answer.name).slice(0, 60) || `${passkeys.length + 1}`;
    const isNew = await insertPasskey(trx, {
      credentialId: credential.id,
      personId,
      name,
      publicKey: credential.publicKey,
      counter: credential.counter,
      transports: (credential.transports ?? []).slice(0, 10),
      createdAt: now,
    });
    if (!isNew) throw wrongPasskey({ detail: 'the credential is recorded already' });
    await endSessionsOf(trx, personId, { except: answer.sessionId });
    await appendToLedger(trx, now, {
      kind: 'identity.second-factor-added',
      subject: `identity/person/${personId}`,
      actor: { kind: 'person', personId },
      data: { factor: 'passkey', name },
    });
    await tellOwner(trx, mailer, person, 'passkey-added');
    return codes;
  });
}

/** What the browser needs to ask the person's passkeys for proof; `challenge` is for the session. */
export async function askForPasskey(
  { db }: Needs,
  personId: string,
  site: Site,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { passkeys } = await findSecondFactors(db, personId);
  if (passkeys.length === 0) throw notFound();
  const { generateAuthenticationOptions } = await webAuthn();
  return generateAuthenticationOptions({
    rpID: domainOf(site),
    allowCredentials: passkeys.map(({ credentialId, transports }) => ({
      id: credentialId,
      transports: [...transports],
    })),
    userVerification: 'preferred',
  });
}

/**
 * Checks a passkey's answer to `challenge`. A counter that does not go forward is a sign of a copy and is refused
 * (WebAuthn level 3, section 7.2, step 22). Throws `identity.wrong-passkey` or `identity.too-many-attempts`.
 */
export async function provePasskey(
  { db, clock, secret }: Needs,
  personId: string,
  answer: { site: Site; challenge: string; response: unknown },
): Promise<void> {
  const now = clock.now();
  const key = keyedHash(secret, 'attempts', `second factor of ${personId}`);
  const wait = await admitAttempt(db, key, now);
  if (wait > 0) throw tooManyAttempts({}, wait);
  const response = answer.response as AuthenticationResponseJSON;
  const passkey = await findPasskey(db, personId, String(response.id ?? '').slice(0, 1400));
  if (!passkey) throw wrongPasskey({ detail: 'no such passkey of this person' });
  const { verifyAuthenticationResponse } = await webAuthn();
  const { verified, authenticationInfo } = await verifyAuthenticationResponse({
    response,
    expectedChallenge: answer.challenge,
    expectedOrigin: answer.site.origin,
    expectedRPID: domainOf(answer.site),
    requireUserVerification: false,
    credential: {
      id: passkey.credentialId,
      publicKey: new Uint8Array(passkey.publicKey),
      counter: passkey.counter,
      transports: [...passkey.transports],
    },
  }).catch((cause: unknown) => {
    throw wrongPasskey({ cause, detail: String(cause) });
  });
  if (!verified) throw wrongPasskey();
  if (!(await recordPasskeyUse(db, passkey, { counter: authenticationInfo.newCounter, now }))) {
    throw wrongPasskey({ detail: 'the passkey was used at the same moment elsewhere' });
  }
  await forgetAttempts(db, key);
}

/** Removes a passkey. Throws `identity.last-second-factor` where the person's role asks for one. */
export async function removePasskey(
  { db, clock, mailer }: Needs,
  personId: string,
  passkeyId: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const now = clock.now();
    const person = await lockPerson(trx, personId);
    const name = person && (await deletePasskey(trx, personId, passkeyId));
    if (!person || name === undefined) throw notFound();
    await assertOneFactorStays(trx, personId, now);
    await appendToLedger(trx, now, {
      kind: 'identity.second-factor-removed',
      subject: `identity/person/${personId}`,
      actor: { kind: 'person', personId },
      data: { factor: 'passkey', name },
    });
    await tellOwner(trx, mailer, person, 'passkey-removed');
  });
}
