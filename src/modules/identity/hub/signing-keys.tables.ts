// Signing keys of the realms, as the database has them.

/** One key, its private part sealed. */
export interface HubKeysTable {
  kid: string;
  realm: string;
  alg: string;
  sealed_jwk: Buffer;
  published_at: Date;
  signs_from: Date;
  withdrawn_at: Date | null;
}
