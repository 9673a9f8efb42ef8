// The way into the module, as a part of it.
import { entryPart } from '#platform/http/module-entry.ts';
import { supportEntryMessages } from './entry.messages.ts';
import { supportEntryPermissions } from './entry.permissions.ts';
import { ROOMS } from './rooms.data.ts';

/** The entry page. */
export const supportEntryPart = entryPart({
  href: '/support',
  permission: supportEntryPermissions.browseSupport,
  words: supportEntryMessages,
  rooms: ROOMS,
});
