// What the page of a file shows of its recommendations, for those who follow it.
import { dayIn } from '#platform/calendar-days.rules.ts';
import { seesFileDetail } from '../files/file-access.rules.ts';
import type { FileSection } from '../files/file-sections.ts';
import { recommendationsSection } from './recommendation-parts.pages.ts';
import { listOpenRecommendationsOf } from './recommendations.repository.ts';

/** The open recommendations of a file. */
export const recommendationsOnFile: FileSection = async ({ db, clock, config }, actor, file, locale) => {
  if (!seesFileDetail(actor, file)) return null;
  const items = await listOpenRecommendationsOf(db, [file.id]);
  const today = dayIn(clock.now(), config.timeZone);
  return recommendationsSection(locale, { items, today, fileId: file.id });
};
