// Step: the body of a request that may have one, read whole before anything is forwarded.
import type { IncomingMessage } from 'node:http';
import type { Refusal } from '../call.types.ts';

/** Largest body of a request. */
const LARGEST_BODY = 1024 * 1024;
const BODILESS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'DELETE']);

/** The body; null for none. A body where none is meant is refused: servers differ on what it means (RFC 9110, 9.3.1). */
export function readBody(request: IncomingMessage): null | Refusal | Promise<Buffer | null | Refusal> {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  const has = encoding !== undefined || (length !== undefined && length !== '0');
  if (BODILESS.has(request.method ?? '')) {
    return has ? { code: 'malformed-request', detail: 'this method takes no body' } : null;
  }
  if (!has) return null;
  if (Number(length ?? 0) > LARGEST_BODY) return { code: 'body-too-large' };
  return read(request);
}

async function read(request: IncomingMessage): Promise<Buffer | Refusal> {
  const chunks: Buffer[] = [];
  let total = 0;
  try {
    for await (const chunk of request as AsyncIterable<Buffer>) {
      total += chunk.length;
      if (total > LARGEST_BODY) return { code: 'body-too-large' };
      chunks.push(chunk);
    }
  } catch {
    return { code: 'malformed-request', detail: 'the body broke off' };
  }
  return Buffer.concat(chunks);
}
