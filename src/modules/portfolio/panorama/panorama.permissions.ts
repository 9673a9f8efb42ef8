// Who may do what in the portfolio. Everything published is public.
import { definePermissions } from '#platform/access.ts';

/** The portfolio's panoramaPermissions; each route states one. */
export const panoramaPermissions = definePermissions('portfolio', {
  read: 'everyone',
  importEdition: ['auditor', 'administrator'],
  decideMatch: ['auditor', 'administrator'],
});
