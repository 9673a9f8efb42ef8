// The API catalogue as a part of the module.
import type { Part } from '#platform/parts.ts';
import { catalogueMeasures } from './api-calls.measures.ts';
import { watchApisJob } from './api-watch.jobs.ts';
import { catalogueApi } from './apis.api.ts';
import { catalogueRoutes } from './apis.routes.ts';
import { cataloguePermissions } from './catalogue.permissions.ts';
import { checkDoctrineJob } from './doctrine.jobs.ts';

/** The API catalogue. */
export const cataloguePart: Part = {
  permissions: Object.values(cataloguePermissions),
  jobs: [checkDoctrineJob, watchApisJob],
  measures: catalogueMeasures,
  routes(app, kernel) {
    catalogueRoutes(app, kernel);
    catalogueApi(app, kernel);
  },
};
