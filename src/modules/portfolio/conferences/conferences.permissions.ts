// Who may call the routes of conferences. Which ones they then see is the reach of each query.
import { definePermissions } from '#platform/access.ts';

/** The directorate holds them; the ministry prepares the sheets; the Budget directorate reads. */
export const conferencesPermissions = definePermissions('portfolio', {
  readConferences: ['agent', 'product-team', 'digital-director', 'auditor', 'administrator'],
  holdConferences: ['auditor'],
  prepareConferences: ['agent', 'product-team', 'digital-director'],
});
