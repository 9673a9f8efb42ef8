// Records the demonstration's providers among the hub's upstream providers, when the demonstration State is loaded.
import { randomUUID } from 'node:crypto';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { sealedClientSecret } from '../upstreams/client-credentials.ts';
import { insertUpstream } from '../upstreams/upstreams.repository.ts';
import { loadVerifiedCitizens } from './load-citizens.ts';
import { demonstrationUpstreams } from './upstreams.ts';

/** Records both providers; called once, on a database that holds the demonstration State and no provider yet. */
export async function loadDemonstrationUpstreams(
  kernel: Pick<Kernel, 'db' | 'clock' | 'secret'>,
): Promise<void> {
  const { db, clock, secret } = kernel;
  await db.transaction().execute(async (trx) => {
    for (const { clientSecret, ...settings } of demonstrationUpstreams(secret)) {
      const id = randomUUID();
      await insertUpstream(
        trx,
        id,
        { ...settings, isEnabled: true, isDemonstration: true },
        { sealedClientSecret: sealedClientSecret(secret, id, clientSecret), sealedClientKey: null },
      );
      await appendToLedger(trx, clock.now(), {
        kind: 'identity.upstream-recorded',
        subject: `identity/upstream/${id}`,
        actor: { kind: 'system', name: 'identity.demonstration' },
        data: { name: settings.name, realm: settings.realm },
      });
      if (settings.realm === 'citizens') await loadVerifiedCitizens(kernel, trx, { id, ...settings });
    }
  });
}
