// Mail to the contacts of an accreditation, the technical and the business one that its form names, about what they must know.
import type { Trx } from '#platform/database/connection.ts';
import { siteAddress } from '#platform/http/origin.ts';
import { formatDate, formatNumber } from '#platform/i18n/format.ts';
import { DEFAULT_LOCALE } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import { accreditationAddress } from './accreditation-address.ts';
import { accreditationsMessages } from './accreditations.messages.ts';
import { findForm } from './accreditations.repository.ts';
import { contactsOf } from './accreditations.rules.ts';
import type { Accreditation } from './accreditations.types.ts';

/** What they are told. */
export type AccreditationNews =
  | { readonly kind: 'reminder' | 'expired' }
  | { readonly kind: 'revoked'; readonly reason: string }
  | { readonly kind: 'withdrawn' | 'restored'; readonly scope: string; readonly reason: string };

/** Tells the contacts, if `trx` commits. */
export async function tellContacts(
  { mailer, config, clock }: Pick<Kernel, 'mailer' | 'config' | 'clock'>,
  trx: Trx,
  accreditation: Accreditation,
  news: AccreditationNews,
): Promise<void> {
  const locale = DEFAULT_LOCALE;
  const origin = siteAddress(config);
  const href = new URL(accreditationAddress(accreditation.number), origin).href;
  const message = messageOf(accreditation, news, { href, now: clock.now(), timeZone: config.timeZone });
  for (const to of contactsOf(await findForm(trx, accreditation.id))) {
    await mailer.send(trx, { to, locale, ...message });
  }
}

function messageOf(
  { number, organisationName: holder, validUntil }: Accreditation,
  news: AccreditationNews,
  { href, now, timeZone }: { readonly href: string; readonly now: Date; readonly timeZone: string },
): { readonly subject: string; readonly text: string } {
  const words = accreditationsMessages(DEFAULT_LOCALE).mail;
  const n = String(number);
  const end = validUntil ?? now;
  const day = formatDate(DEFAULT_LOCALE, end, timeZone);
  switch (news.kind) {
    case 'reminder': {
      const left = Math.max(1, Math.ceil((end.getTime() - now.getTime()) / 86_400_000));
      const days = formatNumber(DEFAULT_LOCALE, left);
      return { subject: words.reminderSubject(n, days), text: words.reminder(n, holder, day, href) };
    }
    case 'expired':
      return { subject: words.expiredSubject(n), text: words.expired(n, holder, day, href) };
    case 'revoked':
      return { subject: words.revokedSubject(n), text: words.revoked(n, holder, news.reason, href) };
    default:
      return {
        subject: words[`${news.kind}Subject`](n, news.scope),
        text: words[news.kind](n, news.scope, news.reason, href),
      };
  }
}
