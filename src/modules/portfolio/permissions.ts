// Who may do what in the portfolio. Everything published is public.
import { definePermissions } from '#platform/access.ts';

/** The portfolio's permissions; each route states one. */
export const permissions = definePermissions('portfolio', {
  read: 'everyone',
  importEdition: ['auditor', 'administrator'],
  decideMatch: ['auditor', 'administrator'],
});
