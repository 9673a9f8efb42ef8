// What the protocol keeps between two requests, as the database has it.

/** One code, token, session, grant or interaction. */
export interface HubStateTable {
  key: Buffer;
  realm: string;
  model: string;
  uid: string | null;
  grant_id: string | null;
  grant_key: Buffer | null;
  account_id: string | null;
  client_id: string | null;
  content: Buffer;
  consumed_at: Date | null;
  expires_at: Date;
}

/** A JWT access token that was revoked before its end. */
export interface RevokedTokensTable {
  realm: string;
  jti: string;
  expires_at: Date;
}
