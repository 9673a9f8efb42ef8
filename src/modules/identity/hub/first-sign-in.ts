// The message at a citizen's first sign-in to a service, so that they learn of one that was not theirs.
import type { Trx } from '#platform/database/connection.ts';
import { formatDateTime } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import { findOrganisation } from '../organisations.repository.ts';
import { findServiceByClientId } from '../services/services.repository.ts';
import { findUpstream } from '../upstreams/upstreams.repository.ts';
import { readAccount } from './accounts.actions.ts';
import { hubMessages } from './hub.messages.ts';

/** The hub speaks to people it knows nothing of but their identity in the State's first language. */
const MAIL_LOCALE: Locale = 'fr';

/** Tells a citizen of their first sign-in to a service, if `trx` commits. Agents, and accounts without address, get none. */
export async function tellFirstSignIn(
  { clock, config, mailer, secret }: Pick<Kernel, 'clock' | 'config' | 'mailer' | 'secret'>,
  trx: Trx,
  { accountId, clientId, serviceName }: { accountId: string; clientId: string; serviceName: string },
): Promise<void> {
  const account = await readAccount({ db: trx, secret }, accountId);
  const to = account?.realm === 'citizens' ? String(account.claims.email ?? '') : '';
  if (!account || to === '') return;
  const [upstream, service] = await Promise.all([
    findUpstream(trx, account.upstreamId),
    findServiceByClientId(trx, clientId),
  ]);
  const organisation = service ? await findOrganisation(trx, service.organisationId) : undefined;
  const words = hubMessages(MAIL_LOCALE).mail;
  await mailer.send(trx, {
    to,
    locale: MAIL_LOCALE,
    subject: words.subject(serviceName),
    text: words.text(
      serviceName,
      organisation?.name ?? serviceName,
      formatDateTime(MAIL_LOCALE, clock.now(), config.timeZone),
      upstream?.name ?? '',
    ),
  });
}
