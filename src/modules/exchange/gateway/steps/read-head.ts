// Step: what no head of a request may hold, wherever it leads.
import type { IncomingMessage } from 'node:http';
import type { Refusal } from '../call.types.ts';

const MOST_HEADERS = 100;
/** A name or an address with or without a port (RFC 9110, 7.2). */
const HOST = /^(?:[\w.-]+|\[[\da-fA-F:.]+\])(?::\d{1,5})?$/;

// Callers come by few names: the last one was checked.
let lastHost = '';

/** Why the head of a request is refused; undefined when it is not. */
export function refusedHead({ headers, rawHeaders, httpVersionMinor }: IncomingMessage): Refusal | undefined {
  if (rawHeaders.length > 2 * MOST_HEADERS) {
    return { code: 'header-refused', status: 431, detail: `more than ${MOST_HEADERS} headers` };
  }
  if (headers.expect !== undefined && headers.expect.toLowerCase() !== '100-continue') {
    return { code: 'header-refused', status: 417, detail: 'no expectation but 100-continue' };
  }
  const { host } = headers;
  if (host === undefined) {
    return httpVersionMinor === 0
      ? undefined
      : { code: 'malformed-request', detail: 'one Host header is needed (RFC 9112, 3.2)' };
  }
  if (host === lastHost) return undefined;
  if (!HOST.test(host))
    return { code: 'malformed-request', detail: 'the Host header is none, or more than one' };
  lastHost = host;
  return undefined;
}
