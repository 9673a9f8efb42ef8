// What of files is on a person's desk: for the ministry news to give and decisions taken, for auditors baselines to decide.
import type { Actor } from '#platform/access.ts';
import { formatDate } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { DeskItem } from '#platform/module.ts';
import { listDecidedSince, listToDecide, listWithoutNews } from './desk.repository.ts';
import { filesKeptBy } from './file-access.rules.ts';
import { fileAddress } from './file-parts.pages.ts';
import { filesMessages } from './files.messages.ts';

const SHOWN = 4;
const SHOWN_TO_DECIDE = 6;
const DAY_MS = 86_400_000;
/** A project without news for this many days is asked for some: half of what lies between two editions of the panorama. */
const NEWS_DAYS = 90;
const DECIDED_DAYS = 30;

/** The actor's part: at most fourteen items. */
export async function fileDeskItems(
  { db, clock, config }: Pick<Kernel, 'db' | 'clock' | 'config'>,
  actor: Actor,
  locale: Locale,
): Promise<DeskItem[]> {
  const { desk: words } = filesMessages(locale);
  const keeps = actor.roles.some(({ role }) => role === 'digital-director');
  const decides = actor.roles.some(({ role }) => role === 'auditor');
  const ago = (days: number) => new Date(clock.now().getTime() - days * DAY_MS);
  const day = (moment: Date) => formatDate(locale, moment, config.timeZone);
  const kept = filesKeptBy(actor);
  const [silent, decided, toDecide] = await Promise.all([
    keeps ? listWithoutNews(db, kept, { before: ago(NEWS_DAYS), limit: SHOWN }) : [],
    keeps ? listDecidedSince(db, kept, { since: ago(DECIDED_DAYS), limit: SHOWN }) : [],
    decides ? listToDecide(db, { notBy: actor.personId, limit: SHOWN_TO_DECIDE }) : [],
  ]);
  return [
    ...silent.map(({ id, name, at }) => ({
      section: 'late' as const,
      text: words.noNews(name),
      href: fileAddress(id, '/news'),
      note: words.noNewsNote(day(at)),
    })),
    ...toDecide.map(({ id, name, organisationName, at, baselineId }) => ({
      section: 'waiting' as const,
      text: words.toDecide(name),
      href: fileAddress(id, `/baselines/${baselineId}`),
      note: words.toDecideNote(organisationName, day(at)),
    })),
    ...decided.map(({ id, name, at, state }) => ({
      section: 'changed' as const,
      text: words.decided[state](name),
      href: fileAddress(id, '#baselines'),
      note: words.decidedNote(day(at)),
    })),
  ];
}
