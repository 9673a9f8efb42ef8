// The gateway's HTTP server: node's own parser with its strictest settings, bounds on everything that a caller controls,
// and each request taken through the steps.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { traceIdOf } from '#platform/http/request-context.ts';
import type { Logger } from '#platform/log.ts';
import type { Call } from './call.types.ts';
import { runLastSteps, runSteps, type StepTimes } from './run-steps.ts';
import { sendAnswer } from './steps/answer.ts';
import type { GatewayParts } from './steps.ts';
import { refuseUnreadable } from './unreadable-requests.ts';

const LARGEST_HEADERS = 16 * 1024;
/** Calls under way at once; beyond, callers are told to come back (RFC 9110, 15.6.4). */
const MOST_CALLS = 5_000;
/** Calls refused as too many whose records may wait for the disk at once; beyond, they are refused without one, and counted. */
const MOST_REFUSED = 1_000;
const MOST_CONNECTIONS = 10_000;
/** How long a caller may take over the head of a request, and over the whole of it. */
const HEADERS_MS = 5_000;
const REQUEST_MS = 15_000;

/** Counts of a server. */
export interface CallCounts {
  underWay: number;
  readonly verdicts: Map<string, number>;
  readonly latency: { count: number; seconds: number };
}

/** Makes the server; it does not listen yet. */
export function callServer(
  parts: GatewayParts,
  { times, counts, log }: { times: StepTimes; counts: CallCounts; log: Logger },
): Server {
  const server = createServer(
    {
      insecureHTTPParser: false,
      // A missing Host is refused by a step, in our words, and recorded.
      requireHostHeader: false,
      // Two Authorization headers become one that no step can read, instead of the first one silently.
      joinDuplicateHeaders: true,
      maxHeaderSize: LARGEST_HEADERS,
      headersTimeout: HEADERS_MS,
      requestTimeout: REQUEST_MS,
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: 1_000,
      noDelay: true,
    },
    (request, response) => {
      void take(request, response);
    },
  );
  let refusing = 0;
  server.maxConnections = MOST_CONNECTIONS;
  // The size of a head bounds their number; the parser would drop in silence what is beyond a count.
  server.maxHeadersCount = 0;
  // An expectation that we do not know is refused by a step too (RFC 9110, 10.1.1).
  server.on('checkExpectation', (request: IncomingMessage, response: ServerResponse) => {
    void take(request, response);
  });

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call: Call = {
      request,
      response,
      at: parts.now(),
      startedAt: performance.now(),
      traceId: traceIdOf(request.headers.traceparent),
      policyVersion: 0,
      resolved: null,
      credential: null,
      scheme: 'bearer',
      token: null,
      accreditation: null,
      scopes: [],
      tree: null,
      subjectHash: null,
      upstream: null,
      fields: [],
      answer: null,
      refusal: null,
      index: -1,
    };
    if (counts.underWay >= MOST_CALLS) {
      await refuseOverload(call);
      return;
    }
    counts.underWay += 1;
    try {
      await runSteps(call, parts, times);
    } catch (error) {
      log.error({ err: error, traceId: call.traceId }, 'a call could not be served');
      await giveUp(call);
    } finally {
      counts.underWay -= 1;
      const verdict = call.refusal?.code ?? 'allowed';
      counts.verdicts.set(verdict, (counts.verdicts.get(verdict) ?? 0) + 1);
      counts.latency.count += 1;
      counts.latency.seconds += (performance.now() - call.startedAt) / 1000;
    }
  }

  /** What is refused because too many calls are under way is recorded like every refusal, within a bound of its own. */
  async function refuseOverload(call: Call): Promise<void> {
    call.refusal = { code: 'overloaded', headers: { 'retry-after': '1' } };
    call.policyVersion = parts.policy.version;
    counts.verdicts.set('overloaded', (counts.verdicts.get('overloaded') ?? 0) + 1);
    if (refusing >= MOST_REFUSED) {
      sendAnswer(call, parts);
      return;
    }
    refusing += 1;
    try {
      await runLastSteps(call, parts, null);
    } catch (error) {
      log.error({ err: error, traceId: call.traceId }, 'a call could not be refused');
      await giveUp(call);
    } finally {
      refusing -= 1;
    }
  }

  /** Whatever broke, no data goes out; that the call was made is recorded all the same. */
  async function giveUp(call: Call): Promise<void> {
    call.refusal = { code: 'gateway-fault' };
    try {
      if (call.index < 0) await runLastSteps(call, parts, null);
    } catch (error) {
      log.error({ err: error, traceId: call.traceId }, 'nor could it be refused');
    }
    if (!call.response.headersSent) call.response.destroy();
  }

  refuseUnreadable(server, parts, counts);
  return server;
}
