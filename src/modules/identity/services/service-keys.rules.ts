// Which public keys a service may prove itself by (RFC 7523, RFC 7517). Pure. A private key that is pasted by mistake is
// refused and never kept, repeated or logged.
import { createHash, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import type { Translated } from '#platform/i18n/locale.ts';

/** Fewest bits of an RSA modulus (RFC 7518, section 3.3). */
const LEAST_RSA_BITS = 2048;
const MOST_RSA_BITS = 8192;

/** Most characters that a pasted key may have. */
export const LONGEST_KEY = 20_000;

const PRIVATE_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** A public key as it is kept, or why it is not. */
export type KeyAsTyped =
  | { readonly kid: string; readonly publicJwk: JsonWebKey; readonly fault: null }
  | { readonly fault: Translated };

const isPrivate: Translated = {
  fr: 'Ceci est une clé privée. Elle n’a pas été gardée, mais considérez-la comme divulguée\u00A0: cessez de l’employer, créez une nouvelle paire et collez ici la clé publique seule.',
  en: 'This is a private key. It was not kept, but treat it as disclosed: stop using it, make a new pair and paste the public key alone here.',
};

const unreadable: Translated = {
  fr: 'Collez une clé publique au format JWK (un objet JSON) ou PEM (-----BEGIN PUBLIC KEY-----).',
  en: 'Paste a public key as a JWK (a JSON object) or PEM (-----BEGIN PUBLIC KEY-----).',
};

const weak: Translated = {
  fr: `Cette clé RSA est trop faible ou démesurée\u00A0: prenez de ${LEAST_RSA_BITS} à ${MOST_RSA_BITS} bits et l’exposant 65537.`,
  en: `This RSA key is too weak or out of measure: take ${LEAST_RSA_BITS} to ${MOST_RSA_BITS} bits and the exponent 65537.`,
};

const unsupported: Translated = {
  fr: 'Cette sorte de clé n’est pas acceptée\u00A0: prenez une clé EC sur la courbe P-256 (ES256), ou RSA (RS256).',
  en: 'This kind of key is not accepted: take an EC key on the curve P-256 (ES256), or RSA (RS256).',
};

const wrongUse: Translated = {
  fr: 'Cette clé n’est pas faite pour signer en ES256 ou RS256\u00A0: vérifiez ses champs «\u00A0use\u00A0», «\u00A0key_ops\u00A0» et «\u00A0alg\u00A0».',
  en: 'This key is not meant to sign with ES256 or RS256: check its members “use”, “key_ops” and “alg”.',
};

const wrongKid: Translated = {
  fr: 'Donnez à la clé un «\u00A0kid\u00A0» de 1 à 100 caractères imprimables sans accent, ou retirez-le\u00A0: il sera calculé.',
  en: 'Give the key a “kid” of 1 to 100 printable ASCII characters, or remove it: it will be computed.',
};

/** The RFC 7638 thumbprint of a public key, by which it is named when it bears no name. */
export function thumbprintOf({ kty, crv, x, y, n, e }: JsonWebKey): string {
  const members = kty === 'RSA' ? { e, kty, n } : { crv, kty, x, y };
  return createHash('sha256').update(JSON.stringify(members)).digest('base64url');
}

/**
 * The public key in `text`: a JWK, a set of one, or PEM (SubjectPublicKeyInfo), for ES256 or RS256. What is kept is the
 * key alone, in members of our own choosing.
 */
export function publicKeyAsTyped(text: string): KeyAsTyped {
  const typed = text.trim();
  if (typed.length > LONGEST_KEY) return { fault: unreadable };
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(typed)) return { fault: isPrivate };
  const isJson = typed.startsWith('{') || typed.startsWith('[');
  return isJson ? keyOfJson(typed) : keyOfPem(typed);
}

function keyOfPem(pem: string): KeyAsTyped {
  if (!/^-----BEGIN (RSA )?PUBLIC KEY-----/.test(pem)) return { fault: unreadable };
  try {
    return judged(createPublicKey(pem), undefined);
  } catch {
    return { fault: unreadable };
  }
}

function keyOfJson(json: string): KeyAsTyped {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { fault: unreadable };
  }
  if (holdsPrivateMember(value)) return { fault: isPrivate };
  const jwk = onlyKeyOf(value);
  if (jwk === null) return { fault: unreadable };
  const { use, key_ops: operations, alg, kid, kty } = jwk;
  if (kty !== 'EC' && kty !== 'RSA') return { fault: unsupported };
  if ((use !== undefined && use !== 'sig') || !mayVerify(operations)) return { fault: wrongUse };
  if (alg !== undefined && alg !== (kty === 'EC' ? 'ES256' : 'RS256')) return { fault: wrongUse };
  if (kid !== undefined && !isKid(kid)) return { fault: wrongKid };
  try {
    return judged(createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' }), kid as string | undefined);
  } catch {
    return { fault: kty === 'EC' && jwk.crv !== 'P-256' ? unsupported : unreadable };
  }
}

type Members = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function keysWithin(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  if (isObject(value) && Array.isArray(value.keys)) return value.keys;
  return [value];
}

function holdsPrivateMember(value: unknown): boolean {
  return keysWithin(value).some((key) => isObject(key) && PRIVATE_MEMBERS.some((member) => member in key));
}

function onlyKeyOf(value: unknown): Members | null {
  const keys = keysWithin(value);
  const [only] = keys;
  return keys.length === 1 && isObject(only) ? only : null;
}

function mayVerify(operations: unknown): boolean {
  return operations === undefined || (Array.isArray(operations) && operations.includes('verify'));
}

function isKid(kid: unknown): kid is string {
  return typeof kid === 'string' && /^[\x21-\x7E]{1,100}$/.test(kid);
}

function judged(key: KeyObject, kid: string | undefined): KeyAsTyped {
  const { modulusLength = 0, publicExponent, namedCurve } = key.asymmetricKeyDetails ?? {};
  const { kty, crv, x, y, n, e } = key.export({ format: 'jwk' });
  if (key.asymmetricKeyType === 'rsa') {
    if (modulusLength < LEAST_RSA_BITS || modulusLength > MOST_RSA_BITS || publicExponent !== 65_537n)
      return { fault: weak };
    const publicJwk = { kty, n, e, alg: 'RS256', use: 'sig' } as JsonWebKey;
    return { kid: kid ?? thumbprintOf(publicJwk), publicJwk, fault: null };
  }
  if (key.asymmetricKeyType !== 'ec' || namedCurve !== 'prime256v1') return { fault: unsupported };
  const publicJwk = { kty, crv, x, y, alg: 'ES256', use: 'sig' } as JsonWebKey;
  return { kid: kid ?? thumbprintOf(publicJwk), publicJwk, fault: null };
}
