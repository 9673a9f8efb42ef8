// What comes over a connection and makes no request that the steps could take: it is refused in the same words, and recorded.
import { type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { traceIdOf } from '#platform/http/request-context.ts';
import type { Refusal } from './call.types.ts';
import type { CallCounts } from './call-server.ts';
import { problemOf, statusOf } from './steps/answer.ts';
import { breakOffBody } from './steps/read-body.ts';
import { recordOfUnread, writeRecord } from './steps/record.ts';
import type { GatewayParts } from './steps.ts';

/** The answer that node is at work on for a connection; node asks for it in the same way before it answers an error. */
type Served = Socket & { readonly _httpMessage?: ServerResponse | null };

const REFUSALS: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: { code: 'header-refused', status: 431, detail: 'the head is longer than 16 kB' },
  ERR_HTTP_REQUEST_TIMEOUT: {
    code: 'malformed-request',
    status: 408,
    detail: 'the request did not end in time',
  },
};
const UNREADABLE: Refusal = {
  code: 'malformed-request',
  detail: 'this is no request of HTTP/1.1 (RFC 9112)',
};
const NO_TUNNEL: Refusal = { code: 'method-refused', detail: 'this is no proxy' };

/** Refuses what the server's parser cannot read, and requests for a tunnel. */
export function refuseUnreadable(server: Server, parts: GatewayParts, counts: CallCounts): void {
  server.on('clientError', (error: NodeJS.ErrnoException, duplex: Duplex) => {
    const socket = duplex as Served;
    const { _httpMessage: response } = socket;
    // Nobody is there, or nobody ever said a word.
    if (error.code === 'ECONNRESET' || !socket.writable || socket.bytesRead === 0) {
      socket.destroy();
      return;
    }
    const refusal = REFUSALS[error.code ?? ''] ?? UNREADABLE;
    if (!response) {
      void refuse(socket, refusal);
      return;
    }
    // Nothing more is read: what follows cannot be told from what came before.
    socket.pause();
    response.shouldKeepAlive = false;
    // A whole request is answered, whatever stands behind it; one whose body broke off is refused by who reads it.
    if (response.req.complete) return;
    breakOffBody(response.req);
  });

  server.on('connect', (request: IncomingMessage, duplex: Duplex) => {
    void refuse(duplex as Socket, NO_TUNNEL, request.headers.traceparent);
  });

  async function refuse(socket: Socket, refusal: Refusal, traceparent?: string | string[]): Promise<void> {
    const { code, headers } = refusal;
    const traceId = traceIdOf(traceparent);
    const status = statusOf(refusal);
    const at = parts.now();
    socket.on('error', () => socket.destroy());
    socket.pause();
    const index = await writeRecord(
      parts.log,
      recordOfUnread({ at, code, status, traceId }, parts.policy.version),
    );
    counts.verdicts.set(code, (counts.verdicts.get(code) ?? 0) + 1);
    const body = problemOf(refusal, { siteUrl: parts.siteUrl, traceId });
    const lines = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      'content-type: application/problem+json',
      `content-length: ${Buffer.byteLength(body)}`,
      'cache-control: no-store',
      'connection: close',
      `trace-id: ${traceId}`,
      ...(index === null ? [] : [`record: ${parts.logOrigin}#${index}`]),
      ...Object.entries(headers ?? {}).map(([name, value]) => `${name}: ${value}`),
    ];
    socket.end(`${lines.join('\r\n')}\r\n\r\n${body}`, () => socket.destroy());
  }
}
