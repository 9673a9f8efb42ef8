// Intentions on stops: order, resume, end. An order is short on purpose: calls go through until it commits.
import { randomUUID } from 'node:crypto';
import type { Actor } from '#platform/access.ts';
import type { Trx } from '#platform/database/connection.ts';
import { type FieldError, invalidInput, notFound } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { hasControlCharacterInLines, isUuid } from '#platform/typed-text.ts';
import { publishPolicy } from '../policy/policy.actions.ts';
import { stopEntry, stopOverEntry } from './stop-policy.rules.ts';
import { apiIsNotServed, flowIsStopped, stopIsOfAnother, stopIsOver } from './stops.errors.ts';
import {
  findStopTarget,
  insertStop,
  lockEndedStops,
  lockStop,
  type StopTarget,
  updateStopPublished,
  updateStopsLifted,
  updateStopsOver,
} from './stops.repository.ts';
import {
  faultsOfReason,
  faultsOfStop,
  producersOverseenBy,
  reasonOf,
  sideOf,
  stopperInLedger,
} from './stops.rules.ts';
import type { OrderedStop, StopInput } from './stops.types.ts';

type Needs = Pick<Kernel, 'db' | 'clock' | 'jobs'>;

/** The job that tells everyone concerned, outside the order's own path. */
export const TELL_STOP = 'exchange.tell-stop';

const ENDED_AT_ONCE = 200;

/**
 * Stops a flow on every gateway. Throws `not-found` for another's API, `invalid-input` with a fault for each wrong field,
 * `exchange.api-is-not-served`, `exchange.flow-is-stopped`.
 * @returns the stop and the version of the policy from which on no gateway lets the flow through.
 */
export async function stopFlow(
  { db, clock, jobs }: Needs,
  actor: Actor,
  typed: StopInput,
): Promise<OrderedStop> {
  const input = { ...typed, reason: reasonOf(typed.reason) };
  if (!isUuid(input.apiId)) throw notFound();
  return db.transaction().execute(async (trx) => {
    const now = clock.now();
    const known = { ...input, ...knownIds(input) };
    const target = await findStopTarget(trx, known, producersOverseenBy(actor));
    if (!target) throw notFound();
    const faults = [...faultsOfStop(input, now), ...faultsOfTarget(input, target)];
    if (faults.length > 0) throw invalidInput({ fields: faults });
    if (!target.isOpen) throw apiIsNotServed();
    const id = randomUUID();
    const side = sideOf(actor, target.producerId);
    const { producerId, scopeId } = target;
    const stop = { ...input, id, producerId, scopeId, orderedAs: side, orderedBy: actor.personId };
    // A stop whose end has just come and that the job has not taken away yet stands in no new one's way.
    if (!(await insertStop(trx, now, stop))) {
      await endStops(trx, jobs, now);
      if (!(await insertStop(trx, now, stop))) throw flowIsStopped();
    }
    await jobs.enqueue(trx, TELL_STOP, { stopId: id, news: 'ordered' }, null);
    const policyVersion = await publishPolicy(trx, [stopEntry(stop)]);
    // The version is what proves the order, so that it comes after it; both lines below wait for nobody.
    const ledgerId = await appendToLedger(trx, now, {
      kind: 'exchange.flow-stopped',
      subject: `exchange/stop/${id}`,
      actor: stopperInLedger(actor, side),
      data: {
        apiId: input.apiId,
        organisationId: input.organisationId,
        accreditationId: input.accreditationId,
        scope: input.scope,
        endsAt: input.endsAt?.toISOString() ?? null,
        policyVersion,
      },
    });
    await updateStopPublished(trx, id, { policyVersion, ledgerId });
    return { id, policyVersion };
  });
}

/** What is no id names nothing, and is told as such by the fields' own faults. */
function knownIds({ organisationId, accreditationId, scope }: StopInput) {
  const known = (id: string | null) => (id !== null && isUuid(id) ? id : null);
  return {
    organisationId: known(organisationId),
    accreditationId: known(accreditationId),
    scope: scope === null || hasControlCharacterInLines(scope) ? null : scope.toWellFormed(),
  };
}

function faultsOfTarget(
  { organisationId, accreditationId, scope }: StopInput,
  target: StopTarget,
): FieldError[] {
  const faults: FieldError[] = [];
  if (organisationId !== null && !target.hasConsumer) {
    faults.push({
      field: 'organisation',
      text: { fr: 'Choisissez un consommateur de la liste.', en: 'Choose a consumer of the list.' },
    });
  }
  if (accreditationId !== null && !target.hasAccreditation) {
    faults.push({
      field: 'accreditation',
      text: {
        fr: 'Cette habilitation n’ouvre pas cette API\u00A0: choisissez-en une de la liste.',
        en: 'This accreditation does not open this API: choose one of the list.',
      },
    });
  }
  if (scope !== null && target.scopeId === null) {
    faults.push({
      field: 'scope',
      text: {
        fr: 'Ce périmètre n’est pas de cette API\u00A0: choisissez-en un de la liste.',
        en: 'This scope is not of this API: choose one of the list.',
      },
    });
  }
  return faults;
}

/**
 * Lets a stopped flow go on. Throws `not-found`, `invalid-input` without a reason, `exchange.stop-is-over`,
 * `exchange.stop-is-of-another` for the other side's stop.
 * @returns the version of the policy from which on gateways let it through.
 */
export async function resumeFlow(
  { db, clock, jobs }: Needs,
  actor: Actor,
  id: string,
  typed: string,
): Promise<number> {
  const reason = reasonOf(typed);
  return db.transaction().execute(async (trx) => {
    const stop = isUuid(id) ? await lockStop(trx, id, producersOverseenBy(actor)) : undefined;
    if (!stop) throw notFound();
    const side = sideOf(actor, stop.producerId);
    if (side !== stop.orderedAs) throw stopIsOfAnother();
    if (stop.resumedAt !== null) throw stopIsOver();
    const faults = faultsOfReason(reason);
    if (faults.length > 0) throw invalidInput({ fields: faults });
    const now = clock.now();
    await updateStopsOver(trx, now, [id], { personId: actor.personId, reason });
    await jobs.enqueue(trx, TELL_STOP, { stopId: id, news: 'over' }, null);
    const policyVersion = await publishPolicy(trx, [stopOverEntry(id)]);
    await appendToLedger(trx, now, {
      kind: 'exchange.flow-resumed',
      subject: `exchange/stop/${id}`,
      actor: stopperInLedger(actor, side),
      data: { policyVersion },
    });
    await updateStopsLifted(trx, [id], policyVersion);
    return policyVersion;
  });
}

/** Takes away the stops whose end has come, in the caller's transaction. @returns how many there were. */
async function endStops(trx: Trx, jobs: Kernel['jobs'], now: Date): Promise<number> {
  const ids = await lockEndedStops(trx, now, ENDED_AT_ONCE);
  if (ids.length === 0) return 0;
  await updateStopsOver(trx, now, ids, null);
  for (const stopId of ids) await jobs.enqueue(trx, TELL_STOP, { stopId, news: 'over' }, null);
  const policyVersion = await publishPolicy(trx, ids.map(stopOverEntry));
  for (const id of ids) {
    await appendToLedger(trx, now, {
      kind: 'exchange.stop-ended',
      subject: `exchange/stop/${id}`,
      actor: { kind: 'system', name: 'exchange.end-stops' },
      data: { policyVersion },
    });
  }
  await updateStopsLifted(trx, ids, policyVersion);
  return ids.length;
}

/** Takes away every stop whose end has come: gateways let go of them by themselves, and their policy grows no longer. */
export async function endStopsThatAreOver({ db, clock, jobs }: Needs): Promise<number> {
  for (let total = 0; ; ) {
    const count = await db.transaction().execute((trx) => endStops(trx, jobs, clock.now()));
    total += count;
    if (count < ENDED_AT_ONCE) return total;
  }
}
