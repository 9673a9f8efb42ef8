// Which content coding an answer may use, from what the caller accepts. It compresses nothing itself.
import type { IncomingHttpHeaders } from 'node:http';
import { Negotiator } from '@fastify/accept-negotiator';
import { LRUCache } from 'lru-cache';

/** A coding that Socle writes. */
export type Encoding = 'br' | 'gzip' | 'identity';

// Bounded, since callers choose the header.
const negotiator = new Negotiator({
  supportedValues: ['br', 'gzip', 'identity'],
  cache: new LRUCache<string, string>({ max: 100 }),
});

/** The best coding that the caller accepts (RFC 9110, section 12.5.3). */
export function acceptedEncoding(headers: IncomingHttpHeaders): Encoding {
  const header = headers['accept-encoding'];
  if (typeof header !== 'string' || header.length > 200) return 'identity';
  return (negotiator.negotiate(header) as Encoding | null) ?? 'identity';
}
