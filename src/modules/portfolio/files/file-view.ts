// Everything that the page of a file and the API say of it, read for whoever asks.

import { demonstrationIsLoaded } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import { notFound } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import { listBaselines } from '../baselines/baselines.repository.ts';
import { earnedValueOf } from '../baselines/earned-value.rules.ts';
import { listCosts } from '../costs/costs.repository.ts';
import { listEstimates, listEvents } from './events.repository.ts';
import { fileStateFor } from './facts.repository.ts';
import { instructsFile, keepsFile, mayEditFile, seesFileDetail } from './file-access.rules.ts';
import { fileAt } from './file-at.ts';
import { listObjectives } from './file-writes.repository.ts';

/** The file with this id as the actor (null: nobody) sees it. Throws `not-found`. */
export async function seenFile(
  { db, clock, config }: Pick<Kernel, 'db' | 'clock' | 'config'>,
  actor: Actor | null,
  id: string,
) {
  const file = await fileAt(db, actor, id);
  const seesDetail = seesFileDetail(actor, file);
  const [facts, estimates, baselines, events, objectives, costs, isDemonstration] = await Promise.all([
    fileStateFor(db, file.id),
    listEstimates(db, file.id),
    listBaselines(db, file.id),
    listEvents(db, file.id),
    listObjectives(db, file.id),
    seesDetail ? listCosts(db, file.id) : null,
    demonstrationIsLoaded(db),
  ]);
  if (!facts) throw notFound();
  const today = dayIn(clock.now(), config.timeZone);
  const { latestBaseline, latestEstimate, milestones } = facts;
  return {
    file,
    facts,
    estimates,
    baselines,
    events,
    objectives,
    costs,
    // What was paid is detail, and the earned value tells it.
    earnedValue:
      seesDetail && latestBaseline && latestEstimate
        ? earnedValueOf({
            baseline: latestBaseline,
            milestones,
            spentCents: latestEstimate.spentCents,
            today,
          })
        : null,
    today,
    timeZone: config.timeZone,
    isDemonstration,
    seesDetail,
    mayEdit: mayEditFile(actor, file),
    mayKeep: keepsFile(actor, file),
    mayDecide: instructsFile(actor, file),
  };
}
