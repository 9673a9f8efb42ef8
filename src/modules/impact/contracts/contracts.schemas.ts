// The shapes of contracts in addresses, forms and the API. Forms are permissive: rules say what is wrong in words.
import { Type } from 'typebox';
import { METHODS, PROPOSALS } from '../verdicts/verdicts.types.ts';
import { CONTRACT_STATES, GUARDRAIL_STATES, GUARDRAILS, SAVING_KINDS } from './contracts.types.ts';
import { TERMS_FIELDS } from './terms.rules.ts';

const text = (maxLength: number) => Type.String({ maxLength, default: '' });

/** The id in an address. */
export const contractParams = Type.Object({ id: Type.String({ maxLength: 40 }) });

/** What a list of contracts may be asked. */
export const contractsQuery = Type.Object({
  search: Type.Optional(Type.String({ maxLength: 200 })),
  state: Type.Optional(Type.Enum(['', ...CONTRACT_STATES])),
  decision: Type.Optional(Type.Enum(['', ...PROPOSALS])),
  before: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000_000 })),
});

/** The same over the API. */
export const contractsApiQuery = Type.Object({
  search: Type.Optional(
    Type.String({ maxLength: 200, description: 'Words of the title, project or owner.' }),
  ),
  state: Type.Optional(Type.Enum(CONTRACT_STATES)),
  decision: Type.Optional(Type.Enum(PROPOSALS)),
  limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
  cursor: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1_000_000_000, description: '`next` of the page before.' }),
  ),
});

const column = Type.Array(text(60), { maxItems: 60, default: [] });

/** The terms' form, as typed; the places that are compared come as rows. */
export const termsForm = Type.Object({
  organisationId: text(100),
  reason: text(10_000),
  ...Object.fromEntries(TERMS_FIELDS.map((field) => [field, text(10_000)])),
  unit: column,
  unitLike: column,
  unitStart: column,
});

/** Any of the short forms, as typed. */
export const askForm = Type.Object({
  termsHash: text(100),
  reviewId: text(100),
  decision: text(40),
  reason: text(10_000),
  extendedUntil: text(40),
  guardrail: text(40),
  state: text(40),
  kind: text(40),
  amountEuros: text(100),
  evidence: text(10_000),
});

const figure = Type.Number({ minimum: -1e15, maximum: 1e15 });
const day = Type.String({ maxLength: 10, description: 'YYYY-MM-DD' });
const id = Type.String({ maxLength: 40 });

const termsShape = {
  title: Type.String({ maxLength: 1000 }),
  subject: Type.String({ maxLength: 1000 }),
  problem: Type.String({ maxLength: 10_000 }),
  population: Type.String({ maxLength: 10_000 }),
  indicatorId: id,
  origin: Type.Enum(['measured', 'declared']),
  baselineValue: figure,
  baselineOn: day,
  baselineEvidence: Type.String({ maxLength: 10_000 }),
  target: figure,
  deadline: day,
  minimumEffect: figure,
  counterfactual: Type.Enum(METHODS),
  units: Type.Array(
    Type.Object({
      indicatorId: id,
      controlId: Type.Union([id, Type.Null()]),
      startsOn: Type.Union([day, Type.Null()]),
    }),
    { maxItems: 40 },
  ),
  guardrails: Type.Object(
    Object.fromEntries(GUARDRAILS.map((one) => [one, Type.String({ maxLength: 1000 })])) as Record<
      (typeof GUARDRAILS)[number],
      ReturnType<typeof Type.String>
    >,
  ),
  costEuros: figure,
  costCeilingEuros: figure,
  ownerPersonId: id,
  reviewerPersonId: id,
  rule: Type.Object({ pScale: figure, pStop: figure, reviewsToStop: Type.Integer() }),
};

/** The terms over the API. */
export const termsBody = Type.Object(termsShape, { description: 'The terms of a success contract.' });

/** What the API takes to draft a contract. */
export const newContractBody = Type.Object({ organisationId: id, terms: termsBody });

/** What the API takes to amend one. */
export const amendmentBody = Type.Object({ terms: termsBody, reason: Type.String({ maxLength: 10_000 }) });

/** What the API takes to sign: the hash of the terms that were read. */
export const signatureBody = Type.Object({ termsHash: Type.String({ maxLength: 100 }) });

/** What the API takes to return or abandon. */
export const reasonBody = Type.Object({ reason: Type.String({ maxLength: 10_000 }) });

/** What the API takes to judge. */
export const judgementBody = Type.Object({
  reviewId: id,
  decision: Type.Enum(PROPOSALS),
  reason: text(10_000),
  extendedUntil: text(10),
});

/** What the API takes to record the state of a guardrail. */
export const guardrailBody = Type.Object({
  guardrail: Type.Enum(GUARDRAILS),
  state: Type.Enum(GUARDRAIL_STATES),
  evidence: Type.String({ maxLength: 10_000 }),
});

/** What the API takes to record savings. */
export const savingBody = Type.Object({
  kind: Type.Enum(SAVING_KINDS),
  amountEuros: Type.Number({ minimum: 0, maximum: 1e12 }),
  evidence: Type.String({ maxLength: 10_000 }),
});
