// Intentions on missions: enter days, hand in and accept deliverables, tell the effect, end, give feedback.

import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Db, Trx } from '#platform/database/connection.ts';
import { type FieldError, invalidInput, notFound } from '#platform/errors.ts';
import { roleRequired } from '#platform/http/access-control.ts';
import { publicDataChanged } from '#platform/http/public-cache.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { isDay, isUuid } from '#platform/typed-text.ts';
import { brigadeActorOf, brigadeReachOf, runsBrigade, speaksFor } from './brigade-access.rules.ts';
import { feedbackIsGiven, missionIsOver, missionRuns } from './brigades.errors.ts';
import {
  daysOnOthers,
  findMission,
  insertDeliverable,
  lockMission,
  updateDeliverableAccepted,
  updateMissionEffect,
  updateMissionEnded,
  updateMissionFeedback,
  writeWeek,
} from './missions.repository.ts';
import {
  deliverableTyped,
  effectTyped,
  faultsOfWeek,
  feedbackTyped,
  MOST_DELIVERABLES,
} from './missions.rules.ts';
import type { Mission } from './missions.types.ts';
import { findBrigadePerson, lockBrigadePerson } from './people.repository.ts';
import { type BrigadeNeeds, takeHelpStep } from './requests.actions.ts';

/** The mission with this id. Throws `not-found` when there is none that the actor sees. */
export async function missionAt(db: Db, actor: Actor, id: string): Promise<Mission> {
  const mission = isUuid(id) ? await findMission(db, brigadeReachOf(actor), id) : undefined;
  if (!mission) throw notFound();
  return mission;
}

/** What the actor may do on a mission. */
export interface MissionRights {
  readonly isMember: boolean;
  readonly runs: boolean;
  readonly isRequester: boolean;
}

/** What the actor may do on `mission`. */
export function rightsOn(actor: Actor, mission: Mission): MissionRights {
  return {
    isMember: mission.members.some(({ personId }) => personId === actor.personId),
    runs: runsBrigade(actor),
    isRequester: speaksFor(actor, mission.organisationId),
  };
}

async function lockFor(
  trx: Trx,
  actor: Actor,
  id: string,
  allows: (rights: MissionRights) => boolean,
): Promise<Mission> {
  const mission = isUuid(id) ? await lockMission(trx, brigadeReachOf(actor), id) : undefined;
  if (!mission) throw notFound();
  if (!allows(rightsOn(actor, mission))) throw roleRequired();
  return mission;
}

function refuseFaults(fields: readonly FieldError[]): void {
  if (fields.length > 0) throw invalidInput({ fields });
}

async function record(
  trx: Trx,
  { now, actor }: { readonly now: Date; readonly actor: Actor },
  missionId: string,
  happened: string,
  data: Record<string, unknown> = {},
): Promise<void> {
  await appendToLedger(trx, now, {
    kind: `support.${happened}`,
    subject: `support/mission/${missionId}`,
    actor: brigadeActorOf(actor),
    data,
  });
  await publicDataChanged(trx);
}

/**
 * A member enters the days that they spent in the week of a Monday; 0 takes the line away. Throws `invalid-input` beyond
 * what the calendar, their absences and other missions allow, `support.mission-is-over`, `role-required` for no member.
 */
export async function enterWeek(
  { db, clock, config }: BrigadeNeeds,
  actor: Actor,
  id: string,
  { week, days }: { readonly week: string; readonly days: number },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const mission = await lockFor(trx, actor, id, ({ isMember }) => isMember);
    if (mission.state === 'ended') throw missionIsOver();
    const { personId } = actor;
    // Two missions of one person share their week.
    await lockBrigadePerson(trx, personId);
    const now = clock.now();
    const person = await findBrigadePerson(trx, personId, mission.startsOn);
    const otherDays = isDay(week) ? await daysOnOthers(trx, id, personId, week) : 0;
    const bounds = {
      mission,
      today: dayIn(now, config.timeZone),
      absences: person?.absences ?? [],
      otherDays,
    };
    refuseFaults(faultsOfWeek(week, days, bounds));
    await writeWeek(trx, now, { missionId: id, personId, week, days });
    await record(trx, { now, actor }, id, 'mission-days-entered', { week, days });
  });
}

/** A member or the brigade hands in a deliverable. Throws `invalid-input`, `support.mission-is-over`. @returns its id. */
export async function handInDeliverable(
  { db, clock }: BrigadeNeeds,
  actor: Actor,
  id: string,
  typed: { readonly title: string; readonly link: string },
): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const mission = await lockFor(trx, actor, id, ({ isMember, runs }) => isMember || runs);
    if (mission.state === 'ended') throw missionIsOver();
    const { title, link, faults } = deliverableTyped(typed);
    if (mission.deliverables.length >= MOST_DELIVERABLES)
      faults.push({
        field: 'title',
        text: {
          fr: 'Cette mission a déjà cent livrables.',
          en: 'This mission has a hundred deliverables already.',
        },
      });
    refuseFaults(faults);
    const now = clock.now();
    const made = await insertDeliverable(trx, now, { missionId: id, title, link, personId: actor.personId });
    await record(trx, { now, actor }, id, 'deliverable-handed-in', { deliverableId: made, title, link });
    return made;
  });
}

/** The requester accepts a deliverable today. Throws `not-found` for one that does not wait. */
export async function acceptDeliverable(
  { db, clock, config }: BrigadeNeeds,
  actor: Actor,
  id: string,
  deliverableId: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockFor(trx, actor, id, ({ isRequester }) => isRequester);
    const now = clock.now();
    const day = dayIn(now, config.timeZone);
    const accepted =
      isUuid(deliverableId) &&
      (await updateDeliverableAccepted(trx, {
        missionId: id,
        id: deliverableId,
        day,
        personId: actor.personId,
      }));
    if (!accepted) throw notFound();
    await record(trx, { now, actor }, id, 'deliverable-accepted', { deliverableId });
  });
}

/** Tells what the mission changed in what its contract measures. Throws `invalid-input`, `support.mission-is-over`. */
export async function tellEffect(
  { db, clock }: BrigadeNeeds,
  actor: Actor,
  id: string,
  typed: { readonly effect: string; readonly verdictLink: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const mission = await lockFor(trx, actor, id, ({ isMember, runs }) => isMember || runs);
    if (mission.state === 'ended') throw missionIsOver();
    const { effect, verdictLink, faults } = effectTyped(typed);
    refuseFaults(faults);
    const now = clock.now();
    await updateMissionEffect(trx, id, { effect, verdictLink });
    await record(trx, { now, actor }, id, 'mission-effect-told', {
      contractId: mission.contractId,
      verdictLink,
    });
  });
}

/** The brigade ends a mission whose effect was told. Throws `invalid-input` before, `support.mission-is-over` after. */
export async function endMission({ db, clock }: BrigadeNeeds, actor: Actor, id: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const mission = await lockFor(trx, actor, id, ({ runs }) => runs);
    if (mission.state === 'ended') throw missionIsOver();
    if (mission.effect === null)
      refuseFaults([
        {
          field: 'effect',
          text: {
            fr: 'Dites d’abord l’effet de la mission sur le contrat.',
            en: 'Tell the mission’s effect on the contract first.',
          },
        },
      ]);
    const now = clock.now();
    await updateMissionEnded(trx, now, id);
    await takeHelpStep(trx, { now, actor }, { id: mission.requestId, state: 'under-way' }, 'end');
    const { daysPlanned, daysSpent } = mission;
    await record(trx, { now, actor }, id, 'mission-ended', { daysPlanned, daysSpent });
  });
}

/** The requester gives a mark from 1 to 5 and says why, once the mission has ended. Throws `support.feedback-is-given`. */
export async function giveFeedback(
  { db, clock }: BrigadeNeeds,
  actor: Actor,
  id: string,
  typed: { readonly mark: string; readonly feedback: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const mission = await lockFor(trx, actor, id, ({ isRequester }) => isRequester);
    if (mission.state !== 'ended') throw missionRuns();
    if (mission.mark !== null) throw feedbackIsGiven();
    const { mark, feedback, faults } = feedbackTyped(typed);
    refuseFaults(faults);
    const now = clock.now();
    await updateMissionFeedback(trx, now, { id, mark, feedback, personId: actor.personId });
    await record(trx, { now, actor }, id, 'mission-feedback-given', { mark });
  });
}
