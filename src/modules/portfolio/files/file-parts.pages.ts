// What the pages of files share: addresses, breadcrumbs, state tags, gaps as they are written.
import { formatSignedPercent } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { type TagTone, tag } from '#ui/components/tag.ts';
import { type Html, html } from '#ui/html.ts';
import { oversightCrumb } from '../entry/entry.crumb.ts';
import { filesMessages } from './files.messages.ts';
import type { FileState, ProjectFile } from './files.types.ts';

/** The address of a file, or of what is under it (`/costs`). */
export function fileAddress(id: string, under = ''): string {
  return `/projects/files/${id}${under}`;
}

/** The breadcrumbs of a page of files; `file` is the one that the page is under. */
export function fileCrumbs(locale: Locale, file?: Pick<ProjectFile, 'id' | 'name'>) {
  const words = filesMessages(locale);
  return [
    oversightCrumb(locale),
    { text: words.title, href: '/projects/files' },
    ...(file ? [{ text: file.name, href: fileAddress(file.id) }] : []),
  ];
}

const TONES: Readonly<Record<FileState, TagTone>> = {
  draft: 'neutral',
  submitted: 'info',
  running: 'info',
  suspended: 'warning',
  finished: 'good',
  exited: 'neutral',
};

/** The state of a file, and whether it is classified. */
export function fileTags(
  locale: Locale,
  { state, classified }: Pick<ProjectFile, 'state' | 'classified'>,
): Html {
  const words = filesMessages(locale);
  return html`${tag({ text: words.states[state], tone: TONES[state] })}${classified && html` ${tag({ text: words.classified, tone: 'warning' })}`}`;
}

/** A gap with its sign; a dash where there is none to give. */
export function writtenGap(locale: Locale, share: number | null | undefined): string {
  if (share === null || share === undefined) return filesMessages(locale).none;
  // A gap that rounds to nothing has no sign: −0 % is 0 %.
  return formatSignedPercent(locale, Math.round(share * 1000) / 1000 || 0, 1);
}
