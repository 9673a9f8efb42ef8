// What of the partners' space is on a person's desk: requests to decide, and decisions on their team's services.
import type { Actor } from '#platform/access.ts';
import { formatDate } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { DeskItem } from '#platform/module.ts';
import { countWaitingReviews, listReviewsDecidedSince, listWaitingReviews } from './reviews.repository.ts';
import { oversees, servicesManagedBy } from './service-access.rules.ts';
import { servicesMessages } from './services.messages.ts';

const SHOWN_WAITING = 5;
const SHOWN_DECIDED = 5;
/** How long a decision is news. */
const NEWS_MS = 14 * 86_400_000;

/** The actor's part: at most eleven items. */
export async function servicesDesk(
  { db, clock, config }: Pick<Kernel, 'db' | 'clock' | 'config'>,
  actor: Actor,
  locale: Locale,
): Promise<DeskItem[]> {
  const words = servicesMessages(locale).desk;
  const day = (moment: Date) => formatDate(locale, moment, config.timeZone);
  const items: DeskItem[] = [];
  if (oversees(actor)) {
    const [waiting, count] = await Promise.all([
      listWaitingReviews(db, { limit: SHOWN_WAITING }),
      countWaitingReviews(db),
    ]);
    for (const review of waiting) {
      items.push({
        section: 'waiting',
        text: words.reviewWaiting(review.serviceName),
        href: `/services/${review.serviceId}/review`,
        note: words.waitingNote(review.organisationName, day(review.askedAt)),
      });
    }
    if (count > waiting.length) {
      items.push({
        section: 'waiting',
        text: words.more(count - waiting.length),
        href: '/services/reviews',
        note: words.moreNote,
      });
    }
  }
  const scope = servicesManagedBy(actor);
  if (scope === 'all' || scope.length === 0) return items;
  const since = new Date(clock.now().getTime() - NEWS_MS);
  for (const review of await listReviewsDecidedSince(db, scope, { since, limit: SHOWN_DECIDED })) {
    items.push({
      section: 'changed',
      text:
        review.decision === 'accepted'
          ? words.accepted(review.serviceName)
          : words.refused(review.serviceName),
      href: `/services/${review.serviceId}/review`,
      note: words.decidedNote(day(review.decidedAt ?? review.askedAt)),
    });
  }
  return items;
}
