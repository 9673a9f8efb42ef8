// The shapes of resources in addresses, forms and the API. Forms are permissive: rules say what is wrong in words.
import { Type } from 'typebox';

const text = (maxLength: number) => Type.String({ maxLength, default: '' });

/** The id in an address. */
export const resourceParams = Type.Object({ id: Type.String({ maxLength: 40 }) });

/** A resource and a service's client id in an address. */
export const grantParams = Type.Object({
  id: Type.String({ maxLength: 40 }),
  clientId: Type.String({ minLength: 1, maxLength: 80 }),
});

/** What a list of resources may be asked. */
export const resourcesQuery = Type.Object({
  search: Type.Optional(Type.String({ maxLength: 200 })),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
});

/** A resource's form, as typed: scopes one a line. */
export const resourceForm = Type.Object({
  identifier: text(2000),
  name: text(1000),
  organisationId: text(100),
  scopes: text(10_000),
  tokenSeconds: text(20),
  servedBy: text(200),
});

/** A grant, as typed. */
export const grantForm = Type.Object({
  clientId: text(200),
  scopes: Type.Array(Type.String({ maxLength: 200 }), { maxItems: 100, default: [] }),
});

/** A withdrawal, as typed. */
export const withdrawForm = Type.Object({ clientId: text(200) });

/** A resource over the API. */
export const resourceSchema = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    identifier: Type.String(),
    name: Type.String(),
    organisationId: Type.String({ format: 'uuid' }),
    organisationName: Type.String(),
    scopes: Type.Array(Type.String()),
    tokenSeconds: Type.Integer({ description: 'How long a token for it lives, in seconds.' }),
    servers: Type.Array(Type.Object({ clientId: Type.String(), name: Type.String() })),
  },
  { description: 'An API that tokens of the machines’ realm may be for.' },
);

const scopes = Type.Array(Type.String({ maxLength: 200 }), { maxItems: 100, default: [] });

const written = {
  name: text(1000),
  scopes,
  tokenSeconds: Type.Integer({ minimum: 0, maximum: 100_000, default: 600 }),
  servedBy: text(200),
};

/** What the API takes to register a resource. */
export const newResourceBody = Type.Object(
  { identifier: text(2000), organisationId: text(100), ...written },
  { additionalProperties: false },
);

/** What the API takes to change one. */
export const resourceBody = Type.Object(written, { additionalProperties: false });

/** What the API takes to grant one. */
export const grantBody = Type.Object({ scopes }, { additionalProperties: false });

/** What a list of resources over the API may be asked. */
export const resourcesApiQuery = Type.Object({
  search: Type.Optional(Type.String({ maxLength: 200 })),
  limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
  cursor: Type.Optional(Type.String({ format: 'uuid', description: '`next` of the page before.' })),
});
