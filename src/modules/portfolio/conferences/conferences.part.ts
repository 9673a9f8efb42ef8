// Ministerial digital conferences as a part of the module.
import type { Part } from '#platform/parts.ts';
import { conferenceItemsRoutes } from './conference-items.routes.ts';
import { conferencesApi } from './conferences.api.ts';
import { loadDemonstrationConferences } from './conferences.demonstration.ts';
import { conferenceDeskItems } from './conferences.desk.ts';
import { conferencesPermissions } from './conferences.permissions.ts';
import { conferencesRoutes } from './conferences.routes.ts';

/** Agenda, sheets, sessions and minutes, held with the Budget directorate. */
export const conferencesPart: Part = {
  permissions: Object.values(conferencesPermissions),
  routes(app, kernel) {
    conferencesRoutes(app, kernel);
    conferenceItemsRoutes(app, kernel);
    conferencesApi(app, kernel);
  },
  desk: conferenceDeskItems,
  demonstration: loadDemonstrationConferences,
};
