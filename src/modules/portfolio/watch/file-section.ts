// What the page of a file shows of its alerts, for those who follow it.
import { seesFileDetail } from '../files/file-access.rules.ts';
import type { FileSection } from '../files/file-sections.ts';
import { alertsSection } from './alert-parts.pages.ts';
import { openAlertsOf } from './alerts.repository.ts';

/** The open alerts of a file. */
export const alertsOnFile: FileSection = async ({ db, config }, actor, file, locale) => {
  if (!seesFileDetail(actor, file)) return null;
  return alertsSection(locale, { alerts: await openAlertsOf(db, [file.id]), timeZone: config.timeZone });
};
