// Project files as a part of the module.
import type { Part } from '#platform/parts.ts';
import { filesApi } from './files.api.ts';
import { loadDemonstrationFiles } from './files.demonstration.ts';
import { fileDeskItems } from './files.desk.ts';
import { filesPermissions } from './files.permissions.ts';
import { filesRoutes } from './files.routes.ts';

/** What ministries say of their projects, and what happened to them. */
export const filesPart: Part = {
  permissions: Object.values(filesPermissions),
  routes(app, kernel) {
    filesRoutes(app, kernel);
    filesApi(app, kernel);
  },
  desk: fileDeskItems,
  demonstration: loadDemonstrationFiles,
};
