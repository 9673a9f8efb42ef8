// THE list of what other parts of the module show on the page of a file, in the order in which it is shown.
import type { Actor } from '#platform/access.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { Html } from '#ui/html.ts';
import { forecastSection } from '../forecast/forecast-section.ts';
import { opinionsOnFile } from '../opinions/file-section.ts';
import { recommendationsOnFile } from '../recommendations/file-section.ts';
import { alertsOnFile } from '../watch/file-section.ts';
import type { ProjectFile } from './files.types.ts';

/** Reads and draws one part's section for whoever sees the file; null where there is nothing to show. */
export type FileSection = (
  kernel: Pick<Kernel, 'db' | 'clock' | 'config'>,
  actor: Actor | null,
  file: ProjectFile,
  locale: Locale,
) => Promise<Html | null>;

const SECTIONS: readonly FileSection[] = [
  alertsOnFile,
  forecastSection,
  opinionsOnFile,
  recommendationsOnFile,
];

/** Every section that has something to show. */
export async function sectionsOf(...about: Parameters<FileSection>): Promise<Html[]> {
  const all = await Promise.all(SECTIONS.map((section) => section(...about)));
  return all.filter((section) => section !== null);
}
