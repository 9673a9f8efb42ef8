// What the routes of opinions ask of whoever calls them. Which requests somebody sees is the reach of each query.
import { definePermissions } from '#platform/access.ts';

/** Everyone reads what is published; ministries ask, consulted bodies comment, auditors examine and decide. */
export const opinionsPermissions = definePermissions('portfolio', {
  browseOpinions: 'everyone',
  followOpinionRequests: ['agent', 'product-team', 'digital-director', 'auditor', 'administrator'],
  draftOpinionRequest: ['agent', 'product-team', 'digital-director'],
  submitOpinionRequest: ['digital-director'],
  answerComplements: ['digital-director', 'auditor'],
  commentOpinionRequest: ['agent', 'product-team', 'digital-director'],
  examineOpinionRequest: ['auditor'],
});
