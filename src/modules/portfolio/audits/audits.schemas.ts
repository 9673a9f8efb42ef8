// The shapes of audits in addresses, forms and the API. Forms are permissive: rules say what is wrong in words.
import { Type } from 'typebox';
import { GROUNDS } from '../opinions/opinions.types.ts';
import { SEVERITIES } from './audits.types.ts';

const text = (maxLength: number) => Type.String({ maxLength, default: '' });
const ids = Type.Union([Type.Array(text(40), { maxItems: 60 }), text(40)], { default: [] });
const id = Type.String({ maxLength: 40 });
const idList = (maxItems: number) => Type.Array(id, { maxItems, default: [] });

/** Where a page of the list starts. */
export const auditsQuery = Type.Object({
  before: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000_000 })),
});

/** The same over the API. */
export const auditsApiQuery = Type.Object({
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  cursor: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1_000_000_000, description: '`next` of the page before.' }),
  ),
});

/** The form by which an audit is asked for. */
export const askForm = Type.Object({
  requesterId: text(40),
  fileId: text(40),
  subject: text(1000),
  organisationId: text(40),
  scope: text(20_000),
  questions: text(20_000),
  informedIds: ids,
});

/** The same over the API. */
export const askBody = Type.Object({
  requesterId: text(40),
  fileId: text(40),
  subject: text(1000),
  organisationId: text(40),
  scope: Type.String({ maxLength: 20_000 }),
  questions: text(20_000),
  informedIds: idList(60),
});

/** Any of the forms on one audit. Texts to release have a name of their own each. */
export const auditForm = Type.Object(
  {
    memberIds: ids,
    leadId: text(40),
    startsOn: text(20),
    endsOn: text(20),
    severity: text(40),
    title: text(1000),
    text: text(20_000),
    conclusions: text(60_000),
    recommendations: text(120_000),
    dueOn: text(20),
    reason: text(10_000),
  },
  { additionalProperties: Type.String({ maxLength: 60_000 }) },
);

/** What the API takes of a mission. */
export const missionBody = Type.Object({
  memberIds: idList(60),
  leadId: id,
  startsOn: Type.String({ maxLength: 10, description: 'YYYY-MM-DD' }),
  endsOn: Type.String({ maxLength: 10, description: 'YYYY-MM-DD' }),
});

/** What the API takes of a finding. */
export const findingBody = Type.Object({
  severity: Type.Enum(SEVERITIES),
  title: Type.String({ maxLength: 1000 }),
  text: Type.String({ maxLength: 20_000 }),
});

/** What the API takes of conclusions. */
export const conclusionsBody = Type.Object({
  conclusions: Type.String({ maxLength: 60_000 }),
  recommendations: Type.Array(
    Type.Object({
      text: Type.String({ maxLength: 10_000 }),
      dueOn: Type.String({ maxLength: 10, description: 'YYYY-MM-DD' }),
    }),
    { maxItems: 20, default: [] },
  ),
});

/** A release: each text, what must be struck out between double brackets. Texts that are left out are released whole. */
export const releaseBody = Type.Object(
  { ground: Type.Enum(GROUNDS, { default: 'none' }) },
  { additionalProperties: Type.String({ maxLength: 60_000 }) },
);
