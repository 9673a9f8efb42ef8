// All that the portfolio answers over HTTP, by noun.
import type { FastifyInstance } from 'fastify';
import type { Kernel } from '#platform/kernel.ts';
import { importRoutes } from './import.routes.ts';
import { matchRoutes } from './matches.routes.ts';
import { panoramaRoutes } from './panorama.routes.ts';
import { portfolioApi } from './portfolio.api.ts';
import { projectRoutes } from './projects.routes.ts';

/** Mounts the portfolio's pages, files and API. */
export function portfolioRoutes(app: FastifyInstance, kernel: Kernel): void {
  panoramaRoutes(app, kernel);
  projectRoutes(app, kernel);
  matchRoutes(app, kernel);
  importRoutes(app, kernel);
  portfolioApi(app, kernel);
}
