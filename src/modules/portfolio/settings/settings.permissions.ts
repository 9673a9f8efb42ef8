// Who reads and who decides the settings of the oversight.
import { definePermissions } from '#platform/access.ts';

/** Everyone reads the values and their history; the directorate decides. */
export const settingsPermissions = definePermissions('portfolio', {
  browseSettings: 'everyone',
  decideSettings: ['auditor', 'administrator'],
});
