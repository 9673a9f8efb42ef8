// The way into the module, as a part of it.
import { entryPart } from '#platform/http/module-entry.ts';
import { impactEntryMessages } from './entry.messages.ts';
import { impactEntryPermissions } from './entry.permissions.ts';
import { ROOMS } from './rooms.data.ts';

/** The entry page. */
export const impactEntryPart = entryPart({
  href: '/impact',
  permission: impactEntryPermissions.browseImpact,
  words: impactEntryMessages,
  rooms: ROOMS,
});
