// Work on requests that nobody asks for: reminders, each once while nothing moves.
import { Type } from 'typebox';
import { findCorrespondents, listHoldersOf } from '#modules/identity/public.ts';
import type { JobDefinition } from '#platform/jobs/job.ts';
import type { Kernel } from '#platform/kernel.ts';
import { lockDueReminders } from './request-events.repository.ts';
import { remind } from './request-mail.ts';
import { recordOnRequest } from './request-steps.actions.ts';
import { LATE_DAYS } from './request-times.rules.ts';
import { REMINDERS, type Reminder } from './requests.types.ts';

const DAY_MS = 86_400_000;
const MOST_AT_ONCE = 100;

/** Days after which somebody is reminded. */
const AFTER_DAYS: Record<Reminder, number> = {
  'draft-idle': 30,
  'changes-idle': 14,
  'decision-late': LATE_DAYS,
};

const BY = { kind: 'system', name: 'exchange.remind-of-requests' } as const;

/** Reminds of one batch; the batch and its mail are one transaction. @returns how many requests were in it. */
async function remindBatch(kernel: Kernel, reminder: Reminder): Promise<number> {
  return kernel.db.transaction().execute(async (trx) => {
    const now = kernel.clock.now();
    const before = new Date(now.getTime() - AFTER_DAYS[reminder] * DAY_MS);
    const due = await lockDueReminders(trx, reminder, before, MOST_AT_ONCE);
    const isForInstructors = reminder === 'decision-late';
    const instructors = isForInstructors ? await listHoldersOf(trx, ['auditor'], null, now) : [];
    const applicants = await findCorrespondents(
      trx,
      due.flatMap(({ applicantId }) => (applicantId === null ? [] : [applicantId])),
    );
    for (const { requestId, number, title, applicantId, organisationId, stage } of due) {
      const request = { id: requestId, number, title, organisationId, stage };
      const applicant = applicants.get(applicantId ?? '');
      const to = isForInstructors ? instructors : applicant ? [applicant] : [];
      for (const person of to) await remind(trx, kernel, person, request, reminder);
      await recordOnRequest(trx, now, request, { kind: 'remind', by: BY, data: { reminder } });
    }
    return due.length;
  });
}

/** Reminds, each morning, applicants of what they left and instructors of what waits. */
export const remindOfRequestsJob: JobDefinition<Record<string, never>> = {
  name: 'exchange.remind-of-requests',
  title: { fr: 'Rappels sur les demandes d’habilitation', en: 'Reminders on requests for accreditation' },
  input: Type.Object({}),
  schedule: '20 6 * * 1-5',
  async run(_input, { kernel, signal }) {
    const reminded: Partial<Record<Reminder, number>> = {};
    for (const reminder of REMINDERS) {
      let sum = 0;
      for (let last = MOST_AT_ONCE; last === MOST_AT_ONCE && !signal.aborted; sum += last)
        last = await remindBatch(kernel, reminder);
      reminded[reminder] = sum;
    }
    return reminded;
  },
};
