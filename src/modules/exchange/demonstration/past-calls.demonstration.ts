// The calls that the demonstration's consumers are said to have made over the last weeks, as a gateway records them: the
// same at every load at the same moment. Pure.

import type { CallRecord } from '../gateway/call-record.types.ts';
import { fieldTree } from '../gateway/minimise/field-tree.rules.ts';
import { fieldsHashOf } from '../gateway/steps/record.ts';
import type { SubjectPlace } from '../policy/policy.types.ts';
import { isWithinHours } from '../producers/anomalies.rules.ts';
import type { PermittedCall } from './consumers.repository.ts';
import { drawsFrom } from './shapes.demonstration.ts';
import { inventedSubject } from './subjects.demonstration.ts';

const HOUR_MS = 3_600_000;

/** Days of calls, and about how many there are in all. */
export const PAST_CALLS = { days: 45, count: 4_000 } as const;

/** Of a hundred people asked about, so many are the demonstration's citizens. */
const CITIZENS_SHARE = 0.3;
/** How much less an accreditation is used that another one of the same program follows. */
const EARLIER_SHARE = 0.12;
const AT_NIGHT = 0.05;
const AT_WEEKEND = 0.3;

/** A flow that was stopped for a while: what its calls got meanwhile. */
export interface PastStop {
  readonly apiId: string;
  readonly organisationId: string | null;
  readonly accreditationId: string | null;
  readonly from: Date;
  /** Null: it still is. */
  readonly until: Date | null;
}

/** Calls out of the ordinary, in one hour. */
export interface PastBurst {
  readonly flow: PermittedCall;
  /** Its beginning. */
  readonly hour: Date;
  readonly count: number;
  readonly outcome: PastOutcome;
}

/** What the calls are made from. */
export interface PastParts {
  readonly flows: readonly PermittedCall[];
  readonly stops: readonly PastStop[];
  readonly bursts: readonly PastBurst[];
  /** Versions of the policy, each from a moment on, in their order. */
  readonly versions: readonly { readonly from: Date; readonly version: number }[];
  readonly now: Date;
  readonly timeZone: string;
  /** The keyed hash of a subject. */
  hashOf(kind: SubjectPlace['kind'], values: readonly string[]): string | null;
}

/** What became of a call: the verdict, the status, and how far it came. */
interface PastOutcome {
  readonly verdict: string;
  readonly status: number;
  /** Refused before it was known under which accreditation, before the person was read, or after both. */
  readonly until: 'accreditation' | 'scopes' | 'subject' | 'answer';
}

const ALLOWED: PastOutcome = { verdict: 'allowed', status: 200, until: 'answer' };
const STOPPED: PastOutcome = { verdict: 'flow-stopped', status: 403, until: 'scopes' };
/** A token without the scope. */
export const WITHOUT_SCOPE: PastOutcome = { verdict: 'scope-missing', status: 403, until: 'scopes' };
/** A call like any other. */
export const SERVED = ALLOWED;

/** What goes wrong, in a thousand calls. */
const OUTCOMES: readonly (readonly [PastOutcome, number])[] = [
  [{ verdict: 'producer-refused', status: 404, until: 'subject' }, 15],
  [WITHOUT_SCOPE, 8],
  [{ verdict: 'quota-exceeded', status: 429, until: 'subject' }, 8],
  [{ verdict: 'accreditation-missing', status: 403, until: 'accreditation' }, 6],
  [{ verdict: 'upstream-timeout', status: 504, until: 'subject' }, 4],
];

function outcomeAt(draw: () => number): PastOutcome {
  let rank = draw() * 1000;
  for (const [outcome, share] of OUTCOMES) {
    if (rank < share) return outcome;
    rank -= share;
  }
  return ALLOWED;
}

/** The calls, in their order. */
export function pastCalls(parts: PastParts): CallRecord[] {
  const { now, bursts } = parts;
  const draw = drawsFrom('exchange/past-calls');
  const calls: CallRecord[] = [];
  for (const { flow, hour, weight } of sharedOut(parts, draw)) {
    for (let n = 0; n < weight; n++) {
      const at = hour + Math.floor(draw() * HOUR_MS);
      if (at < now.getTime() - 60_000) calls.push(callOf(parts, flow, at, outcomeAt(draw), draw));
    }
  }
  for (const { flow, hour, count, outcome } of bursts) {
    for (let n = 0; n < count; n++) {
      const at = hour.getTime() + Math.floor(((n + draw()) / count) * (HOUR_MS / 2));
      calls.push(callOf(parts, flow, at, outcome, draw));
    }
  }
  return calls.sort((x, y) => x.at - y.at);
}

/** How many calls each flow made in each hour: as many in all as there are to be. */
function sharedOut({ flows, now, timeZone }: PastParts, draw: () => number) {
  const clock = new Intl.DateTimeFormat('en', {
    timeZone,
    hour: '2-digit',
    weekday: 'short',
    hourCycle: 'h23',
  });
  const shares: { flow: PermittedCall; hour: number; weight: number }[] = [];
  const last = Math.floor(now.getTime() / HOUR_MS) * HOUR_MS;
  let sum = 0;
  for (let hour = last - PAST_CALLS.days * 24 * HOUR_MS; hour <= last; hour += HOUR_MS) {
    const parts = clock.formatToParts(hour);
    const hourOfDay = Number(parts.find(({ type }) => type === 'hour')?.value);
    const isWeekend = /^S/.test(parts.find(({ type }) => type === 'weekday')?.value ?? '');
    const usual = hourOfDay < 6 ? AT_NIGHT : 0.3 + Math.sin(((hourOfDay - 6) / 18) * Math.PI);
    for (const flow of flows) {
      const { validFrom, fromHour, toHour, isUsual } = flow;
      if (validFrom.getTime() > hour || !isWithinHours(hourOfDay, fromHour, toHour)) continue;
      const isOffice = fromHour > 0;
      if (isOffice && isWeekend) continue;
      const weight =
        usual * (isWeekend ? AT_WEEKEND : 1) * (isUsual ? 1 : EARLIER_SHARE) * (0.4 + 1.2 * draw());
      shares.push({ flow, hour, weight });
      sum += weight;
    }
  }
  let owed = 0;
  return shares.flatMap(({ flow, hour, weight }) => {
    owed += (weight * PAST_CALLS.count) / sum;
    const whole = Math.floor(owed);
    owed -= whole;
    return whole === 0 ? [] : [{ flow, hour, weight: whole }];
  });
}

const letOut = new WeakMap<PermittedCall, readonly string[]>();

function fieldsOf(flow: PermittedCall): readonly string[] {
  const known =
    letOut.get(flow) ?? fieldTree(flow.scopes.flatMap((name) => flow.api.scopes[name] ?? [])).patterns;
  letOut.set(flow, known);
  return known;
}

function callOf(
  { stops, versions, hashOf }: PastParts,
  flow: PermittedCall,
  at: number,
  drawn: PastOutcome,
  draw: () => number,
): CallRecord {
  const { api, apiId, organisationId, accreditationId } = flow;
  const isStopped = stops.some(
    (stop) =>
      stop.apiId === apiId &&
      (stop.organisationId ?? organisationId) === organisationId &&
      (stop.accreditationId ?? accreditationId) === accreditationId &&
      at >= stop.from.getTime() &&
      (stop.until === null || at < stop.until.getTime()),
  );
  const { verdict, status, until } = isStopped && drawn.until !== 'accreditation' ? STOPPED : drawn;
  const hasAccreditation = until !== 'accreditation';
  const hasSubject = until === 'subject' || until === 'answer';
  const fields = until === 'answer' ? fieldsOf(flow) : [];
  const { subject } = api;
  const version = api.versions.find(({ state }) => state === 'current') ?? api.versions[0];
  return {
    at,
    producerId: api.producerId,
    apiId,
    apiVersion: version?.name ?? null,
    clientId: flow.clientId,
    accreditationId: hasAccreditation ? accreditationId : null,
    organisationId: hasAccreditation ? organisationId : null,
    purpose: hasAccreditation ? flow.purpose : null,
    environment: hasAccreditation ? flow.stage : 'production',
    scopes: hasSubject ? flow.scopes : [],
    fields,
    fieldsHash: fieldsHashOf(fields),
    subjectHash: hasSubject && subject ? hashOf(subject.kind, subjectAt(subject.kind, draw)) : null,
    verdict,
    status,
    policyVersion: versions.findLast(({ from }) => from.getTime() <= at)?.version ?? 0,
    latencyUs: latencyOf(verdict, draw),
    traceId: Array.from({ length: 4 }, () => Math.floor(draw() * 2 ** 32))
      .map((part) => part.toString(16).padStart(8, '0'))
      .join(''),
  };
}

function subjectAt(kind: SubjectPlace['kind'], draw: () => number): readonly string[] {
  const turn = Math.floor(draw() * 1000);
  if (kind === 'company' || draw() < CITIZENS_SHARE) return inventedSubject(kind, turn);
  // Somebody whom nobody here knows.
  return [`HABITANT ${turn}`, 'Camille', '1980-01-01', '44109'];
}

function latencyOf(verdict: string, draw: () => number): number {
  if (verdict === 'upstream-timeout') return 5_000_000 + Math.floor(draw() * 4_000);
  const isForwarded = verdict === 'allowed' || verdict === 'producer-refused';
  return isForwarded ? 1_900 + Math.floor(draw() ** 3 * 9_000) : 180 + Math.floor(draw() * 300);
}
