// The register of recommendations as a part of the module.
import type { Part } from '#platform/parts.ts';
import { recommendationsApi } from './recommendations.api.ts';
import { loadDemonstrationRecommendations } from './recommendations.demonstration.ts';
import { recommendationDeskItems } from './recommendations.desk.ts';
import { escalateRecommendationsJob } from './recommendations.jobs.ts';
import { recommendationsPermissions } from './recommendations.permissions.ts';
import { recommendationsRoutes } from './recommendations.routes.ts';

/** What was asked of projects, and what came of it. */
export const recommendationsPart: Part = {
  permissions: Object.values(recommendationsPermissions),
  jobs: [escalateRecommendationsJob],
  routes(app, kernel) {
    recommendationsRoutes(app, kernel);
    recommendationsApi(app, kernel);
  },
  desk: recommendationDeskItems,
  demonstration: loadDemonstrationRecommendations,
};
