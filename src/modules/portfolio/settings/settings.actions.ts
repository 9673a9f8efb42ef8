// The one intention on settings: decide a value with its day of effect. One transaction, with its line in the ledger.
import { findOrganisation } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Db } from '#platform/database/connection.ts';
import { invalidInput, notFound } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { tidied } from '#platform/typed-text.ts';
import { insertSetting } from './settings.repository.ts';
import { faultsOfChange, isSettingKey, isSettingValue, settingAsTyped } from './settings.rules.ts';
import { SETTINGS, type SettingKey, type SettingRow, type SettingValue } from './settings.types.ts';

/** What a change says: its value as JSON (`value`) or as a form types it (`typed`). */
export interface SettingChange {
  readonly value?: unknown;
  readonly typed?: readonly string[];
  readonly effectiveOn: string;
  readonly reason: string;
}

function refusedValue() {
  return {
    field: 'value',
    text: {
      fr: 'Cette valeur n’est pas de celles que ce réglage accepte. Voyez l’aide du champ.',
      en: 'This value is none that the setting takes. See the hint of the field.',
    },
  };
}

async function namesOrganisations(db: Db, value: SettingValue): Promise<boolean> {
  const ids = typeof value === 'string' ? [value] : (value as readonly string[]);
  const found = await Promise.all(ids.map((id) => findOrganisation(db, id)));
  return found.every((one) => one !== undefined);
}

/** Decides the value of `key` from `effectiveOn` on. Throws `not-found` for an unknown key, or `invalid-input`. */
export async function decideSetting(
  { db, clock, config }: Pick<Kernel, 'db' | 'clock' | 'config'>,
  actor: Actor,
  key: string,
  change: SettingChange,
): Promise<SettingRow> {
  if (!isSettingKey(key)) throw notFound();
  const now = clock.now();
  const value =
    change.typed === undefined
      ? isSettingValue(key, change.value)
        ? change.value
        : undefined
      : settingAsTyped(key, change.typed);
  const faults = faultsOfChange(change, dayIn(now, config.timeZone));
  const isOfOrganisations = SETTINGS[key].kind.startsWith('organisation');
  if (value === undefined || (isOfOrganisations && !(await namesOrganisations(db, value))))
    faults.unshift(refusedValue());
  if (faults.length > 0) throw invalidInput({ fields: faults });
  const held = actor.roles.find(({ role }) => role === 'auditor' || role === 'administrator');
  return recordSetting(db, now, {
    key,
    value: value as SettingValue,
    effectiveOn: change.effectiveOn,
    reason: tidied(change.reason),
    decidedBy: { kind: 'person', personId: actor.personId, ...(held ? { role: held.role } : {}) },
  });
}

/** Keeps a value that was checked, with its line in the ledger. */
export async function recordSetting(
  db: Db,
  now: Date,
  row: {
    readonly key: SettingKey;
    readonly value: SettingValue;
    readonly effectiveOn: string;
    readonly reason: string;
    readonly decidedBy: LedgerActor;
  },
): Promise<SettingRow> {
  return db.transaction().execute(async (trx) => {
    const kept = await insertSetting(trx, { ...row, decidedAt: now });
    const { key, value, effectiveOn, reason } = row;
    await appendToLedger(trx, now, {
      kind: 'portfolio.setting-decided',
      subject: `portfolio/setting/${key}`,
      actor: row.decidedBy,
      data: { value, effectiveOn, reason },
    });
    return kept;
  });
}
