// Intentions on the secrets and keys of a service. Each is one transaction with its line in the ledger, which never holds
// a secret; a revocation has effect at once.
import { randomBytes } from 'node:crypto';
import type { Actor } from '#platform/access.ts';
import { invalidInput, notFound } from '#platform/errors.ts';
import type { Translated } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid } from '#platform/typed-text.ts';
import {
  countLiveCredentials,
  findKeyClash,
  insertKey,
  insertSecret,
  revokeKeyRow,
  revokeSecretRow,
} from './credentials.repository.ts';
import { ledgerActorOf } from './service-access.rules.ts';
import { publicKeyAsTyped } from './service-keys.rules.ts';
import { secretHash } from './service-secrets.rules.ts';
import { lockManagedService, recordServiceEvent } from './services.actions.ts';
import { tooManyKeys, tooManySecrets } from './services.errors.ts';
import { MOST_KEYS, MOST_SECRETS } from './services.rules.ts';
import type { ServiceKey, ServiceSecret } from './services.types.ts';

type Needs = Pick<Kernel, 'db' | 'clock'>;

/**
 * Makes a secret of 32 random bytes. @returns it in plain (base64url): this is the only time. Throws as
 * `lockManagedService` does, or `identity.too-many-secrets`.
 */
export async function addSecret(
  { db, clock }: Needs,
  actor: Actor,
  serviceId: string,
): Promise<{ plain: string; secret: ServiceSecret }> {
  const plain = randomBytes(32).toString('base64url');
  return db.transaction().execute(async (trx) => {
    const service = await lockManagedService(trx, actor, serviceId);
    const { secrets } = await countLiveCredentials(trx, serviceId);
    if (secrets >= MOST_SECRETS) throw tooManySecrets();
    const now = clock.now();
    const secret = await insertSecret(trx, {
      serviceId,
      hash: secretHash(plain),
      ending: plain.slice(-4),
      createdAt: now,
    });
    await recordServiceEvent(trx, now, service, {
      kind: 'identity.service-secret-added',
      actor: ledgerActorOf(actor, service.organisationId),
      data: { secretId: secret.id },
    });
    return { plain, secret };
  });
}

/** Revokes a secret, with effect at once. Throws as `lockManagedService` does; `not-found` when it is not live. */
export async function revokeSecret(
  { db, clock }: Needs,
  actor: Actor,
  { serviceId, secretId }: { serviceId: string; secretId: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const service = await lockManagedService(trx, actor, serviceId);
    const now = clock.now();
    if (!isUuid(secretId) || (await revokeSecretRow(trx, now, { serviceId, secretId })) === undefined)
      throw notFound();
    await recordServiceEvent(trx, now, service, {
      kind: 'identity.service-secret-revoked',
      actor: ledgerActorOf(actor, service.organisationId),
      data: { secretId },
    });
  });
}

const CLASHES: Record<'kid' | 'live' | 'revoked', Translated> = {
  kid: {
    fr: 'Une autre clé valable porte déjà ce «\u00A0kid\u00A0»\u00A0: donnez-en un autre à celle-ci.',
    en: 'Another valid key already bears this “kid”: give this one another.',
  },
  live: {
    fr: 'Cette clé est déjà enregistrée.',
    en: 'This key is registered already.',
  },
  revoked: {
    fr: 'Cette clé a été révoquée\u00A0: créez une nouvelle paire et collez sa clé publique.',
    en: 'This key was revoked: make a new pair and paste its public key.',
  },
};

/**
 * Adds a public key that was pasted, as JWK or PEM. Throws as `lockManagedService` does, `invalid-input` on `key`, or
 * `identity.too-many-keys`.
 */
export async function addKey(
  { db, clock }: Needs,
  actor: Actor,
  serviceId: string,
  text: string,
): Promise<ServiceKey> {
  const typed = publicKeyAsTyped(text);
  return db.transaction().execute(async (trx) => {
    const service = await lockManagedService(trx, actor, serviceId);
    const refuse = (fault: Translated) => invalidInput({ fields: [{ field: 'key', text: fault }] });
    if (typed.fault !== null) throw refuse(typed.fault);
    const { kid, publicJwk } = typed;
    const clash = await findKeyClash(trx, serviceId, { kid, publicJwk });
    if (clash !== null) throw refuse(CLASHES[clash]);
    const { keys } = await countLiveCredentials(trx, serviceId);
    if (keys >= MOST_KEYS) throw tooManyKeys();
    const now = clock.now();
    const key = await insertKey(trx, { serviceId, kid, publicJwk, createdAt: now });
    await recordServiceEvent(trx, now, service, {
      kind: 'identity.service-key-added',
      actor: ledgerActorOf(actor, service.organisationId),
      data: { keyId: key.id, kid, publicJwk },
    });
    return key;
  });
}

/** Revokes a key, with effect at once. Throws as `lockManagedService` does; `not-found` when it is not live. */
export async function revokeKey(
  { db, clock }: Needs,
  actor: Actor,
  { serviceId, keyId }: { serviceId: string; keyId: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const service = await lockManagedService(trx, actor, serviceId);
    const now = clock.now();
    const kid = isUuid(keyId) ? await revokeKeyRow(trx, now, { serviceId, keyId }) : undefined;
    if (kid === undefined) throw notFound();
    await recordServiceEvent(trx, now, service, {
      kind: 'identity.service-key-revoked',
      actor: ledgerActorOf(actor, service.organisationId),
      data: { keyId, kid },
    });
  });
}
