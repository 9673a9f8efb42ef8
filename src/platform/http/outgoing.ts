// The way out to other servers: bounded in time and size, never to a private address unless the installation is a
// demonstration (OWASP SSRF prevention cheat sheet), and in process when the address is Socle's own.
import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIP } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { Agent, fetch as send } from 'undici';

/** What is asked of another server; a part of what `fetch` takes. */
export interface OutgoingRequest {
  readonly method?: string;
  readonly headers?: Headers | Record<string, string>;
  readonly body?: string | URLSearchParams | Uint8Array | null;
  readonly signal?: AbortSignal | undefined;
  /** Most bytes of the answer, in place of the 1 MB that stands unless told. */
  readonly maxBytes?: number;
  /** The answer is long: its body is given while it comes, in twelve times the time. Whoever does not read it cancels it. */
  readonly isLong?: boolean;
}

/** The way out. */
export interface Outgoing {
  /**
   * Sends a request and reads its whole answer, unless that is long. Redirects are not followed.
   * @throws OutgoingError when the address is refused, the time is over, or the answer too long; so does reading a long one.
   */
  fetch(url: string, request?: OutgoingRequest): Promise<Response>;
  /** From now on requests to `origin()`s that `isOwn` accepts are answered by `app` itself. */
  answerOwn(app: FastifyInstance, isOwn: (origin: string) => boolean): void;
  close(): Promise<void>;
}

/** Why a request did not go out or did not come back. The message is for the log. */
export class OutgoingError extends Error {
  override readonly name = 'OutgoingError';
  readonly reason: OutgoingReason;

  constructor(message: string, { reason, cause }: { reason: OutgoingReason; cause?: unknown }) {
    super(message, { cause });
    this.reason = reason;
  }
}

/** What sort of failure an outgoing request met. */
type OutgoingReason = 'address-refused' | 'timed-out' | 'too-long' | 'unreachable';

/** Addresses that only the installation's own network knows, or that hold such a one (RFC 6890, RFC 8215, RFC 3056). */
const PRIVATE = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  PRIVATE.addSubnet(network, bits, 'ipv4');
}
for (const [network, bits] of [
  ['::', 96],
  ['::ffff:0:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const) {
  PRIVATE.addSubnet(network, bits, 'ipv6');
}

/** Tells whether `address` (an IP) is one that must not be reached from outside; IPv4 in IPv6 clothes included. */
export function isPrivateAddress(address: string): boolean {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped) return PRIVATE.check(mapped, 'ipv4');
  return PRIVATE.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** How much more time than another a long answer has. */
const LONG = 12;

/** Makes the way out. `allowPrivate` is for demonstrations and tests, whose other servers stand on the same machine. */
export function openOutgoing({
  allowPrivate,
  timeoutMs = 5_000,
  maxBytes = 1_048_576,
}: {
  allowPrivate: boolean;
  timeoutMs?: number;
  maxBytes?: number;
}): Outgoing {
  let own: { app: FastifyInstance; isOwn: (origin: string) => boolean } | null = null;
  let agent: Agent | null = null;
  const dispatcher = () => {
    // The address is checked as it is connected to, so that a name cannot change between the check and the call.
    agent ??= new Agent({
      connect: allowPrivate ? {} : { lookup: publicLookup },
      connectTimeout: timeoutMs,
      headersTimeout: timeoutMs,
      bodyTimeout: timeoutMs,
    });
    return agent;
  };

  async function overTheNetwork(url: URL, request: OutgoingRequest): Promise<Response> {
    const host = url.hostname.replace(/^\[|\]$/g, '');
    if (!allowPrivate && isIP(host) !== 0 && isPrivateAddress(host)) {
      throw new OutgoingError(`${url.host} is a private address`, { reason: 'address-refused' });
    }
    const { method = 'GET', headers = {}, body = null, signal, isLong = false } = request;
    const limit = AbortSignal.timeout(isLong ? timeoutMs * LONG : timeoutMs);
    try {
      const answer = await send(url, {
        method,
        headers: Object.fromEntries(new Headers(headers)),
        body,
        redirect: 'manual',
        dispatcher: dispatcher(),
        signal: signal ? AbortSignal.any([limit, signal]) : limit,
      });
      const bounded = boundedBody(answer.body, request.maxBytes ?? maxBytes, url);
      const content = isLong ? bounded : await new Response(bounded).bytes();
      return new Response(isBodiless(answer.status) ? null : content, {
        status: answer.status,
        headers: [...answer.headers],
      });
    } catch (error) {
      throw asOutgoing(error, url);
    }
  }

  return {
    async fetch(address, request = {}) {
      const url = URL.parse(address);
      if (!url || !['http:', 'https:'].includes(url.protocol)) {
        throw new OutgoingError('only http and https addresses are called', { reason: 'address-refused' });
      }
      return own?.isOwn(url.origin) ? inProcess(own.app, url, request) : overTheNetwork(url, request);
    },
    answerOwn(app, isOwn) {
      own = { app, isOwn };
    },
    async close() {
      await agent?.close();
    },
  };
}

/** Answers a request to Socle's own address without a connection: behind a proxy it may not reach itself. */
async function inProcess(app: FastifyInstance, url: URL, request: OutgoingRequest): Promise<Response> {
  const { method = 'GET', headers = {}, body } = request;
  const sent = new Headers(headers);
  if (body instanceof URLSearchParams && !sent.has('content-type')) {
    sent.set('content-type', 'application/x-www-form-urlencoded;charset=UTF-8');
  }
  const answer = await app.inject({
    method: method as 'GET',
    url: url.pathname + url.search,
    headers: {
      ...Object.fromEntries(sent),
      host: url.host,
      ...(url.protocol === 'https:' && { 'x-forwarded-proto': 'https' }),
    },
    ...(body != null && { payload: body instanceof URLSearchParams ? body.toString() : Buffer.from(body) }),
  });
  const received = new Headers();
  for (const [name, value] of Object.entries(answer.headers)) {
    for (const one of [value ?? []].flat()) received.append(name, String(one));
  }
  const { statusCode: status, rawPayload } = answer;
  return new Response(isBodiless(status) ? null : new Uint8Array(rawPayload), { status, headers: received });
}

/** Statuses whose answer has no body (Fetch standard, "null body status"). */
function isBodiless(status: number): boolean {
  return status === 101 || status === 204 || status === 205 || status === 304;
}

/** The same body, which fails with an OutgoingError where it is cut or longer than `maxBytes`. */
function boundedBody(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
  url: URL,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const reader = body?.getReader();
  let length = 0;
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done = true, value } = (await reader?.read()) ?? {};
        if (done || value === undefined) return controller.close();
        length += value.length;
        if (length > maxBytes)
          throw new OutgoingError(`the answer is longer than ${maxBytes} bytes`, { reason: 'too-long' });
        controller.enqueue(value as Uint8Array<ArrayBuffer>);
      } catch (error) {
        await reader?.cancel().catch(() => {});
        controller.error(asOutgoing(error, url));
      }
    },
    cancel: (reason) => reader?.cancel(reason),
  });
}

function asOutgoing(error: unknown, url: URL): OutgoingError {
  if (error instanceof OutgoingError) return error;
  const cause = causeOf(error);
  const reason =
    cause instanceof OutgoingError ? cause.reason : isTimeout(cause) ? 'timed-out' : 'unreachable';
  return new OutgoingError(`${url.origin}: ${reasonOf(error)}`, { reason, cause: error });
}

function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause instanceof Error ? error.cause : error;
}

/** Tells whether our limit or one of the dispatcher’s ended the request. */
function isTimeout(cause: unknown): boolean {
  return cause instanceof Error && /timeout/i.test(cause.name);
}

function reasonOf(error: unknown): string {
  const cause = causeOf(error);
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}

/** Resolves a name as usual, and refuses it when any of its addresses is private. */
function publicLookup(
  hostname: string,
  options: object,
  callback: (error: Error | null, address: string | LookupAddress[], family?: number) => void,
): void {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    const [first] = addresses ?? [];
    if (error) return callback(error, []);
    if (!first || addresses.some(({ address }) => isPrivateAddress(address))) {
      const refusal = `${hostname} leads to a private address`;
      return callback(new OutgoingError(refusal, { reason: 'address-refused' }), []);
    }
    if ((options as { all?: boolean }).all) return callback(null, addresses);
    callback(null, first.address, first.family);
  });
}
