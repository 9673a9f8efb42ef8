// The way into the oversight of major projects, as a part of the module.
import { entryPart } from '#platform/http/module-entry.ts';
import { oversightMessages } from './entry.messages.ts';
import { oversightPermissions } from './entry.permissions.ts';
import { ROOMS } from './rooms.data.ts';

/** The entry page. */
export const oversightPart = entryPart({
  href: '/oversight',
  permission: oversightPermissions.browseOversight,
  words: oversightMessages,
  rooms: ROOMS,
});
