// The producer's room as a part of the module; stops have a part of their own.
import type { Part } from '#platform/parts.ts';
import { producersRoutes } from './accesses.routes.ts';
import { findAnomaliesJob } from './anomalies.jobs.ts';
import { anomaliesRoutes } from './anomalies.routes.ts';
import { producersApi } from './producers.api.ts';
import { producerDeskItems } from './producers.desk.ts';

/** Accesses to a producer's APIs, and consumers that depart from what they declared. */
export const producersPart: Part = {
  permissions: [],
  scripts: { 'live-list.js': new URL('./live-list.client.js', import.meta.url) },
  jobs: [findAnomaliesJob],
  routes(app, kernel) {
    producersRoutes(app, kernel);
    anomaliesRoutes(app, kernel);
    producersApi(app, kernel);
  },
  desk: producerDeskItems,
};
