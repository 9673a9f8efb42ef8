// The shapes of sign-in providers in addresses, forms and the API. Forms are permissive: rules say what is wrong.
import { Type } from 'typebox';
import { ASSURANCES } from '../hub/realms.ts';
import { MARKS_AT_MOST } from './upstreams.rules.ts';
import { CLIENT_AUTHENTICATIONS, UPSTREAM_STATES } from './upstreams.types.ts';

const PEOPLE_REALMS = ['agents', 'citizens'] as const;

const text = (maxLength: number) => Type.String({ maxLength, default: '' });
const ticked = Type.Optional(Type.String({ maxLength: 10 }));
const moment = Type.Union([Type.String({ format: 'date-time' }), Type.Null()]);

/** The id in an address. */
export const idParams = Type.Object({ id: Type.String({ maxLength: 40 }) });

/** What the list of providers may be asked. */
export const statusQuery = Type.Object({
  realm: Type.Optional(Type.Enum(['', ...PEOPLE_REALMS])),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 10_000 })),
});

/** What a list of providers over the API may be asked. */
export const upstreamsApiQuery = Type.Object({
  realm: Type.Optional(Type.Enum(PEOPLE_REALMS)),
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 100 }),
  cursor: Type.Optional(Type.String({ format: 'uuid', description: '`next` of the page before.' })),
});

/** The provider's form, as typed. */
export const upstreamForm = Type.Object({
  realm: text(40),
  name: text(1000),
  issuer: text(2000),
  clientId: text(1000),
  clientSecret: text(4000),
  clientAuthentication: text(40),
  scopes: text(2000),
  domains: text(150_000),
  organisations: text(40_000),
  vouchesForOrganisation: ticked,
  vouchesForSecondFactor: ticked,
  bestAssurance: text(40),
  isEnabled: ticked,
});

/** A provider's settings, as the API takes them. */
export const upstreamBody = Type.Object(
  {
    realm: Type.Enum(PEOPLE_REALMS),
    name: Type.String({ maxLength: 1000 }),
    issuer: Type.String({ maxLength: 2000 }),
    clientId: Type.String({ maxLength: 1000 }),
    clientSecret: Type.Optional(
      Type.String({
        maxLength: 4000,
        description: 'Never given back. Left out: the one that is kept stays.',
      }),
    ),
    clientAuthentication: Type.Enum(CLIENT_AUTHENTICATIONS),
    scopes: Type.String({ maxLength: 2000, default: 'openid profile email' }),
    domains: Type.Array(Type.String({ maxLength: 300 }), { maxItems: MARKS_AT_MOST, default: [] }),
    organisations: Type.Array(Type.String({ maxLength: 60 }), {
      maxItems: MARKS_AT_MOST,
      default: [],
      description: 'By SIRET, code or id.',
    }),
    vouchesForOrganisation: Type.Boolean({ default: false }),
    vouchesForSecondFactor: Type.Boolean({ default: false }),
    bestAssurance: Type.Enum(ASSURANCES, { default: 'eidas1' }),
    isEnabled: Type.Boolean({ default: true }),
  },
  { additionalProperties: false },
);

/** A provider over the API, for administrators. */
export const upstreamSchema = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    realm: Type.Enum(PEOPLE_REALMS),
    name: Type.String(),
    issuer: Type.String(),
    clientId: Type.String(),
    clientAuthentication: Type.Enum(CLIENT_AUTHENTICATIONS),
    scopes: Type.String(),
    vouchesForOrganisation: Type.Boolean(),
    vouchesForSecondFactor: Type.Boolean(),
    bestAssurance: Type.Enum(ASSURANCES),
    isEnabled: Type.Boolean(),
    isDemonstration: Type.Boolean(),
    state: Type.Enum(UPSTREAM_STATES),
    stateSince: moment,
    checkedAt: moment,
    domains: Type.Array(Type.String()),
    organisationIds: Type.Array(Type.String({ format: 'uuid' })),
  },
  { description: 'An identity provider, with its settings.' },
);

const share = Type.Union([Type.Number({ minimum: 0, maximum: 1 }), Type.Null()]);

/** How a provider fares, as everyone may know it. */
export const statusSchema = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    realm: Type.Enum(PEOPLE_REALMS),
    name: Type.String(),
    state: Type.Enum(UPSTREAM_STATES, { description: '`unknown`: not measured, or not lately.' }),
    stateSince: moment,
    checkedAt: moment,
    uptimes: Type.Array(
      Type.Object({
        days: Type.Integer(),
        measuredDays: Type.Integer(),
        checks: Type.Integer(),
        share,
      }),
    ),
    days: Type.Array(Type.Object({ day: Type.String({ format: 'date' }), checks: Type.Integer(), share })),
  },
  { description: 'How an identity provider fares. A null share was not measured.' },
);
