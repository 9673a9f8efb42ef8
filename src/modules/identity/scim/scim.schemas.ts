// The shapes of SCIM's addresses. Bodies are read by the SCIM library, within the bounds of scim-attributes.rules.ts.
import { Type } from 'typebox';

const whole = Type.Optional(Type.Integer({ minimum: -1_000_000_000, maximum: 1_000_000_000 }));

/** What a list of users may be asked (RFC 7644, 3.4.2). */
export const scimListQuery = Type.Object({
  filter: Type.Optional(Type.String({ maxLength: 1_000 })),
  startIndex: whole,
  count: whole,
  attributes: Type.Optional(Type.String({ maxLength: 1_000 })),
  excludedAttributes: Type.Optional(Type.String({ maxLength: 1_000 })),
});

/** What one user, or the answer to a change, may be asked (RFC 7644, 3.9). */
export const scimOneQuery = Type.Object({
  attributes: Type.Optional(Type.String({ maxLength: 1_000 })),
  excludedAttributes: Type.Optional(Type.String({ maxLength: 1_000 })),
});

/** The id in an address: a UUID, or the URN of a schema. */
export const scimIdParams = Type.Object({ id: Type.String({ maxLength: 200 }) });

/** The list of changes may be asked for a page. */
export const provisioningQuery = Type.Object({
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
});

/** A token as typed. */
export const scimTokenForm = Type.Object({
  name: Type.String({ maxLength: 1_000, default: '' }),
  organisationId: Type.String({ maxLength: 100, default: '' }),
});

/** A token's id in an address. */
export const scimTokenParams = Type.Object({ id: Type.String({ maxLength: 40 }) });
