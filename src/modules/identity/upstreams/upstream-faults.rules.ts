// What an error of the protocol libraries (openid-client, jose) says of a provider's answer. Pure.

/** The OAuth error code that a provider answered with (RFC 6749, 4.1.2.1 and 5.2; RFC 6750, 3.1); null for none. */
export function errorCodeOf(error: unknown): string | null {
  if (!(error instanceof Error)) return null;
  const { error: said, code, cause } = error as { error?: unknown; code?: unknown; cause?: unknown };
  if (code === 'OAUTH_AUTHORIZATION_RESPONSE_ERROR' || code === 'OAUTH_RESPONSE_BODY_ERROR') {
    return typeof said === 'string' ? said.slice(0, 100) : 'unknown';
  }
  if (code === 'OAUTH_WWW_AUTHENTICATE_CHALLENGE') {
    const [challenge] = Array.isArray(cause) ? cause : [];
    return String(challenge?.parameters?.error ?? 'unauthorized').slice(0, 100);
  }
  return null;
}

/** Words by which the libraries say in a sentence what no field of their errors says. */
const CHECKS_BY_WORDING: readonly (readonly [RegExp, string])[] = [
  [/"iss" \(issuer\) (response parameter|missing)|response parameter "iss"/, 'issuer'],
  [/"state"/, 'state'],
  [/signature/i, 'signature'],
  [/"alg"|unsupported JWS/i, 'algorithm'],
  [/"nonce"/, 'nonce'],
  [/authorization code/, 'code'],
  [/ID Token|id_token/, 'id-token'],
  [/decrypt|JWE|encrypted/i, 'encryption'],
  [/"sub"/, 'subject'],
];

const CHECKS_BY_CLAIM: Readonly<Record<string, string>> = {
  iss: 'issuer',
  aud: 'audience',
  azp: 'audience',
  sub: 'subject',
};

const CHECKS_BY_CODE: Readonly<Record<string, string>> = {
  OAUTH_KEY_SELECTION_FAILED: 'signature',
  ERR_JWKS_NO_MATCHING_KEY: 'signature',
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: 'signature',
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: 'signature',
  ERR_JOSE_ALG_NOT_ALLOWED: 'algorithm',
  ERR_JWT_EXPIRED: 'exp',
};

/**
 * The check that a provider's answer failed, in a word: `nonce`, `issuer`, `audience`, `signature`, `algorithm`, `exp`,
 * `iat`, `subject`, `state`, ...; `answer` when the libraries do not say. Null when `error` is none of theirs.
 */
export function failedCheckOf(error: unknown): string | null {
  const causes: Error[] = [];
  for (let cause: unknown = error; cause instanceof Error && causes.length < 5; cause = cause.cause) {
    causes.push(cause);
  }
  if (!causes.some(isOfTheProtocol)) return null;
  for (const { code, claim } of causes as { code?: string; claim?: unknown }[]) {
    if (typeof claim === 'string') return CHECKS_BY_CLAIM[claim] ?? claim;
    if (code !== undefined && code in CHECKS_BY_CODE) return CHECKS_BY_CODE[code] as string;
  }
  for (const { cause } of causes) {
    const { claim, attribute } = (cause ?? {}) as { claim?: unknown; attribute?: unknown };
    const named = [claim, attribute].find((word) => typeof word === 'string');
    if (typeof named === 'string') return CHECKS_BY_CLAIM[named] ?? named;
  }
  const wording = causes.map(({ message }) => message).join(' ');
  return CHECKS_BY_WORDING.find(([words]) => words.test(wording))?.[1] ?? 'answer';
}

function isOfTheProtocol(error: Error): boolean {
  const { code } = error as { code?: unknown };
  return (
    typeof code === 'string' &&
    /^(OAUTH_|ERR_JOSE|ERR_JW|ERR_INVALID_ARG_VALUE$|ERR_INVALID_ARG_TYPE$)/.test(code) &&
    error.name !== 'DataError'
  );
}
