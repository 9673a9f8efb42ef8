// The shapes of organisations in addresses, forms and the API. Forms are permissive: rules say what is wrong in words.
import { Type } from 'typebox';
import { ORGANISATION_KINDS } from './organisations.types.ts';

const text = (maxLength: number) => Type.String({ maxLength, default: '' });

/** What a list of organisations may be asked. */
export const organisationQuery = Type.Object({
  search: Type.Optional(Type.String({ maxLength: 200 })),
  kind: Type.Optional(Type.Enum(['', ...ORGANISATION_KINDS])),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
});

/** The organisation's form, as typed. */
export const organisationForm = Type.Object({
  kind: text(40),
  name: text(1000),
  code: text(100),
  siret: text(100),
  parentId: text(100),
  existsFrom: text(40),
  existsUntil: text(40),
});

/** An organisation over the API. */
export const organisationSchema = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    kind: Type.Enum(ORGANISATION_KINDS),
    name: Type.String(),
    code: Type.Union([Type.String(), Type.Null()]),
    siret: Type.Union([Type.String(), Type.Null()]),
    parentId: Type.Union([Type.String(), Type.Null()]),
    existsFrom: Type.Union([Type.String({ format: 'date' }), Type.Null()]),
    existsUntil: Type.Union([Type.String({ format: 'date' }), Type.Null()]),
  },
  { description: 'An organisation: public reference data.' },
);

/** What a list of organisations over the API may be asked. */
export const organisationsApiQuery = Type.Object({
  search: Type.Optional(
    Type.String({ maxLength: 200, description: 'Words of the name or code, or the start of a SIRET.' }),
  ),
  kind: Type.Optional(Type.Enum(ORGANISATION_KINDS)),
  limit: Type.Integer({ minimum: 1, maximum: 1000, default: 100 }),
  cursor: Type.Optional(Type.String({ format: 'uuid', description: '`next` of the page before.' })),
});

/** The id in an address. */
export const idParams = Type.Object({ id: Type.String({ maxLength: 40 }) });
