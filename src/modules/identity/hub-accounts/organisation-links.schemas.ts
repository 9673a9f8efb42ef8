// The shapes of organisation links in addresses, forms and the API. Forms are permissive: rules say what is wrong.
import { Type } from 'typebox';

/** Where a list goes on: a moment in milliseconds and a link's id. */
const cursor = Type.String({
  pattern: '^[0-9]{1,15}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$',
  description: '`next` of the page before.',
});

/** What a list of links may be asked. */
export const linksQuery = Type.Object({
  list: Type.Optional(Type.Enum(['waiting', 'decided'])),
  after: Type.Optional(cursor),
  done: Type.Optional(Type.Literal('decided')),
});

/** The id in an address. */
export const linkParams = Type.Object({ id: Type.String({ maxLength: 40 }) });

/** A decision's form, as typed. */
export const decisionForm = Type.Object({
  decision: Type.String({ maxLength: 40, default: '' }),
  reason: Type.String({ maxLength: 10_000, default: '' }),
});

/** What a list of links over the API may be asked. */
export const linksApiQuery = Type.Object({
  list: Type.Enum(['waiting', 'decided'], {
    default: 'waiting',
    description: 'Those that wait, the longest first; or those decided, the latest first.',
  }),
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  cursor: Type.Optional(cursor),
});

/** A decision over the API. */
export const decisionBody = Type.Object({
  decision: Type.Enum(['accepted', 'refused'], { description: 'A refused link may still be accepted.' }),
  reason: Type.String({
    maxLength: 1000,
    default: '',
    description: 'Required for a refusal; the agent reads it as it stands.',
  }),
});

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()]);

/** A link over the API. */
export const linkSchema = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    state: Type.Enum(['waiting', 'accepted', 'refused']),
    askedAt: Type.String({ format: 'date-time' }),
    decidedAt: nullable(Type.String({ format: 'date-time' })),
    decidedByName: nullable(Type.String()),
    reason: nullable(Type.String()),
    organisationId: Type.String({ format: 'uuid' }),
    organisationName: Type.String(),
    upstreamName: Type.String(),
    name: Type.String({ description: 'As the identity provider asserts it.' }),
    email: Type.String({ description: 'As the identity provider asserts it.' }),
    siret: Type.String(),
    unit: Type.String(),
  },
  {
    description:
      'Whether an agent’s account belongs to an organisation, where the provider does not vouch for it.',
  },
);
