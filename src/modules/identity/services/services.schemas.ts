// The shapes of services in addresses, forms and the API. Forms are permissive: rules say what is wrong in words.
import { Type } from 'typebox';
import { AGENT_CLAIMS, ASSURANCES, CITIZEN_CLAIMS, REALMS } from '../hub/realms.ts';
import { CLIENT_AUTHENTICATIONS, SCREENS, SERVICE_STATES, SIGNATURE_ALGS } from './services.types.ts';

const text = (maxLength: number) => Type.String({ maxLength, default: '' });
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()]);

/** Every claim of any realm. */
export const ALL_CLAIMS = [...new Set<string>([...AGENT_CLAIMS, ...CITIZEN_CLAIMS])];

/** The id in an address. */
export const serviceParams = Type.Object({ id: Type.String({ maxLength: 40 }) });

/** The ids of a service and of one of its keys or secrets in an address. */
export const credentialParams = Type.Object({
  id: Type.String({ maxLength: 40 }),
  credentialId: Type.String({ maxLength: 40 }),
});

/** What a list of services may be asked. */
export const servicesQuery = Type.Object({
  search: Type.Optional(Type.String({ maxLength: 200 })),
  state: Type.Optional(Type.Enum(['', ...SERVICE_STATES])),
  realm: Type.Optional(Type.Enum(['', ...REALMS])),
  page: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
});

/** Which realm a new service is for, once it was chosen. */
export const newServiceQuery = Type.Object({ realm: Type.Optional(Type.Enum(['', ...REALMS])) });

/** The service's form, as typed: addresses one a line, a claim asked for where its reason is given. */
export const serviceForm = Type.Object({
  realm: text(40),
  organisationId: text(100),
  name: text(1000),
  purpose: text(10_000),
  contactEmail: text(1000),
  homeUrl: text(2000),
  redirectUris: text(20_000),
  postLogoutRedirectUris: text(20_000),
  backchannelLogoutUri: text(2000),
  clientAuthentication: text(40),
  jwksUri: text(2000),
  tlsSubject: text(2000),
  idTokenAlg: text(40),
  userinfoAlg: text(40),
  leastAssurance: text(40),
  screen: text(40),
  mayRefresh: text(10),
  binding: text(40),
  ...Object.fromEntries(ALL_CLAIMS.map((claim) => [`reason_${claim}`, text(5000)])),
});

/** A reason that is typed. */
export const reasonForm = Type.Object({ reason: text(10_000) });

/** A pasted key. */
export const keyForm = Type.Object({ key: text(100_000) });

/** A request to go into production. */
export const reviewForm = Type.Object({ message: text(10_000) });

/** A decision on one, as typed. */
export const decisionForm = Type.Object({ decision: text(40), reason: text(10_000), readAt: text(40) });

/** A decision over the API. */
export const decisionBody = Type.Object(
  {
    decision: Type.Enum(['accepted', 'refused']),
    reason: text(10_000),
    readAt: Type.String({
      maxLength: 40,
      description: 'The service’s `changedAt` as it was read, so that nothing unread is accepted.',
    }),
  },
  { additionalProperties: false },
);

/** Where a list that is read onwards goes on. */
export const cursorQuery = Type.Object({ cursor: Type.Optional(Type.String({ format: 'uuid' })) });

/** The id of a request in an address. */
export const reviewParams = Type.Object({ reviewId: Type.String({ maxLength: 40 }) });

const moment = Type.String({ format: 'date-time' });

/** A service over the API. */
export const serviceSchema = Type.Object(
  {
    id: Type.String({ format: 'uuid' }),
    clientId: Type.String(),
    realm: Type.Enum(REALMS),
    name: Type.String(),
    purpose: Type.String(),
    organisationId: Type.String({ format: 'uuid' }),
    organisationName: Type.String(),
    contactEmail: Type.String(),
    homeUrl: orNull(Type.String()),
    state: Type.Enum(SERVICE_STATES),
    suspendedFrom: orNull(Type.Enum(['test', 'production'])),
    suspensionReason: orNull(Type.String()),
    isUnderReview: Type.Boolean({ description: 'Whether a request for production waits for a decision.' }),
    redirectUris: Type.Array(Type.String()),
    postLogoutRedirectUris: Type.Array(Type.String()),
    backchannelLogoutUri: orNull(Type.String()),
    clientAuthentication: Type.Enum(CLIENT_AUTHENTICATIONS),
    jwksUri: orNull(Type.String()),
    tlsSubject: orNull(Type.String()),
    idTokenAlg: Type.Enum(SIGNATURE_ALGS),
    userinfoAlg: orNull(Type.Enum(SIGNATURE_ALGS)),
    leastAssurance: orNull(Type.Enum(ASSURANCES)),
    screen: Type.Enum(SCREENS),
    mayRefresh: Type.Boolean(),
    dpopBound: Type.Boolean(),
    certificateBound: Type.Boolean(),
    createdAt: moment,
    changedAt: moment,
    claims: Type.Array(
      Type.Object({ claim: Type.String(), reason: Type.String(), grantedAt: orNull(moment) }),
    ),
  },
  { description: 'A service that relies on the hub.' },
);

const addresses = Type.Array(Type.String({ maxLength: 2000 }), { maxItems: 100, default: [] });

const written = {
  name: text(1000),
  purpose: text(10_000),
  contactEmail: text(1000),
  homeUrl: text(2000),
  redirectUris: addresses,
  postLogoutRedirectUris: addresses,
  backchannelLogoutUri: text(2000),
  clientAuthentication: Type.String({ maxLength: 40, default: 'private_key_jwt' }),
  jwksUri: text(2000),
  tlsSubject: text(2000),
  idTokenAlg: Type.String({ maxLength: 40, default: 'ES256' }),
  userinfoAlg: text(40),
  leastAssurance: text(40),
  screen: Type.String({ maxLength: 40, default: 'information' }),
  mayRefresh: Type.Boolean({ default: false }),
  dpopBound: Type.Boolean({ default: false }),
  certificateBound: Type.Boolean({ default: false }),
  claims: Type.Array(
    Type.Object({ claim: Type.String({ maxLength: 100 }), reason: Type.String({ maxLength: 5000 }) }),
    { maxItems: 50, default: [] },
  ),
};

/** What the API takes to change a service; a field that is left out is emptied. */
export const serviceBody = Type.Object(written, { additionalProperties: false });

/** What the API takes to register a service. */
export const newServiceBody = Type.Object(
  { realm: Type.Enum(REALMS), organisationId: Type.String({ maxLength: 100 }), ...written },
  { additionalProperties: false },
);

/** What a list of services over the API may be asked. */
export const servicesApiQuery = Type.Object({
  search: Type.Optional(Type.String({ maxLength: 200, description: 'Words of the name, or a client id.' })),
  state: Type.Optional(Type.Enum(SERVICE_STATES)),
  realm: Type.Optional(Type.Enum(REALMS)),
  limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
  cursor: Type.Optional(Type.String({ format: 'uuid', description: '`next` of the page before.' })),
});

/** A public key over the API. */
export const keySchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  kid: Type.String(),
  publicJwk: Type.Record(Type.String(), Type.Unknown()),
  createdAt: moment,
  revokedAt: orNull(moment),
});

/** A secret over the API, without what it is. */
export const secretSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  ending: Type.String({ description: 'Its last four characters.' }),
  createdAt: moment,
  revokedAt: orNull(moment),
});

/** A request for production over the API. */
export const reviewSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  serviceId: Type.String({ format: 'uuid' }),
  askedByName: Type.String(),
  askedAt: moment,
  message: Type.String(),
  decision: orNull(Type.Enum(['accepted', 'refused', 'withdrawn'])),
  decidedByName: orNull(Type.String()),
  decidedAt: orNull(moment),
  reason: orNull(Type.String()),
});
