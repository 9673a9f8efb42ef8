// The certificate that a client showed to the proxy that ends TLS (RFC 8705), as that proxy hands it on (RFC 9440).
import { X509Certificate } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Config } from '#platform/config.ts';

/**
 * The certificate of the request, or undefined. It is believed only where proxies are trusted at all: they must set
 * `Client-Cert` themselves and remove it from what comes from outside (RFC 9440, section 4).
 */
export function certificateAsked(
  { trustProxy }: Pick<Config, 'trustProxy'>,
  headers: IncomingHttpHeaders,
): X509Certificate | undefined {
  const header = headers['client-cert'];
  if (trustProxy === null || typeof header !== 'string' || header.length > 16_000) return undefined;
  const encoded = /^:([A-Za-z0-9+/]+={0,2}):$/.exec(header.trim())?.[1];
  if (!encoded) return undefined;
  try {
    return new X509Certificate(Buffer.from(encoded, 'base64'));
  } catch {
    return undefined;
  }
}

/** Tells whether the certificate bears the distinguished name `expected` (RFC 4514), however its parts are spaced. */
export function certificateSubjectMatches(
  certificate: X509Certificate | undefined,
  expected: unknown,
): boolean {
  if (!certificate || typeof expected !== 'string') return false;
  const parts = (name: string) =>
    // A comma inside a value is escaped: split there, one name could be made to read like another.
    (name.match(/(?:\\.|[^\\,\n])+/g) ?? [])
      .map((part) => part.trim().replace(/\s*=\s*/, '='))
      .filter((part) => part !== '')
      .sort()
      .join('\n');
  return parts(certificate.subject) === parts(expected);
}
