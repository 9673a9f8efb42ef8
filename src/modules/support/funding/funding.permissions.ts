// Who may call the routes of funding. Which records they then see is the reach of each query.
import { definePermissions } from '#platform/access.ts';

const TEAMS = ['agent', 'product-team', 'digital-director', 'data-producer'] as const;
const RUNNERS = ['auditor', 'administrator'] as const;

/** The permissions of funding. Who sits on a jury is asked of the jury itself. */
export const fundingPermissions = definePermissions('support', {
  browseWindows: 'everyone',
  runWindows: RUNNERS,
  readApplications: [...TEAMS, ...RUNNERS],
  applyForFunds: TEAMS,
  scoreApplications: 'signed-in',
});
