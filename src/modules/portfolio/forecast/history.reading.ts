// The State's own history of projects: kept files against their first baseline, and the panorama's projects.
import { daysBetween } from '#platform/calendar-days.rules.ts';
import type { Db } from '#platform/database/connection.ts';
import { listBaselinedFacts } from '../files/facts.repository.ts';
import { listPublishedCourses } from './kept-forecasts.repository.ts';
import type { KnownOutcome } from './outcomes.types.ts';
import { monthsBetween } from './panels.rules.ts';

const MONTH_DAYS = 365.2425 / 12;

/**
 * Every project's last figure against its first one: what has ended and what goes on. A project that has a file with a
 * first baseline counts by it, and not by the panorama as well. At most 40,000 courses.
 */
export async function historyOf(db: Db): Promise<KnownOutcome[]> {
  const [files, courses] = await Promise.all([
    listBaselinedFacts(db, { organisationIds: [], beside: 'submitted' }),
    listPublishedCourses(db),
  ]);
  const ofFiles = files.flatMap(({ firstBaseline: first, latestEstimate: estimate, projectId }) => {
    if (!first || !estimate || estimate.costCents <= 0) return [];
    const months = daysBetween(first.startOn, estimate.at.toISOString().slice(0, 10)) / MONTH_DAYS;
    const planned = Math.max(1, daysBetween(first.startOn, first.endOn));
    return [
      { projectId, figure: 'cost' as const, ratio: estimate.costCents / first.costCents, months },
      {
        projectId,
        figure: 'duration' as const,
        ratio: Math.max(1, daysBetween(first.startOn, estimate.endOn)) / planned,
        months,
      },
    ];
  });
  const withFile = new Set(ofFiles.map(({ projectId }) => projectId));
  return [
    ...ofFiles,
    ...courses
      .filter(({ projectId }) => !withFile.has(projectId))
      .map(({ figure, first, last, from, to }) => ({
        figure,
        ratio: last / first,
        months: monthsBetween(from, to),
      })),
  ];
}
