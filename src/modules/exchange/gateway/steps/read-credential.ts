// Step: the access token as the request bears it (RFC 6750, 2.1; RFC 9449, 7.1).
import type { Refusal } from '../call.types.ts';

const LONGEST_TOKEN = 8_000;
const TOKEN = /^(Bearer|DPoP) ([\w-]+\.[\w-]+\.[\w-]+)$/i;

/** A token and the scheme that it came by. */
export interface Credential {
  readonly scheme: 'bearer' | 'dpop';
  readonly token: string;
}

/** Reads the Authorization header; or says why it cannot. */
export function readCredential(authorization: string | undefined): Credential | Refusal {
  if (authorization === undefined) {
    return { code: 'credential-missing', headers: { 'www-authenticate': 'Bearer realm="socle"' } };
  }
  const match = authorization.length > LONGEST_TOKEN ? null : TOKEN.exec(authorization);
  const [, scheme = '', token = ''] = match ?? [];
  if (match === null) {
    return {
      code: 'credential-malformed',
      headers: { 'www-authenticate': 'Bearer realm="socle", error="invalid_request"' },
    };
  }
  return { scheme: scheme.length === 4 ? 'dpop' : 'bearer', token };
}
