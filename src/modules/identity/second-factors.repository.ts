// Queries on second factors: the authenticator application's sealed secret, recovery codes, passkeys.
import type { Db, Trx } from '#platform/database/connection.ts';
import type { PasskeysTable, RecoveryCodesTable, TotpSecretsTable } from './credentials.tables.ts';
import type { Passkey, SecondFactors } from './second-factors.types.ts';

type Tables = {
  'identity.totp_secrets': TotpSecretsTable;
  'identity.recovery_codes': RecoveryCodesTable;
  'identity.passkeys': PasskeysTable;
};

const PASSKEY = [
  'id',
  'credential_id as credentialId',
  'person_id as personId',
  'name',
  'public_key as publicKey',
  'counter',
  'transports',
  'created_at as createdAt',
  'last_used_at as lastUsedAt',
] as const;

/** What the person has beside a password. */
export async function findSecondFactors(db: Db, personId: string): Promise<SecondFactors> {
  const tables = db.withTables<Tables>();
  // One after another: inside a transaction there is one connection, which takes one query at a time.
  const totp = await tables
    .selectFrom('identity.totp_secrets')
    .select('confirmed_at')
    .where('person_id', '=', personId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst();
  const passkeys = await tables
    .selectFrom('identity.passkeys')
    .select(PASSKEY)
    .where('person_id', '=', personId)
    .orderBy('created_at')
    .execute();
  const codes = await tables
    .selectFrom('identity.recovery_codes')
    .select(({ fn }) => fn.countAll<number>().as('left'))
    .where('person_id', '=', personId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow();
  return { totpSince: totp?.confirmed_at ?? null, passkeys, recoveryCodesLeft: codes.left };
}

/** The person's sealed TOTP secret, confirmed or not. */
export async function findTotp(
  db: Db,
  personId: string,
): Promise<{ sealedSecret: Buffer; confirmedAt: Date | null; lastStep: number | null } | undefined> {
  return db
    .withTables<Tables>()
    .selectFrom('identity.totp_secrets')
    .select(['sealed_secret as sealedSecret', 'confirmed_at as confirmedAt', 'last_step as lastStep'])
    .where('person_id', '=', personId)
    .executeTakeFirst();
}

/** Keeps a new secret until a first code confirms it. A confirmed one is left as it is. */
export async function saveUnconfirmedTotp(db: Db, personId: string, sealedSecret: Buffer): Promise<void> {
  await db
    .withTables<Tables>()
    .insertInto('identity.totp_secrets')
    .values({ person_id: personId, sealed_secret: sealedSecret, confirmed_at: null, last_step: null })
    .onConflict((conflict) =>
      conflict
        .column('person_id')
        .doUpdateSet({ sealed_secret: sealedSecret, last_step: null })
        .where('identity.totp_secrets.confirmed_at', 'is', null),
    )
    .execute();
}

/** Marks the secret as confirmed by the code of `step`. @returns false when it was confirmed already. */
export async function confirmTotp(trx: Trx, personId: string, now: Date, step: number): Promise<boolean> {
  const result = await trx
    .withTables<Tables>()
    .updateTable('identity.totp_secrets')
    .set({ confirmed_at: now, last_step: step })
    .where('person_id', '=', personId)
    .where('confirmed_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Uses up the code of `step`. @returns false when it or a later one was used meanwhile. */
export async function useTotpStep(db: Db, personId: string, step: number): Promise<boolean> {
  const result = await db
    .withTables<Tables>()
    .updateTable('identity.totp_secrets')
    .set({ last_step: step })
    .where('person_id', '=', personId)
    .where('confirmed_at', 'is not', null)
    .where((is) => is.or([is('last_step', 'is', null), is('last_step', '<', step)]))
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Removes the person's TOTP secret. @returns false when there was none. */
export async function deleteTotp(trx: Trx, personId: string): Promise<boolean> {
  const result = await trx
    .withTables<Tables>()
    .deleteFrom('identity.totp_secrets')
    .where('person_id', '=', personId)
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}

/** Replaces every recovery code of the person. */
export async function replaceRecoveryCodes(
  trx: Trx,
  personId: string,
  hashes: readonly Buffer[],
): Promise<void> {
  const tables = trx.withTables<Tables>();
  await tables.deleteFrom('identity.recovery_codes').where('person_id', '=', personId).execute();
  if (hashes.length === 0) return;
  await tables
    .insertInto('identity.recovery_codes')
    .values(hashes.map((hash) => ({ person_id: personId, code_hash: hash, used_at: null })))
    .execute();
}

/** Uses up a recovery code. @returns false when the person has no such code left. */
export async function useRecoveryCode(trx: Trx, personId: string, hash: Buffer, now: Date): Promise<boolean> {
  const result = await trx
    .withTables<Tables>()
    .updateTable('identity.recovery_codes')
    .set({ used_at: now })
    .where('person_id', '=', personId)
    .where('code_hash', '=', hash)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** The passkey with this credential id, if it is the person's. */
export async function findPasskey(
  db: Db,
  personId: string,
  credentialId: string,
): Promise<Passkey | undefined> {
  return db
    .withTables<Tables>()
    .selectFrom('identity.passkeys')
    .select(PASSKEY)
    .where('person_id', '=', personId)
    .where('credential_id', '=', credentialId)
    .executeTakeFirst();
}

/** Records a passkey. @returns false when that credential is recorded already, whoever has it. */
export async function insertPasskey(trx: Trx, passkey: Omit<Passkey, 'id' | 'lastUsedAt'>): Promise<boolean> {
  const result = await trx
    .withTables<Tables>()
    .insertInto('identity.passkeys')
    .values({
      credential_id: passkey.credentialId,
      person_id: passkey.personId,
      name: passkey.name,
      public_key: Buffer.from(passkey.publicKey),
      counter: passkey.counter,
      transports: [...passkey.transports],
      created_at: passkey.createdAt,
      last_used_at: null,
    })
    .onConflict((conflict) => conflict.column('credential_id').doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** Records a use of the passkey. @returns false when it was used meanwhile, which a copied one would be. */
export async function recordPasskeyUse(
  db: Db,
  passkey: Passkey,
  { counter, now }: { counter: number; now: Date },
): Promise<boolean> {
  const result = await db
    .withTables<Tables>()
    .updateTable('identity.passkeys')
    .set({ counter, last_used_at: now })
    .where('id', '=', passkey.id)
    .where('counter', '=', passkey.counter)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Removes a passkey of the person. @returns its name; undefined when they have no such passkey. */
export async function deletePasskey(trx: Trx, personId: string, id: string): Promise<string | undefined> {
  const row = await trx
    .withTables<Tables>()
    .deleteFrom('identity.passkeys')
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .returning('name')
    .executeTakeFirst();
  return row?.name;
}

/** Removes every second factor of the person, recovery codes included. */
export async function deleteSecondFactors(trx: Trx, personId: string): Promise<void> {
  const tables = trx.withTables<Tables>();
  await tables.deleteFrom('identity.totp_secrets').where('person_id', '=', personId).execute();
  await tables.deleteFrom('identity.passkeys').where('person_id', '=', personId).execute();
  await tables.deleteFrom('identity.recovery_codes').where('person_id', '=', personId).execute();
}
