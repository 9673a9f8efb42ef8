// Whether what was typed makes an indicator, a definition or a declared measure. Pure.
import type { FieldError } from '#platform/errors.ts';
import { invalidInput } from '#platform/errors.ts';
import { hasControlCharacter, isDay, tidied } from '#platform/typed-text.ts';
import {
  AGGREGATIONS,
  CADENCES,
  DIRECTIONS,
  type IndicatorInput,
} from './indicators.types.ts';
import { REFUSALS } from './measure-refusals.data.ts';

/** A form as typed. */
export type Typed = Readonly<Record<string, string>>;

const REQUIRED = { fr: 'Cette information est obligatoire.', en: 'This is required.' };
const CHOOSE = { fr: 'Choisissez une des valeurs proposées.', en: 'Choose one of the values offered.' };
function textOf(typed: Typed, field: string, most: number, faults: FieldError[]): string {
  const text = tidied(typed[field] ?? '');
  if (text === '') faults.push({ field, text: REQUIRED });
  else if (text.length > most || hasControlCharacter(text) || !text.isWellFormed()) {
    faults.push({
      field,
      text: { fr: `Au plus ${most} caractères, tous lisibles.`, en: `At most ${most} characters, all readable.` },
    });
  }
  return text;
}

function choiceOf<T extends string>(typed: Typed, field: string, all: readonly T[], faults: FieldError[]): T {
  const found = all.find((one) => one === typed[field]);
  if (found === undefined) faults.push({ field, text: CHOOSE });
  return found ?? (all[0] as T);
}

function refuse(faults: readonly FieldError[]): void {
  if (faults.length > 0) throw invalidInput({ fields: faults });
}

/** A new indicator with its first definition. `within`: the organisations that the writer writes for. Throws invalid-input. */
export function readIndicator(
  typed: Typed,
  within: readonly string[],
): IndicatorInput & { readonly definition: string } {
  const faults: FieldError[] = [];
  const read = {
    title: textOf(typed, 'title', 200, faults),
    subject: textOf(typed, 'subject', 200, faults),
    organisationId: choiceOf(typed, 'organisationId', within, faults),
    unit: textOf(typed, 'unit', 60, faults),
    direction: choiceOf(typed, 'direction', DIRECTIONS, faults),
    population: textOf(typed, 'population', 500, faults),
    aggregation: choiceOf(typed, 'aggregation', AGGREGATIONS, faults),
    cadence: choiceOf(typed, 'cadence', CADENCES, faults),
    isPublic: typed.isPublic === 'on',
    definition: textOf(typed, 'definition', 2000, faults),
  };
  refuse(faults);
  return read;
}

/** A new version of a definition. Throws invalid-input. */
export function readDefinition(typed: Typed): { text: string; fromDay: string; reason: string } {
  const faults: FieldError[] = [];
  const text = textOf(typed, 'text', 2000, faults);
  const reason = textOf(typed, 'reason', 500, faults);
  const fromDay = tidied(typed.fromDay ?? '');
  if (!isDay(fromDay)) faults.push({ field: 'fromDay', text: REFUSALS['not-a-day'].text });
  refuse(faults);
  return { text, reason, fromDay };
}

/** A number as people write it, with a comma or a point, and spaces between thousands; NaN when it is none. */
export function numberOf(text: string): number {
  const plain = text.replace(/\s/gu, '').replace(',', '.').replace('−', '-');
  return /^[+-]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain) : Number.NaN;
}

/** A declared measure, with what proves it. Throws invalid-input. */
export function readDeclaration(typed: Typed): { day: string; value: number; segment: string; evidence: string } {
  const faults: FieldError[] = [];
  const evidence = textOf(typed, 'evidence', 1000, faults);
  const day = tidied(typed.day ?? '');
  if (!isDay(day)) faults.push({ field: 'day', text: REFUSALS['not-a-day'].text });
  const value = numberOf(typed.value ?? '');
  if (!Number.isFinite(value)) faults.push({ field: 'value', text: REFUSALS['not-a-number'].text });
  refuse(faults);
  return { day, value, segment: tidied(typed.segment ?? ''), evidence };
}
