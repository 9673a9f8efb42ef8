// What the page of a file shows of its opinions: what is published for everyone, all of it for those who follow the file.
import { dayIn } from '#platform/calendar-days.rules.ts';
import { seesFileDetail } from '../files/file-access.rules.ts';
import type { FileSection } from '../files/file-sections.ts';
import { opinionsSection } from './opinion-section.pages.ts';
import { listOpinionsOf, listPublishedOf } from './opinions.repository.ts';
import { requestsSeenBy } from './request-access.rules.ts';
import { asSeenBy } from './request-view.ts';
import { listRequests } from './requests.repository.ts';

/** The opinions on a file, and the request that is open. */
export const opinionsOnFile: FileSection = async ({ db, clock, config }, actor, file, locale) => {
  if (actor === null || !seesFileDetail(actor, file)) {
    const published = await listPublishedOf(db, file.id);
    if (published.length === 0) return null;
    const items = published.map((one) => ({ ...one, href: `/projects/opinions/${one.id}` }));
    return opinionsSection(locale, { items, open: null });
  }
  const filter = { fileId: file.id, states: ['draft', 'submitted', 'suspended'] } as const;
  const [opinions, requests] = await Promise.all([
    listOpinionsOf(db, file.id),
    listRequests(db, requestsSeenBy(actor), filter, { before: null, limit: 1 }),
  ]);
  const items = opinions.map((one) => ({ ...one, href: `/projects/opinions/requests/${one.requestId}` }));
  const [open] = requests;
  const today = dayIn(clock.now(), config.timeZone);
  return opinionsSection(locale, { items, open: open ? asSeenBy(actor, open, today) : null });
};
