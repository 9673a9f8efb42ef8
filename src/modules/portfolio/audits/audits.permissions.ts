// What the routes of audits ask of whoever calls them. Which audits somebody sees is the reach of each query.
import { definePermissions } from '#platform/access.ts';

/** Everyone reads what is released; ministers ask, the directorate's auditors carry audits out. */
export const auditsPermissions = definePermissions('portfolio', {
  browseAudits: 'everyone',
  requestAudits: ['digital-director', 'auditor'],
  conductAudits: ['auditor'],
});
