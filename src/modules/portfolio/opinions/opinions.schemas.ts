// The shapes of requests, opinions and signals in addresses, forms and the API. Forms are permissive: rules say what is wrong
// in words.
import { Type } from 'typebox';
import { AXES, GROUNDS, OPINION_KINDS, REQUEST_STATES, SIGNAL_STATES, STANCES } from './opinions.types.ts';

const text = (maxLength: number) => Type.String({ maxLength, default: '' });
const words = (maxLength: number, description: string) => Type.String({ maxLength, description });
const cursor = Type.Optional(
  Type.Integer({ minimum: 1, maximum: 1_000_000_000, description: '`next` of the page before.' }),
);
const limit = Type.Integer({ minimum: 1, maximum: 200, default: 50 });

const axes = (maxLength: number) =>
  Object.fromEntries(AXES.map((axis) => [axis, text(maxLength)])) as Record<
    (typeof AXES)[number],
    ReturnType<typeof text>
  >;

/** The id in an address. */
export const idParams = Type.Object({ id: Type.String({ maxLength: 40 }) });

/** How the list of requests is narrowed. */
export const requestsQuery = Type.Object({
  state: Type.Optional(Type.Enum(['', ...REQUEST_STATES])),
  before: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000_000 })),
});

/** The same over the API. */
export const requestsApiQuery = Type.Object({
  state: Type.Optional(Type.Enum(REQUEST_STATES)),
  fileId: Type.Optional(Type.String({ maxLength: 40 })),
  limit,
  cursor,
});

/** How the public list is narrowed. */
export const opinionsQuery = Type.Object({
  kind: Type.Optional(Type.Enum(['', 'tacit', ...OPINION_KINDS])),
  before: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000_000 })),
});

/** The same over the API. */
export const opinionsApiQuery = Type.Object({
  kind: Type.Optional(Type.Enum(OPINION_KINDS)),
  tacit: Type.Optional(Type.Boolean()),
  limit,
  cursor,
});

/** Which file a new request is about, from its page. */
export const newRequestQuery = Type.Object({ file: Type.Optional(Type.String({ maxLength: 40 })) });

/** The form of a request's axes. */
export const axesForm = Type.Object({ fileId: text(40), version: text(20), ...axes(20_000) });

/** What the API takes to draft a request. */
export const newRequestBody = Type.Object({
  fileId: Type.String({ maxLength: 40 }),
  axes: Type.Object(axes(20_000), { default: {} }),
});

/** What the API takes to write its axes anew. */
export const axesBody = Type.Object({
  version: Type.Integer({ minimum: 1, maximum: 1_000_000_000 }),
  axes: Type.Object(axes(20_000)),
});

/** The short forms on a request, as typed. */
export const shortForm = Type.Object({
  asked: text(20_000),
  answer: text(40_000),
  reason: text(10_000),
  stance: text(40),
  comment: text(40_000),
});

/** What the API takes to ask for complements, to give them, to withdraw. */
export const askedBody = Type.Object({ asked: words(20_000, 'What is missing.') });
/** What the API takes to give complements. */
export const answerBody = Type.Object({ answer: words(40_000, 'The complements.') });
/** What the API takes to withdraw. */
export const reasonBody = Type.Object({ reason: words(10_000, 'Why.') });
/** What the API takes of a consulted body. */
export const commentBody = Type.Object({ stance: Type.Enum(STANCES), comment: text(40_000) });

/** The form of an opinion, as typed. */
export const decisionForm = Type.Object({
  kind: text(40),
  summary: text(40_000),
  ...axes(20_000),
  percent: text(20),
  recommendations: text(100_000),
  dueOn: text(20),
});

/** What the API takes of an opinion. */
export const decisionBody = Type.Object({
  kind: Type.Enum(OPINION_KINDS),
  summary: words(40_000, 'What the opinion says.'),
  axes: Type.Object(axes(20_000), { default: {} }),
  probability: Type.Number({
    minimum: 0,
    maximum: 1,
    description: 'That the project ends within its frame: not above its cost, not after its date.',
  }),
  recommendations: Type.Array(
    Type.Object({ text: words(10_000, 'What is to be done.'), dueOn: words(10, 'YYYY-MM-DD') }),
    { maxItems: 20, default: [] },
  ),
});

/** A publication: each text, what must be struck out between double brackets. Texts that are left out are published whole. */
export const publicationBody = Type.Object({
  ground: Type.Enum(GROUNDS, { default: 'none' }),
  summary: Type.Optional(Type.String({ maxLength: 60_000 })),
  recommendations: Type.Optional(Type.String({ maxLength: 120_000 })),
  ...(Object.fromEntries(
    AXES.map((axis) => [axis, Type.Optional(Type.String({ maxLength: 60_000 }))]),
  ) as Record<(typeof AXES)[number], ReturnType<typeof Type.Optional<ReturnType<typeof Type.String>>>>),
});

/** How signals are narrowed. */
export const signalsQuery = Type.Object({ state: Type.Optional(Type.Enum(['', ...SIGNAL_STATES])) });

/** A decision on a signal, by form or API. */
export const signalBody = Type.Object({ decision: text(40), reason: text(10_000) });
