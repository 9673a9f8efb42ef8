// Mail about opinions and audits: to the people of organisations who act on them. It carries no part of a file.
import { listHoldersOf } from '#modules/identity/public.ts';
import type { Role } from '#platform/access.ts';
import type { Trx } from '#platform/database/connection.ts';
import { siteAddress } from '#platform/http/origin.ts';
import type { Translated } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';

/** What a message says and where it leads. */
export interface OversightNews {
  readonly subject: Translated;
  readonly sentence: Translated;
  /** An address of this site. */
  readonly path: string;
}

const MOST_READERS = 20;

/** Tells those who hold one of `roles` in these organisations, if `trx` commits; at most twenty people. */
export async function tellHolders(
  trx: Trx,
  { mailer, config, clock }: Pick<Kernel, 'mailer' | 'config' | 'clock'>,
  organisationIds: readonly string[],
  roles: readonly Role[],
  { subject, sentence, path }: OversightNews,
): Promise<void> {
  const site = siteAddress(config);
  const readers = await listHoldersOf(trx, roles, organisationIds, clock.now());
  for (const { email, locale } of readers.slice(0, MOST_READERS))
    await mailer.send(trx, {
      to: email,
      locale,
      subject: subject[locale],
      text: `${sentence[locale]}\n\n${site}${path}\n`,
    });
}
