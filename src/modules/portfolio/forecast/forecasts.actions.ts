// Forecasts are made and kept, judgements recorded, and both scored when the outcome is known; each in the ledger.
import { createHash, randomUUID } from 'node:crypto';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Db, Trx } from '#platform/database/connection.ts';
import { publicDataChanged } from '#platform/http/public-cache.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendAllToLedger, appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { fileStateFor, listFileStates } from '../files/facts.repository.ts';
import { historyOf } from './history.reading.ts';
import {
  insertForecastScore,
  insertForecasts,
  insertJudgement,
  insertJudgementScore,
  listLatestForecasts,
  listUnscored,
} from './kept-forecasts.repository.ts';
import type { ForecastOccasion, KeptForecast, NewForecast, NewJudgement } from './kept-forecasts.types.ts';
import { forecastProject, type OutcomeClasses, outcomeClassesOf } from './outcomes.rules.ts';
import {
  endedWithin,
  type FileStanding,
  inMoneyAndDays,
  scoreForecast,
  standingOf,
} from './standing.rules.ts';

/** How many forecasts are kept by one statement. */
const BATCH = 200;

const BY_FORECASTS: LedgerActor = { kind: 'system', name: 'forecasts' };

/** What a forecast is made for. */
export interface ForecastAsk extends Occasion {
  readonly fileId: string;
}

/** When and why a forecast is made. */
interface Occasion {
  readonly at: Date;
  /** The State's time zone, in which `at` is a day. */
  readonly timeZone: string;
  readonly occasion: ForecastOccasion;
  /** The opinion or recommendation that it goes with. */
  readonly occasionId?: string | null;
}

/** The classes that what the State knows now gives. Made once for many projects. */
export async function presentClasses(db: Db): Promise<OutcomeClasses> {
  return outcomeClassesOf(await historyOf(db));
}

/** The forecast of a file on a day; null while it gives no cost. */
export function forecastOf(
  classes: OutcomeClasses,
  facts: FileStanding & { readonly id: string },
  { at, timeZone, occasion, occasionId = null }: Occasion,
): NewForecast | null {
  const stands = standingOf(facts, dayIn(at, timeZone));
  if (!stands) return null;
  const { frame, standing } = stands;
  const forecast = forecastProject(classes, standing);
  const { model, fan, tail, levers, ownProjects, ownWeight } = forecast;
  return {
    fileId: facts.id,
    madeAt: at,
    occasion,
    occasionId,
    model,
    inputs: { ...standing, ownProjects, ownWeight },
    frame,
    quantiles: { cost: forecast.cost.quantiles, duration: forecast.duration.quantiles },
    details: { fan, tail, levers },
    ...inMoneyAndDays(frame, forecast),
  };
}

/**
 * Makes the forecast of a file (a UUID) as it stands and keeps it, in the caller's transaction.
 * @returns its id; null while the file gives no cost.
 */
export async function keepForecast(trx: Trx, ask: ForecastAsk): Promise<string | null> {
  const facts = await fileStateFor(trx, ask.fileId);
  const forecast = facts && forecastOf(await presentClasses(trx), facts, ask);
  return forecast ? keep(trx, forecast) : null;
}

async function keep(trx: Trx, forecast: NewForecast): Promise<string> {
  const id = randomUUID();
  await keepAll(trx, forecast.madeAt, [{ ...forecast, id }]);
  return id;
}

/** Keeps forecasts with their entries in the ledger. */
export async function keepAll(trx: Trx, now: Date, forecasts: readonly KeptForecast[]): Promise<void> {
  await insertForecasts(trx, forecasts);
  await appendAllToLedger(
    trx,
    now,
    forecasts.map(
      ({ id, fileId, occasion, occasionId, model, inputs, p80CostCents, p80EndOn, above25, above50 }) => ({
        kind: 'portfolio.forecast-kept',
        subject: `portfolio/forecast/${id}`,
        actor: BY_FORECASTS,
        data: { fileId, occasion, occasionId, model, ...inputs, p80CostCents, p80EndOn, above25, above50 },
      }),
    ),
  );
}

/** Keeps the forecast of each live file that moved since its latest one, or has none of this month. */
export async function keepDueForecasts(
  { db, clock, config }: Pick<Kernel, 'db' | 'clock' | 'config'>,
  progress: (done: number, total: number) => void,
): Promise<{ kept: number; unchanged: number }> {
  const at = clock.now();
  const { timeZone } = config;
  const [classes, files] = await Promise.all([presentClasses(db), listFileStates(db)]);
  const latest = await listLatestForecasts(
    db,
    files.map(({ id }) => id),
  );
  const due = files.flatMap((facts) => {
    const forecast = forecastOf(classes, facts, { at, timeZone, occasion: 'schedule' });
    return forecast && isDue(forecast, latest.get(facts.id), timeZone)
      ? [{ ...forecast, id: randomUUID() }]
      : [];
  });
  for (let from = 0; from < due.length; from += BATCH) {
    progress(from, due.length);
    await db.transaction().execute((trx) => keepAll(trx, at, due.slice(from, from + BATCH)));
  }
  return { kept: due.length, unchanged: files.length - due.length };
}

/** A forecast says something new when its month does, or when the project has moved. */
function isDue(next: NewForecast, last: KeptForecast | undefined, timeZone: string): boolean {
  if (!last || last.model !== next.model) return true;
  if (dayIn(last.madeAt, timeZone).slice(0, 7) !== dayIn(next.madeAt, timeZone).slice(0, 7)) return true;
  const { inputs: a } = next;
  const { inputs: b } = last;
  return (
    next.frame.costCents !== last.frame.costCents ||
    next.frame.endOn !== last.frame.endOn ||
    a.phase !== b.phase ||
    a.rebaselines !== b.rebaselines ||
    a.scopeShare !== b.scopeShare ||
    Math.abs(a.costRatio - b.costRatio) > 1e-9 ||
    Math.abs(a.durationRatio - b.durationRatio) > 1e-9
  );
}

/**
 * Records a judgement of the directorate as a dated probability, in the caller's transaction. The caller has checked it
 * (0 to 1, a frame of the file). @returns its id; null when its source has one already.
 */
export async function recordJudgement(trx: Trx, judgement: NewJudgement): Promise<string | null> {
  const id = await insertJudgement(trx, judgement);
  if (id === undefined) return null;
  const { fileId, kind, sourceId, probability, frameCostCents, frameEndOn, actor, at } = judgement;
  await appendToLedger(trx, at, {
    kind: 'portfolio.judgement-recorded',
    subject: `portfolio/judgement/${id}`,
    actor,
    data: { fileId, of: kind, sourceId, probability, frameCostCents, frameEndOn },
  });
  return id;
}

/** Scores all that ended projects left unscored. It may be run again at any moment. */
export async function scoreOutcomes({
  db,
  clock,
}: Pick<Kernel, 'db' | 'clock'>): Promise<{ forecasts: number; judgements: number }> {
  const scored = { forecasts: 0, judgements: 0 };
  for (;;) {
    const found = await db.transaction().execute(async (trx) => {
      const at = clock.now();
      const ended = await listUnscored(trx);
      for (const { fileId, ending, forecasts, judgements } of ended) {
        for (const forecast of forecasts) {
          await insertForecastScore(trx, at, scoreForecast(forecast, ending, placeOf(forecast.id)));
        }
        for (const { id, ...frame } of judgements) {
          const came = endedWithin(frame, ending);
          await insertJudgementScore(trx, at, { judgementId: id, outcome: ending.outcome, came });
        }
        await appendToLedger(trx, at, {
          kind: 'portfolio.forecasts-scored',
          subject: `portfolio/project-file/${fileId}`,
          actor: BY_FORECASTS,
          data: { ...ending, forecasts: forecasts.length, judgements: judgements.length },
        });
        scored.forecasts += forecasts.length;
        scored.judgements += judgements.length;
      }
      if (ended.length > 0) await publicDataChanged(trx);
      return ended.length;
    });
    if (found === 0) return scored;
  }
}

/** A place from 0 to 1 that follows from the forecast, so that its score can be computed again. */
function placeOf(id: string): number {
  return createHash('sha256').update(id).digest().readUInt32BE(0) / 2 ** 32;
}
