// The shapes of stops in addresses, forms and the REST interface. Forms are permissive: rules say what is wrong in words.
import { Type } from 'typebox';

const text = (maxLength: number) => Type.String({ maxLength, default: '' });
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()]);

/** A stop, in an address. */
export const stopParams = Type.Object({ id: Type.String({ maxLength: 80 }) });

const filters = {
  api: Type.Optional(Type.String({ maxLength: 80 })),
  state: Type.Optional(Type.Enum(['', 'in-force'])),
  cursor: Type.Optional(Type.String({ maxLength: 40 })),
};

/** What the list of stops may be asked. */
export const stopsQuery = Type.Object(filters);

/** The same over the REST interface. */
export const stopsApiQuery = Type.Object({
  ...filters,
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
});

/** What the page of a stop may be told: that something was just done. */
export const stopQuery = Type.Object({ done: Type.Optional(Type.String({ maxLength: 20 })) });

/** What the form of an order may begin with: an API's slug, a consumer, an accreditation, a scope. */
export const newStopQuery = Type.Object({
  api: text(80),
  organisation: text(40),
  accreditation: text(40),
  scope: text(80),
});

/** The form of an order, as typed. */
export const stopForm = Type.Object({
  ...newStopQuery.properties,
  reason: text(20_000),
  duration: text(40),
  endDay: text(40),
  endHour: text(40),
});

/** The form of a resumption. */
export const resumeForm = Type.Object({ reason: text(20_000) });

/** An order over the REST interface. */
export const stopBody = Type.Object({
  apiId: Type.String({ maxLength: 40 }),
  organisationId: Type.Optional(orNull(Type.String({ maxLength: 40 }))),
  accreditationId: Type.Optional(orNull(Type.String({ maxLength: 40 }))),
  scope: Type.Optional(orNull(Type.String({ maxLength: 80 }))),
  reason: Type.String({ maxLength: 20_000 }),
  endsAt: Type.Optional(orNull(Type.String({ format: 'date-time', maxLength: 40 }))),
});

/** A resumption over the REST interface. */
export const resumeBody = Type.Object({ reason: Type.String({ maxLength: 20_000 }) });

/** What an order answers. */
export const orderedStopSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  policyVersion: Type.Integer(),
});

const moment = Type.String({ format: 'date-time' });
const id = Type.String({ format: 'uuid' });

/** A stop of the REST interface. */
export const stopSchema = Type.Object({
  id,
  apiId: id,
  api: Type.String(),
  producerId: id,
  organisationId: orNull(id),
  accreditationId: orNull(id),
  accreditationNumber: orNull(Type.Integer()),
  scope: orNull(Type.String()),
  reason: Type.String(),
  orderedAs: Type.Enum(['producer', 'distributor']),
  orderedAt: moment,
  endsAt: orNull(moment),
  state: Type.Enum(['in-force', 'resumed', 'ended']),
  resumedAt: orNull(moment),
  resumeReason: orNull(Type.String()),
  policyVersion: Type.Integer(),
  resumePolicyVersion: orNull(Type.Integer()),
});

const place = Type.Object({
  log: Type.String(),
  index: Type.Integer(),
  at: moment,
  policyVersion: Type.Integer(),
});

/** The effect of a stop over the REST interface. */
export const effectSchema = Type.Object({
  stop: stopSchema,
  verdict: Type.Enum(['holds', 'breached', 'not-yet']),
  ledgerEntry: orNull(Type.Integer()),
  recordsRead: Type.Integer(),
  isWhole: Type.Boolean(),
  breaches: Type.Array(place),
  gateways: Type.Array(
    Type.Object({
      gateway: Type.String(),
      seenAt: orNull(moment),
      policyVersion: orNull(Type.Integer()),
      logSize: orNull(Type.Integer()),
      appliedAt: orNull(moment),
      isExact: Type.Boolean(),
      lastAllowed: orNull(place),
      firstDenied: orNull(place),
      delayMs: orNull(Type.Number()),
    }),
  ),
});
