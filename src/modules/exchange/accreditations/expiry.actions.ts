// The end of accreditations: those that are over become so, and the contacts of those that will end are told in time.
import type { Trx } from '#platform/database/connection.ts';
import type { Kernel } from '#platform/kernel.ts';
import { tellContacts } from './accreditation-mail.ts';
import { endInForce, publishAccreditations, recordOnAccreditation } from './accreditations.actions.ts';
import { lockAccreditation } from './accreditations.repository.ts';
import { dueReminder, isOver, REMINDER_DAYS } from './accreditations.rules.ts';
import {
  type EndingAccreditation,
  findRemindedDays,
  listEnding,
  listOver,
  updateReminded,
} from './expiry.repository.ts';

type Needs = Pick<Kernel, 'db' | 'clock' | 'mailer' | 'config'>;

const BY = { kind: 'system', name: 'exchange.end-accreditations' } as const;

/**
 * Ends every accreditation in force whose end is passed: gateways refuse it by themselves from that moment, and forget it
 * from here on. Each in a transaction of its own. @returns how many.
 */
export async function expireAccreditations(kernel: Needs, signal?: AbortSignal): Promise<number> {
  const { db, clock } = kernel;
  let expired = 0;
  for (;;) {
    const over = await listOver(db, clock.now());
    if (over.length === 0) return expired;
    for (const id of over) {
      signal?.throwIfAborted();
      await db.transaction().execute((trx) => expire(kernel, trx, id));
      expired += 1;
    }
  }
}

async function expire(kernel: Needs, trx: Trx, id: string): Promise<void> {
  const now = kernel.clock.now();
  const found = await lockAccreditation(trx, 'all', id);
  if (found?.state !== 'active' || !isOver(found, now)) return;
  await endInForce(trx, now, found, { state: 'expired', reason: null, by: BY });
  await tellContacts(kernel, trx, found, { kind: 'expired' });
  await publishAccreditations(trx, [id]);
}

/** Reminds the contacts of accreditations that end in 60 days or less, then in 15, once each. @returns how many. */
export async function remindOfEnds(kernel: Needs, signal?: AbortSignal): Promise<number> {
  const { db, clock } = kernel;
  const now = clock.now();
  const until = new Date(now.getTime() + REMINDER_DAYS[0] * 86_400_000);
  let reminded = 0;
  let after: EndingAccreditation | null = null;
  for (;;) {
    const ending: EndingAccreditation[] = await listEnding(db, { now, until, after });
    for (const one of ending) {
      signal?.throwIfAborted();
      if (dueReminder(one, now) === null) continue;
      if (await db.transaction().execute((trx) => remind(kernel, trx, one.id, now))) reminded += 1;
    }
    after = ending.at(-1) ?? null;
    if (ending.length < 500) return reminded;
  }
}

async function remind(kernel: Needs, trx: Trx, id: string, now: Date): Promise<boolean> {
  const found = await lockAccreditation(trx, 'all', id);
  if (found?.state !== 'active') return false;
  const remindedDays = await findRemindedDays(trx, id);
  const days = dueReminder({ validUntil: found.validUntil, remindedDays }, now);
  if (days === null) return false;
  await updateReminded(trx, id, days);
  const history = { days: String(days) };
  await recordOnAccreditation(trx, now, found, { event: 'reminded', by: BY, history, data: { days } });
  await tellContacts(kernel, trx, found, { kind: 'reminder' });
  return true;
}
