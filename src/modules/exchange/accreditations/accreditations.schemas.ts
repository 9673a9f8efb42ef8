// The shapes of accreditations in addresses, forms and the REST interface. Forms are permissive: rules say what is wrong.
import { Type } from 'typebox';
import { ACCREDITATION_EVENTS, ACCREDITATION_STATES } from './accreditations.types.ts';

const text = (maxLength: number) => Type.String({ maxLength, default: '' });
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()]);
const uuid = Type.String({ format: 'uuid' });
const moment = Type.String({ format: 'date-time' });
const stage = Type.Enum(['sandbox', 'production']);

const number = Type.String({ maxLength: 40 });
const clientId = Type.String({ maxLength: 200 });

/** An accreditation by its number, in an address. */
export const numberParams = Type.Object({ number });

/** A scope of an accreditation, in an address. */
export const scopeParams = Type.Object({ number, scopeId: Type.String({ maxLength: 80 }) });

/** A client of an accreditation, in an address. */
export const clientParams = Type.Object({ number, clientId });

const filters = {
  state: Type.Optional(Type.Enum(['', ...ACCREDITATION_STATES])),
  stage: Type.Optional(Type.Enum(['', 'sandbox', 'production'])),
  api: Type.Optional(Type.String({ maxLength: 40 })),
  organisation: Type.Optional(Type.String({ maxLength: 40 })),
};

/** What the list may be asked. */
export const accreditationsQuery = Type.Object({
  ...filters,
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
});

/** The same over the REST interface. */
export const accreditationsApiQuery = Type.Object({
  ...filters,
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  cursor: Type.Optional(Type.String({ maxLength: 40 })),
});

/** A form that gives a reason. */
export const reasonForm = Type.Object({ reason: text(10_000) });

/** A form that names a client. */
export const clientForm = Type.Object({ clientId: text(1000) });

/** The reason of a change over the REST interface. */
export const reasonBody = Type.Object({ reason: Type.String({ maxLength: 10_000 }) });

/** A client over the REST interface. */
export const clientBody = Type.Object({ clientId });

/** An accreditation in a list of the REST interface. */
export const listedAccreditationSchema = Type.Object({
  id: uuid,
  number: Type.Integer(),
  requestId: uuid,
  organisationId: uuid,
  organisationName: Type.String(),
  stage,
  state: Type.Enum([...ACCREDITATION_STATES]),
  purpose: Type.String(),
  legalBasis: orNull(Type.String()),
  declaredCallsPerDay: orNull(Type.Integer()),
  declaredFromHour: Type.Integer(),
  declaredToHour: Type.Integer(),
  quotaPerMinute: orNull(Type.Integer()),
  validFrom: moment,
  validUntil: orNull(moment),
  endedAt: orNull(moment),
  endReason: orNull(Type.String()),
  apiNames: Type.Array(Type.String()),
  clientCount: Type.Integer(),
});

const { apiNames: _, clientCount: __, ...own } = listedAccreditationSchema.properties;

/** One accreditation of the REST interface, with all that it holds. */
export const accreditationSchema = Type.Object({
  ...own,
  requestNumber: Type.Integer(),
  grants: Type.Array(
    Type.Object({
      apiId: uuid,
      apiSlug: Type.String(),
      apiName: Type.String(),
      producerId: uuid,
      producerName: Type.String(),
      scopeId: uuid,
      scopeName: Type.String(),
      scopeTitle: Type.String(),
      fields: Type.Array(Type.String()),
      isSensitive: Type.Boolean(),
      withdrawnAt: orNull(moment),
      withdrawalReason: orNull(Type.String()),
    }),
  ),
  clients: Type.Array(
    Type.Object({
      clientId: Type.String(),
      name: Type.String(),
      serviceState: Type.Enum(['test', 'production', 'suspended', 'closed']),
      addedAt: moment,
      revokedAt: orNull(moment),
      revocationReason: orNull(Type.String()),
      revokedAs: orNull(Type.Enum(['consumer', 'distributor'])),
    }),
  ),
  events: Type.Array(
    Type.Object({
      kind: Type.Enum([...ACCREDITATION_EVENTS]),
      at: moment,
      data: Type.Record(Type.String(), Type.String()),
    }),
  ),
});
