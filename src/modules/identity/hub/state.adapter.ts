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
  findStateWithKin,
  removeState,
  removeStateOfGrant,
  type StateRow,
  saveState,
} from './state.repository.ts';
import { currentUnit } from './state.unit.ts';

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
  const { accountId, grantId } = payload;
  return {
    key,
    realm,
    model,
    uid: payload.uid ?? (payload.sessionUid as string | undefined) ?? null,
    grant_id: grantId ?? null,
    grant_key: grantId ? stateKey(needs, realm, 'Grant', grantId) : null,
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

/** What is shown together with the session and the grant that it hangs on. */
const WITH_KIN: ReadonlySet<string> = new Set(['AuthorizationCode', 'AccessToken', 'RefreshToken']);

/** Makes the adapter of `realm` for one of oidc-provider's models. Inside `inOneUnit` what it writes is gathered. */
export function stateAdapter(needs: StateNeeds, realm: string): (model: string) => Adapter {
  const { db, clock } = needs;
  return (model) => {
    const keyOf = (id: string) => stateKey(needs, realm, model, id);
    const durability = LASTING.has(model) ? 'lasting' : 'passing';
    const opened = (found: FoundState | undefined) => found && payloadOf(needs, found);

    async function findInDatabase(key: Buffer): Promise<FoundState | undefined> {
      const unit = currentUnit();
      if (!unit || !WITH_KIN.has(model)) return findState(db, key, clock.now());
      const { self, uid, session, grantKey, grant } = await findStateWithKin(db, key, clock.now());
      if (uid !== null) unit.remember(uid, session);
      if (grantKey !== null) unit.remember(grantKey, grant);
      return self;
    }

    return {
      async upsert(id, payload, seconds) {
        const row = stateRow(needs, { realm, model, id }, payload, seconds);
        const unit = currentUnit();
        if (unit) unit.save(row, durability);
        else await saveState(db, row, durability);
      },
      async find(id) {
        const key = keyOf(id);
        const known = currentUnit()?.find(key);
        return opened(known ? known.found : await findInDatabase(key));
      },
      async findByUid(uid) {
        const known = currentUnit()?.findByUid(uid, { realm, model });
        return opened(known ? known.found : await findStateByUid(db, { realm, model, uid }, clock.now()));
      },
      // Codes that a person types belong to the device flow, which the hub does not offer.
      findByUserCode: async () => undefined,
      async consume(id) {
        // Of two requests with one code, only the first may go on (RFC 6749, 4.1.2).
        if (await consumeState(db, keyOf(id), clock.now())) return;
        const { errors } = await import('oidc-provider');
        throw new errors.InvalidGrant(`${model} used twice at once`);
      },
      async destroy(id) {
        const unit = currentUnit();
        if (unit) unit.remove(keyOf(id), durability);
        else await removeState(db, keyOf(id), durability);
      },
      async revokeByGrantId(grantId) {
        currentUnit()?.dropOfGrant(grantId);
        await removeStateOfGrant(db, grantId);
      },
    };
  };
}
