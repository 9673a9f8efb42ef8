// Mail that tells a citizen that a provider was blocked or unblocked for them, so that they learn of what was not theirs.
import type { Trx } from '#platform/database/connection.ts';
import { formatDateTime } from '#platform/i18n/format.ts';
import { DEFAULT_LOCALE } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import { readAccount } from '../hub/accounts.actions.ts';
import { findPerson } from '../people.repository.ts';
import { hubAccountsMessages } from './hub-accounts.messages.ts';
import type { OwnProvider } from './own-connections.types.ts';
import type { OwnAccount } from './person-accounts.types.ts';

/** The address that the account used last gives (`accounts`: the latest used first); null where it gives none. */
export async function addressOfCitizen(
  { db, secret }: Pick<Kernel, 'db' | 'secret'>,
  [latest]: readonly OwnAccount[],
): Promise<string | null> {
  const account = latest && (await readAccount({ db, secret }, latest.id));
  return String(account?.claims.email ?? '') || null;
}

/** What happened to a provider: with the link that takes the block away again, where it was blocked. */
export type ProviderEvent =
  | { readonly kind: 'blocked'; readonly unblockLink: string }
  | { readonly kind: 'unblocked' };

/** Tells the citizen, if `trx` commits; one who has no address is not told. */
export async function tellOfProvider(
  { clock, config, mailer, secret }: Pick<Kernel, 'clock' | 'config' | 'mailer' | 'secret'>,
  trx: Trx,
  {
    personId,
    accounts,
    provider,
    event,
  }: {
    personId: string;
    /** The latest used first. */
    accounts: readonly OwnAccount[];
    provider: OwnProvider;
    event: ProviderEvent;
  },
): Promise<void> {
  const to = await addressOfCitizen({ db: trx, secret }, accounts);
  if (to === null) return;
  const locale = (await findPerson(trx, personId))?.locale ?? DEFAULT_LOCALE;
  const words = hubAccountsMessages(locale).providerMail;
  const when = formatDateTime(locale, clock.now(), config.timeZone);
  await mailer.send(trx, {
    to,
    locale,
    subject: words.subject[event.kind](provider.name),
    text:
      event.kind === 'blocked'
        ? words.text.blocked(provider.name, when, event.unblockLink)
        : words.text.unblocked(provider.name, when),
  });
}
