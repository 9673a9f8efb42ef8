// The monthly open data on accreditations, as a part of the module.
import type { Part } from '#platform/parts.ts';
import { freezeOpenDataJob } from './editions.jobs.ts';
import { openDataRoutes } from './editions.routes.ts';

/** The accreditations in force, published each month. */
export const openDataPart: Part = { permissions: [], jobs: [freezeOpenDataJob], routes: openDataRoutes };
