// What of contracts is on a person's desk: terms to sign, and contracts to judge.

import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import { formatDay } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { DeskItem } from '#platform/module.ts';
import { organisationsOwnedBy } from './contract-access.rules.ts';
import { listToJudge, listToSign, type WaitingContract } from './contract-desk.repository.ts';
import { contractAddress } from './contract-parts.pages.ts';
import { contractsMessages } from './contracts.messages.ts';

const SHOWN = 5;

/** The actor's part: at most ten items. A contract to judge is late: its deadline has passed. */
export async function contractDeskItems(
  { db, clock, config }: Pick<Kernel, 'db' | 'clock' | 'config'>,
  actor: Actor,
  locale: Locale,
): Promise<DeskItem[]> {
  const { desk } = contractsMessages(locale);
  const organisationIds = organisationsOwnedBy(actor);
  const forTheState = actor.roles.some(({ role }) => role === 'auditor');
  const [toSign, toJudge] = await Promise.all([
    organisationIds.length > 0 || forTheState
      ? listToSign(db, {
          organisationIds,
          forTheState,
          today: dayIn(clock.now(), config.timeZone),
          limit: SHOWN,
        })
      : [],
    listToJudge(db, { reviewerId: actor.personId, limit: SHOWN }),
  ]);
  const item = (
    section: DeskItem['section'],
    text: (title: string) => string,
    { id, title, organisationName, deadline }: WaitingContract,
  ): DeskItem => ({
    section,
    text: text(title),
    href: contractAddress(id),
    note: desk.note(organisationName, formatDay(locale, deadline)),
  });
  return [
    ...toJudge.map((one) => item('late', desk.toJudge, one)),
    ...toSign.map((one) => item('waiting', desk.toSign, one)),
  ];
}
