// The demonstration's producers beside the server: where they stand, and for as long as it runs.
import type { Config } from '#platform/config.ts';
import type { Kernel } from '#platform/kernel.ts';
import { startDemonstrationProducers } from './producers.demonstration.ts';

/** Where the demonstration's APIs are forwarded to. */
export function producersOrigin({ demoProducersPort }: Pick<Config, 'demoProducersPort'>): string {
  return `http://127.0.0.1:${demoProducersPort}`;
}

/**
 * Starts the producers. Where the port is taken, by another Socle for one, the
 * log says so and nothing starts: whoever stands there answers.
 */
export async function runDemonstrationProducers({
  config,
  log,
}: Pick<Kernel, 'config' | 'log'>): Promise<{ stop(): Promise<void> }> {
  try {
    return await startDemonstrationProducers({ port: config.demoProducersPort });
  } catch (error) {
    log.warn(
      { err: error, port: config.demoProducersPort },
      'the demonstration’s producers did not start: set SOCLE_DEMO_PRODUCERS_PORT to a free port before the first start',
    );
    return { async stop() {} };
  }
}
