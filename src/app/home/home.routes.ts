// The home page: the State's digital at a glance, one figure for each module that has one.
import type { FastifyInstance } from 'fastify';
import type { Permission } from '#platform/access.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { Module } from '#platform/module.ts';
import { homePage } from './home.pages.ts';

const READ: Permission = { name: 'home.read', allows: 'everyone' };

/** `/`. A module whose figure cannot be read is left out and logged: one fault must not close the whole page. */
export function homeRoutes(app: FastifyInstance, kernel: Kernel, modules: readonly Module[]): void {
  app.get('/', { config: { permission: READ, cache: 'public' } }, async (request, reply) => {
    const figures = await Promise.all(
      modules.map(async (module) => {
        try {
          return (await module.glance?.(kernel, request.locale)) ?? null;
        } catch (error) {
          request.log.error({ err: error, module: module.name }, 'the figure of a module cannot be read');
          return null;
        }
      }),
    );
    // The parts of the mission before the ground that they stand on.
    const shown = figures.filter((figure) => figure !== null).toReversed();
    return sendPage(reply, homePage(request.locale, shown));
  });
}
