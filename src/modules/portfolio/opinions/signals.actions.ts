// Signs of a threshold avoided: looked for by the job, decided by a person. One transaction each.

import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import { invalidInput, notFound } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { isUuid, tidiedLines } from '#platform/typed-text.ts';
import { listFileStates } from '../files/facts.repository.ts';
import { settingsOn } from '../settings/settings.repository.ts';
import { tellHolders } from './opinion-mail.ts';
import { signalIsDecided } from './opinions.errors.ts';
import type { KeptSignal } from './opinions.types.ts';
import { listReferredFileIds } from './requests.repository.ts';
import { findSignal, insertSignals, updateSignal } from './signals.repository.ts';
import { signalsOf } from './signals.rules.ts';
import { textFaults } from './typed-opinion.rules.ts';

/**
 * Looks at every live file that is not before the directorate, and proposes what is new: siblings and clusters under the
 * threshold of the day. The same files are proposed once, whatever was decided. @returns how many are new.
 */
export async function findThresholdSignals({
  db,
  clock,
  config,
}: Pick<Kernel, 'db' | 'clock' | 'config'>): Promise<{ found: number }> {
  const now = clock.now();
  const settings = await settingsOn(db, dayIn(now, config.timeZone));
  const thresholdCents = settings['opinion-threshold-cents'];
  const nearShare = settings['near-threshold-share'];
  const splittingMonths = settings['splitting-months'];
  if (thresholdCents === null || nearShare === null || splittingMonths === null) return { found: 0 };
  const [files, referred] = await Promise.all([listFileStates(db), listReferredFileIds(db)]);
  const looked = files.filter(({ id }) => !referred.has(id));
  const found = signalsOf(looked, { thresholdCents, nearShare, splittingMonths });
  const added = await db.transaction().execute(async (trx) => {
    const ids = await insertSignals(trx, now, found);
    if (ids.length > 0)
      await appendToLedger(trx, now, {
        kind: 'portfolio.threshold-signals-proposed',
        subject: 'portfolio/threshold-signals',
        actor: { kind: 'system', name: 'portfolio.threshold-signals' },
        data: { ids },
      });
    return ids.length;
  });
  return { found: added };
}

/**
 * Decides on a signal: dismissed, or grouped, which tells the ministry that the files are one project to refer. Throws
 * `not-found`, `invalid-input`, `portfolio.threshold-signal-is-decided`.
 */
export async function decideSignal(
  kernel: Kernel,
  actor: Actor,
  id: string,
  typed: { readonly decision: string; readonly reason: string },
): Promise<KeptSignal> {
  const { db, clock } = kernel;
  const now = clock.now();
  const reason = tidiedLines(typed.reason);
  return db.transaction().execute(async (trx) => {
    const signal = isUuid(id) ? await findSignal(trx, id) : undefined;
    if (!signal) throw notFound();
    const { decision } = typed;
    const faults = textFaults('reason', reason, 10, 2000);
    if (decision !== 'dismissed' && decision !== 'grouped') {
      const text = { fr: 'Choisissez une décision.', en: 'Choose a decision.' };
      throw invalidInput({ fields: [{ field: 'decision', text }, ...faults] });
    }
    if (faults.length > 0) throw invalidInput({ fields: faults });
    const decidedBy = { kind: 'person', personId: actor.personId, role: 'auditor' } as const;
    if (!(await updateSignal(trx, now, id, { state: decision, reason, decidedBy }))) throw signalIsDecided();
    await appendToLedger(trx, now, {
      kind: `portfolio.threshold-signal-${decision}`,
      subject: `portfolio/threshold-signal/${id}`,
      actor: decidedBy,
      data: { reason, kind: signal.kind, fileIds: signal.fileIds, totalCents: signal.totalCents },
    });
    if (decision === 'grouped')
      await tellHolders(trx, kernel, [signal.organisationId], ['digital-director'], {
        subject: { fr: 'Des projets à présenter ensemble', en: 'Projects to refer together' },
        sentence: {
          fr: `La direction tient ces dossiers pour un seul projet, à soumettre pour avis\u00A0: ${signal.files.map(({ name }) => name).join(', ')}.\n\n${reason}`,
          en: `The directorate takes these files for one project, to be referred for an opinion: ${signal.files.map(({ name }) => name).join(', ')}.\n\n${reason}`,
        },
        path: '/projects/opinions/requests',
      });
    return (await findSignal(trx, id)) as KeptSignal;
  });
}
