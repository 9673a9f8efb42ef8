// Loads the demonstration State's brigade, requests and missions; the same at every load at the same moment. Missions are
// given to organisations that hold a signed contract: without one there is none, as in life.

import { inventedId } from '#modules/identity/public.ts';
import { contractIsSigned, findContract, listContractOutcomes } from '#modules/impact/public.ts';
import { dayAfter, dayIn } from '#platform/calendar-days.rules.ts';
import type { Trx } from '#platform/database/connection.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import {
  INVENTED_EXPERTS,
  INVENTED_HELP,
  INVENTED_MISSIONS,
  type InventedHelp,
  type InventedMission,
} from './brigades.demonstration-data.ts';
import { overlapOf, workingDays } from './calendar.rules.ts';
import { EXPERTISES } from './expertises.data.ts';
import {
  insertDeliverable,
  insertMission,
  updateDeliverableAccepted,
  updateMissionEffect,
  updateMissionEnded,
  updateMissionFeedback,
  writeWeek,
} from './missions.repository.ts';
import { weeksToEnter } from './missions.rules.ts';
import { insertAbsence, writeBrigadePerson } from './people.repository.ts';
import { teamFor } from './requests.actions.ts';
import {
  findHelpRequest,
  insertHelpRequest,
  recordHelpStep,
  replaceProposedMembers,
} from './requests.repository.ts';
import type { HelpState, HelpStep, Need } from './requests.types.ts';
import type { TeamMember } from './team.rules.ts';

const DAY_MS = 86_400_000;
/** Who examines and starts: an auditor of the directorate. */
const EXAMINER = 'Anaïs Kerbrat';

interface Loading {
  readonly trx: Trx;
  readonly now: Date;
  readonly today: string;
}

const personOf = (name: string) => inventedId('person', name);
const needsOf = (needs: InventedHelp['needs']): Need[] =>
  EXPERTISES.flatMap((expertise) => {
    const days = needs[expertise];
    return days === undefined ? [] : [{ expertise, days }];
  });

/** Loads the brigade's people, requests in every state, and missions, all or nothing. */
export async function loadDemonstrationBrigades({
  db,
  clock,
  config,
}: Pick<Kernel, 'db' | 'clock' | 'config'>): Promise<void> {
  const now = clock.now();
  const today = dayIn(now, config.timeZone);
  await db.transaction().execute(async (trx) => {
    const loading = { trx, now, today };
    await loadExperts(loading);
    const missions = await loadMissions(loading);
    for (const [at, help] of INVENTED_HELP.entries()) await loadHelp(loading, help, at);
    await appendToLedger(trx, now, {
      kind: 'support.demonstration-loaded',
      subject: 'support/demonstration',
      actor: { kind: 'system', name: 'support.demonstration' },
      data: { people: INVENTED_EXPERTS.length, requests: INVENTED_HELP.length + missions, missions },
    });
  });
}

async function loadExperts({ trx, now, today }: Loading): Promise<void> {
  for (const { name, daysPerWeek, skills, away = [] } of INVENTED_EXPERTS) {
    const personId = personOf(name);
    const known = EXPERTISES.flatMap((expertise) => {
      const level = skills[expertise];
      return level === undefined ? [] : [{ expertise, level }];
    });
    await writeBrigadePerson(trx, now, { personId, daysPerWeek, skills: known });
    for (const [first, last] of away)
      await insertAbsence(trx, personId, { from: dayAfter(today, first), to: dayAfter(today, last) });
  }
}

/** What happened on the way to each state, in order. */
const WAYS: Readonly<Record<HelpState, readonly (readonly [HelpStep, HelpState])[]>> = {
  submitted: [],
  examined: [['examine', 'examined']],
  proposed: [
    ['examine', 'examined'],
    ['propose', 'proposed'],
  ],
  accepted: [
    ['examine', 'examined'],
    ['propose', 'proposed'],
    ['accept', 'accepted'],
  ],
  'under-way': [
    ['examine', 'examined'],
    ['propose', 'proposed'],
    ['accept', 'accepted'],
    ['start', 'under-way'],
  ],
  ended: [
    ['examine', 'examined'],
    ['propose', 'proposed'],
    ['accept', 'accepted'],
    ['start', 'under-way'],
    ['end', 'ended'],
  ],
  refused: [
    ['examine', 'examined'],
    ['refuse', 'refused'],
  ],
  withdrawn: [['withdraw', 'withdrawn']],
};

/** Takes a request from its submission at `from` to `state` at `to`. */
async function happen(
  { trx }: Loading,
  request: {
    readonly id: string;
    readonly requesterId: string;
    readonly state: HelpState;
    readonly reason?: string;
  },
  { from, to }: { readonly from: Date; readonly to: Date },
): Promise<void> {
  const { id, requesterId, state, reason = null } = request;
  const way = [['submit', 'submitted'] as const, ...WAYS[state]];
  for (const [at, [step, after]] of way.entries()) {
    const share = way.length === 1 ? 0 : at / (way.length - 1);
    const moment = new Date(from.getTime() + share * (to.getTime() - from.getTime()));
    const isRequester = step === 'submit' || step === 'accept' || step === 'withdraw';
    const personId = isRequester ? requesterId : personOf(EXAMINER);
    const text = step === 'refuse' ? reason : null;
    await recordHelpStep(trx, moment, { id, step, state: after, personId, text });
  }
}

async function loadHelp(loading: Loading, help: InventedHelp, at: number): Promise<void> {
  const { trx, now, today } = loading;
  const { title, subject, problem, state } = help;
  const requesterId = personOf(help.by);
  const submitted = new Date(now.getTime() - (3 + at * 4) * DAY_MS);
  const id = await insertHelpRequest(trx, submitted, {
    id: inventedId('request', `support/${title}`),
    organisationId: inventedId('organisation', help.at),
    requesterId,
    title,
    subject,
    problem,
    startsOn: dayAfter(today, help.from),
    endsOn: dayAfter(today, help.to),
    contractId: null,
    needs: needsOf(help.needs),
  });
  if (state === 'proposed' || state === 'accepted') {
    const everything = { everything: true, organisations: [], personId: requesterId };
    const request = await findHelpRequest(trx, everything, id);
    if (!request) throw new Error(`The demonstration's request ${title} is not there.`);
    const { members, period } = await teamFor(trx, request, { today, without: [] });
    await replaceProposedMembers(trx, id, period.from, members);
  }
  const { reason } = help;
  const made = { id, requesterId, state, ...(reason === undefined ? {} : { reason }) };
  await happen(loading, made, { from: submitted, to: new Date(now.getTime() - ((1 + at) * DAY_MS) / 2) });
}

/** @returns how many missions there are: one for each signed contract, at most those invented. */
async function loadMissions(loading: Loading): Promise<number> {
  const outcomes = await listContractOutcomes(loading.trx);
  let count = 0;
  for (const { contractId } of outcomes.toReversed()) {
    const invented = INVENTED_MISSIONS[count];
    if (!invented) break;
    const contract = await findContract(loading.trx, contractId);
    if (!contract || !contractIsSigned(contract)) continue;
    const { organisationId, terms } = contract;
    const requesterId = terms.ownerPersonId;
    await loadMission(loading, invented, { id: contract.id, organisationId, requesterId });
    count += 1;
  }
  return count;
}

async function loadMission(
  loading: Loading,
  invented: InventedMission,
  contract: { readonly id: string; readonly organisationId: string; readonly requesterId: string },
): Promise<void> {
  const { trx, now, today } = loading;
  const { title, subject, problem, team, ended } = invented;
  const { organisationId, requesterId } = contract;
  const period = { from: dayAfter(today, invented.from), to: dayAfter(today, invented.to) };
  const moment = (day: number) => new Date(now.getTime() + day * DAY_MS);
  const submitted = moment(invented.from - 30);
  const needs = EXPERTISES.flatMap((expertise) => {
    const days = team.reduce((sum, one) => sum + (one.expertise === expertise ? one.days : 0), 0);
    return days === 0 ? [] : [{ expertise, days }];
  });
  const id = await insertHelpRequest(trx, submitted, {
    id: inventedId('request', `support/${title}`),
    organisationId,
    requesterId,
    title,
    subject,
    problem,
    startsOn: period.from,
    endsOn: period.to,
    contractId: contract.id,
    needs,
  });
  const members = team.map(({ name, expertise, days }): TeamMember => {
    const skill = INVENTED_EXPERTS.find((expert) => expert.name === name)?.skills[expertise] ?? 1;
    return {
      personId: personOf(name),
      expertise,
      days,
      why: { level: skill, freeDays: days + 10, loadDays: 0, chosen: 'most-skilled' },
    };
  });
  await replaceProposedMembers(trx, id, period.from, members);
  const missionId = await insertMission(trx, moment(invented.from), {
    id: inventedId('request', `support/mission/${title}`),
    request: { id, organisationId },
    contractId: contract.id,
    period,
    members,
  });
  await happen(
    loading,
    { id, requesterId, state: ended ? 'ended' : 'under-way' },
    { from: submitted, to: moment(ended ? invented.to : invented.from) },
  );
  await loadWork(loading, invented, { missionId, requesterId });
}

async function loadWork(
  { trx, now, today }: Loading,
  invented: InventedMission,
  { missionId, requesterId }: { readonly missionId: string; readonly requesterId: string },
): Promise<void> {
  const { team, ended, effect, mark, feedback, deliverables } = invented;
  const startsOn = dayAfter(today, invented.from);
  const endsOn = dayAfter(today, invented.to);
  const weeks = weeksToEnter({ startsOn, endsOn }, today).filter((week) => dayAfter(week, 4) < today);
  const moment = (day: number) => new Date(now.getTime() + day * DAY_MS);
  for (const { name, days } of team) {
    // About as planned, in whole days, on every second week from the end.
    const perWeek = Math.max(
      1,
      Math.min(4, Math.round((days * 14) / Math.max(14, invented.to - invented.from))),
    );
    for (const [at, week] of weeks.entries()) {
      const part = overlapOf({ from: startsOn, to: endsOn }, { from: week, to: dayAfter(week, 4) });
      const most = part === null ? 0 : workingDays(part);
      if (at % 2 === 0 && most >= perWeek)
        await writeWeek(trx, now, { missionId, personId: personOf(name), week, days: perWeek });
    }
  }
  for (const [at, { title, accepted }] of deliverables.entries()) {
    const link = `https://depot.valmarie.example/${missionId}/${at + 1}`;
    const personId = personOf(team[0]?.name ?? '');
    const handedIn = moment(Math.min(-6, invented.from + 30 + at * 10));
    const id = await insertDeliverable(trx, handedIn, { missionId, title, link, personId });
    const day = dayIn(new Date(handedIn.getTime() + 3 * DAY_MS), 'UTC');
    if (accepted) await updateDeliverableAccepted(trx, { missionId, id, day, personId: requesterId });
  }
  if (effect !== undefined) await updateMissionEffect(trx, missionId, { effect, verdictLink: null });
  if (ended) await updateMissionEnded(trx, moment(invented.to), missionId);
  if (mark !== undefined && feedback !== undefined)
    await updateMissionFeedback(trx, moment(invented.to + 5), {
      id: missionId,
      mark,
      feedback,
      personId: requesterId,
    });
}
