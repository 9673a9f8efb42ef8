// Baselines and slippage over the REST interface: the same actions as the pages.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { actorOf } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { fileAsJson } from '../files/file-json.ts';
import { seenFile } from '../files/file-view.ts';
import { FILES_API } from '../files/files.api.ts';
import { filesPermissions } from '../files/files.permissions.ts';
import { baselineParams, fileParams } from '../files/files.schemas.ts';
import { judgeBaseline, proposeBaseline } from './baselines.actions.ts';
import { publicSlippage } from './public-slippage.ts';

const whole = Type.Record(Type.String(), Type.Unknown());
const reason = Type.String({ maxLength: 10_000 });
const tags = ['project files'];

/** `/api/v1/project-files/:id/baselines` and `/api/v1/project-slippage`. */
export function baselinesApi(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();

  app.get(
    '/api/v1/project-slippage',
    {
      config: { permission: filesPermissions.readFiles },
      schema: {
        summary:
          'The State’s slippage: plain and corrected means, medians, and each public project behind them',
        tags,
        response: { 200: whole },
      },
    },
    async () => {
      const { summary, projects } = await publicSlippage(kernel.db);
      return { ...summary, projects };
    },
  );

  app.post(
    `${FILES_API}/:id/baselines`,
    {
      config: { permission: filesPermissions.keepFiles },
      schema: {
        summary: 'Propose a new baseline from the latest estimate',
        tags,
        params: fileParams,
        body: Type.Object({ reason, scopeText: Type.String({ maxLength: 10_000, default: '' }) }),
        response: { 201: whole },
      },
    },
    async (request, reply) => {
      const actor = actorOf(request);
      await proposeBaseline(kernel, actor, request.params.id, request.body);
      return reply.status(201).send(fileAsJson(await seenFile(kernel, actor, request.params.id)));
    },
  );

  app.post(
    `${FILES_API}/:id/baselines/:baselineId/decision`,
    {
      config: { permission: filesPermissions.decideBaselines },
      schema: {
        summary: 'Approve or refuse a proposed baseline (409 when it was decided on already)',
        tags,
        params: baselineParams,
        body: Type.Object({ decision: Type.Enum(['approved', 'refused']), reason }),
        response: { 200: whole },
      },
    },
    async (request) => {
      const actor = actorOf(request);
      const { id: fileId, baselineId } = request.params;
      await judgeBaseline(kernel, actor, { fileId, baselineId }, request.body);
      return fileAsJson(await seenFile(kernel, actor, fileId));
    },
  );
}
