// The settings of the oversight: typed keys, each with its kind and bounds. Values have dates of effect and are appended.
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';

/** The kinds of values, with what each is in JSON. */
interface Kinds {
  /** Whole cents, incl. VAT. */
  readonly money: number;
  /** A whole number of the unit that the setting's title names. */
  readonly count: number;
  /** From 0 to 1, or a little above where a limit may be. */
  readonly share: number;
  /** Whole days, rising. */
  readonly steps: readonly number[];
  /** The id of an organisation. */
  readonly organisation: string;
  /** Ids of organisations. */
  readonly organisations: readonly string[];
}

/** A kind of value. */
export type SettingKind = keyof Kinds;

/** Each key with its kind and bounds (of the number, or of each step; for `organisations` of how many). */
export const SETTINGS = {
  'opinion-threshold-cents': { kind: 'money', min: 100, max: 100_000_000_000_000 },
  'opinion-delay-months': { kind: 'count', min: 1, max: 24 },
  'consultation-days': { kind: 'count', min: 1, max: 365 },
  'near-threshold-share': { kind: 'share', min: 0.5, max: 0.99 },
  'splitting-months': { kind: 'count', min: 1, max: 120 },
  'outsourcing-limit': { kind: 'share', min: 0, max: 1 },
  'news-days': { kind: 'count', min: 1, max: 1000 },
  'cost-slippage-limit': { kind: 'share', min: 0, max: 10 },
  'schedule-slippage-limit': { kind: 'share', min: 0, max: 10 },
  'overdue-recommendations-limit': { kind: 'count', min: 1, max: 1000 },
  'escalation-days': { kind: 'steps', min: 0, max: 1000 },
  'security-agency': { kind: 'organisation', min: 0, max: 1 },
  'budget-directorate': { kind: 'organisation', min: 0, max: 1 },
  'prime-minister-office': { kind: 'organisation', min: 0, max: 1 },
  'audit-excluded-organisations': { kind: 'organisations', min: 0, max: 50 },
} as const satisfies Record<string, { kind: SettingKind; min: number; max: number }>;

/** A key. */
export type SettingKey = keyof typeof SETTINGS;

/** Every key, in the order in which they are shown. */
export const SETTING_KEYS = Object.keys(SETTINGS) as readonly SettingKey[];

/** The value of a key. */
export type SettingValue<K extends SettingKey = SettingKey> = Kinds[(typeof SETTINGS)[K]['kind']];

/** The values in force on a day; null where none was ever set (who is consulted is not shipped). */
export type SettingsInForce = { readonly [K in SettingKey]: SettingValue<K> | null };

/** One decided value. */
export interface SettingRow {
  readonly id: number;
  readonly key: SettingKey;
  readonly value: SettingValue;
  /** YYYY-MM-DD: the first day on which it holds. */
  readonly effectiveOn: string;
  /** Why, or the source of a shipped value. */
  readonly reason: string;
  readonly decidedBy: LedgerActor;
  readonly decidedAt: Date;
}
