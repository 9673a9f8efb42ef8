// Three small project files of the demonstration State that stay under the threshold: two halves of one, and one just below.
import { inventedId } from '#modules/identity/public.ts';
import { dayAfter, dayIn } from '#platform/calendar-days.rules.ts';
import type { Kernel } from '#platform/kernel.ts';
import { foldedForSearch } from '#platform/typed-text.ts';
import { insertAllOfDemonstration } from '../files/demonstration.repository.ts';
import { drawCosts, drawMilestones, drawSums } from '../files/files.demonstration.rules.ts';

const DAY_MS = 86_400_000;

const SMALL = [
  {
    name: 'Portail des démarches consulaires, lot 1',
    at: 'MAE',
    director: 'Zoé Marchand',
    programme: 'P151',
    costCents: 520_000_000,
    ago: 400,
  },
  {
    name: 'Portail des démarches consulaires, lot 2',
    at: 'MAE',
    director: 'Zoé Marchand',
    programme: 'P151',
    costCents: 470_000_000,
    ago: 150,
  },
  {
    name: 'Salle de crise interministérielle',
    at: 'MIN',
    director: 'François-Xavier Cointet',
    programme: 'P161',
    costCents: 875_000_000,
    ago: 90,
  },
] as const;

/** Loads them. */
export async function loadSmallFiles({ db, clock, config }: Kernel): Promise<void> {
  const now = clock.now();
  const today = dayIn(now, config.timeZone);
  const all = SMALL.map(({ name, at, director, programme, costCents, ago }) => {
    const startedOn = dayAfter(today, -ago);
    const plannedEndOn = dayAfter(today, 900);
    const costs = drawCosts(costCents, startedOn, plannedEndOn);
    const id = inventedId('project-file', name);
    const openedAt = new Date(now.getTime() - ago * DAY_MS);
    const estimate = { at: openedAt, costCents, endOn: plannedEndOn, scopeShare: 1, spentCents: null };
    const author = {
      kind: 'person',
      personId: inventedId('person', director),
      role: 'digital-director',
    } as const;
    return {
      costs: costs.map((line) => ({ ...line, fileId: id })),
      milestones: drawMilestones(startedOn, plannedEndOn, today).map((one) => ({ ...one, fileId: id })),
      estimate: { ...estimate, fileId: id, reason: 'Estimation au dépôt du dossier', author },
      file: {
        id,
        projectId: null,
        organisationId: inventedId('organisation', at),
        ownerId: author.personId,
        name,
        description: 'Un projet que le ministère dit sous le seuil de l’avis conforme.',
        objectives: `Mettre en service ${name}.`,
        policyPriorities: [],
        programmes: [programme],
        internalFte: 5,
        outsourcedShare: 0.6,
        phase: 'build',
        state: 'submitted',
        startedOn,
        plannedEndOn,
        ...drawSums(costs),
        classified: false,
        firstBaselineAt: null,
        createdAt: openedAt,
        lastNewsAt: new Date(now.getTime() - 12 * DAY_MS),
        searchText: foldedForSearch(name),
      } as const,
    };
  });
  await db.transaction().execute((trx) =>
    insertAllOfDemonstration(trx, {
      files: all.map(({ file }) => file),
      costs: all.flatMap(({ costs }) => costs),
      milestones: all.flatMap(({ milestones }) => milestones),
      objectives: [],
      estimates: all.map(({ estimate }) => estimate),
      baselines: [],
      events: [],
    }),
  );
}
