// The data exchange's figure on the home page. It decides nothing.

import { demonstrationIsLoaded } from '#modules/identity/public.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import { formatDay, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { GlanceFigure } from '#platform/module.ts';
import { everyUsageDay, usageSince } from '../consumers/usage.rules.ts';
import { entryMessages } from './entry.messages.ts';
import { listCallDays } from './entry.repository.ts';

/** The calls in production of the last 30 days, with each day; null before the first one. */
export async function glance(
  { db, clock, config: { timeZone } }: Pick<Kernel, 'db' | 'clock' | 'config'>,
  locale: Locale,
): Promise<GlanceFigure | null> {
  const now = clock.now();
  const [counted, isDemonstration] = await Promise.all([
    listCallDays(db, { since: usageSince(now), timeZone }),
    demonstrationIsLoaded(db),
  ]);
  const days = everyUsageDay(counted, dayIn(now, timeZone)).map(({ day, allowed, denied }) => ({
    label: formatDay(locale, day),
    value: allowed + denied,
  }));
  const calls = days.reduce((sum, { value }) => sum + value, 0);
  if (calls === 0) return null;
  const { glance: words, records } = entryMessages(locale);
  return {
    title: words.title,
    value: formatNumber(locale, calls),
    explanation: words.explanation,
    trend: days,
    origin: isDemonstration ? 'demonstration' : 'measured',
    source: records,
    link: { href: '/exchange', text: words.link },
  };
}
