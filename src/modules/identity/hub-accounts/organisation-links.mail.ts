// Mail about organisation links: to the agent what was decided, to those who decide what waits. The address of an agent
// is the one that their provider asserts.
import type { Trx } from '#platform/database/connection.ts';
import { formatDate } from '#platform/i18n/format.ts';
import { DEFAULT_LOCALE, type Locale } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { Mailer } from '#platform/mail/mailer.ts';
import { findPerson } from '../people.repository.ts';
import { hubAccountsMessages } from './hub-accounts.messages.ts';
import type { Decider } from './organisation-links.repository.ts';
import type { OrganisationLink } from './organisation-links.types.ts';

/** Tells the agent what became of their link, if `trx` commits, in their language where Socle knows it. */
export async function tellAgent(
  trx: Trx,
  mailer: Mailer,
  { email, organisationName, personId }: Pick<OrganisationLink, 'email' | 'organisationName' | 'personId'>,
  outcome: { decision: 'accepted' | 'refused'; reason: string | null } | 'expired',
): Promise<void> {
  if (email === '') return;
  const person = personId === null ? undefined : await findPerson(trx, personId);
  const locale = person?.locale ?? DEFAULT_LOCALE;
  await mailer.send(trx, { to: email, locale, ...messageOf(locale, organisationName, outcome) });
}

function messageOf(
  locale: Locale,
  organisation: string,
  outcome: { decision: 'accepted' | 'refused'; reason: string | null } | 'expired',
): { subject: string; text: string } {
  const words = hubAccountsMessages(locale).linkMail;
  if (outcome === 'expired') {
    return { subject: words.refusedSubject(organisation), text: words.expired(organisation) };
  }
  const reason = outcome.reason === null ? '' : words.reason(outcome.reason);
  return outcome.decision === 'accepted'
    ? { subject: words.acceptedSubject(organisation), text: words.accepted(organisation, reason) }
    : { subject: words.refusedSubject(organisation), text: words.refused(organisation, reason) };
}

/** Reminds somebody who decides, if `trx` commits, of how many links have waited for too long. */
export async function remindDecider(
  { config, mailer }: Pick<Kernel, 'config' | 'mailer'>,
  trx: Trx,
  { email, locale }: Decider,
  {
    count,
    oldest,
    organisationName,
    origin,
  }: { count: number; oldest: Date; organisationName: string; origin: string },
): Promise<void> {
  const words = hubAccountsMessages(locale).linkMail;
  const since = formatDate(locale, oldest, config.timeZone);
  await mailer.send(trx, {
    to: email,
    locale,
    subject: words.reminderSubject(String(count)),
    text: words.reminder(String(count), organisationName, since, `${origin}/organisation-links`),
  });
}
