// The shapes of alerts in addresses, forms and the REST interface. Forms are permissive: rules say what is wrong in words.
import { Type } from 'typebox';
import { ALERT_DECISIONS, WATCH_RULES } from './watch.types.ts';

const id = Type.String({ maxLength: 40 });
const text = (maxLength: number) => Type.String({ maxLength, default: '' });
const moment = Type.String({ format: 'date-time' });
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()]);
const version = Type.Integer({ minimum: 1, maximum: 2_000_000_000 });
const facts = Type.Record(Type.String(), Type.Union([Type.Number(), Type.String(), Type.Null()]));

/** One alert, in an address. */
export const alertParams = Type.Object({ id });

const filters = {
  rule: Type.Optional(Type.Enum(['', ...WATCH_RULES])),
  organisation: Type.Optional(id),
};
/** What narrows the watch. */
export const watchFilter = Type.Object(filters);
/** What the page of the watch may be asked. */
export const watchQuery = Type.Object({
  ...filters,
  page: Type.Integer({ minimum: 1, maximum: 1000, default: 1 }),
});
/** What the list of alerts may be asked over the REST interface. */
export const alertsQuery = Type.Object({
  ...filters,
  state: Type.Optional(Type.Enum(['', 'open', 'decided'])),
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  cursor: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_000_000_000 })),
});

/** The form of a decision. */
export const decisionForm = Type.Object({
  version,
  decision: text(40),
  reason: text(20_000),
  until: text(40),
  others: Type.Optional(Type.String({ maxLength: 10 })),
});
/** A decision over the REST interface; `others` decides the project's other open alerts as well. */
export const decisionBody = Type.Object({
  version,
  decision: Type.Enum([...ALERT_DECISIONS]),
  reason: Type.String({ maxLength: 20_000 }),
  until: Type.Optional(Type.String({ maxLength: 10 })),
  others: Type.Boolean({ default: false }),
});

/** An alert in a list. */
export const listedAlertSchema = Type.Object({
  id,
  number: Type.Integer(),
  fileId: id,
  fileName: Type.String(),
  organisationId: id,
  organisationName: Type.String(),
  rule: Type.Enum([...WATCH_RULES]),
  ruleVersion: Type.String(),
  facts,
  state: Type.Enum(['open', 'decided']),
  openedAt: moment,
  firedAt: moment,
  quietSince: orNull(moment),
  decision: orNull(Type.Enum([...ALERT_DECISIONS])),
  decidedAt: orNull(moment),
  restsUntil: orNull(Type.String()),
  reopened: Type.Integer(),
  version: Type.Integer(),
});
/** An alert with the decisions on it. */
export const alertSchema = Type.Intersect([
  listedAlertSchema,
  Type.Object({
    decisions: Type.Array(
      Type.Object({
        decision: Type.Enum([...ALERT_DECISIONS]),
        reason: Type.String(),
        until: orNull(Type.String()),
        facts,
        decidedAt: moment,
        by: orNull(Type.String()),
        conferenceId: orNull(id),
        auditId: orNull(id),
        ledgerEntry: id,
      }),
    ),
  }),
]);
