// Mail to those who hold an exemption: who asked for it, and the digital directors of their organisation.
import { type Correspondent, findCorrespondents, listHoldersOf } from '#modules/identity/public.ts';
import type { Trx } from '#platform/database/connection.ts';
import { siteAddress } from '#platform/http/origin.ts';
import { formatDay } from '#platform/i18n/format.ts';
import type { Kernel } from '#platform/kernel.ts';
import { assessmentAddress } from './doctrine-parts.pages.ts';
import { doctrinesMessages } from './doctrines.messages.ts';
import type { HeldExemption } from './exemption-reminders.repository.ts';

/** What mail needs. */
export type MailNeeds = Pick<Kernel, 'mailer' | 'config' | 'clock'>;

/** Tells the holders, each in their language, that an exemption ends soon or is withdrawn; if `trx` commits. */
export async function tellHolders(
  kernel: MailNeeds,
  trx: Trx,
  exemption: Omit<HeldExemption, 'remindedDays'>,
  news: { readonly kind: 'ends' } | { readonly kind: 'withdrawn'; readonly reason: string },
): Promise<void> {
  const { mailer, config, clock } = kernel;
  const { assessmentId, subjectName, doctrineTitle, organisationId, askedBy, until } = exemption;
  const origin = siteAddress(config);
  const href = new URL(assessmentAddress(assessmentId), origin).href;
  const [asker, directors] = [
    await findCorrespondents(trx, [askedBy]),
    await listHoldersOf(trx, ['digital-director'], [organisationId], clock.now()),
  ];
  const holders = new Map<string, Correspondent>([
    ...asker,
    ...directors.map((one) => [one.id, one] as const),
  ]);
  for (const { email: to, locale } of holders.values()) {
    const words = doctrinesMessages(locale).mail;
    const [title, day] = [doctrineTitle[locale], formatDay(locale, until)];
    const message =
      news.kind === 'ends'
        ? { subject: words.endsSubject(subjectName, day), text: words.ends(subjectName, title, day, href) }
        : {
            subject: words.withdrawnSubject(subjectName),
            text: words.withdrawn(subjectName, title, news.reason, href),
          };
    await mailer.send(trx, { to, locale, ...message });
  }
}
