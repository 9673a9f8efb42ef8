// What must hold for a version, its end and where it is forwarded to. Pure: `today` is given.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { FieldError } from '#platform/errors.ts';
import { isDay } from '#platform/typed-text.ts';
import {
  type ApiVersion,
  type SandboxExample,
  UPSTREAM_PROOFS,
  type Upstream,
  type UpstreamProof,
} from './catalogue.types.ts';
import { isObject } from './openapi.rules.ts';

/** Tells whether `name` may be a version's: `v1` to `v999`. */
export function isVersionName(name: string): boolean {
  return /^v[1-9][0-9]{0,2}$/.test(name);
}

/** The name of the version that comes after these. */
export function nextVersionName(versions: readonly Pick<ApiVersion, 'name'>[]): string {
  const last = Math.max(0, ...versions.map(({ name }) => Number(name.slice(1))));
  return `v${Math.min(last + 1, 999)}`;
}

/** The fault of the name of a new version; none where it may be taken. */
export function faultsOfVersionName(name: string): FieldError[] {
  if (isVersionName(name)) return [];
  return [
    {
      field: 'name',
      text: { fr: 'Saisissez un nom comme v1, v2 ou v12.', en: 'Enter a name such as v1, v2 or v12.' },
    },
  ];
}

/**
 * The faults of the day on which a deprecated version ends: a real day, not before today (RFC 8594: a Sunset is a moment
 * to come). Empty: not decided.
 */
export function faultsOfEnd(endsOn: string, today: string): FieldError[] {
  if (endsOn === '' || (isDay(endsOn) && endsOn >= today)) return [];
  return [
    {
      field: 'endsOn',
      text: {
        fr: 'Saisissez un jour à venir, ou laissez vide si la fin n’est pas décidée.',
        en: 'Enter a day to come, or leave it empty if the end is not decided.',
      },
    },
  ];
}

/** Most examples of a sandbox, and most bytes of all of them. */
const EXAMPLE_LIMITS = { count: 200, bytes: 1024 * 1024 } as const;

/** The faults of recorded examples. */
export function faultsOfExamples(examples: readonly SandboxExample[]): FieldError[] {
  const fits =
    examples.length <= EXAMPLE_LIMITS.count &&
    Buffer.byteLength(JSON.stringify(examples)) <= EXAMPLE_LIMITS.bytes &&
    examples.every(
      ({ method, path, status }) =>
        /^(GET|POST|PUT|PATCH|DELETE)$/.test(method) &&
        path.startsWith('/') &&
        path.length <= 500 &&
        Number.isInteger(status) &&
        status >= 200 &&
        status <= 599,
    );
  if (fits) return [];
  return [
    {
      field: 'sandboxExamples',
      text: {
        fr: 'Donnez au plus 200 exemples (1\u00A0Mo en tout), chacun avec une méthode, un chemin qui commence par «\u00A0/\u00A0», un code de 200 à 599 et un corps.',
        en: 'Give at most 200 examples (1 MB in all), each with a method, a path that starts with “/”, a status from 200 to 599 and a body.',
      },
    },
  ];
}

/** Where a version is forwarded to, as typed. */
export interface UpstreamInput {
  readonly url: string;
  readonly timeoutMs: string;
  readonly pipelining: boolean;
  readonly proof: string;
  /** PEM; empty keeps the key that is there. */
  readonly privateKeyPem: string;
  readonly certificatePem: string;
  readonly keyId: string;
}

/** What was typed, tidied; to be kept only if `faultsOfUpstream` finds none. */
export function upstreamAsTyped(input: UpstreamInput): Omit<Upstream, 'hasSecret'> {
  return {
    url: input.url.trim(),
    timeoutMs: input.timeoutMs.trim() === '' ? 10_000 : Number(input.timeoutMs.trim()),
    pipelining: input.pipelining,
    proof: input.proof as UpstreamProof,
  };
}

/**
 * Every fault of where a version is forwarded to. `https` only, unless `mayBeLocal` (the demonstration, whose producers
 * stand on the same machine); the address has no query, fragment or user's name. A proof needs its key.
 */
export function faultsOfUpstream(
  input: UpstreamInput,
  {
    mayBeLocal,
    hasSecret,
    proofBefore,
  }: { mayBeLocal: boolean; hasSecret: boolean; proofBefore: UpstreamProof },
): FieldError[] {
  const { url, timeoutMs, proof } = upstreamAsTyped(input);
  const faults: FieldError[] = [];
  const parsed = URL.parse(url ?? '');
  const isSafe = parsed?.protocol === 'https:' || (mayBeLocal && parsed?.protocol === 'http:');
  if (
    !parsed ||
    !isSafe ||
    url === null ||
    url.length > 500 ||
    parsed.search !== '' ||
    url.includes('#') ||
    parsed.username !== ''
  ) {
    faults.push({
      field: 'url',
      text: {
        fr: 'Saisissez une adresse qui commence par https://, sans «\u00A0?\u00A0» ni «\u00A0#\u00A0», comme https://donnees.ministere.example/v1.',
        en: 'Enter an address that starts with https://, without “?” or “#”, such as https://data.ministry.example/v1.',
      },
    });
  }
  if (!Number.isInteger(timeoutMs) || timeoutMs < 100 || timeoutMs > 60_000) {
    faults.push({
      field: 'timeoutMs',
      text: {
        fr: 'Saisissez une attente de 100 à 60\u00A0000 millisecondes.',
        en: 'Enter a wait of 100 to 60,000 milliseconds.',
      },
    });
  }
  if (!UPSTREAM_PROOFS.includes(proof)) {
    faults.push({ field: 'proof', text: { fr: 'Choisissez une preuve.', en: 'Choose a proof.' } });
  } else if (proof !== 'none') {
    const keeps = hasSecret && proof === proofBefore && input.privateKeyPem.trim() === '';
    if (!keeps) faults.push(...faultsOfSecret(input, proof));
  }
  return faults;
}

function faultsOfSecret(
  { privateKeyPem, certificatePem, keyId }: UpstreamInput,
  proof: UpstreamProof,
): FieldError[] {
  const faults: FieldError[] = [];
  if (!reads(() => createPrivateKey(privateKeyPem))) {
    faults.push({
      field: 'privateKeyPem',
      text: {
        fr: 'Collez une clé privée au format PEM, sans mot de passe.',
        en: 'Paste a private key in PEM, without a password.',
      },
    });
  }
  if (proof === 'mtls' && !reads(() => new X509Certificate(certificatePem))) {
    faults.push({
      field: 'certificatePem',
      text: { fr: 'Collez le certificat au format PEM.', en: 'Paste the certificate in PEM.' },
    });
  }
  if (proof === 'signature' && !/^[\x21-\x7E]{1,100}$/.test(keyId.trim())) {
    faults.push({
      field: 'keyId',
      text: {
        fr: 'Saisissez le nom de la clé que le serveur connaît, sans espace.',
        en: 'Enter the name by which the server knows the key, without spaces.',
      },
    });
  }
  return faults;
}

function reads(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch {
    return false;
  }
}

/** Reads recorded examples from JSON text; null when it is no list of them. An empty text is no example. */
export function examplesAsTyped(text: string): SandboxExample[] | null {
  if (text.trim() === '') return [];
  try {
    return examplesOf(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Reads recorded examples from a value; null when it is no list of them. */
export function examplesOf(value: unknown): SandboxExample[] | null {
  if (!Array.isArray(value)) return null;
  const examples: SandboxExample[] = [];
  for (const one of value) {
    if (!isObject(one) || typeof one.path !== 'string' || typeof one.status !== 'number') return null;
    if (typeof one.method !== 'string' || !Object.hasOwn(one, 'body')) return null;
    examples.push({ method: one.method.toUpperCase(), path: one.path, status: one.status, body: one.body });
  }
  return examples;
}
