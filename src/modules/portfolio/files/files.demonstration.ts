// Loads the demonstration State's project files, on top of its panorama: a few statements for all of them, the same at
// every load at the same moment. It is called once, on an empty database.

import { findActor, inventedId, listHoldersOf, listOrganisations } from '#modules/identity/public.ts';
import { createIndicator } from '#modules/impact/public.ts';
import { dayAfter, dayIn, daysBefore, daysBetween } from '#platform/calendar-days.rules.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendAllToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { foldedForSearch } from '#platform/typed-text.ts';
import { slippageFrom } from '../baselines/slippage.rules.ts';
import {
  type BulkBaseline,
  type BulkEvent,
  type BulkFile,
  findDrawnProjects,
  insertAllOfDemonstration,
} from './demonstration.repository.ts';
import { isInDifficulty } from './events.rules.ts';
import {
  type DrawnLife,
  drawCosts,
  drawEstimates,
  drawLives,
  drawMilestones,
  drawn,
  drawPlan,
  drawState,
  drawSums,
  endAfter,
  firstPlanOf,
  pickedFrom,
} from './files.demonstration.rules.ts';
import {
  COMMON_INDICATOR,
  EVENT_REASONS,
  PRIORITIES,
  REASONS,
  REBASELINES,
  REFUSAL,
} from './files.demonstration-data.ts';
import type { Estimate, FileEventKind } from './files.types.ts';

const DAY_MS = 86_400_000;
const INSTRUCTOR = 'Anaïs Kerbrat';

interface Place {
  readonly organisationId: string;
  readonly directorId: string;
  readonly indicatorId: string | null;
}

/** Loads them. */
export async function loadDemonstrationFiles(kernel: Kernel): Promise<void> {
  const { db, clock, config } = kernel;
  const now = clock.now();
  const lives = drawLives();
  const projects = await findDrawnProjects(db, lives);
  const places = await placesOf(kernel);
  const today = dayIn(now, config.timeZone);
  const all = lives.flatMap((life) => {
    const project = projects.get(`${life.lastMonth}/${life.name}`);
    const place = places.get(life.ministry);
    return project && place ? [drawFile(life, project, place, { now, today })] : [];
  });
  await db.transaction().execute(async (trx) => {
    await insertAllOfDemonstration(trx, {
      files: all.map(({ file }) => file),
      costs: all.flatMap(({ file, costs }) => costs.map((line) => ({ ...line, fileId: file.id }))),
      milestones: all.flatMap(({ file, milestones }) =>
        milestones.map((one) => ({ ...one, fileId: file.id })),
      ),
      objectives: all.flatMap(({ objectives }) => objectives),
      estimates: all.flatMap(({ file, estimates }) =>
        estimates.map((one) => ({
          ...one,
          fileId: file.id,
          author: byPerson(file.ownerId, 'digital-director'),
        })),
      ),
      baselines: all.flatMap(({ baselines }) => baselines),
      events: all.flatMap(({ events }) => events),
    });
    await appendAllToLedger(
      trx,
      now,
      all.flatMap(({ file, baselines }) => [
        {
          kind: 'portfolio.file-opened',
          subject: `portfolio/project-file/${file.id}`,
          actor: byPerson(file.ownerId, 'digital-director'),
          data: { organisationId: file.organisationId, name: file.name },
        },
        ...baselines
          .filter(({ number }) => number === 1)
          .map(({ costCents, startOn, endOn, author }) => ({
            kind: 'portfolio.baseline-frozen',
            subject: `portfolio/project-file/${file.id}`,
            actor: author,
            data: { costCents, startOn, endOn },
          })),
      ]),
    );
  });
}

function byPerson(personId: string, role: 'digital-director' | 'auditor'): LedgerActor {
  return { kind: 'person', personId, role };
}

/** Each ministry by its code: who keeps its files, and what is counted of its projects. */
async function placesOf(kernel: Kernel): Promise<Map<string, Place>> {
  const { db, clock } = kernel;
  const now = clock.now();
  const places = new Map<string, Place>();
  for (const { id, code, name } of await listOrganisations(db, { kind: 'ministry' })) {
    const [director] = await listHoldersOf(db, ['digital-director'], [id], now);
    if (!director || code === null) continue;
    const actor = await findActor(db, director.id, now);
    const indicatorId = actor
      ? await createIndicator(kernel, actor, {
          title: COMMON_INDICATOR.title(name),
          subject: name,
          organisationId: id,
          unit: COMMON_INDICATOR.unit,
          direction: 'up',
          population: COMMON_INDICATOR.population,
          aggregation: 'mean',
          cadence: 'monthly',
          isPublic: 'on',
          definition: COMMON_INDICATOR.definition,
        })
      : null;
    places.set(code, { organisationId: id, directorId: director.id, indicatorId });
  }
  return places;
}

function drawFile(
  life: DrawnLife,
  project: { readonly id: string; readonly slug: string },
  place: Place,
  { now, today }: { readonly now: Date; readonly today: string },
) {
  const { name } = life;
  const id = inventedId('project-file', project.slug);
  const last = life.states.at(-1);
  const plan = firstPlanOf(life);
  const startedOn = last?.startedOn ?? today;
  const state = drawState(life, plan !== null);
  const scoping = {
    costCents: (4 + Math.floor(drawn(`${name}/cost`) * 30)) * 100_000_000,
    startOn: startedOn,
  };
  const first = plan ?? { ...scoping, endOn: endAfter(startedOn, 3 + 2 * drawn(`${name}/years`)) };
  // The first opinion comes months after the start, and never in the future of the load.
  const frozenAt = momentWithin(endAfter(first.startOn, 0.4 + 0.3 * drawn(`${name}/frozen`)), now);
  const hasEnded = state === 'finished' || state === 'exited';
  const hasBaseline = plan !== null && !['draft', 'submitted'].includes(state);
  const later = plan && hasBaseline ? drawEstimates(life, first) : [];
  const estimates = state === 'draft' ? [] : estimatesOf(life, first, later, frozenAt, { now, today, state });
  const latest = estimates.at(-1) ?? { ...first, endOn: first.endOn, scopeShare: 1 };
  const costs = drawCosts(latest.costCents, startedOn, latest.endOn);
  const drift = slippageFrom({ ...first, scopeShare: 1 }, latest);
  const silentFor =
    drawn(`${name}/news`) < 0.1 ? 140 + 60 * drawn(`${name}/silence`) : 5 + 70 * drawn(`${name}/silence`);
  const file: BulkFile = {
    id,
    projectId: project.id,
    organisationId: place.organisationId,
    ownerId: place.directorId,
    name,
    description: last?.project.description ?? '',
    objectives: `Mettre en service ${name} pour tous ses usagers, et éteindre ce qu’il remplace.`,
    policyPriorities: [pickedFrom(PRIORITIES, `${name}/priority`)],
    programmes: [/P\d{3,4}/.exec(last?.project.programme ?? '')?.[0] ?? ''].filter((one) => one !== ''),
    internalFte: Math.round((3 + 40 * drawn(`${name}/team`)) * 2) / 2,
    outsourcedShare: Math.round((0.35 + 0.55 * drawn(`${name}/outsourced`)) * 100) / 100,
    phase: state === 'finished' ? 'finished' : (last?.phase ?? 'scoping'),
    state,
    startedOn,
    plannedEndOn: latest.endOn,
    ...drawSums(costs),
    classified: false,
    firstBaselineAt: hasBaseline ? frozenAt : null,
    createdAt: momentWithin(first.startOn, now),
    lastNewsAt: hasEnded
      ? new Date(`${life.lastMonth}-28T10:00:00Z`)
      : new Date(now.getTime() - Math.round(silentFor) * DAY_MS),
    searchText: foldedForSearch(`${name} ${last?.project.description ?? ''}`),
  };
  const hasObjective = place.indicatorId !== null && drawn(`${name}/objective`) < 0.8;
  return {
    file,
    costs,
    milestones: drawMilestones(startedOn, latest.endOn, today),
    estimates,
    objectives: hasObjective
      ? [
          {
            fileId: id,
            indicatorId: place.indicatorId as string,
            baselineValue: 40 + Math.round(20 * drawn(`${name}/before`)),
            targetValue: 70 + Math.round(20 * drawn(`${name}/after`)),
            dueOn: endAfter(latest.endOn, 1),
          },
        ]
      : [],
    baselines: hasBaseline ? baselinesOf(life, id, first, estimates, frozenAt, place, now, state) : [],
    events: eventsOf(life, file, drift, latest, place, now),
  };
}

/** The moment at which a day begins work, moved before `now` where it would come after. */
function momentWithin(day: string, now: Date): Date {
  const at = new Date(`${day}T09:00:00Z`);
  return at < now ? at : new Date(now.getTime() - 20 * DAY_MS);
}

function estimatesOf(
  life: DrawnLife,
  first: { costCents: number; endOn: string },
  later: readonly Estimate[],
  frozenAt: Date,
  { now, today, state }: { now: Date; today: string; state: BulkFile['state'] },
): Estimate[] {
  const opening: Estimate = {
    at: new Date(frozenAt.getTime() - 40 * DAY_MS),
    costCents: first.costCents,
    endOn: first.endOn,
    scopeShare: 1,
    spentCents: null,
    reason: 'Première estimation, remise avec le dossier',
  };
  const moved = later
    .map((one) => ({ ...one, at: one.at <= frozenAt ? new Date(frozenAt.getTime() + 30 * DAY_MS) : one.at }))
    .filter(({ at }) => at < now);
  const before = moved.at(-1) ?? opening;
  if (state !== 'running' && state !== 'suspended') return [opening, ...moved];
  // The latest news say what was paid; one project in ten has cut its scope, which is an estimate of its own.
  const isCut = drawn(`${life.name}/cut`) < 0.1;
  const progress =
    daysBetween(life.states[0]?.startedOn ?? today, today) /
    daysBetween(life.states[0]?.startedOn ?? today, before.endOn);
  const spent =
    before.costCents * Math.min(0.95, Math.max(0.02, progress)) * (0.75 + 0.35 * drawn(`${life.name}/spent`));
  // Who is past the date has told another one since the last edition.
  const isPast = before.endOn <= today;
  const endOn = isPast
    ? dayAfter(today, 40 + Math.round(200 * drawn(`${life.name}/end-again`)))
    : before.endOn;
  const reason = isCut
    ? pickedFrom(EVENT_REASONS['scope-cut'] ?? [], life.name)
    : isPast
      ? pickedFrom(REASONS.later, `${life.name}/past`)
      : REASONS.same[0];
  const latest = {
    ...before,
    at: new Date(now.getTime() - Math.round(6 + 70 * drawn(`${life.name}/silence`)) * DAY_MS),
    endOn,
    scopeShare: isCut ? 0.8 : 1,
    spentCents: Math.round(spent / 10_000_000) * 10_000_000,
    reason,
  };
  return latest.at > before.at
    ? [opening, ...moved, latest]
    : [opening, ...moved, { ...latest, at: new Date(before.at.getTime() + DAY_MS) }];
}

function baselinesOf(
  life: DrawnLife,
  fileId: string,
  first: { costCents: number; startOn: string; endOn: string },
  estimates: readonly Estimate[],
  frozenAt: Date,
  { directorId }: Place,
  now: Date,
  state: BulkFile['state'],
): BulkBaseline[] {
  const instructor = byPerson(inventedId('person', INSTRUCTOR), 'auditor');
  const common = { fileId, startOn: first.startOn, scopeText: `${life.name}, tel que décrit au dossier` };
  const opening: BulkBaseline = {
    ...common,
    id: inventedId('baseline', `${fileId}/1`),
    number: 1,
    costCents: first.costCents,
    endOn: first.endOn,
    scopeShare: 1,
    plan: drawPlan(first.costCents, first.startOn, first.endOn),
    reason: 'Premier avis favorable',
    author: instructor,
    proposedAt: frozenAt,
    state: 'approved',
    decidedBy: instructor,
    decidedAt: frozenAt,
    decisionReason: null,
  };
  const latest = estimates.at(-1);
  const gap = latest && slippageFrom({ ...opening }, latest);
  const middle = estimates.at(-2);
  // A new baseline is asked for where the first is far behind.
  if (!gap || !middle || (gap.costShare < 0.15 && (gap.scheduleShare ?? 0) < 0.25)) return [opening];
  const fate = drawn(`${life.name}/rebaseline`);
  const isLive = state === 'running' || state === 'suspended';
  if (fate > 0.62 || (!isLive && fate > 0.4)) return [opening];
  const { reason, decision } = pickedFrom(REBASELINES, `${life.name}/why`);
  const result = !isLive || fate < 0.42 ? 'approved' : fate < 0.54 ? 'proposed' : 'refused';
  const from = result === 'approved' ? middle : (latest ?? middle);
  const proposedAt =
    result === 'proposed'
      ? new Date(now.getTime() - Math.round(3 + 20 * drawn(`${life.name}/asked`)) * DAY_MS)
      : new Date(Math.min(from.at.getTime() + 15 * DAY_MS, now.getTime() - 40 * DAY_MS));
  return [
    opening,
    {
      ...common,
      id: inventedId('baseline', `${fileId}/2`),
      number: result === 'approved' ? 2 : null,
      costCents: from.costCents,
      endOn: from.endOn,
      scopeShare: from.scopeShare,
      plan: drawPlan(from.costCents, first.startOn, from.endOn),
      reason,
      author: byPerson(directorId, 'digital-director'),
      proposedAt,
      state: result,
      decidedBy: result === 'proposed' ? null : instructor,
      decidedAt: result === 'proposed' ? null : new Date(proposedAt.getTime() + 21 * DAY_MS),
      decisionReason: result === 'proposed' ? null : result === 'approved' ? decision : REFUSAL,
    },
  ];
}

function eventsOf(
  life: DrawnLife,
  file: BulkFile,
  drift: { costShare: number; scheduleShare: number | null },
  latest: { costCents: number; endOn: string; scopeShare: number },
  { directorId }: Place,
  now: Date,
): BulkEvent[] {
  const events: BulkEvent[] = [];
  const lastState = { ...latest, costShare: drift.costShare, scheduleShare: drift.scheduleShare };
  const add = (kind: FileEventKind, happenedOn: string, more: Partial<BulkEvent> = {}) =>
    events.push({
      fileId: file.id,
      kind,
      happenedOn,
      recordedAt: new Date(`${happenedOn}T10:00:00Z`),
      reason: pickedFrom(EVENT_REASONS[kind] ?? [''], `${life.name}/${kind}`),
      inDifficulty: false,
      details: lastState,
      actor: byPerson(directorId, 'digital-director'),
      ...more,
    });
  const ago = (days: number) => daysBefore(now.toISOString().slice(0, 10), days);
  if (file.state === 'finished') add('finish', `${life.lastMonth}-28`);
  if (file.state === 'exited') {
    const slippage = { costCents: 0, months: 0, scopeShare: 0, ...drift };
    add('exit', `${life.lastMonth}-28`, { inDifficulty: isInDifficulty('running', slippage) });
  }
  if (file.state === 'suspended') add('suspension', ago(45));
  if (latest.scopeShare < 1)
    add('scope-cut', ago(60), { details: { ...lastState, scopeShareAfter: latest.scopeShare } });
  if (file.state === 'running' && drawn(`${life.name}/turn`) < 0.08) add('reorientation', ago(150));
  return events;
}
