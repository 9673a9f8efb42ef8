// Queries on settings. They decide nothing: rules do. Rows are added and never changed.
import { sql } from 'kysely';
import type { Db, Trx } from '#platform/database/connection.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { inForceOn, valuesOf } from './settings.rules.ts';
import type { SettingKey, SettingRow, SettingsInForce, SettingValue } from './settings.types.ts';

/** Every decided value of every key, the latest day of effect first; at most 5,000. */
export async function listSettingRows(db: Db): Promise<SettingRow[]> {
  const { rows } = await sql<SettingRow>`
    select id, key, value, effective_on as "effectiveOn", reason, decided_by as "decidedBy", decided_at as "decidedAt"
    from portfolio.settings order by effective_on desc, id desc limit 5000`.execute(db);
  return rows;
}

/** The values in force on `day` (YYYY-MM-DD, in the State's time zone), in one query. */
export async function settingsOn(db: Db, day: string): Promise<SettingsInForce> {
  const { rows } = await sql<SettingRow>`
    select distinct on (key) id, key, value, effective_on as "effectiveOn", reason, decided_by as "decidedBy",
      decided_at as "decidedAt"
    from portfolio.settings where effective_on <= ${day}::date
    order by key, effective_on desc, id desc`.execute(db);
  return valuesOf(inForceOn(rows, day));
}

/** The value of one key in force on `day`; null where it was never set. */
export async function settingOn<K extends SettingKey>(
  db: Db,
  key: K,
  day: string,
): Promise<SettingValue<K> | null> {
  return (await settingsOn(db, day))[key];
}

/** Adds a value. */
export async function insertSetting(
  trx: Trx,
  row: {
    readonly key: SettingKey;
    readonly value: SettingValue;
    readonly effectiveOn: string;
    readonly reason: string;
    readonly decidedBy: LedgerActor;
    readonly decidedAt: Date;
  },
): Promise<SettingRow> {
  const { rows } = await sql<SettingRow>`
    insert into portfolio.settings (key, value, effective_on, reason, decided_by, decided_at)
    values (${row.key}, ${JSON.stringify(row.value)}::jsonb, ${row.effectiveOn}, ${row.reason},
      ${JSON.stringify(row.decidedBy)}::jsonb, ${row.decidedAt})
    returning id, key, value, effective_on as "effectiveOn", reason, decided_by as "decidedBy",
      decided_at as "decidedAt"`.execute(trx);
  return rows[0] as SettingRow;
}
