// Step: the request goes to the declared host and no other; the answer is read to its end, within its bounds. No redirect
// is followed. A producer that fails is left alone for a while, and never holds up the calls to others.
import type { Dispatcher, Pool } from 'undici';
import {
  admits,
  afterAnswer,
  afterFailure,
  afterSending,
  type Circuit,
  CLOSED,
} from '#platform/http/circuit.rules.ts';
import type { Refusal, UpstreamAnswer } from '../call.types.ts';

/** Largest answer, before and after decompression. */
export const LARGEST_ANSWER = 20 * 1024 * 1024;
/** Calls to one upstream at once; beyond, further ones are refused rather than kept waiting. */
const MOST_AT_ONCE = 1_000;
/** A producer may take this many times its time-out in all, if it keeps sending. */
const LONGEST_IN_TIMEOUTS = 2;

/** A request as it goes out. */
export interface UpstreamRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly body: Buffer | null;
  readonly timeoutMs: number;
  /** Whether the next request may follow on the same connection before this one is answered (RFC 9112, 9.3.2). */
  readonly pipelining: boolean;
}

/** One upstream: its connections, and how it fared lately. */
export class Upstream {
  readonly #pool: Pool;
  readonly #now: () => number;
  #circuit: Circuit = CLOSED;
  #underWay = 0;

  constructor(pool: Pool, now: () => number) {
    this.#pool = pool;
    this.#now = now;
  }

  /** Whether requests go out, for the metrics. */
  get isOpen(): boolean {
    return this.#circuit.openedAt !== null;
  }

  /** Sends a request. It never throws: what goes wrong is a refusal. */
  send(request: UpstreamRequest): Promise<UpstreamAnswer | Refusal> {
    const now = this.#now();
    if (!admits(this.#circuit, now)) {
      return Promise.resolve({ code: 'upstream-circuit-open', headers: { 'retry-after': '10' } });
    }
    if (this.#underWay >= MOST_AT_ONCE) {
      return Promise.resolve({ code: 'overloaded', headers: { 'retry-after': '1' } });
    }
    this.#circuit = afterSending(this.#circuit, now);
    this.#underWay += 1;
    return new Promise((resolve) => {
      const settle = (outcome: UpstreamAnswer | Refusal, failed: boolean) => {
        this.#underWay -= 1;
        const at = this.#now();
        this.#circuit = failed ? afterFailure(this.#circuit, at, at - now) : afterAnswer();
        resolve(outcome);
      };
      const { method, path, headers, body, timeoutMs, pipelining } = request;
      this.#pool.dispatch(
        { method: method as Dispatcher.HttpMethod, path, headers, body, blocking: !pipelining },
        new Reader(settle, now + LONGEST_IN_TIMEOUTS * timeoutMs, this.#now),
      );
    });
  }
}

/** Reads one answer. */
class Reader implements Dispatcher.DispatchHandler {
  readonly #settle: (outcome: UpstreamAnswer | Refusal, failed: boolean) => void;
  readonly #deadline: number;
  readonly #now: () => number;
  readonly #chunks: Buffer[] = [];
  #length = 0;
  #status = 0;
  #contentType = '';
  #contentEncoding = '';
  #refusal: Refusal | null = null;

  constructor(
    settle: (outcome: UpstreamAnswer | Refusal, failed: boolean) => void,
    deadline: number,
    now: () => number,
  ) {
    this.#settle = settle;
    this.#deadline = deadline;
    this.#now = now;
  }

  /** The dispatcher asks for it; there is nothing to do before the answer begins. */
  onRequestStart(): void {}

  onResponseStart(
    controller: Dispatcher.DispatchController,
    status: number,
    headers: Record<string, string | string[] | undefined>,
  ): void {
    this.#status = status;
    this.#contentType = String(headers['content-type'] ?? '');
    this.#contentEncoding = String(headers['content-encoding'] ?? '');
    if (Number(headers['content-length'] ?? 0) > LARGEST_ANSWER) {
      this.#refuse(controller, { code: 'answer-too-large' });
    }
  }

  onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#length += chunk.length;
    if (this.#length > LARGEST_ANSWER) this.#refuse(controller, { code: 'answer-too-large' });
    else if (this.#now() > this.#deadline) this.#refuse(controller, { code: 'upstream-timeout' });
    else this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    const [only, another] = this.#chunks;
    const body = only && !another ? only : Buffer.concat(this.#chunks);
    this.#settle(
      {
        status: this.#status,
        contentType: this.#contentType,
        contentEncoding: this.#contentEncoding,
        body,
      },
      this.#status >= 500,
    );
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    this.#settle(this.#refusal ?? refusalOf(error), this.#refusal?.code !== 'answer-too-large');
  }

  #refuse(controller: Dispatcher.DispatchController, refusal: Refusal): void {
    this.#refusal ??= refusal;
    controller.abort(new Error(refusal.code));
  }
}

const TIMEOUTS: ReadonlySet<string> = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
]);

function refusalOf(error: Error): Refusal {
  const { code = '' } = error as { code?: string };
  return { code: TIMEOUTS.has(code) ? 'upstream-timeout' : 'upstream-unreachable' };
}
