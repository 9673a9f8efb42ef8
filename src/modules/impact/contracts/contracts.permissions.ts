// What the routes of contracts ask of whoever calls them. Which contracts somebody sees is the reach of each query.
import { definePermissions } from '#platform/access.ts';

/** Everyone reads what was signed; teams draft and sign, auditors sign for the State, whoever is named reviews. */
export const contractsPermissions = definePermissions('impact', {
  browseContracts: 'everyone',
  followContracts: ['agent', 'product-team', 'digital-director', 'auditor', 'data-producer', 'administrator'],
  draftContracts: ['product-team', 'digital-director'],
  signContracts: ['product-team', 'digital-director', 'auditor'],
  reviewContracts: ['product-team', 'digital-director', 'auditor'],
  recordSavings: ['product-team', 'digital-director', 'auditor'],
});
