// The look at all files: which rules fire, which alerts open. It closes nothing.

import { lastMeasuresOf } from '#modules/impact/public.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Db } from '#platform/database/connection.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendAllToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { listFileStates } from '../files/facts.repository.ts';
import { listLatestForecasts } from '../forecast/kept-forecasts.repository.ts';
import { overdueCounts } from '../recommendations/recommendations.repository.ts';
import { settingsOn } from '../settings/settings.repository.ts';
import {
  insertAlerts,
  listWatchedIndicators,
  lockKnownAlerts,
  updateFired,
  updateQuiet,
} from './alerts.repository.ts';
import { changesOf, firingsOn, WATCH_VERSION } from './watch.rules.ts';
import type { Firing, WatchedFile, WatchLimits } from './watch.types.ts';

const BY: LedgerActor = { kind: 'system', name: 'portfolio.watch' };

/** What a look came to. */
export interface WatchResult {
  readonly files: number;
  readonly opened: number;
  readonly reopened: number;
  readonly open: number;
}

/** The limits in force on `day` (YYYY-MM-DD). */
export async function watchLimitsOn(db: Db, day: string): Promise<WatchLimits> {
  const settings = await settingsOn(db, day);
  return {
    costSlippage: settings['cost-slippage-limit'],
    scheduleSlippage: settings['schedule-slippage-limit'],
    outsourcing: settings['outsourcing-limit'],
    overdueRecommendations: settings['overdue-recommendations-limit'],
    newsDays: settings['news-days'],
  };
}

/** Every live file with all that the rules know of it: the same few queries however many there are. */
export async function watchedFiles(db: Db, today: string): Promise<WatchedFile[]> {
  const [files, overdue, indicators] = await Promise.all([
    listFileStates(db),
    overdueCounts(db, today),
    listWatchedIndicators(db),
  ]);
  const [measured, forecasts] = await Promise.all([
    lastMeasuresOf(
      db,
      indicators.map(({ indicatorId }) => indicatorId),
    ),
    listLatestForecasts(
      db,
      files.map(({ id }) => id),
    ),
  ]);
  const lastByFile = new Map<string, string>();
  for (const { fileId, indicatorId } of indicators) {
    const day = measured.get(indicatorId);
    if (day !== undefined && day > (lastByFile.get(fileId) ?? '')) lastByFile.set(fileId, day);
  }
  return files.map((facts) => ({
    facts,
    overdue: overdue.get(facts.id) ?? null,
    lastMeasureOn: lastByFile.get(facts.id) ?? null,
    forecast: forecasts.get(facts.id) ?? null,
  }));
}

/** All that fires at this moment. */
export async function firingsNow(
  db: Db,
  today: string,
  timeZone: string,
): Promise<{ readonly files: number; readonly firings: Firing[] }> {
  const [files, limits] = await Promise.all([watchedFiles(db, today), watchLimitsOn(db, today)]);
  const firings = files.flatMap((file) =>
    firingsOn(file, limits, { today, lastNewsOn: dayIn(file.facts.lastNewsAt, timeZone) }),
  );
  return { files: files.length, firings };
}

/** Looks at every live file: opens, opens again, keeps facts up to date, all or nothing. It may run twice without harm. */
export async function lookAtFiles({
  db,
  clock,
  config,
}: Pick<Kernel, 'db' | 'clock' | 'config'>): Promise<WatchResult> {
  return db.transaction().execute(async (trx) => {
    const now = clock.now();
    const today = dayIn(now, config.timeZone);
    const known = await lockKnownAlerts(trx);
    const { files, firings } = await firingsNow(trx, today, config.timeZone);
    const changes = changesOf(firings, known, today);
    const opened = await insertAlerts(trx, now, WATCH_VERSION, changes.open);
    await updateFired(trx, now, WATCH_VERSION, changes.reopen, { reopens: true });
    await updateFired(trx, now, WATCH_VERSION, changes.refresh, { reopens: false });
    await updateQuiet(trx, now, changes.quiet);
    const entry = (kind: string) => (alert: Firing & { readonly id: string }) => ({
      kind: `portfolio.alert-${kind}`,
      subject: `portfolio/alert/${alert.id}`,
      actor: BY,
      data: { fileId: alert.fileId, rule: alert.rule, version: WATCH_VERSION, facts: alert.facts },
    });
    await appendAllToLedger(trx, now, [
      ...opened.map(entry('opened')),
      ...changes.reopen.map(entry('reopened')),
    ]);
    const open = opened.length + changes.reopen.length + known.filter(({ state }) => state === 'open').length;
    return { files, opened: opened.length, reopened: changes.reopen.length, open };
  });
}
