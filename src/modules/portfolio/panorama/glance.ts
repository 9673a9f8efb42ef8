// The portfolio's figure on the home page and what it puts on desks. It decides nothing.
import type { Actor } from '#platform/access.ts';
import { isAllowed } from '#platform/access.ts';
import { formatMillionEuros, formatMonth, formatNumber, formatPercent } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { DeskItem, GlanceFigure } from '#platform/module.ts';
import { glanceMessages } from './glance.messages.ts';
import { countWaitingMatches, listWaitingMatches } from './matches.repository.ts';
import { panoramaPermissions } from './panorama.permissions.ts';
import { findDefaultEdition, readEvolution } from './panorama.repository.ts';

/** The total cost of the latest edition's projects, with its trend; null while no edition is held. */
export async function glance({ db }: Pick<Kernel, 'db'>, locale: Locale): Promise<GlanceFigure | null> {
  const edition = await findDefaultEdition(db);
  if (!edition) return null;
  const words = glanceMessages(locale);
  const points = (await readEvolution(db, edition.origin)).filter((point) => point.computed !== null);
  const latest = points.at(-1)?.computed;
  if (!latest) return null;
  const month = formatMonth(locale, edition.month);
  return {
    title: words.title,
    value: formatMillionEuros(locale, latest.totalMeur, 0),
    explanation: words.explanation(formatNumber(locale, latest.projects), latest.unknownCosts, month),
    trend: points.map((point) => ({
      label: formatMonth(locale, point.month),
      value: point.computed?.totalMeur ?? 0,
    })),
    origin: edition.origin === 'published' ? 'declared' : 'demonstration',
    source: edition.origin === 'published' ? words.published(month) : words.demonstration,
    link: { href: '/panorama', text: words.link },
  };
}

/** How many proposals a desk shows one by one. */
const SHOWN_MATCHES = 5;
/** How long a new edition is news. */
const NEWS_DAYS = 30;

/** Proposals that wait, for those who may decide them; and the newest edition, for everyone with a desk. */
export async function desk({ db, clock }: Kernel, actor: Actor, locale: Locale): Promise<DeskItem[]> {
  const words = glanceMessages(locale);
  const items: DeskItem[] = [];
  if (isAllowed(panoramaPermissions.decideMatch, actor)) {
    const [waiting, count] = await Promise.all([
      listWaitingMatches(db, { limit: SHOWN_MATCHES }),
      countWaitingMatches(db),
    ]);
    for (const match of waiting) {
      items.push({
        section: 'waiting',
        text: words.matchWaiting(match.row.name, match.candidate.name),
        href: '/panorama/matches',
        note: words.matchNote(formatPercent(locale, match.score), formatMonth(locale, match.row.month)),
      });
    }
    if (count > waiting.length) {
      items.push({
        section: 'waiting',
        text: words.matchesMore(count - waiting.length),
        href: '/panorama/matches',
        note: words.matchesMoreNote,
      });
    }
  }
  const edition = await findDefaultEdition(db);
  if (edition && clock.now().getTime() - edition.importedAt.getTime() < NEWS_DAYS * 86_400_000) {
    items.push({
      section: 'changed',
      text: words.newEdition(formatMonth(locale, edition.month)),
      href: '/panorama',
      note: words.newEditionNote(edition.rowCount),
    });
  }
  return items;
}
