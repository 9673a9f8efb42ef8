// Who may call the routes of the brigades. Which requests and missions they then see is the reach of each query.
import { definePermissions } from '#platform/access.ts';

/** Requesters ask for their organisation; the directorate's auditors and administrators run the brigade. */
export const brigadesPermissions = definePermissions('support', {
  readHelpRequests: ['agent', 'product-team', 'digital-director', 'auditor', 'administrator'],
  askForHelp: ['agent', 'product-team', 'digital-director'],
  runBrigade: ['auditor', 'administrator'],
  // A member of the brigade may hold any role of the administration.
  readMissions: [
    'agent',
    'product-team',
    'digital-director',
    'auditor',
    'data-producer',
    'api-consumer',
    'hr-officer',
    'administrator',
  ],
  readMissionFigures: 'everyone',
});
