// A producer's slice of the gateways' logs: the page that offers it, and the file.
import { Readable } from 'node:stream';
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { actorOf } from '#platform/http/access-control.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { apisManagedBy } from '../catalogue/producers.rules.ts';
import { slicePage } from './logs.pages.ts';
import { logsPermissions } from './logs.permissions.ts';
import { sliceLines } from './slices.actions.ts';
import { slicePeriod } from './slices.rules.ts';

const day = Type.Optional(Type.String({ maxLength: 10 }));

/** `/exchange/producer/slice`. */
export function slicesRoutes(untyped: FastifyInstance, { db, clock }: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: logsPermissions.exportSlice };

  app.get('/exchange/producer/slice', { config }, async (request, reply) => {
    const { from, to } = slicePeriod({}, clock.now());
    return sendPage(
      reply,
      slicePage(request.locale, { from: dayOf(from), to: dayOf(new Date(to.getTime() - 1)) }),
    );
  });

  app.get(
    '/exchange/producer/slice.jsonl',
    { config, schema: { querystring: Type.Object({ from: day, to: day }) } },
    async (request, reply) => {
      const period = slicePeriod(request.query, clock.now());
      const own = apisManagedBy(actorOf(request));
      async function* lines() {
        for (const id of own === 'all' ? [] : own) {
          for await (const line of sliceLines(db, id, period)) yield `${JSON.stringify(line)}\n`;
        }
      }
      return reply
        .type('application/x-ndjson; charset=utf-8')
        .header('content-disposition', 'attachment; filename="socle-slice.jsonl"')
        .send(Readable.from(lines()));
    },
  );
}

const dayOf = (at: Date) => at.toISOString().slice(0, 10);
