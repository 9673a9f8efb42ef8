// What the routes of sources ask of whoever calls them. Whose sources they see is a parameter of each query.
import { definePermissions } from '#platform/access.ts';
import { INDICATOR_WRITERS } from '../indicators/indicator-access.rules.ts';

/** Teams keep the sources of their organisation's indicators; a push proves itself by its token. */
export const sourcesPermissions = definePermissions('impact', {
  readSources: ['agent', 'product-team', 'digital-director', 'auditor', 'data-producer', 'administrator'],
  manageSources: INDICATOR_WRITERS,
  pushMeasures: 'everyone',
});
