// The shapes of webhooks in addresses, forms and the REST interface. Forms are permissive: rules say what is wrong.
import { Type } from 'typebox';
import { WEBHOOK_EVENTS } from './webhooks.types.ts';

const text = (maxLength: number) => Type.String({ maxLength, default: '' });
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()]);
const uuid = Type.String({ format: 'uuid' });
const moment = Type.String({ format: 'date-time' });

/** A webhook, in an address. */
export const webhookParams = Type.Object({ id: Type.String({ maxLength: 80 }) });

/** A delivery of a webhook, in an address. */
export const deliveryParams = Type.Object({
  id: Type.String({ maxLength: 80 }),
  deliveryId: Type.String({ maxLength: 80 }),
});

/** A new webhook, as typed. */
export const webhookForm = Type.Object({ organisationId: text(100), url: text(2000) });

/** Where a list goes on. */
export const deliveriesQuery = Type.Object({ cursor: Type.Optional(Type.String({ maxLength: 40 })) });

/** A new webhook over the REST interface. */
export const webhookBody = Type.Object({
  organisationId: Type.String({ maxLength: 100 }),
  url: Type.String({ maxLength: 2000 }),
});

/** What may be changed of a webhook over the REST interface. */
export const webhookChange = Type.Object({ isEnabled: Type.Boolean() });

/** A webhook of the REST interface; its secret is never in it. */
export const webhookSchema = Type.Object({
  id: uuid,
  organisationId: uuid,
  organisationName: Type.String(),
  url: Type.String(),
  isEnabled: Type.Boolean(),
  createdAt: moment,
});

/** A delivery of the REST interface. */
export const deliverySchema = Type.Object({
  id: uuid,
  event: Type.Enum([...WEBHOOK_EVENTS]),
  state: Type.Enum(['waiting', 'delivered', 'given-up']),
  attempts: Type.Integer(),
  nextAttemptAt: orNull(moment),
  lastStatus: orNull(Type.Integer()),
  lastError: orNull(Type.String()),
  createdAt: moment,
  deliveredAt: orNull(moment),
});
