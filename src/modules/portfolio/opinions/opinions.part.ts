// Opinions of article 3 as a part of the module.
import type { Part } from '#platform/parts.ts';
import { decisionRoutes } from './decisions.routes.ts';
import { loadDemonstrationOpinions } from './opinions.demonstration.ts';
import { opinionsDeskItems } from './opinions.desk.ts';
import { opinionClockJob, thresholdSignalsJob } from './opinions.jobs.ts';
import { opinionsPermissions } from './opinions.permissions.ts';
import { publishedRoutes } from './published.routes.ts';
import { requestsApi } from './requests.api.ts';
import { requestsRoutes } from './requests.routes.ts';
import { signalsRoutes } from './signals.routes.ts';

/** Requests with their statutory clock, opinions with their publication, signs of a threshold avoided. */
export const opinionsPart: Part = {
  permissions: Object.values(opinionsPermissions),
  jobs: [opinionClockJob, thresholdSignalsJob],
  routes(app, kernel) {
    publishedRoutes(app, kernel);
    requestsRoutes(app, kernel);
    decisionRoutes(app, kernel);
    signalsRoutes(app, kernel);
    requestsApi(app, kernel);
  },
  desk: opinionsDeskItems,
  demonstration: loadDemonstrationOpinions,
};
