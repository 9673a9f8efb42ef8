// Reminders before exemptions end, by mail, sixty days and fifteen days before, once each.
import { dayIn, daysBefore } from '#platform/calendar-days.rules.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { DAYS_OF_REMINDER, dueReminder } from './assessments.rules.ts';
import { tellHolders } from './exemption-mail.ts';
import {
  type HeldExemption,
  listHeldExemptions,
  lockHeldExemption,
  updateReminded,
} from './exemption-reminders.repository.ts';

type Needs = Pick<Kernel, 'db' | 'clock' | 'config' | 'mailer'>;

/** Tells the holders of exemptions that end soon, each in a transaction of its own. @returns how many were told of. */
export async function remindOfExemptions(kernel: Needs, signal?: AbortSignal): Promise<number> {
  const { db, clock, config } = kernel;
  const today = dayIn(clock.now(), config.timeZone);
  const span = { from: today, to: daysBefore(today, -DAYS_OF_REMINDER) };
  let reminded = 0;
  let after: HeldExemption | null = null;
  for (;;) {
    const ending: HeldExemption[] = await listHeldExemptions(db, { ...span, after });
    for (const one of ending) {
      signal?.throwIfAborted();
      if (dueReminder(one, today) !== null && (await remind(kernel, one.id, today))) reminded += 1;
    }
    after = ending.at(-1) ?? null;
    if (ending.length < 500) return reminded;
  }
}

async function remind(kernel: Needs, id: string, today: string): Promise<boolean> {
  return kernel.db.transaction().execute(async (trx) => {
    const found = await lockHeldExemption(trx, id);
    const days = found ? dueReminder(found, today) : null;
    if (!found || days === null) return false;
    await updateReminded(trx, id, days);
    await appendToLedger(trx, kernel.clock.now(), {
      kind: 'support.exemption-reminded',
      subject: `support/exemption/${id}`,
      actor: { kind: 'system', name: 'support.remind-of-exemptions' },
      data: { subject: found.subjectId, doctrine: found.word, until: found.until, days },
    });
    await tellHolders(kernel, trx, found, { kind: 'ends' });
    return true;
  });
}
