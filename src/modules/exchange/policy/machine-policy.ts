// What the hub says of machines, as entries of the policy: in the hub's own transactions, so that a service suspended
// there is refused by every gateway from the same moment on.
import { type MachineWatcher, type PublicJwk, readPublicKeys } from '#modules/identity/public.ts';
import type { Kernel } from '#platform/kernel.ts';
import { findRevocation } from '../accreditations/revoked-clients.repository.ts';
import { clientEntry } from '../accreditations/revoked-clients.rules.ts';
import { publishPolicy } from './policy.actions.ts';
import { findPolicyEntry } from './policy.repository.ts';
import type { KeysPolicy } from './policy.types.ts';

const keysEntry = (keys: readonly PublicJwk[]) =>
  ({ kind: 'keys', id: 'machines', body: { keys: [...keys] } as KeysPolicy }) as const;

/** Publishes what the hub tells. */
export const machinePolicy: MachineWatcher = {
  async serviceStateChanged(trx, _now, { clientId, state }) {
    // Resuming a service in the hub lifts no revocation of the exchange.
    const isRevoked = (await findRevocation(trx, clientId)) !== undefined;
    await publishPolicy(trx, [clientEntry(clientId, { isRevoked, serviceState: state })]);
  },
  async signingKeysChanged(trx, publicKeys) {
    await publishPolicy(trx, [keysEntry(publicKeys)]);
  },
};

/** Publishes the hub's keys where the policy does not have them as they are: keys made before there was a policy. */
export async function publishMachineKeys(kernel: Pick<Kernel, 'db' | 'secret'>): Promise<void> {
  const keys = await readPublicKeys(kernel, 'machines');
  const known = await findPolicyEntry(kernel.db, 'keys', 'machines');
  const kids = (all: readonly { kid?: string }[]) =>
    all
      .map(({ kid }) => kid)
      .sort()
      .join();
  if (kids(keys) === kids((known as KeysPolicy | null)?.keys ?? [])) return;
  await kernel.db.transaction().execute((trx) => publishPolicy(trx, [keysEntry(keys)]));
}
