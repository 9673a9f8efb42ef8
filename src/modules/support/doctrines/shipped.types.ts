// What the shipped doctrines are written in: one line a criterion. It loads nothing.
import type { Check, Criterion, Doctrine, Weight, WrittenVersion } from './doctrines.types.ts';

/** A doctrine as it is shipped, its versions from the first on. */
export interface ShippedDoctrine extends Doctrine {
  readonly versions: readonly WrittenVersion[];
}

/** Writes a criterion. */
export function criterion(
  code: string,
  weight: Weight,
  checkedBy: Check,
  source: string,
  fr: string,
  en: string,
): Criterion {
  return { code, weight, checkedBy, source, text: { fr, en } };
}

/** What the first version says of its changes. */
export const FIRST_VERSION = { fr: 'Première version.', en: 'First version.' };
