// The circuits of this process, one for each provider, around the way out. They decide by circuit.rules.ts alone.
import type { Clock } from '#platform/clock.ts';
import {
  admits,
  afterAnswer,
  afterFailure,
  afterSending,
  type Circuit,
  CLOSED,
} from '#platform/http/circuit.rules.ts';
import type { Outgoing, OutgoingRequest } from '#platform/http/outgoing.ts';

/** A provider could not be reached, answered by a fault of its own, or is not asked at present. For the log. */
export class UpstreamSilence extends Error {
  override readonly name = 'UpstreamSilence';
}

interface Needs {
  readonly outgoing: Outgoing;
  readonly clock: Clock;
}

// By the way out, so that installations in one process (tests) share nothing.
const known = new WeakMap<Outgoing, Map<string, Circuit>>();

function circuitsOf(outgoing: Outgoing): Map<string, Circuit> {
  let circuits = known.get(outgoing);
  if (!circuits) {
    circuits = new Map();
    known.set(outgoing, circuits);
  }
  return circuits;
}

function change({ outgoing }: Needs, upstreamId: string, next: (circuit: Circuit) => Circuit): void {
  const circuits = circuitsOf(outgoing);
  const circuit = next(circuits.get(upstreamId) ?? CLOSED);
  // Most providers answer: only the others are remembered.
  if (circuit === CLOSED) circuits.delete(upstreamId);
  else circuits.set(upstreamId, circuit);
}

/** Tells whether the provider's circuit is closed: nothing that is kept of it needs to be asked for again. */
export function isCircuitClosed({ outgoing }: Needs, upstreamId: string): boolean {
  return (circuitsOf(outgoing).get(upstreamId) ?? CLOSED).openedAt === null;
}

/** Records what a request that did not go through `guardedFetch` showed of the provider. */
export function reportToCircuit(needs: Needs, upstreamId: string, answered: boolean, tookMs: number): void {
  const now = needs.clock.now().getTime();
  change(needs, upstreamId, (circuit) => (answered ? afterAnswer() : afterFailure(circuit, now, tookMs)));
}

/**
 * Sends a request to a provider through its circuit. An answer of status 500 or more is a failure.
 * @throws UpstreamSilence when it failed, or at once while the circuit is open.
 */
export async function guardedFetch(
  needs: Needs,
  upstreamId: string,
  url: string,
  request: OutgoingRequest = {},
): Promise<Response> {
  const { outgoing, clock } = needs;
  if (!admits(circuitsOf(outgoing).get(upstreamId) ?? CLOSED, clock.now().getTime())) {
    throw new UpstreamSilence('it failed lately and is not asked for half a minute');
  }
  change(needs, upstreamId, (circuit) => afterSending(circuit, clock.now().getTime()));
  const began = performance.now();
  try {
    const answer = await plainFetch(outgoing, url, request);
    reportToCircuit(needs, upstreamId, true, 0);
    return answer;
  } catch (error) {
    reportToCircuit(needs, upstreamId, false, performance.now() - began);
    throw error;
  }
}

/** Sends a request past any circuit. @throws UpstreamSilence when it failed or the answer's status is 500 or more. */
export async function plainFetch(
  outgoing: Outgoing,
  url: string,
  request: OutgoingRequest = {},
): Promise<Response> {
  let answer: Response;
  try {
    answer = await outgoing.fetch(url, request);
  } catch (error) {
    throw new UpstreamSilence(error instanceof Error ? error.message : String(error), { cause: error });
  }
  if (answer.status >= 500) throw new UpstreamSilence(`${new URL(url).origin} answered ${answer.status}`);
  return answer;
}
