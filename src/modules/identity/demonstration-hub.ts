// Loads what the hub has in the demonstration State: its identity providers and the services that rely on it.
import type { Kernel } from '#platform/kernel.ts';
import { inventedState } from './demonstration.ts';
import { loadDemonstrationUpstreams } from './demonstration-providers/load-upstreams.ts';
import { loadDemonstrationServices } from './services/services.demonstration.ts';

/** Loads them after the State's organisations and people; called once, on a database without any. */
export async function loadDemonstrationHub(kernel: Pick<Kernel, 'db' | 'clock' | 'secret'>): Promise<void> {
  const { db, clock } = kernel;
  await loadDemonstrationUpstreams(kernel);
  const now = clock.now();
  const { organisations } = inventedState(now);
  await db.transaction().execute((trx) => loadDemonstrationServices(trx, now, organisations));
}
