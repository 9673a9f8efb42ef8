// The shapes of accesses in addresses and over the REST interface.
import { Type } from 'typebox';
import { ANOMALY_KINDS } from './anomalies.types.ts';

const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()]);
const choice = Type.Optional(Type.String({ maxLength: 80 }));

/** How a list of accesses is narrowed: producer, consumer and accreditation by id, API by slug, days as YYYY-MM-DD. */
const filters = {
  producer: choice,
  api: choice,
  consumer: choice,
  accreditation: choice,
  verdict: Type.Optional(Type.Enum(['', 'allowed', 'denied'])),
  scope: choice,
  from: Type.Optional(Type.String({ maxLength: 20 })),
  to: Type.Optional(Type.String({ maxLength: 20 })),
  cursor: Type.Optional(Type.String({ maxLength: 600 })),
};

/** What the list of accesses may be asked. */
export const accessesQuery = Type.Object({ ...filters, live: Type.Optional(Type.Enum(['', '1'])) });

/** The same over the REST interface. */
export const accessesApiQuery = Type.Object({
  ...filters,
  limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
});

/** One access, in an address. */
export const accessParams = Type.Object({ record: Type.String({ maxLength: 600 }) });

/** What the volumes may be asked. */
export const volumesQuery = Type.Object({
  producer: choice,
  api: choice,
  consumer: choice,
  accreditation: choice,
  by: Type.Optional(Type.Enum(['', 'hour', 'day'])),
});

/** What the overview may be asked: one producer, for those who oversee several. */
export const roomQuery = Type.Object({ producer: choice });

const uuid = Type.String({ format: 'uuid' });

/** An access of the REST interface. */
export const accessSchema = Type.Object({
  record: Type.String(),
  at: Type.String({ format: 'date-time' }),
  log: Type.String(),
  index: Type.Integer(),
  producerId: orNull(uuid),
  producerSeq: Type.Integer(),
  api: orNull(Type.String()),
  apiVersion: orNull(Type.String()),
  accreditationNumber: orNull(Type.Integer()),
  organisationId: orNull(uuid),
  organisation: orNull(Type.String()),
  clientId: orNull(Type.String()),
  purpose: orNull(Type.String()),
  scopes: Type.Array(Type.String()),
  fields: Type.Array(Type.String()),
  concernsSomebody: Type.Boolean(),
  verdict: Type.String(),
  status: Type.Integer(),
  policyVersion: Type.Integer(),
  latencyMs: Type.Number(),
  traceId: Type.String(),
  environment: Type.Enum(['sandbox', 'production']),
});

/** Calls of an hour or a day over the REST interface. */
export const volumeSchema = Type.Object({
  at: Type.String({ format: 'date-time' }),
  allowed: Type.Integer(),
  denied: Type.Integer(),
});

/** What the list of anomalies may be asked. */
export const anomaliesQuery = Type.Object({
  producer: choice,
  cursor: Type.Optional(Type.String({ maxLength: 40 })),
});

/** The same over the REST interface. */
export const anomaliesApiQuery = Type.Object({
  ...anomaliesQuery.properties,
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
});

/** The form, and the body, by which an anomaly is acknowledged. */
export const noteForm = Type.Object({ note: Type.String({ maxLength: 20_000, default: '' }) });

/** An anomaly of the REST interface. */
export const anomalySchema = Type.Object({
  id: uuid,
  kind: Type.Enum([...ANOMALY_KINDS]),
  api: Type.String(),
  accreditationId: uuid,
  accreditationNumber: Type.Integer(),
  organisationId: uuid,
  organisation: Type.String(),
  observed: Type.Integer(),
  expected: Type.Integer(),
  foundAt: Type.String({ format: 'date-time' }),
  acknowledgedAt: orNull(Type.String({ format: 'date-time' })),
  note: orNull(Type.String()),
});
