// oidc-provider's adapter over PostgreSQL: its state survives a restart, and any process serves it. What it keeps is
// found by a keyed hash and sealed, so that a copy of the table is no key to anything.
import { createHmac } from 'node:crypto';
import type { Adapter, AdapterPayload } from 'oidc-provider';
import type { Kernel } from '#platform/kernel.ts';
import { keyFor, sealFor, unsealFor } from './sealed.ts';
import {
  consumeState,
  type FoundState,
  findState,
  findStateByUid,
  removeState,
  removeStateOfGrant,
  type StateRow,
  saveState,
} from './state.repository.ts';

/** What the adapter needs of the kernel. */
export type StateNeeds = Pick<Kernel, 'db' | 'clock' | 'secret'>;

const SEAL = 'hub/state';
/** Kept when the protocol gives no end of its own: a session's longest day. */
const DEFAULT_SECONDS = 86_400;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** The key under which an id of the protocol is kept: HMAC-SHA-256, so that the table tells no id. */
export function stateKey(
  { secret }: Pick<StateNeeds, 'secret'>,
  realm: string,
  model: string,
  id: string,
): Buffer {
  return createHmac('sha256', keyFor(secret, 'hub/state-key')).update(`${realm}\n${model}\n${id}`).digest();
}

/** A row that keeps `payload` for `seconds`. */
export function stateRow(
  needs: Pick<StateNeeds, 'secret' | 'clock'>,
  { realm, model, id }: { realm: string; model: string; id: string },
  payload: AdapterPayload,
  seconds: number = DEFAULT_SECONDS,
): StateRow {
  const key = stateKey(needs, realm, model, id);
  const { accountId } = payload;
  return {
    key,
    realm,
    model,
    uid: payload.uid ?? null,
    grant_id: payload.grantId ?? null,
    account_id: accountId && UUID.test(accountId) ? accountId : null,
    client_id: payload.clientId ?? null,
    content: sealFor(needs.secret, SEAL, JSON.stringify(payload), key.toString('base64')),
    expires_at: new Date(needs.clock.now().getTime() + seconds * 1000),
  };
}

/** The payload of a row that was found. */
export function payloadOf({ secret }: Pick<StateNeeds, 'secret'>, found: FoundState): AdapterPayload {
  const json = unsealFor(secret, SEAL, found.content, found.key.toString('base64')).toString();
  const payload = JSON.parse(json) as AdapterPayload;
  if (found.consumedAt) payload.consumed = Math.floor(found.consumedAt.getTime() / 1000);
  return payload;
}

/** What must outlive a crash: whoever holds one was told that they are signed in for longer. */
const LASTING: ReadonlySet<string> = new Set(['Session', 'RefreshToken']);

/** Makes the adapter of `realm` for one of oidc-provider's models. */
export function stateAdapter(needs: StateNeeds, realm: string): (model: string) => Adapter {
  const { db, clock } = needs;
  return (model) => {
    const keyOf = (id: string) => stateKey(needs, realm, model, id);
    const durability = LASTING.has(model) ? 'lasting' : 'passing';
    return {
      upsert: (id, payload, seconds) =>
        saveState(db, stateRow(needs, { realm, model, id }, payload, seconds), durability),
      async find(id) {
        const found = await findState(db, keyOf(id), clock.now());
        return found && payloadOf(needs, found);
      },
      async findByUid(uid) {
        const found = await findStateByUid(db, { realm, model, uid }, clock.now());
        return found && payloadOf(needs, found);
      },
      // Codes that a person types belong to the device flow, which the hub does not offer.
      findByUserCode: async () => undefined,
      async consume(id) {
        // Of two requests with one code, only the first may go on (RFC 6749, 4.1.2).
        if (await consumeState(db, keyOf(id), clock.now())) return;
        const { errors } = await import('oidc-provider');
        throw new errors.InvalidGrant(`${model} used twice at once`);
      },
      destroy: (id) => removeState(db, keyOf(id), durability),
      revokeByGrantId: (grantId) => removeStateOfGrant(db, grantId),
    };
  };
}
