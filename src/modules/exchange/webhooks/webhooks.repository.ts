// Queries on webhooks. They decide nothing: rules do. Whose somebody sees is the `reach` of each query.
import { type RawBuilder, sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { Webhook } from './webhooks.types.ts';

/** Whose webhooks: all, or those of the organisations with these ids. */
export type WebhookReach = 'all' | readonly string[];

const within = (reach: WebhookReach): RawBuilder<unknown> =>
  reach === 'all' ? sql`true` : sql`w.organisation_id = any (${[...reach]}::uuid[])`;

const WEBHOOK = sql`
  w.id, w.organisation_id as "organisationId", o.name as "organisationName", w.url, w.is_enabled as "isEnabled",
  w.created_at as "createdAt"
  from exchange.webhooks w join identity.organisations o on o.id = w.organisation_id`;

/** The webhooks of `reach`, by organisation, the oldest first; at most 200. */
export async function listWebhooks(db: Db, reach: WebhookReach): Promise<Webhook[]> {
  const { rows } = await sql<Webhook>`
    select ${WEBHOOK} where ${within(reach)} order by o.search_text, o.id, w.created_at, w.id limit 200`.execute(
    db,
  );
  return rows;
}

/** The webhook with this id (a UUID), when `reach` holds it. */
export async function findWebhook(db: Db, reach: WebhookReach, id: string): Promise<Webhook | undefined> {
  const { rows } = await sql<Webhook>`select ${WEBHOOK} where w.id = ${id} and ${within(reach)}`.execute(db);
  return rows[0];
}

/** The same, and nobody else changes it until `trx` ends. */
export async function lockWebhook(trx: Trx, reach: WebhookReach, id: string): Promise<Webhook | undefined> {
  const { rows } = await sql<Webhook>`
    select ${WEBHOOK} where w.id = ${id} and ${within(reach)} for update of w`.execute(trx);
  return rows[0];
}

/** How many webhooks an organisation has, which nobody else adds to until `trx` ends. */
export async function countWebhooksOf(trx: Trx, organisationId: string): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`exchange/webhooks/${organisationId}`}, 0))`.execute(
    trx,
  );
  const { rows } = await sql<{ count: number }>`
    select count(*) from exchange.webhooks where organisation_id = ${organisationId}`.execute(trx);
  return rows[0]?.count ?? 0;
}

/** Records a webhook. @returns false when there is no such organisation. */
export async function insertWebhook(
  trx: Trx,
  now: Date,
  webhook: {
    readonly id: string;
    readonly organisationId: string;
    readonly url: string;
    readonly sealedSecret: Buffer;
  },
): Promise<boolean> {
  const { rows } = await sql`
    insert into exchange.webhooks (id, organisation_id, url, sealed_secret, created_at)
    select ${webhook.id}, o.id, ${webhook.url}, ${webhook.sealedSecret}, ${now}
    from identity.organisations o where o.id = ${webhook.organisationId} returning 1`.execute(trx);
  return rows.length > 0;
}

/** Gives a webhook a new secret; the one that it had counts beside it until `until`. */
export async function updateSecret(trx: Trx, id: string, sealedSecret: Buffer, until: Date): Promise<void> {
  await sql`
    update exchange.webhooks set sealed_secret_before = sealed_secret, secret_before_until = ${until},
      sealed_secret = ${sealedSecret}
    where id = ${id}`.execute(trx);
}

/** Enables or disables a webhook. */
export async function updateEnabled(trx: Trx, id: string, isEnabled: boolean): Promise<void> {
  await sql`update exchange.webhooks set is_enabled = ${isEnabled} where id = ${id}`.execute(trx);
}

/** Takes a webhook away, with its deliveries. */
export async function deleteWebhook(trx: Trx, id: string): Promise<void> {
  await sql`delete from exchange.webhooks where id = ${id}`.execute(trx);
}
