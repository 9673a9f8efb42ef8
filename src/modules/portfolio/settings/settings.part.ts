// Settings as a part of the module.
import type { Part } from '#platform/parts.ts';
import { loadDemonstrationSettings } from './settings.demonstration.ts';
import { settingsPermissions } from './settings.permissions.ts';
import { settingsRoutes } from './settings.routes.ts';

/** Thresholds and delays with their days of effect. */
export const settingsPart: Part = {
  permissions: Object.values(settingsPermissions),
  routes: settingsRoutes,
  demonstration: loadDemonstrationSettings,
};
