// What a token of provisioning is, as its organisation's people see it. The token itself is shown once and kept nowhere.

/** A token by which one organisation's directory calls SCIM. */
export interface ScimToken {
  readonly id: string;
  readonly organisationId: string;
  readonly name: string;
  /** Its last four characters, so that people tell two tokens apart. */
  readonly ending: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}

/** The same with its organisation's name, for lists. */
export interface NamedScimToken extends ScimToken {
  readonly organisationName: string;
}

/** A token as typed in the form that makes one. */
export interface ScimTokenInput {
  readonly name: string;
  readonly organisationId: string;
}
