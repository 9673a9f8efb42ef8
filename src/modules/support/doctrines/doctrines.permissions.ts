// Who may call the routes of doctrines and assessments. Which assessments they then see is the reach of each query.
import { definePermissions } from '#platform/access.ts';

const TEAMS = ['agent', 'product-team', 'digital-director', 'data-producer'] as const;
const OVERSEERS = ['auditor', 'administrator'] as const;

/** The permissions of doctrines. */
export const doctrinesPermissions = definePermissions('support', {
  browseDoctrines: 'everyone',
  publishDoctrines: OVERSEERS,
  readAssessments: [...TEAMS, ...OVERSEERS],
  assess: TEAMS,
  handInEvidence: [...TEAMS, ...OVERSEERS],
  decideExemptions: OVERSEERS,
});
