// The realms' signing keys: made when first needed, followed by others in time, withdrawn when nothing bears them.
import type { Trx } from '#platform/database/connection.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { type PublicJwk, tellSigningKeys } from '../machine-watchers.ts';
import { REALMS, type Realm } from './realms.ts';
import { sealFor, unsealFor } from './sealed.ts';
import { insertHubKey, listHubKeys, lockHubKeys, withdrawHubKey } from './signing-keys.repository.ts';
import {
  isNewKeyDue,
  keysToWithdraw,
  PUBLISHED_AHEAD_MS,
  SIGNING_ALGORITHMS,
  type SigningAlgorithm,
  type SigningKey,
} from './signing-keys.rules.ts';

type Needs = Pick<Kernel, 'db' | 'clock' | 'secret'>;

const SEAL = 'hub/signing-key';
/** Between the making of a key that must serve at once and its first signature: every process has read it by then. */
const AT_ONCE_MS = 2 * 60 * 1000;
const BY_ITSELF: LedgerActor = { kind: 'system', name: 'identity' };

/** The keys of `realm` that are published at present. */
export async function readSigningKeys(
  { db, secret }: Pick<Needs, 'db' | 'secret'>,
  realm: Realm,
): Promise<SigningKey[]> {
  const sealed = await listHubKeys(db, realm);
  return sealed.map(({ sealedJwk, alg, ...key }) => ({
    ...key,
    alg: alg as SigningAlgorithm,
    jwk: JSON.parse(unsealFor(secret, SEAL, sealedJwk, key.kid).toString()),
  }));
}

async function addKey(
  { clock, secret }: Needs,
  trx: Trx,
  { realm, alg, signsFrom, by }: { realm: Realm; alg: SigningAlgorithm; signsFrom: Date; by: LedgerActor },
): Promise<void> {
  const { generateKeyPair, exportJWK, calculateJwkThumbprint } = await import('jose');
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true, modulusLength: 2048 });
  const kid = await calculateJwkThumbprint(await exportJWK(publicKey));
  const jwk = { ...(await exportJWK(privateKey)), kid, alg, use: 'sig' };
  const now = clock.now();
  const sealedJwk = sealFor(secret, SEAL, JSON.stringify(jwk), kid);
  await insertHubKey(trx, realm, { kid, alg, sealedJwk, publishedAt: now, signsFrom });
  await appendToLedger(trx, now, {
    kind: 'identity.signing-key-published',
    subject: `identity/signing-key/${kid}`,
    actor: by,
    data: { realm, alg, signsFrom: signsFrom.toISOString() },
  });
}

/** The public parts of the keys of `realm` that are published at present. */
export async function readPublicKeys(
  needs: Pick<Needs, 'db' | 'secret'>,
  realm: Realm,
): Promise<PublicJwk[]> {
  const keys = await readSigningKeys(needs, realm);
  return keys.map(({ jwk }) => {
    // Named one by one: what is not named here goes nowhere.
    const { kty, crv, x, y, n, e, kid, alg } = jwk as Record<string, string | undefined>;
    const parts = { kty, crv, x, y, n, e, kid, alg, use: 'sig' };
    return Object.fromEntries(
      Object.entries(parts).filter((part): part is [string, string] => part[1] !== undefined),
    );
  });
}

/** Tells who must know which keys of `realm` count now, once they have changed. */
async function tellOfKeys(needs: Needs, trx: Trx, realm: Realm): Promise<void> {
  if (realm !== 'machines') return;
  await tellSigningKeys(needs.db, trx, await readPublicKeys({ ...needs, db: trx }, realm));
}

/** The keys of `realm`, made now where the realm has none yet. */
export async function ensureSigningKeys(needs: Needs, realm: Realm): Promise<SigningKey[]> {
  const known = await readSigningKeys(needs, realm);
  if (SIGNING_ALGORITHMS.every((alg) => known.some((key) => key.alg === alg))) return known;
  await needs.db.transaction().execute(async (trx) => {
    await lockHubKeys(trx);
    const present = await readSigningKeys({ ...needs, db: trx }, realm);
    for (const alg of SIGNING_ALGORITHMS) {
      if (present.some((key) => key.alg === alg)) continue;
      await addKey(needs, trx, { realm, alg, signsFrom: needs.clock.now(), by: BY_ITSELF });
    }
    await tellOfKeys(needs, trx, realm);
  });
  return readSigningKeys(needs, realm);
}

/**
 * Publishes the keys that are due and withdraws those that nothing bears any more; run each day.
 * @returns how many were published and withdrawn.
 */
export async function keepSigningKeys(needs: Needs): Promise<{ published: number; withdrawn: number }> {
  let published = 0;
  let withdrawn = 0;
  for (const realm of REALMS) {
    await needs.db.transaction().execute(async (trx) => {
      await lockHubKeys(trx);
      const now = needs.clock.now();
      const keys = await readSigningKeys({ ...needs, db: trx }, realm);
      // A realm that nobody used yet makes its keys when somebody does.
      if (keys.length === 0) return;
      const signsFrom = new Date(now.getTime() + PUBLISHED_AHEAD_MS);
      for (const alg of SIGNING_ALGORITHMS) {
        if (!isNewKeyDue(keys, alg, now)) continue;
        await addKey(needs, trx, { realm, alg, signsFrom, by: BY_ITSELF });
        published += 1;
      }
      for (const { kid } of keysToWithdraw(keys, now)) {
        await withdrawHubKey(trx, kid, now);
        await appendToLedger(trx, now, {
          kind: 'identity.signing-key-withdrawn',
          subject: `identity/signing-key/${kid}`,
          actor: BY_ITSELF,
          data: { realm },
        });
        withdrawn += 1;
      }
      await tellOfKeys(needs, trx, realm);
    });
  }
  return { published, withdrawn };
}

/**
 * Publishes new keys for every algorithm of `realm` that sign in two minutes, for when a key may be known to others.
 * @returns how many were published. The keys before them stay published until nothing bears them.
 */
export async function replaceSigningKeys(needs: Needs, realm: Realm, by: LedgerActor): Promise<number> {
  await ensureSigningKeys(needs, realm);
  const signsFrom = new Date(needs.clock.now().getTime() + AT_ONCE_MS);
  await needs.db.transaction().execute(async (trx) => {
    await lockHubKeys(trx);
    for (const alg of SIGNING_ALGORITHMS) await addKey(needs, trx, { realm, alg, signsFrom, by });
    await tellOfKeys(needs, trx, realm);
  });
  return SIGNING_ALGORITHMS.length;
}

/**
 * Publishes new keys for every algorithm of `realm` that sign at once and withdraws all others at the same moment, for
 * when a key is known to others: every token that they signed is void. Sessions stay; a process that made its provider
 * before goes on with the old keys for half a minute.
 * @returns how many were published and withdrawn.
 */
export async function withdrawOlderKeys(
  needs: Needs,
  realm: Realm,
  by: LedgerActor,
): Promise<{ published: number; withdrawn: number }> {
  return needs.db.transaction().execute(async (trx) => {
    await lockHubKeys(trx);
    const now = needs.clock.now();
    const older = await listHubKeys(trx, realm);
    for (const alg of SIGNING_ALGORITHMS) await addKey(needs, trx, { realm, alg, signsFrom: now, by });
    for (const { kid } of older) {
      await withdrawHubKey(trx, kid, now);
      await appendToLedger(trx, now, {
        kind: 'identity.signing-key-withdrawn',
        subject: `identity/signing-key/${kid}`,
        actor: by,
        data: { realm },
      });
    }
    await tellOfKeys(needs, trx, realm);
    return { published: SIGNING_ALGORITHMS.length, withdrawn: older.length };
  });
}
