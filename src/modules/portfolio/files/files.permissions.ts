// What the routes of files ask of whoever calls them. Which files somebody sees is the reach of each query.
import { definePermissions } from '#platform/access.ts';

/** Everyone reads what has a first baseline; ministries keep their files; auditors decide on baselines. */
export const filesPermissions = definePermissions('portfolio', {
  readFiles: 'everyone',
  draftFiles: ['digital-director', 'product-team', 'agent'],
  keepFiles: ['digital-director'],
  decideBaselines: ['auditor'],
});
