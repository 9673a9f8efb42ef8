// What of funding is on a person's desk: what juries score, what those who run windows decide, verify and pay, what
// organisations submit, sign and prove.

import type { Actor } from '#platform/access.ts';
import { dayIn, daysBefore } from '#platform/calendar-days.rules.ts';
import { formatDay } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import type { DeskItem } from '#platform/module.ts';
import { applicationAddress } from './application.pages.ts';
import { fundingMessages } from './funding.messages.ts';
import { appliesFor, runsWindows } from './funding-access.rules.ts';
import {
  type DueWindow,
  listDraftsThatClose,
  listDueWindows,
  listInstalmentsThatWait,
  listToCountersign,
  listToDecide,
  listToScore,
  type WaitingApplication,
} from './funding-desk.repository.ts';
import { nextStepOf } from './windows.actions.ts';

const SHOWN = 3;
/** Days before a window closes, or an instalment is due, within which its organisation is told. */
const DAYS_AHEAD = 30;

type Section = DeskItem['section'];
type ItemOf = (
  text: (title: string) => string,
  one: WaitingApplication,
  more?: { readonly section?: Section; readonly note?: (who: string, day: string) => string },
) => DeskItem;

/** The actor's part: at most eighteen items. What is past its day is late. */
export async function fundingDeskItems(
  { db, clock, config }: Pick<Kernel, 'db' | 'clock' | 'config'>,
  actor: Actor,
  locale: Locale,
): Promise<DeskItem[]> {
  const { desk } = fundingMessages(locale);
  const today = dayIn(clock.now(), config.timeZone);
  const toScore = await listToScore(db, {
    personId: actor.personId,
    own: actor.roles.flatMap(({ organisationId }) => organisationId ?? []),
    limit: SHOWN,
  });
  const item: ItemOf = (text, one, { section = 'waiting', note = desk.until } = {}) => ({
    section,
    text: text(one.title),
    href: applicationAddress(one.id),
    note: note(one.organisationName, formatDay(locale, one.day)),
  });
  return [
    ...toScore.map((one) => ({
      ...item(desk.score, one, { section: one.day < today ? 'late' : 'waiting' }),
      href: `/support/jury/${one.id}`,
    })),
    ...(runsWindows(actor) ? await runnersItems(db, actor, { locale, today, item }) : []),
    ...(await applicantsItems(db, appliesFor(actor), { locale, today, item })),
  ];
}

interface At {
  readonly locale: Locale;
  readonly today: string;
  readonly item: ItemOf;
}

async function runnersItems(
  db: Kernel['db'],
  actor: Actor,
  { locale, today, item }: At,
): Promise<DeskItem[]> {
  const { desk } = fundingMessages(locale);
  const own = actor.roles.flatMap(({ organisationId }) => organisationId ?? []);
  const bounds = { own, limit: SHOWN, until: today };
  const [windows, eligibility, agreements, toVerify, toPay] = await Promise.all([
    listDueWindows(db, { today, limit: SHOWN }),
    listToDecide(db, 'eligibility', bounds),
    listToDecide(db, 'agreement', bounds),
    listInstalmentsThatWait(db, 'verification', bounds),
    listInstalmentsThatWait(db, 'payment', bounds),
  ]);
  return [
    ...windows.map((one) => windowItem(locale, one, today)),
    ...toPay.map((one) => item(desk.pay, one)),
    ...toVerify.map((one) => item(desk.verify, one)),
    ...eligibility.map((one) => item(desk.decide, one, { note: desk.since })),
    ...agreements.map((one) => item(desk.writeAgreement, one, { note: desk.since })),
  ];
}

function windowItem(locale: Locale, { id, title, state, day }: DueWindow, today: string): DeskItem {
  const words = fundingMessages(locale);
  const step = nextStepOf(state);
  return {
    section: day < today ? 'late' : 'waiting',
    text: step === null ? title : words.desk.step(words.steps[step], title),
    href: `/support/windows/${id}`,
    note: formatDay(locale, day),
  };
}

async function applicantsItems(
  db: Kernel['db'],
  own: readonly string[],
  { locale, today, item }: At,
): Promise<DeskItem[]> {
  if (own.length === 0) return [];
  const { desk } = fundingMessages(locale);
  const soon = daysBefore(today, -DAYS_AHEAD);
  const [toSign, drafts, toProve] = await Promise.all([
    listToCountersign(db, { own, limit: SHOWN }),
    listDraftsThatClose(db, { own, from: today, to: soon, limit: SHOWN }),
    listInstalmentsThatWait(db, 'evidence', { own, until: soon, limit: SHOWN }),
  ]);
  return [
    ...toSign.map((one) => item(desk.countersign, one, { note: desk.since })),
    ...drafts.map((one) => item(desk.submit, one)),
    ...toProve.map((one) => item(desk.evidence, one, { section: one.day < today ? 'late' : 'waiting' })),
  ];
}
