// The shapes of APIs in addresses, forms and the REST interface. Forms are permissive: rules say what is wrong in words.
import { Type } from 'typebox';
import { API_STATES, SENSITIVITIES, UPSTREAM_PROOFS, VERSION_STATES } from './catalogue.types.ts';

const text = (maxLength: number) => Type.String({ maxLength, default: '' });
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()]);

/** An API by its word, in an address. */
export const slugParams = Type.Object({ slug: Type.String({ maxLength: 80 }) });

/** A version of an API, in an address. */
export const versionParams = Type.Object({
  slug: Type.String({ maxLength: 80 }),
  version: Type.String({ maxLength: 10 }),
});

const filters = {
  search: Type.Optional(Type.String({ maxLength: 200 })),
  producer: Type.Optional(Type.String({ maxLength: 40 })),
  sensitivity: Type.Optional(Type.Enum(['', ...SENSITIVITIES])),
  state: Type.Optional(Type.Enum(['', 'open', 'closed'])),
};

/** What the list of the catalogue may be asked. */
export const apisQuery = Type.Object({
  ...filters,
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
});

/** The same over the REST interface. */
export const apisApiQuery = Type.Object({
  ...filters,
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  cursor: Type.Optional(Type.String({ maxLength: 40 })),
});

/** What the page of an API may be asked: a trial in the sandbox. */
export const apiQuery = Type.Object({
  call: Type.Optional(Type.String({ maxLength: 600 })),
  query: Type.Optional(Type.String({ maxLength: 500 })),
});

/** A page of a producer's list. */
export const producerApisQuery = Type.Object({
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
  run: Type.Optional(Type.String({ maxLength: 40 })),
});

const apiFields = {
  name: text(1000),
  summary: text(2000),
  description: text(20_000),
  sensitivity: text(40),
  legalBasisRequired: text(2000),
  contactEmail: text(1000),
  subjectIn: text(40),
  subjectNames: text(1000),
  subjectKind: text(40),
  defaultQuotaPerMinute: text(40),
};

/** The form of an API, as typed. */
export const apiForm = Type.Object({ slug: text(200), producerId: text(100), ...apiFields });

/** A form whose fields are told by its page, such as that of scopes. */
export const openForm = Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 70_000 }), {
  maxProperties: 250,
});

/** The form of the upstream of a version. */
export const upstreamForm = Type.Object({
  url: text(2000),
  timeoutMs: text(40),
  pipelining: text(10),
  proof: text(40),
  privateKeyPem: text(20_000),
  certificatePem: text(20_000),
  keyId: text(1000),
});

/** The day on which a version ends. */
export const endForm = Type.Object({ endsOn: text(40) });

/** A form that only confirms. */
export const confirmForm = Type.Object({});

const subject = Type.Object({
  in: Type.Enum(['query', 'path', 'header']),
  names: Type.Array(Type.String({ maxLength: 100 }), { maxItems: 6 }),
  kind: Type.Enum(['person', 'company']),
});

const bodyFields = {
  name: Type.String({ maxLength: 1000 }),
  summary: Type.String({ maxLength: 2000 }),
  description: Type.String({ maxLength: 20_000 }),
  sensitivity: Type.Enum([...SENSITIVITIES]),
  legalBasisRequired: Type.Optional(orNull(Type.String({ maxLength: 2000 }))),
  contactEmail: Type.String({ maxLength: 1000 }),
  subject: Type.Optional(orNull(subject)),
  defaultQuotaPerMinute: Type.Optional(Type.Integer({ minimum: 1, maximum: 600_000 })),
};

/** A change of an API over the REST interface. */
export const apiBody = Type.Object(bodyFields);

/** A new API over the REST interface. */
export const newApiBody = Type.Object({
  slug: Type.String({ maxLength: 200 }),
  producerId: Type.String({ maxLength: 100 }),
  ...bodyFields,
});

/** The scopes of an API over the REST interface. */
export const scopesBody = Type.Object({
  scopes: Type.Array(
    Type.Object({
      name: Type.String({ maxLength: 200 }),
      title: Type.String({ maxLength: 1000 }),
      fields: Type.Array(Type.String({ maxLength: 400 }), { maxItems: 300 }),
      isSensitive: Type.Optional(Type.Boolean()),
    }),
    { maxItems: 60 },
  ),
});

/** A new version over the REST interface: its document, or the address where it is fetched. */
export const versionBody = Type.Object({
  name: Type.String({ maxLength: 40 }),
  openapi: Type.Optional(Type.Unknown()),
  openapiUrl: Type.Optional(Type.String({ maxLength: 2000 })),
  sandboxExamples: Type.Optional(Type.Array(Type.Unknown(), { maxItems: 300 })),
});

/** Where a version is forwarded to, over the REST interface. */
export const upstreamBody = Type.Object({
  url: Type.String({ maxLength: 2000 }),
  timeoutMs: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
  pipelining: Type.Optional(Type.Boolean()),
  proof: Type.Optional(Type.Enum([...UPSTREAM_PROOFS])),
  privateKeyPem: Type.Optional(Type.String({ maxLength: 20_000 })),
  certificatePem: Type.Optional(Type.String({ maxLength: 20_000 })),
  keyId: Type.Optional(Type.String({ maxLength: 1000 })),
});

/** The deprecation of a version over the REST interface. */
export const endBody = Type.Object({ endsOn: Type.Optional(orNull(Type.String({ maxLength: 40 }))) });

/** An API in a list of the REST interface. */
export const listedApiSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  slug: Type.String(),
  name: Type.String(),
  summary: Type.String(),
  description: Type.String(),
  producerId: Type.String({ format: 'uuid' }),
  producerName: Type.String(),
  state: Type.Enum([...API_STATES]),
  sensitivity: Type.Enum([...SENSITIVITIES]),
  legalBasisRequired: orNull(Type.String()),
  contactEmail: Type.String(),
  subject: orNull(subject),
  defaultQuotaPerMinute: Type.Integer(),
  resource: orNull(Type.String()),
  versions: Type.Array(Type.String()),
  doctrineScore: orNull(Type.Integer()),
  uptime30Days: orNull(Type.Number()),
  createdAt: Type.String({ format: 'date-time' }),
  changedAt: Type.String({ format: 'date-time' }),
});

const { versions: _, doctrineScore: __, uptime30Days: ___, ...own } = listedApiSchema.properties;

/** One API of the REST interface, with its versions and scopes. */
export const apiSchema = Type.Object({
  ...own,
  versions: Type.Array(
    Type.Object({
      name: Type.String(),
      state: Type.Enum([...VERSION_STATES]),
      endsOn: orNull(Type.String({ format: 'date' })),
      openapi: Type.String(),
      doctrineScore: orNull(Type.Integer()),
      doctrineCheckedAt: orNull(Type.String({ format: 'date-time' })),
      doctrineFindings: Type.Array(
        Type.Object({
          rule: Type.String(),
          severity: Type.Enum(['error', 'warning', 'advice']),
          path: Type.String(),
          message: Type.Object({ fr: Type.String(), en: Type.String() }),
        }),
      ),
    }),
  ),
  scopes: Type.Array(
    Type.Object({
      name: Type.String(),
      title: Type.String(),
      fields: Type.Array(Type.String()),
      isSensitive: Type.Boolean(),
    }),
  ),
});
