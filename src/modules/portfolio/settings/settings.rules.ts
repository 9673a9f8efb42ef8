// What a value of a setting may be, which one holds on a day, and how one is read as typed. Pure.
import type { FieldError } from '#platform/errors.ts';
import { isDay, isUuid, tidied } from '#platform/typed-text.ts';
import { ESCALATION_LEVELS } from '../recommendations/recommendations.types.ts';
import {
  SETTING_KEYS,
  SETTINGS,
  type SettingKey,
  type SettingRow,
  type SettingsInForce,
  type SettingValue,
} from './settings.types.ts';

/** Tells whether `word` is the key of a setting. */
export function isSettingKey(word: string): word is SettingKey {
  return Object.hasOwn(SETTINGS, word);
}

/** Tells whether `value` is one that the key takes: its kind and its bounds. */
export function isSettingValue(key: SettingKey, value: unknown): value is SettingValue {
  const { kind, min, max } = SETTINGS[key];
  const within = (one: unknown): one is number => typeof one === 'number' && one >= min && one <= max;
  switch (kind) {
    case 'money':
    case 'count':
      return within(value) && Number.isInteger(value);
    case 'share':
      return within(value);
    case 'steps':
      return (
        Array.isArray(value) &&
        value.length === ESCALATION_LEVELS.length &&
        value.every((one, at) => within(one) && Number.isInteger(one) && one >= (value[at - 1] ?? 0))
      );
    case 'organisation':
      return typeof value === 'string' && isUuid(value);
    case 'organisations':
      return (
        Array.isArray(value) &&
        value.length <= max &&
        value.every((one) => typeof one === 'string' && isUuid(one)) &&
        new Set(value).size === value.length
      );
  }
}

function numberAsTyped(text: string): number {
  const plain = text.replace(/[\s\u00A0\u202F]/g, '').replace(',', '.');
  return /^\d{1,16}(\.\d{1,6})?$/.test(plain) ? Number(plain) : Number.NaN;
}

/**
 * The value as a form types it: euros for money, percent for shares, days parted by commas or spaces for steps, ids for
 * organisations. Undefined where it is none that the key takes.
 */
export function settingAsTyped(key: SettingKey, typed: readonly string[]): SettingValue | undefined {
  const [text = ''] = typed;
  const { kind } = SETTINGS[key];
  const number = numberAsTyped(text);
  const read: Record<typeof kind, () => unknown> = {
    money: () => Math.round(number * 100),
    count: () => number,
    share: () => Math.round(number * 10_000) / 1_000_000,
    steps: () =>
      text
        .split(/[\s,;]+/)
        .filter((one) => one !== '')
        .map(numberAsTyped),
    organisation: () => text.trim(),
    organisations: () => typed.filter((one) => one !== ''),
  };
  const value = read[kind]();
  return isSettingValue(key, value) ? value : undefined;
}

/**
 * What is wrong with a change: the day of effect (never before `today`: what was in force then is not rewritten) and the
 * reason.
 */
export function faultsOfChange(
  { effectiveOn, reason }: { readonly effectiveOn: string; readonly reason: string },
  today: string,
): FieldError[] {
  const faults: FieldError[] = [];
  if (!isDay(effectiveOn) || effectiveOn < today || effectiveOn > '2100-12-31')
    faults.push({
      field: 'effectiveOn',
      text: {
        fr: 'Donnez le jour d’effet\u00A0: aujourd’hui ou plus tard. Ce qui a été en vigueur ne se réécrit pas.',
        en: 'Give the day of effect: today or later. What was in force is not rewritten.',
      },
    });
  const words = tidied(reason);
  if (words.length < 3 || words.length > 1000)
    faults.push({
      field: 'reason',
      text: {
        fr: 'Expliquez ce changement et citez sa source, en 1\u00A0000 caractères au plus.',
        en: 'Explain this change and quote its source, in at most 1,000 characters.',
      },
    });
  return faults;
}

/** The rows in force on `day`: for each key the latest day of effect that has come, and of two the one decided last. */
export function inForceOn(rows: readonly SettingRow[], day: string): Map<SettingKey, SettingRow> {
  const found = new Map<SettingKey, SettingRow>();
  for (const row of rows) {
    const known = found.get(row.key);
    if (row.effectiveOn > day) continue;
    if (
      !known ||
      row.effectiveOn > known.effectiveOn ||
      (row.effectiveOn === known.effectiveOn && row.id > known.id)
    )
      found.set(row.key, row);
  }
  return found;
}

/** The values of those rows, null where a key has none. */
export function valuesOf(rows: ReadonlyMap<SettingKey, SettingRow>): SettingsInForce {
  return Object.fromEntries(
    SETTING_KEYS.map((key) => [key, rows.get(key)?.value ?? null]),
  ) as unknown as SettingsInForce;
}
