// The page of the sign-ins to a service, and the same as a file.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { actorOf } from '#platform/http/access-control.ts';
import { type Cell, sendCsv } from '#platform/http/csv.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { connectionsPage } from './connections.pages.ts';
import {
  connectionsByDay,
  eachConnection,
  lastConnections,
  refusalsByCode,
} from './connections.repository.ts';
import { everyDay, fromWhen } from './connections.rules.ts';
import type { ConnectionLine } from './connections.types.ts';
import { serviceAt } from './service-at.ts';
import { servicesPermissions } from './services.permissions.ts';
import { serviceParams } from './services.schemas.ts';

const SHOWN = 100;
const MOST_ROWS = 100_000;

async function* rowsOf(lines: AsyncIterable<ConnectionLine>): AsyncGenerator<Cell[]> {
  for await (const { at, outcome, refusal, acr, upstreamName } of lines) {
    yield [at.toISOString(), outcome, refusal, acr, upstreamName];
  }
}

/** `/services/:id/connections`. */
export function connectionsRoutes(untyped: FastifyInstance, { db, clock, config }: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const read = { permission: servicesPermissions.readServices };
  const { timeZone } = config;

  app.get(
    '/services/:id/connections',
    { config: read, schema: { params: serviceParams } },
    async (request, reply) => {
      const service = await serviceAt(db, actorOf(request), request.params.id);
      const { clientId } = service;
      const now = clock.now();
      const from = fromWhen(now);
      const [counted, refusals, last] = await Promise.all([
        connectionsByDay(db, clientId, { from, timeZone }),
        refusalsByCode(db, clientId, from),
        lastConnections(db, clientId, { limit: SHOWN }),
      ]);
      const days = everyDay(counted, now, timeZone);
      return sendPage(reply, connectionsPage(request.locale, { service, days, refusals, last, timeZone }));
    },
  );

  app.get(
    '/services/:id/connections.csv',
    { config: read, schema: { params: serviceParams } },
    async (request, reply) => {
      const { clientId } = await serviceAt(db, actorOf(request), request.params.id);
      const columns = ['at', 'outcome', 'refusal', 'acr', 'identity_provider'];
      return sendCsv(reply, 'connections.csv', columns, rowsOf(eachConnection(db, clientId, MOST_ROWS)));
    },
  );
}
