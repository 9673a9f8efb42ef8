// Which address Socle is reached at: the public one that the operator wrote, else the loopback one that was asked.
import type { FastifyRequest } from 'fastify';
import type { Config } from '../config.ts';
import { defineError } from '../errors.ts';

/** No public address is configured, and the one that was asked could be anybody's word. */
export const noPublicAddress = defineError('no-public-address', 'unavailable', {
  fr: 'Cette fonction a besoin de l’adresse publique de Socle. Demandez à l’exploitant de renseigner SOCLE_PUBLIC_URL.',
  en: 'This needs the public address of Socle. Ask the operator to set SOCLE_PUBLIC_URL.',
});

const LOOPBACK_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/** The origin under which people reach Socle, such as `https://socle.example`; null when only a stranger's word says. */
export function originAsked(
  request: Pick<FastifyRequest, 'protocol' | 'host'>,
  { publicUrl }: Pick<Config, 'publicUrl'>,
): string | null {
  if (publicUrl !== null) return new URL(publicUrl).origin;
  const asked = URL.parse(`${request.protocol}://${request.host}`);
  return asked && LOOPBACK_NAMES.has(asked.hostname) ? asked.origin : null;
}

/** The same, where nothing can be done without it. Throws `no-public-address`. */
export function originOf(
  request: Pick<FastifyRequest, 'protocol' | 'host'>,
  config: Pick<Config, 'publicUrl'>,
): string {
  const origin = originAsked(request, config);
  if (origin === null) throw noPublicAddress({ detail: { host: request.host } });
  return origin;
}

/** The address of the site where no request tells one, in mail for instance: the public one, else loopback. No `/` at its end. */
export function siteAddress({ publicUrl, port }: Pick<Config, 'publicUrl' | 'port'>): string {
  return publicUrl ?? `http://localhost:${port}`;
}

/** Tells whether `origin` is Socle's own: the public one, else loopback on the `port` it listens on (null: on none yet). */
export function isOwnOrigin(
  origin: string,
  { publicUrl }: Pick<Config, 'publicUrl'>,
  port: number | null,
): boolean {
  if (publicUrl !== null) return origin === new URL(publicUrl).origin;
  const url = new URL(origin);
  return LOOPBACK_NAMES.has(url.hostname) && Number(url.port || 80) === (port ?? 80);
}
