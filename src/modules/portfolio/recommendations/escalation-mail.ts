// Mail on overdue recommendations: one message for each person and run, which lists what concerns them.
import type { Correspondent } from '#modules/identity/public.ts';
import type { Trx } from '#platform/database/connection.ts';
import { siteAddress } from '#platform/http/origin.ts';
import { formatDay } from '#platform/i18n/format.ts';
import type { Kernel } from '#platform/kernel.ts';
import { recommendationsMessages } from './recommendations.messages.ts';
import type { Recommendation } from './recommendations.types.ts';

/** An overdue recommendation with the level that is told of it. */
export interface Overdue {
  readonly recommendation: Recommendation;
  readonly level: number;
}

const MOST_LINES = 50;

/** Tells one person of what is overdue, if `trx` commits. */
export async function tellOfOverdue(
  trx: Trx,
  { mailer, config }: Pick<Kernel, 'mailer' | 'config'>,
  { email, locale }: Pick<Correspondent, 'email' | 'locale'>,
  overdue: readonly Overdue[],
): Promise<void> {
  const { mail } = recommendationsMessages(locale);
  const site = siteAddress(config);
  const items = overdue.slice(0, MOST_LINES).map(({ recommendation: one, level }) => {
    const first = one.text.split('\n')[0] ?? '';
    const text = first.length > 140 ? `${first.slice(0, 139).toWellFormed()}…` : first;
    return `- ${mail.item(one.number, one.fileName, formatDay(locale, one.dueOn))} ${mail.why[level - 1]}\n  ${text}\n  ${site}/projects/recommendations/${one.id}`;
  });
  await mailer.send(trx, {
    to: email,
    locale,
    subject: mail.subject(overdue.length),
    text: `${[mail.intro, ...items, ...(overdue.length > MOST_LINES ? [mail.more(overdue.length - MOST_LINES)] : [])].join('\n\n')}\n`,
  });
}
