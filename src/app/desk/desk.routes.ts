// The desk of whoever is signed in: what waits for them, what is late, what changed, from every module.
import type { FastifyInstance } from 'fastify';
import type { Permission } from '#platform/access.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { Module } from '#platform/module.ts';
import { deskPage } from './desk.pages.ts';

const READ: Permission = { name: 'desk.read', allows: 'signed-in' };

/** `/desk`. */
export function deskRoutes(app: FastifyInstance, kernel: Kernel, modules: readonly Module[]): void {
  app.get('/desk', { config: { permission: READ } }, async (request, reply) => {
    const { actor, locale } = request;
    if (actor === null) throw new Error('The desk is for those signed in; its permission says so.');
    const items = await Promise.all(modules.map((module) => module.desk?.(kernel, actor, locale) ?? []));
    return sendPage(reply, deskPage(locale, actor, items.flat()));
  });
}
