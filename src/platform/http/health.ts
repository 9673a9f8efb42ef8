// Whether the process lives and whether it can serve: two answers for whoever watches over it.
import type { FastifyInstance } from 'fastify';
import { sql } from 'kysely';
import { Type } from 'typebox';
import type { Permission } from '../access.ts';
import type { Db } from '../database/connection.ts';
import { defineError } from '../errors.ts';

const PUBLIC: Permission = { name: 'health.read', allows: 'everyone' };

const notReady = defineError('not-ready', 'unavailable', {
  fr: 'Le service n’est pas prêt : sa base de données ne répond pas.',
  en: 'The service is not ready: its database does not answer.',
});

/** `/health`: the process answers. `/ready`: its database answers too; 503 while it does not. */
export function registerHealth(app: FastifyInstance, db: Db): void {
  const schema = { hide: true, response: { 200: Type.Object({ status: Type.Literal('ok') }) } };
  app.get('/health', { config: { permission: PUBLIC, rateLimit: false }, schema }, async () => ({
    status: 'ok' as const,
  }));
  app.get('/ready', { config: { permission: PUBLIC, rateLimit: false }, schema }, async () => {
    try {
      await sql`select 1`.execute(db);
    } catch (cause) {
      throw notReady({ cause });
    }
    return { status: 'ok' as const };
  });
}
