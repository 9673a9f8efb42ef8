// `/status`: what this installation answers at this moment, for anyone.
import type { FastifyInstance } from 'fastify';
import type { Permission } from '#platform/access.ts';
import { sendPage } from '#platform/http/send-page.ts';
import { jobCounts } from '#platform/jobs/runs.repository.ts';
import type { Kernel } from '#platform/kernel.ts';
import { findLatestCheckpoint } from '#platform/ledger/ledger.repository.ts';
import { version } from '../version.ts';
import { statusPage } from './status.pages.ts';
import { findDatabaseState } from './status.repository.ts';

const READ: Permission = { name: 'status.read', allows: 'everyone' };

/** Mounts the page. It answers even when the database does not. */
export function statusRoutes(app: FastifyInstance, { db, clock, config }: Kernel): void {
  const since = clock.now();
  app.get('/status', { config: { permission: READ } }, async (request, reply) => {
    const database = await findDatabaseState(db);
    const [checkpoint, jobs] = database
      ? await Promise.all([findLatestCheckpoint(db), jobCounts(db)])
      : [null, null];
    const { timeZone } = config;
    return sendPage(
      reply,
      statusPage(request.locale, { version, since, database, checkpoint, jobs, timeZone }),
    );
  });
}
