// Intentions on windows: each is one transaction with its entry in the ledger.
import { findCorrespondentByEmail } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import type { Trx } from '#platform/database/connection.ts';
import { invalidInput, notFound } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { isUuid } from '#platform/typed-text.ts';
import { listApplicationsOf, updateApplicationsOf } from './applications.repository.ts';
import { notInThisState, scoresAreMissing } from './funding.errors.ts';
import type { WindowState } from './funding.types.ts';
import { fundingActor, runsWindows } from './funding-access.rules.ts';
import { rankingOf } from './ranking.rules.ts';
import { listConflicts, listScores } from './scores.repository.ts';
import { checkedWindow, juriesOf, type TypedWindow } from './typed-funding.rules.ts';
import {
  insertWindow,
  type LockedWindow,
  listCriteria,
  lockWindow,
  updateWindowState,
} from './windows.repository.ts';

type Needs = Pick<Kernel, 'db' | 'clock'>;

/** Drafts a window with its criteria and juries. Throws `invalid-input`. @returns its id. */
export async function draftWindow({ db, clock }: Needs, actor: Actor, typed: TypedWindow): Promise<string> {
  if (!runsWindows(actor)) throw notFound();
  const { value, faults } = checkedWindow(typed);
  if (faults) throw invalidInput({ fields: faults });
  const juries = await Promise.all(
    (juriesOf(typed.jury) ?? []).map(async ({ name, emails }) => {
      const members = await Promise.all(emails.map((email) => findCorrespondentByEmail(db, email)));
      return { name, memberIds: members.map((member) => member?.id) };
    }),
  );
  const known = juries.map(({ name, memberIds }) => ({
    name,
    memberIds: memberIds.filter((id) => id !== undefined),
  }));
  if (known.some(({ memberIds }, at) => memberIds.length < (juries[at]?.memberIds.length ?? 0))) {
    const text = {
      fr: 'Une de ces adresses électroniques n’est celle de personne ici.',
      en: 'One of these e-mail addresses is nobody’s here.',
    };
    throw invalidInput({ fields: [{ field: 'jury', text }] });
  }
  return db.transaction().execute(async (trx) => {
    const now = clock.now();
    const id = await insertWindow(trx, now, { ...value, juries: known });
    await appendToLedger(trx, now, {
      kind: 'support.window-drafted',
      subject: `support/window/${id}`,
      actor: fundingActor(actor, null),
      data: { budgetCents: value.budgetCents, criteria: value.criteria.length, juries: known.length },
    });
    return id;
  });
}

const STEPS = {
  open: { from: 'draft', to: 'open', kind: 'support.window-opened' },
  'close-applications': { from: 'open', to: 'in-jury', kind: 'support.window-closed-to-applications' },
  rank: { from: 'in-jury', to: 'ranked', kind: 'support.window-ranked' },
  'end-awards': { from: 'ranked', to: 'awarded', kind: 'support.window-awarded' },
  close: { from: 'awarded', to: 'closed', kind: 'support.window-closed' },
} as const satisfies Record<string, { from: WindowState; to: WindowState; kind: string }>;

/** The steps of a window, in their order. */
export const WINDOW_STEPS = Object.keys(STEPS) as WindowStep[];

/** One of them. */
export type WindowStep = keyof typeof STEPS;

/** The step that a window in this state takes next; null when it is closed. */
export function nextStepOf(state: WindowState): WindowStep | null {
  return WINDOW_STEPS.find((step) => STEPS[step].from === state) ?? null;
}

async function effectOf(trx: Trx, window: LockedWindow, step: WindowStep): Promise<Record<string, unknown>> {
  if (step === 'rank') {
    const all = await listApplicationsOf(trx, window.id, 'all');
    if (all.some(({ state }) => state === 'submitted')) throw notInThisState();
    const ids = all.filter(({ state }) => state === 'eligible').map(({ id }) => id);
    const [criteria, scores, conflicts] = [
      await listCriteria(trx, window.id),
      await listScores(trx, ids),
      await listConflicts(trx, ids),
    ];
    const ranking = rankingOf(ids, criteria, scores, conflicts);
    if (ranking.some(({ mean }) => mean === null)) throw scoresAreMissing();
    await updateApplicationsOf(trx, window.id, { from: 'eligible', to: 'scored' });
    return { ranking: ranking.map(({ applicationId, place }) => ({ applicationId, place })) };
  }
  if (step === 'end-awards')
    await updateApplicationsOf(trx, window.id, { from: 'scored', to: 'not-awarded' });
  // What is committed to an agreement that runs would have nobody to pay it.
  if (step === 'close' && window.committedCents > 0) throw notInThisState();
  return {};
}

/** Takes a window one step on. Throws `not-found`, `support.funding-not-in-this-state`, `support.scores-are-missing`. */
export async function advanceWindow(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  step: WindowStep,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const window = isUuid(id) && runsWindows(actor) ? await lockWindow(trx, id) : undefined;
    if (!window) throw notFound();
    const { from, to, kind } = STEPS[step];
    if (window.state !== from) throw notInThisState();
    const data = await effectOf(trx, window, step);
    await updateWindowState(trx, id, to);
    await appendToLedger(trx, clock.now(), {
      kind,
      subject: `support/window/${id}`,
      actor: fundingActor(actor, null),
      data: data as Record<string, never>,
    });
  });
}
