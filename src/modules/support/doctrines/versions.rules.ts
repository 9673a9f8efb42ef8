// Versions of doctrines: what a draft must say before it is published, and what one changes of another. Pure.
import type { FieldError } from '#platform/errors.ts';
import type { Translated } from '#platform/i18n/locale.ts';
import { isDay, tidied } from '#platform/typed-text.ts';
import {
  CHECKS,
  type Check,
  type Criterion,
  WEIGHTS,
  type Weight,
  type WrittenVersion,
} from './doctrines.types.ts';

/** The most criteria that a version holds. */
export const MOST_CRITERIA = 40;

/** A criterion as typed. */
export interface CriterionInput {
  readonly code: string;
  readonly textFr: string;
  readonly textEn: string;
  readonly weight: string;
  readonly checkedBy: string;
  readonly source: string;
}

/** A draft as typed. */
export interface VersionInput {
  readonly from: string;
  readonly changesFr: string;
  readonly changesEn: string;
  readonly criteria: readonly CriterionInput[];
}

/** What one version changes of another, in the order of the criteria. */
export interface VersionDifference {
  readonly added: readonly Criterion[];
  readonly removed: readonly Criterion[];
  readonly changed: readonly { readonly before: Criterion; readonly after: Criterion }[];
}

function isSame(x: Criterion, y: Criterion): boolean {
  return (
    x.text.fr === y.text.fr &&
    x.text.en === y.text.en &&
    x.weight === y.weight &&
    x.checkedBy === y.checkedBy &&
    x.source === y.source
  );
}

/** What `after` changes of `before`; criteria are the same when their codes are. */
export function differenceOf(before: readonly Criterion[], after: readonly Criterion[]): VersionDifference {
  const old = new Map(before.map((criterion) => [criterion.code, criterion]));
  const codes = new Set(after.map(({ code }) => code));
  return {
    added: after.filter(({ code }) => !old.has(code)),
    removed: before.filter(({ code }) => !codes.has(code)),
    changed: after.flatMap((criterion) => {
      const was = old.get(criterion.code);
      return was && !isSame(was, criterion) ? [{ before: was, after: criterion }] : [];
    }),
  };
}

/** The codes of criteria that are word for word in both. */
export function keptCodes(before: readonly Criterion[], after: readonly Criterion[]): string[] {
  const { added, changed } = differenceOf(before, after);
  const new_ = new Set([...added, ...changed.map((one) => one.after)].map(({ code }) => code));
  return after.map(({ code }) => code).filter((code) => !new_.has(code));
}

/** A draft as it is kept: spaces tidied, choices narrowed to those that there are. */
export function versionAsTyped(input: VersionInput): WrittenVersion {
  return {
    from: input.from.trim(),
    changes: { fr: tidied(input.changesFr), en: tidied(input.changesEn) },
    criteria: input.criteria.map((one) => ({
      code: one.code.trim().toUpperCase(),
      text: { fr: tidied(one.textFr), en: tidied(one.textEn) },
      weight: one.weight as Weight,
      checkedBy: one.checkedBy as Check,
      source: tidied(one.source),
    })),
  };
}

const length = (text: string, least: number, most: number) => text.length >= least && text.length <= most;

/** What keeps a draft from being written, a fault for each field, named as the form names it. */
export function faultsOfVersion({ from, changes, criteria }: WrittenVersion): FieldError[] {
  const faults: FieldError[] = [];
  const fault = (field: string, text: Translated) => faults.push({ field, text });
  if (!isDay(from))
    fault('from', {
      fr: 'Donnez le jour d’application, sous la forme AAAA-MM-JJ.',
      en: 'Give the day from which it applies, as YYYY-MM-DD.',
    });
  const told = {
    fr: 'Dites ce qui change, en 2\u00A0000 caractères au plus.',
    en: 'Say what changes, in at most 2,000 characters.',
  };
  if (!length(changes.fr, 2, 2000)) fault('changesFr', told);
  if (!length(changes.en, 2, 2000)) fault('changesEn', told);
  if (criteria.length === 0 || criteria.length > MOST_CRITERIA)
    fault('criteria', {
      fr: `Donnez de 1 à ${MOST_CRITERIA} critères.`,
      en: `Give 1 to ${MOST_CRITERIA} criteria.`,
    });
  const seen = new Set<string>();
  criteria.slice(0, MOST_CRITERIA).forEach((one, at) => {
    const name = (field: string) => `criteria.${at}.${field}`;
    if (!/^[A-Z]{1,3}\d{1,3}$/.test(one.code) || seen.has(one.code))
      fault(name('code'), {
        fr: 'Donnez un code propre à ce critère, comme A12.',
        en: 'Give a code of this criterion alone, such as A12.',
      });
    seen.add(one.code);
    const text = {
      fr: 'Écrivez le critère, en 500 caractères au plus.',
      en: 'Write the criterion, in at most 500 characters.',
    };
    if (!length(one.text.fr, 2, 500)) fault(name('textFr'), text);
    if (!length(one.text.en, 2, 500)) fault(name('textEn'), text);
    const choose = { fr: 'Choisissez une des valeurs proposées.', en: 'Choose one of the values offered.' };
    if (!WEIGHTS.includes(one.weight)) fault(name('weight'), choose);
    if (!CHECKS.includes(one.checkedBy)) fault(name('checkedBy'), choose);
    if (!length(one.source, 2, 200))
      fault(name('source'), {
        fr: 'Citez la norme ou le texte, en 200 caractères au plus.',
        en: 'Cite the norm or the text, in at most 200 characters.',
      });
  });
  return faults;
}
