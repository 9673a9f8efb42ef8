// Audits of article 4 as a part of the module.
import type { Part } from '#platform/parts.ts';
import { auditFormsRoutes } from './audit-forms.routes.ts';
import { auditsApi } from './audits.api.ts';
import { loadDemonstrationAudits } from './audits.demonstration.ts';
import { auditsDeskItems } from './audits.desk.ts';
import { auditsPermissions } from './audits.permissions.ts';
import { auditsRoutes } from './audits.routes.ts';

/** Asked for by the head of government or a minister, confidential until they are released. */
export const auditsPart: Part = {
  permissions: Object.values(auditsPermissions),
  routes(app, kernel) {
    auditsRoutes(app, kernel);
    auditFormsRoutes(app, kernel);
    auditsApi(app, kernel);
  },
  desk: auditsDeskItems,
  demonstration: loadDemonstrationAudits,
};
