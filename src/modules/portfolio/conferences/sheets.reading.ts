// What Socle holds of projects for their sheets: impact, cost, doctrines, forecast, alerts, recommendations.
import { findIndicators, lastMeasuresOf } from '#modules/impact/public.ts';
import { financingObstacles } from '#modules/support/public.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Db } from '#platform/database/connection.ts';
import { listFactsOf } from '../files/facts.repository.ts';
import type { FileFacts } from '../files/files.types.ts';
import { listLatestForecasts } from '../forecast/kept-forecasts.repository.ts';
import { listOpenRecommendationsOf } from '../recommendations/recommendations.repository.ts';
import { isOverdue } from '../recommendations/recommendations.rules.ts';
import { openAlertsOf } from '../watch/alerts.repository.ts';
import { listSheetObjectives } from './conferences.repository.ts';
import type { ConferenceSheet } from './conferences.types.ts';

const AXES = ['accessibility', 'eco-design', 'security'] as const;

async function doctrinesOf(
  db: Db,
  { id, projectId, organisationId }: FileFacts,
  { now, timeZone }: { readonly now: Date; readonly timeZone: string },
): Promise<ConferenceSheet['doctrines']> {
  const reference = `portfolio/project/${projectId ?? id}`;
  const obstacles = await financingObstacles(db, reference, now, organisationId, timeZone);
  return AXES.map((word) => {
    const obstacle = obstacles.find(({ doctrine }) => doctrine === word);
    return { word, conformity: obstacle?.conformity ?? 'met', assessmentId: obstacle?.assessmentId ?? null };
  });
}

/** The sheets of files as they stand at `now`, by the file's id; the doctrines of each are asked of the support module. */
export async function sheetsOf(
  db: Db,
  fileIds: readonly string[],
  at: { readonly now: Date; readonly timeZone: string },
): Promise<Map<string, ConferenceSheet>> {
  const today = dayIn(at.now, at.timeZone);
  const [files, objectives, alerts, recommendations, forecasts] = await Promise.all([
    listFactsOf(db, fileIds),
    listSheetObjectives(db, fileIds),
    openAlertsOf(db, fileIds),
    listOpenRecommendationsOf(db, fileIds),
    listLatestForecasts(db, fileIds),
  ]);
  const indicatorIds = objectives.map(({ indicatorId }) => indicatorId);
  const [found, measured] = await Promise.all([
    findIndicators(db, indicatorIds),
    lastMeasuresOf(db, indicatorIds),
  ]);
  const indicators = new Map(found.map((indicator) => [indicator.id, indicator]));
  const sheets = new Map<string, ConferenceSheet>();
  for (const facts of files) {
    const { id } = facts;
    const forecast = forecasts.get(id);
    const own = recommendations.filter(({ fileId }) => fileId === id);
    sheets.set(id, {
      takenOn: today,
      impact: objectives
        .filter(({ fileId }) => fileId === id)
        .map(({ indicatorId, baselineValue, targetValue, dueOn }) => ({
          title: indicators.get(indicatorId)?.title ?? '',
          unit: indicators.get(indicatorId)?.unit ?? '',
          baselineValue,
          targetValue,
          dueOn,
          lastMeasureOn: measured.get(indicatorId) ?? null,
        })),
      cost: {
        fullCents: facts.fullCostCents,
        oneTimeCents: facts.oneTimeCents,
        recurringCents: facts.recurringCents,
        firstBaselineCents: facts.firstBaseline?.costCents ?? null,
        costShare: facts.slippage?.first.costShare ?? null,
        scheduleShare: facts.slippage?.first.scheduleShare ?? null,
        endOn: facts.latestEstimate?.endOn ?? facts.plannedEndOn,
      },
      doctrines: await doctrinesOf(db, facts, at),
      outsourcedShare: facts.outsourcedShare,
      forecast: forecast ? { p80CostCents: forecast.p80CostCents, p80EndOn: forecast.p80EndOn } : null,
      alerts: alerts
        .filter(({ fileId }) => fileId === id)
        .map(({ rule, facts: why }) => ({ rule, facts: why })),
      recommendations: { open: own.length, overdue: own.filter((one) => isOverdue(one, today)).length },
    });
  }
  return sheets;
}
