// What of sources is on a person's desk: those of their organisation that fail again and again.
import type { Actor } from '#platform/access.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { DeskItem } from '#platform/module.ts';
import { organisationsWrittenBy } from '../indicators/indicator-access.rules.ts';
import { sourcesMessages } from './sources.messages.ts';
import { listFailingSources } from './sources.repository.ts';
import { FAILURES_TOLD } from './sources.rules.ts';

/** The actor's part: at most five items. */
export async function sourcesDesk(
  { db }: Pick<Kernel, 'db'>,
  actor: Actor,
  locale: Locale,
): Promise<DeskItem[]> {
  const reach = organisationsWrittenBy(actor);
  if (reach.length === 0) return [];
  const words = sourcesMessages(locale).desk;
  const failing = await listFailingSources(db, reach, { failures: FAILURES_TOLD, limit: 5 });
  return failing.map((source) => ({
    section: 'late',
    text: words.failing(source.indicatorName),
    href: `/impact/sources/${source.id}`,
    note: words.note(source.failures),
  }));
}
