// What of audits is on a person's desk: missions to compose, to carry out, to release; conclusions for who asked.
import { type Actor, isAllowed } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import { formatDay } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { DeskItem } from '#platform/module.ts';
import { asksForAudit, auditsSeenBy, isOfMission } from './audit-access.rules.ts';
import { auditsMessages } from './audits.messages.ts';
import { auditAddress } from './audits.pages.ts';
import { auditsPermissions } from './audits.permissions.ts';
import { listAudits } from './audits.repository.ts';
import type { Audit } from './audits.types.ts';

const LOOKED_AT = 30;
const SHOWN = 6;

/** The actor's part: at most six items. */
export async function auditsDeskItems(
  { db, clock, config }: Pick<Kernel, 'db' | 'clock' | 'config'>,
  actor: Actor,
  locale: Locale,
): Promise<DeskItem[]> {
  if (!isAllowed(auditsPermissions.requestAudits, actor)) return [];
  const today = dayIn(clock.now(), config.timeZone);
  const audits = await listAudits(db, auditsSeenBy(actor), { before: null, limit: LOOKED_AT });
  return audits.flatMap((audit) => itemOf(locale, actor, audit, { today, ...config }) ?? []).slice(0, SHOWN);
}

function itemOf(
  locale: Locale,
  actor: Actor,
  audit: Audit,
  { today, timeZone }: { readonly today: string; readonly timeZone: string },
): DeskItem | undefined {
  const { desk } = auditsMessages(locale);
  const { id, number, subject, state, endsOn, requestedAt, concludedAt } = audit;
  const href = auditAddress(id);
  const since = (moment: Date) => desk.since(formatDay(locale, dayIn(moment, timeZone)));
  const member = isOfMission(actor, audit);
  if (state === 'requested' && !asksForAudit(actor, audit))
    return { section: 'waiting', text: desk.staff(number, subject), href, note: since(requestedAt) };
  if (state === 'running' && member && endsOn !== null)
    return {
      section: endsOn < today ? 'late' : 'waiting',
      text: desk.carry(number, subject),
      href,
      note: desk.before(formatDay(locale, endsOn)),
    };
  if (state !== 'concluded' || concludedAt === null) return undefined;
  return member
    ? { section: 'waiting', text: desk.release(number, subject), href, note: since(concludedAt) }
    : { section: 'changed', text: desk.concluded(number, subject), href, note: since(concludedAt) };
}
