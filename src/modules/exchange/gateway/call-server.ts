// The gateway's HTTP server: node's own parser with its strictest settings, bounds on everything that a caller controls,
// and each request taken through the steps.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { traceIdOf } from '#platform/http/request-context.ts';
import type { Logger } from '#platform/log.ts';
import type { Call } from './call.types.ts';
import { runSteps, type StepTimes } from './run-steps.ts';
import { sendAnswer } from './steps/answer.ts';
import type { GatewayParts } from './steps.ts';

const LARGEST_HEADERS = 16 * 1024;
/** Calls under way at once; beyond, callers are told to come back (RFC 9110, 15.6.4). */
const MOST_CALLS = 5_000;
const MOST_CONNECTIONS = 10_000;

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
      requireHostHeader: true,
      // Two Authorization headers become one that no step can read, instead of the first one silently.
      joinDuplicateHeaders: true,
      maxHeaderSize: LARGEST_HEADERS,
      headersTimeout: 10_000,
      requestTimeout: 30_000,
      keepAliveTimeout: 65_000,
      connectionsCheckingInterval: 5_000,
      noDelay: true,
    },
    (request, response) => {
      void take(request, response);
    },
  );
  server.maxConnections = MOST_CONNECTIONS;
  server.maxHeadersCount = 100;

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
      call.refusal = { code: 'overloaded', headers: { 'retry-after': '1' } };
      sendAnswer(call, parts);
      return;
    }
    counts.underWay += 1;
    try {
      await runSteps(call, parts, times);
    } catch (error) {
      log.error({ err: error, traceId: call.traceId }, 'a call could not be served');
      // Whatever broke, no data goes out: the connection ends without an answer.
      response.destroy();
    } finally {
      counts.underWay -= 1;
      const verdict = call.refusal?.code ?? 'allowed';
      counts.verdicts.set(verdict, (counts.verdicts.get(verdict) ?? 0) + 1);
      counts.latency.count += 1;
      counts.latency.seconds += (performance.now() - call.startedAt) / 1000;
    }
  }

  // What the parser cannot read is nobody's call: it is answered by the parser's own words and recorded nowhere.
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const status =
      error.code === 'HPE_HEADER_OVERFLOW'
        ? '431 Request Header Fields Too Large'
        : error.code === 'ERR_HTTP_REQUEST_TIMEOUT'
          ? '408 Request Timeout'
          : '400 Bad Request';
    socket.end(`HTTP/1.1 ${status}\r\nconnection: close\r\ncontent-length: 0\r\n\r\n`);
  });
  return server;
}
