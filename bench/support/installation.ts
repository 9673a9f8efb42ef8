// Reaches the database of a running Socle, as a command does, to give a benchmark the records that it needs.
import { openInstallation } from '#app/installation.ts';
import { loadConfig } from '#platform/config.ts';
import type { Kernel } from '#platform/kernel.ts';
import { silentLog } from '#test/support/silent-log.ts';

/** Does `work` with the kernel of the installation in `dataFolder`. */
export async function withInstallation<T>(
  dataFolder: string,
  work: (kernel: Kernel) => Promise<T>,
): Promise<T> {
  const config = loadConfig({ SOCLE_DATA: dataFolder });
  const installation = await openInstallation(config, { as: 'command', log: silentLog });
  try {
    return await work(installation.kernel);
  } finally {
    await installation.close();
  }
}
