// The form of a draft as text, to and from what actions take. Pure.
import type { DoctrineVersion } from './doctrines.types.ts';
import { type CriterionInput, MOST_CRITERIA, type VersionInput } from './versions.rules.ts';

/** Empty places that the form offers. */
const SPARE = 2;

const EMPTY: CriterionInput = {
  code: '',
  textFr: '',
  textEn: '',
  weight: 'important',
  checkedBy: 'declaration',
  source: '',
};

/** A version as the form shows it. */
export function versionAsInput({ from, changes, criteria }: DoctrineVersion): VersionInput {
  return {
    from,
    changesFr: changes.fr,
    changesEn: changes.en,
    criteria: criteria.map(({ code, text, weight, checkedBy, source }) => ({
      code,
      textFr: text.fr,
      textEn: text.en,
      weight,
      checkedBy,
      source,
    })),
  };
}

/** The same with empty places after the criteria. */
export function withRoom(input: VersionInput): VersionInput {
  return { ...input, criteria: [...input.criteria, ...Array.from({ length: SPARE }, () => EMPTY)] };
}

/** The draft that the form says; criteria without a code are left out, which takes them away. */
export function draftOfForm(typed: Readonly<Record<string, string>>): VersionInput {
  const criteria: CriterionInput[] = [];
  for (let at = 0; at < MOST_CRITERIA + SPARE; at++) {
    const text = (field: keyof CriterionInput) => typed[`criteria.${at}.${field}`] ?? '';
    if (text('code').trim() === '') continue;
    criteria.push({
      code: text('code'),
      textFr: text('textFr'),
      textEn: text('textEn'),
      weight: text('weight'),
      checkedBy: text('checkedBy'),
      source: text('source'),
    });
  }
  return {
    from: typed.from ?? '',
    changesFr: typed.changesFr ?? '',
    changesEn: typed.changesEn ?? '',
    criteria,
  };
}
