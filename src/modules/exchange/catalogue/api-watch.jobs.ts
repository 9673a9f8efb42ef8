// The watch over the servers of open APIs, as a job of every five minutes.
import { Type } from 'typebox';
import type { JobDefinition } from '#platform/jobs/job.ts';
import { type ApiWatchRound, watchApis } from './api-watch.actions.ts';

/** Looks at every open API, each five minutes. */
export const watchApisJob: JobDefinition<Record<string, never>, ApiWatchRound> = {
  name: 'exchange.watch-apis',
  title: { fr: 'Surveillance des API', en: 'Watch over APIs' },
  input: Type.Object({}),
  schedule: '*/5 * * * *',
  quick: true,
  async run(_input, { kernel }) {
    return watchApis(kernel);
  },
};
