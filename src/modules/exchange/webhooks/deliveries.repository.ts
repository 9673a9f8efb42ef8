// Queries on the deliveries of webhooks. They decide nothing: rules do.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { DeliveryAttempt, DueDelivery, WebhookDelivery, WebhookEvent } from './webhooks.types.ts';

/** Puts an event on its way to each webhook of these organisations that is enabled. */
export async function insertDeliveries(
  trx: Trx,
  now: Date,
  organisationIds: readonly string[],
  { event, body }: { readonly event: WebhookEvent; readonly body: unknown },
): Promise<void> {
  await sql`
    insert into exchange.webhook_deliveries (webhook_id, event, payload, next_attempt_at, created_at)
    select w.id, ${event}, ${JSON.stringify(body)}::jsonb, ${now}, ${now}
    from exchange.webhooks w where w.organisation_id = any (${[...organisationIds]}::uuid[]) and w.is_enabled`.execute(
    trx,
  );
}

/** Puts an event on its way to one webhook. @returns the delivery's id. */
export async function insertDelivery(
  trx: Trx,
  now: Date,
  webhookId: string,
  { event, body }: { readonly event: WebhookEvent; readonly body: unknown },
): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    insert into exchange.webhook_deliveries (webhook_id, event, payload, next_attempt_at, created_at)
    values (${webhookId}, ${event}, ${JSON.stringify(body)}::jsonb, ${now}, ${now}) returning id`.execute(
    trx,
  );
  return rows[0]?.id ?? '';
}

/** At most `limit` deliveries of a webhook, the newest first, that come after the one with the id `after` (a UUID). */
export async function listDeliveries(
  db: Db,
  webhookId: string,
  { after, limit }: { readonly after: string | null; readonly limit: number },
): Promise<WebhookDelivery[]> {
  const later =
    after === null
      ? sql`true`
      : sql`exists (select from exchange.webhook_deliveries b where b.id = ${after} and (
          d.created_at < b.created_at or (d.created_at = b.created_at and d.id > b.id)))`;
  const { rows } = await sql<WebhookDelivery>`
    select d.id, d.event, d.state, d.attempts, d.next_attempt_at as "nextAttemptAt", d.last_status as "lastStatus",
      d.last_error as "lastError", d.created_at as "createdAt", d.delivered_at as "deliveredAt"
    from exchange.webhook_deliveries d where d.webhook_id = ${webhookId} and ${later}
    order by d.created_at desc, d.id limit ${limit}`.execute(db);
  return rows;
}

/**
 * Takes deliveries whose time has come, the longest due first and at most five of each webhook, and holds them back from
 * everyone else until `heldUntil`. Each counts one attempt more.
 */
export async function claimDue(
  db: Db,
  { now, heldUntil, limit }: { readonly now: Date; readonly heldUntil: Date; readonly limit: number },
): Promise<DueDelivery[]> {
  const { rows } = await sql<DueDelivery>`
    with due as (
      select id, row_number() over (partition by webhook_id order by next_attempt_at, id) as place, next_attempt_at
      from (
        select id, webhook_id, next_attempt_at from exchange.webhook_deliveries
        where state = 'waiting' and next_attempt_at <= ${now} order by next_attempt_at limit 2000
      ) as waiting
    ), taken as (
      select d.id from exchange.webhook_deliveries d join due on due.id = d.id
      where due.place <= 5 and d.state = 'waiting' and d.next_attempt_at <= ${now}
      order by due.next_attempt_at limit ${limit} for update of d skip locked
    )
    update exchange.webhook_deliveries d set attempts = d.attempts + 1, next_attempt_at = ${heldUntil}
    from taken, exchange.webhooks w
    where d.id = taken.id and w.id = d.webhook_id
    returning d.id, w.id as "webhookId", w.url, w.sealed_secret as "sealedSecret",
      case when w.secret_before_until > ${now} then w.sealed_secret_before end as "sealedSecretBefore",
      d.event, d.payload, d.attempts, d.created_at as "createdAt"`.execute(db);
  return rows;
}

/** Writes what came of an attempt: taken, to be tried again at `next`, or (null) given up. */
export async function updateAttempt(
  db: Db,
  id: string,
  now: Date,
  {
    attempt,
    state,
    next,
  }: {
    readonly attempt: DeliveryAttempt;
    readonly state: 'waiting' | 'delivered' | 'given-up';
    readonly next: Date | null;
  },
): Promise<void> {
  await sql`
    update exchange.webhook_deliveries set state = ${state}, next_attempt_at = ${next ?? now},
      last_status = ${attempt.status}, last_error = ${attempt.error},
      delivered_at = ${state === 'delivered' ? now : null}
    where id = ${id} and state = 'waiting'`.execute(db);
}

/** Sends a delivery of a webhook again from its first attempt. @returns false when there is no such delivery. */
export async function restartDelivery(
  trx: Trx,
  now: Date,
  { id, webhookId }: { readonly id: string; readonly webhookId: string },
): Promise<boolean> {
  const { rows } = await sql`
    update exchange.webhook_deliveries set state = 'waiting', attempts = 0, next_attempt_at = ${now}, delivered_at = null
    where id = ${id} and webhook_id = ${webhookId} returning 1`.execute(trx);
  return rows.length > 0;
}

/** Gives up what waits for a webhook that was disabled. */
export async function giveUpWaiting(trx: Trx, webhookId: string): Promise<void> {
  await sql`
    update exchange.webhook_deliveries set state = 'given-up'
    where webhook_id = ${webhookId} and state = 'waiting'`.execute(trx);
}

/** Forgets deliveries that ended and were made before `before`. @returns how many. */
export async function deleteOldDeliveries(db: Db, before: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with gone as (
      delete from exchange.webhook_deliveries where state <> 'waiting' and created_at < ${before} returning 1
    ) select count(*) as n from gone`.execute(db);
  return rows[0]?.n ?? 0;
}
