// Intentions on requests for help: submit, change, examine, propose a team, accept, refuse, start a mission.

import { contractIsSigned, findContract } from '#modules/impact/public.ts';
import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Db, Trx } from '#platform/database/connection.ts';
import { invalidInput, notFound } from '#platform/errors.ts';
import { roleRequired } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { isUuid } from '#platform/typed-text.ts';
import {
  brigadeActorOf,
  brigadeReachOf,
  organisationsHelped,
  runsBrigade,
  speaksFor,
} from './brigade-access.rules.ts';
import {
  contractIsMissing,
  helpRequestChangedSince,
  helpRequestIsElsewhere,
  nobodyFits,
  periodIsOver,
  teamNoLongerFits,
} from './brigades.errors.ts';
import { insertMission } from './missions.repository.ts';
import { listBrigade, lockBrigade } from './people.repository.ts';
import type { Period } from './people.types.ts';
import {
  findHelpRequest,
  insertHelpRequest,
  listProposedMembers,
  lockHelpRequest,
  recordHelpStep,
  replaceProposedMembers,
  updateHelpContract,
  updateHelpRequest,
} from './requests.repository.ts';
import {
  faultsOfHelp,
  HELP_TRANSITIONS,
  type HelpSide,
  mayStep,
  needsReason,
  reasonTyped,
  unknownContract,
} from './requests.rules.ts';
import type { HelpInput, HelpRequest, HelpStep, PlainStep } from './requests.types.ts';
import { freeDaysOf, type ProposedTeam, proposeTeam } from './team.rules.ts';

/** What the brigades' actions need of the kernel. */
export type BrigadeNeeds = Pick<Kernel, 'db' | 'clock' | 'config'>;

/** What the one who acts read before: its version, so that nothing that they did not see is decided. */
export interface ReadHelp {
  readonly id: string;
  readonly version: number;
}

// What each step is called there.
const IN_LEDGER: Readonly<Record<HelpStep, string>> = {
  submit: 'submitted',
  change: 'changed',
  'attach-contract': 'contract-attached',
  examine: 'examined',
  propose: 'team-proposed',
  decline: 'team-declined',
  accept: 'team-accepted',
  refuse: 'refused',
  withdraw: 'withdrawn',
  start: 'mission-started',
  end: 'ended',
};

/** The sides that the actor is on. */
export function sidesOf(actor: Actor, { organisationId }: Pick<HelpRequest, 'organisationId'>): HelpSide[] {
  return [
    ...(speaksFor(actor, organisationId) ? (['requester'] as const) : []),
    ...(runsBrigade(actor) ? (['brigade'] as const) : []),
  ];
}

/** The request with this id. Throws `not-found` when there is none that the actor sees. */
export async function helpRequestAt(db: Db, actor: Actor, id: string): Promise<HelpRequest> {
  const request = isUuid(id) ? await findHelpRequest(db, brigadeReachOf(actor), id) : undefined;
  if (!request) throw notFound();
  return request;
}

/** Throws unless the contract is one of the organisation that may still be given support against. */
async function assertContractOf(db: Db, contractId: string | null, organisationId: string): Promise<void> {
  if (contractId === null) return;
  const contract = await findContract(db, contractId);
  if (contract?.organisationId !== organisationId || contract.state === 'abandoned')
    throw invalidInput({ fields: [unknownContract] });
}

async function lockForStep(
  trx: Trx,
  actor: Actor,
  { id, version }: ReadHelp,
  step: Exclude<HelpStep, 'submit'>,
): Promise<HelpRequest> {
  const request = isUuid(id) ? await lockHelpRequest(trx, brigadeReachOf(actor), id) : undefined;
  if (!request) throw notFound();
  const sides = sidesOf(actor, request);
  if (!HELP_TRANSITIONS[step].sides.some((side) => sides.includes(side))) throw roleRequired();
  if (!mayStep(step, request, sides)) throw helpRequestIsElsewhere({ detail: { state: request.state } });
  if (version !== request.version) throw helpRequestChangedSince();
  return request;
}

/** Records a step in the history and the ledger. `data` must hold nothing personal. */
export async function takeHelpStep(
  trx: Trx,
  { now, actor }: { readonly now: Date; readonly actor: Actor },
  { id, state }: Pick<HelpRequest, 'id' | 'state'>,
  step: HelpStep,
  { text = null, data = {} }: { readonly text?: string | null; readonly data?: Record<string, unknown> } = {},
): Promise<void> {
  const to = step === 'submit' ? 'submitted' : HELP_TRANSITIONS[step].to;
  const after = to === 'same' ? state : to;
  await recordHelpStep(trx, now, { id, step, state: after, personId: actor.personId, text });
  await appendToLedger(trx, now, {
    kind: `support.request-${IN_LEDGER[step]}`,
    subject: `support/request/${id}`,
    actor: brigadeActorOf(actor),
    data: { state: after, ...data },
  });
}

/** Submits a request for help. Throws `invalid-input` with a fault for each wrong field. @returns its id. */
export async function submitHelpRequest(
  { db, clock, config }: BrigadeNeeds,
  actor: Actor,
  input: HelpInput,
): Promise<string> {
  const now = clock.now();
  const organisations = organisationsHelped(actor);
  const fields = faultsOfHelp(input, { today: dayIn(now, config.timeZone), organisations });
  if (fields.length > 0) throw invalidInput({ fields });
  return db.transaction().execute(async (trx) => {
    await assertContractOf(trx, input.contractId, input.organisationId);
    const id = await insertHelpRequest(trx, now, { ...input, requesterId: actor.personId });
    const { organisationId, needs, contractId } = input;
    const data = { organisationId, contractId, needs: needs.map((need) => ({ ...need })) };
    await takeHelpStep(trx, { now, actor }, { id, state: 'submitted' }, 'submit', { data });
    return id;
  });
}

/** Changes what a request asks, while no team is proposed. Its organisation and contract stay. Throws as submitting does. */
export async function changeHelpRequest(
  { db, clock, config }: BrigadeNeeds,
  actor: Actor,
  read: ReadHelp,
  typed: HelpInput,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const now = clock.now();
    const request = await lockForStep(trx, actor, read, 'change');
    const input = { ...typed, organisationId: request.organisationId, contractId: request.contractId };
    const today = dayIn(now, config.timeZone);
    const fields = faultsOfHelp(input, { today, organisations: [request.organisationId] });
    if (fields.length > 0) throw invalidInput({ fields });
    await updateHelpRequest(trx, request.id, input);
    const data = { needs: input.needs.map((need) => ({ ...need })) };
    await takeHelpStep(trx, { now, actor }, request, 'change', { data });
  });
}

/** Attaches a success contract of the organisation, signed or not yet. Throws `invalid-input` for another's contract. */
export async function attachHelpContract(
  { db, clock }: BrigadeNeeds,
  actor: Actor,
  read: ReadHelp,
  contractId: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const request = await lockForStep(trx, actor, read, 'attach-contract');
    if (!isUuid(contractId)) throw invalidInput({ fields: [unknownContract] });
    await assertContractOf(trx, contractId, request.organisationId);
    await updateHelpContract(trx, request.id, contractId);
    await takeHelpStep(trx, { now: clock.now(), actor }, request, 'attach-contract', {
      data: { contractId },
    });
  });
}

/** Takes a step that carries nothing but a text: its reason where it needs one. Throws `invalid-input` without it. */
export async function takePlainStep(
  { db, clock }: BrigadeNeeds,
  actor: Actor,
  read: ReadHelp,
  { step, text: typed }: { readonly step: PlainStep; readonly text: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const request = await lockForStep(trx, actor, read, step);
    const { text, faults: fields } = reasonTyped(typed, needsReason(step));
    if (fields.length > 0) throw invalidInput({ fields });
    await takeHelpStep(trx, { now: clock.now(), actor }, request, step, { text: text === '' ? null : text });
  });
}

/** From today or the first day wished, whichever comes last. Throws `support.period-is-over`. */
function periodLeft({ startsOn, endsOn }: HelpRequest, today: string): Period {
  if (endsOn < today) throw periodIsOver();
  return { from: startsOn < today ? today : startsOn, to: endsOn };
}

/**
 * The team that the rule finds for a request without these people; nothing is written. `period` is what is left of the
 * one wished. Throws `support.period-is-over`.
 */
export async function teamFor(
  db: Db,
  request: HelpRequest,
  { today, without }: { readonly today: string; readonly without: readonly string[] },
): Promise<ProposedTeam & { readonly period: Period; readonly names: ReadonlyMap<string, string> }> {
  const period = periodLeft(request, today);
  const brigade = await listBrigade(db, period.from, request.id);
  const people = brigade.filter(({ personId }) => !without.includes(personId));
  const names = new Map(brigade.map(({ personId, name }) => [personId, name]));
  return { ...proposeTeam({ needs: request.needs, people, period }), period, names };
}

/**
 * Proposes to the requester the team that the rule finds at this moment without these people, and keeps its days free.
 * Throws `support.nobody-fits` when the team is empty, `support.period-is-over`.
 */
export async function proposeHelpTeam(
  { db, clock, config }: BrigadeNeeds,
  actor: Actor,
  read: ReadHelp,
  without: readonly string[],
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const now = clock.now();
    const request = await lockForStep(trx, actor, read, 'propose');
    await lockBrigade(trx);
    const team = await teamFor(trx, request, { today: dayIn(now, config.timeZone), without });
    if (team.members.length === 0) throw nobodyFits();
    await replaceProposedMembers(trx, request.id, team.period.from, team.members);
    const data = {
      days: team.members.reduce((sum, { days }) => sum + days, 0),
      people: new Set(team.members.map(({ personId }) => personId)).size,
      uncovered: team.uncovered.map((need) => ({ ...need })),
    };
    await takeHelpStep(trx, { now, actor }, request, 'propose', { data });
  });
}

/**
 * Starts the mission with the team accepted. Throws `support.contract-is-missing` without a signed contract of the
 * organisation, `support.team-no-longer-fits` when somebody has no longer the days. @returns the mission's id.
 */
export async function startMission(
  { db, clock, config }: BrigadeNeeds,
  actor: Actor,
  read: ReadHelp,
): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const now = clock.now();
    const request = await lockForStep(trx, actor, read, 'start');
    const contract = request.contractId === null ? undefined : await findContract(trx, request.contractId);
    if (contract?.organisationId !== request.organisationId || !contractIsSigned(contract))
      throw contractIsMissing();
    await lockBrigade(trx);
    const period = periodLeft(request, dayIn(now, config.timeZone));
    const members = await listProposedMembers(trx, request.id);
    const brigade = await listBrigade(trx, period.from, request.id);
    const planned = new Map<string, number>();
    for (const { personId, days } of members) planned.set(personId, (planned.get(personId) ?? 0) + days);
    for (const [personId, days] of planned) {
      const person = brigade.find((one) => one.personId === personId);
      if (!person || freeDaysOf(person, period).freeDays < days) throw teamNoLongerFits();
    }
    const missionId = await insertMission(trx, now, {
      request,
      contractId: contract.id,
      period,
      members,
    });
    const data = { missionId, contractId: contract.id };
    await takeHelpStep(trx, { now, actor }, request, 'start', { data });
    return missionId;
  });
}
