// Who may call the routes of indicators. Which indicators they then see is the reach of each query.
import { definePermissions } from '#platform/access.ts';
import { INDICATOR_WRITERS } from './indicator-access.rules.ts';

/** The permissions of indicators. */
export const indicatorsPermissions = definePermissions('impact', {
  readIndicators: 'everyone',
  writeIndicators: INDICATOR_WRITERS,
});
