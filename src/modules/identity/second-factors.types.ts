// What a person may have beside a password. No secret of any of them is in these types but a passkey's public key.

/** A passkey: a key pair whose private half stays in the person's device. */
export interface Passkey {
  readonly id: string;
  /** The credential's id as the device gives it, in base64url. */
  readonly credentialId: string;
  readonly personId: string;
  /** The name that the person gave it. */
  readonly name: string;
  /** COSE public key. */
  readonly publicKey: Uint8Array;
  /** How often the device says that it was used; 0 for devices that do not count. */
  readonly counter: number;
  readonly transports: readonly string[];
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
}

/** A person's second factors. */
export interface SecondFactors {
  /** Since when an authenticator application gives codes; null without one. */
  readonly totpSince: Date | null;
  readonly passkeys: readonly Passkey[];
  readonly recoveryCodesLeft: number;
}
