// Doctrines and assessments as a part of the module.
import type { Part } from '#platform/parts.ts';
import { assessmentsApi } from './assessments.api.ts';
import { assessmentsRoutes } from './assessments.routes.ts';
import { loadShippedDoctrines } from './doctrines.actions.ts';
import { doctrinesApi } from './doctrines.api.ts';
import { loadDemonstrationAssessments } from './doctrines.demonstration.ts';
import { doctrineDeskItems } from './doctrines.desk.ts';
import { doctrinesPermissions } from './doctrines.permissions.ts';
import { doctrinesRoutes } from './doctrines.routes.ts';
import { remindOfExemptionsJob } from './exemptions.jobs.ts';
import { exemptionsRoutes } from './exemptions.routes.ts';
import { SHIPPED_DESIGN } from './shipped-design.data.ts';
import { SHIPPED_TECHNICAL } from './shipped-technical.data.ts';

const SHIPPED = [...SHIPPED_DESIGN, ...SHIPPED_TECHNICAL];

/** The State's doctrines, and what is found about them. */
export const doctrinesPart: Part & Required<Pick<Part, 'background'>> = {
  permissions: Object.values(doctrinesPermissions),
  routes(app, kernel) {
    doctrinesRoutes(app, kernel);
    doctrinesApi(app, kernel);
    assessmentsRoutes(app, kernel);
    assessmentsApi(app, kernel);
    exemptionsRoutes(app, kernel);
  },
  jobs: [remindOfExemptionsJob],
  desk: doctrineDeskItems,
  async demonstration(kernel) {
    await loadShippedDoctrines(kernel, SHIPPED);
    await loadDemonstrationAssessments(kernel);
  },
  // An installation without demonstration gets the shipped doctrines at its first start, a new one at its next.
  async background(kernel) {
    await loadShippedDoctrines(kernel, SHIPPED);
    return { async stop() {} };
  },
};
