// Who may call the routes of recommendations. Which ones they then see is the reach of each query.
import { definePermissions } from '#platform/access.ts';

/** Ministries answer, the directorate judges; figures are public. An owner may hold any role of the administration. */
export const recommendationsPermissions = definePermissions('portfolio', {
  readRecommendations: [
    'agent',
    'product-team',
    'digital-director',
    'auditor',
    'data-producer',
    'administrator',
  ],
  readRecommendationFigures: 'everyone',
});
