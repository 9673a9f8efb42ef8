// Step: the body of a request that may have one, read whole before anything is forwarded.
import type { IncomingMessage } from 'node:http';
import type { Refusal } from '../call.types.ts';

/** Largest body of a request. */
const LARGEST_BODY = 1024 * 1024;
const BODILESS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'DELETE']);

// Requests whose bodies cannot be read to their end, although their callers are still there.
const broken = new WeakSet<IncomingMessage>();

/** Tells whoever reads this body, now or later, that the rest of it cannot be read. */
export function breakOffBody(request: IncomingMessage): void {
  broken.add(request);
  if (request.listenerCount('error') > 0) request.emit('error', new Error('The body cannot be read.'));
}

/** The body; null for none. A body where none is meant is refused: servers differ on what it means (RFC 9110, 9.3.1). */
export function readBody(request: IncomingMessage): null | Refusal | Promise<Buffer | null | Refusal> {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  if (encoding !== undefined && (encoding.toLowerCase() !== 'chunked' || request.httpVersionMinor === 0)) {
    return {
      code: 'malformed-request',
      detail: 'no transfer coding but chunked, in HTTP/1.1 (RFC 9112, 6.1)',
    };
  }
  const has = encoding !== undefined || (length !== undefined && length !== '0');
  if (BODILESS.has(request.method ?? '')) {
    return has ? { code: 'malformed-request', detail: 'this method takes no body' } : null;
  }
  if (!has) return null;
  if (Number(length ?? 0) > LARGEST_BODY) return { code: 'body-too-large' };
  return read(request);
}

function read(request: IncomingMessage): Promise<Buffer | Refusal> {
  const chunks: Buffer[] = [];
  let total = 0;
  return new Promise((resolve) => {
    // What is left of a body is not read to its end: the answer closes the connection.
    const refuse = (refusal: Refusal) => {
      request.pause();
      resolve(refusal);
    };
    const breakOff = () => refuse({ code: 'malformed-request', detail: 'the body broke off' });
    request.on('data', (chunk: Buffer) => {
      total += chunk.length;
      if (total > LARGEST_BODY) refuse({ code: 'body-too-large' });
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
    request.on('error', breakOff);
    request.on('close', breakOff);
    if (request.destroyed || broken.has(request)) breakOff();
  });
}
