// Who may call the routes of the watch. Which alerts they then see is the reach of each query.
import { definePermissions } from '#platform/access.ts';

/** Ministries see the alerts on their own projects; the directorate decides. */
export const watchPermissions = definePermissions('portfolio', {
  readAlerts: ['agent', 'product-team', 'digital-director', 'auditor', 'administrator'],
  decideAlerts: ['auditor'],
});
