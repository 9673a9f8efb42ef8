// How many requests one address may make, and what it is told beyond. The count is kept by each process.
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { defineError } from '../errors.ts';

/** Too many requests; the Retry-After header says when to come back. */
export const tooManyRequests = defineError<[seconds: number]>('too-many-requests', 'too-many', {
  fr: (seconds) => `Trop de demandes depuis votre adresse. Réessayez dans ${seconds} secondes.`,
  en: (seconds) => `Too many requests from your address. Try again in ${seconds} seconds.`,
});

/** Limits every address to `perMinute` requests; a route may set less in `config.rateLimit`. */
export async function registerRateLimit(app: FastifyInstance, perMinute: number): Promise<void> {
  await app.register(rateLimit, {
    max: perMinute,
    timeWindow: 60_000,
    // IPv6 clients own whole networks: the plugin would count each address apart.
    keyGenerator: (request) => networkOf(request.ip),
    errorResponseBuilder: (_request, context) => tooManyRequests({}, Math.ceil(context.ttl / 1000)),
  });
}

/** The network that counts as one caller: an IPv4 address, or the first 64 bits of an IPv6 one. */
export function networkOf(ip: string): string {
  if (!ip.includes(':') || ip.startsWith('::ffff:')) return ip;
  const [head = '', tail] = ip.split('::');
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const filled =
    tail === undefined ? groups : [...groups, ...Array(8 - groups.length - after.length).fill('0'), ...after];
  return `${filled.slice(0, 4).join(':')}::/64`;
}
