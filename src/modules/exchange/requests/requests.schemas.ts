// The shapes of requests in addresses, forms and the REST interface. Forms are permissive: rules say what is wrong in words.
import { Type } from 'typebox';
import { REQUEST_FIELD_NAMES } from './request-fields.data.ts';
import { REQUEST_EVENTS, REQUEST_STATES } from './requests.types.ts';

const text = (maxLength: number) => Type.String({ maxLength, default: '' });
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()]);
const id = Type.String({ maxLength: 40 });
const moment = Type.String({ format: 'date-time' });
const version = Type.Integer({ minimum: 1, maximum: 2_000_000_000 });

/** A request, in an address. */
export const requestParams = Type.Object({ id });

/** A block of a request's form, in an address. */
export const blockParams = Type.Object({ id, block: Type.String({ maxLength: 40 }) });

/** The token of a link that claims a draft. */
export const claimParams = Type.Object({ token: Type.String({ maxLength: 200 }) });

const filters = {
  search: Type.Optional(Type.String({ maxLength: 200 })),
  state: Type.Optional(Type.Enum(['', ...REQUEST_STATES])),
  api: Type.Optional(id),
  organisation: Type.Optional(id),
};

/** What a list of requests may be asked. */
export const requestsQuery = Type.Object({
  ...filters,
  overdue: Type.Optional(Type.String({ maxLength: 5 })),
  cursor: Type.Optional(id),
});

/** The same over the REST interface. */
export const requestsApiQuery = Type.Object({
  ...filters,
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  cursor: Type.Optional(id),
});

/** The form that begins a request, or prepares one for somebody. */
export const beginningForm = Type.Object({
  template: text(100),
  organisationId: text(100),
  stage: text(40),
  email: text(1000),
  api: text(80),
});

/** The page of an API from which a request begins. */
export const beginningQuery = Type.Object({ api: Type.Optional(Type.String({ maxLength: 80 })) });

/** A form whose version was read: the number as text, since a browser sends it. */
const readVersion = { version };

/** The form of a block: the fields by their names, and scopes ticked. */
export const blockForm = Type.Object({
  ...readVersion,
  scope: Type.Array(id, { maxItems: 500, default: [] }),
  ...Object.fromEntries(
    REQUEST_FIELD_NAMES.map((name) => [name, Type.Optional(Type.String({ maxLength: 20_000 }))]),
  ),
});

/** The form that submits a request. */
export const submissionForm = Type.Object({
  ...readVersion,
  acceptsTerms: text(10),
  dpoIsInformed: text(10),
});

/** The form that decides on a request. */
export const decisionForm = Type.Object({
  ...readVersion,
  decision: text(40),
  text: text(20_000),
  quotaPerMinute: text(40),
  validUntil: text(40),
});

/** The form of a step that asks first. */
export const stepForm = Type.Object({
  ...readVersion,
  text: text(20_000),
  stage: text(40),
  organisationId: text(100),
  email: text(1000),
});

/** The form that accepts or declines a transfer. */
export const transferDecisionForm = Type.Object({ ...readVersion, decision: text(20) });

/** A message. */
export const messageForm = Type.Object({ text: text(20_000) });

const form = Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 20_000 }), {
  maxProperties: 60,
});

/** A new request over the REST interface. */
export const newRequestBody = Type.Object({
  template: Type.String({ maxLength: 100 }),
  organisationId: Type.String({ maxLength: 100 }),
  stage: Type.Enum(['sandbox', 'production']),
});

/** A draft over the REST interface: the fields given are written; scopes, where given, replace those that are there. */
export const draftBody = Type.Object({
  ...readVersion,
  form: Type.Optional(form),
  scopes: Type.Optional(
    Type.Array(Type.Object({ api: Type.String({ maxLength: 80 }), scope: Type.String({ maxLength: 100 }) }), {
      maxItems: 500,
    }),
  ),
});

/** A submission over the REST interface. */
export const submissionBody = Type.Object({
  ...readVersion,
  acceptsTerms: Type.Boolean(),
  dpoIsInformed: Type.Optional(Type.Boolean()),
});

/** A decision over the REST interface. */
export const decisionBody = Type.Object({
  ...readVersion,
  decision: Type.Enum(['validate', 'request-changes', 'refuse']),
  text: Type.Optional(Type.String({ maxLength: 20_000 })),
  quotaPerMinute: Type.Optional(Type.Integer({ minimum: 1, maximum: 600_000 })),
  validUntil: Type.Optional(Type.String({ maxLength: 40 })),
});

/** A step over the REST interface, with its reason where it takes one. */
export const stepBody = Type.Object({
  ...readVersion,
  text: Type.Optional(Type.String({ maxLength: 20_000 })),
});

/** A transfer over the REST interface; without an organisation, within the request's own. */
export const transferBody = Type.Object({
  ...readVersion,
  organisationId: Type.Optional(Type.String({ maxLength: 100 })),
  email: Type.String({ maxLength: 1000 }),
});

/** A draft prepared for somebody, over the REST interface. */
export const preparationBody = Type.Object({
  ...newRequestBody.properties,
  email: Type.String({ maxLength: 1000 }),
});

/** A copy over the REST interface. */
export const copyBody = Type.Object({ stage: Type.Optional(Type.Enum(['sandbox', 'production'])) });

/** A message over the REST interface. */
export const messageBody = Type.Object({ text: Type.String({ maxLength: 20_000 }) });

/** A request in a list of the REST interface. */
export const listedRequestSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  number: Type.Integer(),
  title: Type.String(),
  template: Type.String(),
  stage: Type.Enum(['sandbox', 'production']),
  state: Type.Enum([...REQUEST_STATES]),
  isReopened: Type.Boolean(),
  organisationId: Type.String({ format: 'uuid' }),
  organisationName: Type.String(),
  applicantId: orNull(Type.String({ format: 'uuid' })),
  applicantName: orNull(Type.String()),
  submittedAt: orNull(moment),
  decidedAt: orNull(moment),
  createdAt: moment,
  changedAt: moment,
  apis: Type.Array(Type.String()),
});

/** One request of the REST interface. */
export const requestSchema = Type.Object({
  ...listedRequestSchema.properties,
  version: Type.Integer(),
  form: Type.Record(Type.String(), Type.String()),
  scopes: Type.Array(
    Type.Object({
      api: Type.String(),
      apiName: Type.String(),
      scope: Type.String(),
      title: Type.String(),
      isSensitive: Type.Boolean(),
      producerId: Type.String({ format: 'uuid' }),
      producerName: Type.String(),
    }),
  ),
  accreditationId: orNull(Type.String({ format: 'uuid' })),
  checks: Type.Array(
    Type.Object({
      check: Type.String(),
      level: Type.Enum(['good', 'warning', 'bad']),
      text: Type.Object({ fr: Type.String(), en: Type.String() }),
    }),
  ),
  events: Type.Array(
    Type.Object({
      kind: Type.Enum([...REQUEST_EVENTS]),
      at: moment,
      by: orNull(Type.String()),
      text: orNull(Type.String()),
    }),
  ),
});

const monthTimes = Type.Object({
  month: Type.String(),
  decided: Type.Integer(),
  validated: Type.Integer(),
  medianDays: Type.Number(),
  ninetiethDays: Type.Number(),
  distributorMedianDays: Type.Number(),
  distributorNinetiethDays: Type.Number(),
  applicantMedianDays: Type.Number(),
});

/** Processing times over the REST interface. */
export const timesSchema = Type.Object({
  lastTwelveMonths: Type.Object({
    decided: Type.Integer(),
    medianDays: orNull(Type.Number()),
    ninetiethDays: orNull(Type.Number()),
    distributorMedianDays: orNull(Type.Number()),
  }),
  months: Type.Array(monthTimes),
});
