// Whom a call concerns, as one text, and as the keyed hash that is kept in its place. Pure.
import { createHmac, type KeyObject } from 'node:crypto';
import type { SubjectPlace } from './policy/policy.types.ts';

/** Purpose of the key of subject hashes (`kernel.secret.keyFor`): the gateways and the control plane share it. */
export const SUBJECT_KEY = 'exchange/subject';

/** One value without case, accents, punctuation or doubled spaces: `Élodie-Anne` and `ELODIE ANNE` are one. */
function folded(value: string): string {
  return value
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * The text that stands for a person or a company. A person is the pivot identity: birth family name, given names (the
 * first one counts: the others are not always known), date of birth (YYYY-MM-DD) and INSEE code of the place of birth.
 * A company is its SIREN: the first nine digits of what is given. Null when nothing usable is given.
 */
export function subjectText(kind: SubjectPlace['kind'], values: readonly string[]): string | null {
  if (kind === 'company') {
    const digits = (values[0] ?? '').replace(/\s/g, '');
    return /^\d{9}(\d{5})?$/.test(digits) ? digits.slice(0, 9) : null;
  }
  const parts = values.map((value, at) => (at === 1 ? (folded(value).split(' ')[0] ?? '') : folded(value)));
  return parts.some((part) => part !== '') ? parts.join('|') : null;
}

/** HMAC-SHA-256 of the kind and the text, base64: without the key nobody can tell whom it is about by trying. */
export function subjectHash(key: KeyObject | Buffer, kind: SubjectPlace['kind'], text: string): string {
  return createHmac('sha256', key).update(`${kind}\n${text}`).digest('base64');
}
