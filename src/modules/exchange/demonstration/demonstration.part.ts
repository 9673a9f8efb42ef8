// The demonstration State's data exchange as a part of the module: its data, the producers that answer its APIs and the
// consumers that call them.
import { demonstrationIsLoaded } from '#modules/identity/public.ts';
import type { Part } from '#platform/parts.ts';
import { loadDemonstrationRequests } from '../requests/requests.demonstration.ts';
import { loadDemonstrationApis } from './apis.demonstration.ts';
import { loadDemonstrationHistory } from './history.demonstration.ts';
import { runDemonstrationConsumers } from './run-consumers.ts';
import { producersOrigin, runDemonstrationProducers } from './run-producers.ts';

/** What the demonstration brings of the data exchange. */
export const demonstrationPart: Required<Pick<Part, 'demonstration' | 'background'>> = {
  async demonstration(kernel) {
    await loadDemonstrationApis(kernel, { upstreamOrigin: producersOrigin(kernel.config) });
    await loadDemonstrationRequests(kernel);
    await loadDemonstrationHistory(kernel);
  },
  async background(kernel, { siteUrl }) {
    const { config, db } = kernel;
    if (!config.demo || !(await demonstrationIsLoaded(db))) return { async stop() {} };
    const producers = await runDemonstrationProducers(kernel);
    const { port, starts } = config.gateway;
    // A gateway on a port that nobody knows beforehand, or on another machine, is called by others.
    if (!starts || port === 0) return producers;
    const consumers = runDemonstrationConsumers(kernel, { siteUrl, gatewayUrl: `http://127.0.0.1:${port}` });
    return {
      async stop() {
        await consumers.stop();
        await producers.stop();
      },
    };
  },
};
