// The columns of what proves a person: passwords, second factors, invitations, attempts. For repositories alone.
import type { Generated } from 'kysely';

/** A row of identity.passwords. */
export interface PasswordsTable {
  person_id: string;
  hash: string;
  changed_at: Date;
}

/** A row of identity.totp_secrets. */
export interface TotpSecretsTable {
  person_id: string;
  sealed_secret: Buffer;
  confirmed_at: Date | null;
  last_step: number | null;
}

/** A row of identity.recovery_codes. */
export interface RecoveryCodesTable {
  person_id: string;
  code_hash: Buffer;
  used_at: Date | null;
}

/** A row of identity.passkeys. */
export interface PasskeysTable {
  id: Generated<string>;
  credential_id: string;
  person_id: string;
  name: string;
  public_key: Buffer;
  counter: number;
  transports: string[];
  created_at: Date;
  last_used_at: Date | null;
}

/** A row of identity.invitations. */
export interface InvitationsTable {
  token_hash: Buffer;
  person_id: string;
  created_at: Date;
  expires_at: Date;
  used_at: Date | null;
}

/** A row of identity.sign_in_attempts. */
export interface SignInAttemptsTable {
  account_key: Buffer;
  failures: number;
  last_at: Date;
  refused_until: Date;
}
