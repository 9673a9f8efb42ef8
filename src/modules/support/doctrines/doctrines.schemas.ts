// The shapes of doctrines and assessments in addresses, forms and the API. Forms are permissive: rules say what is wrong.
import { type TSchema, Type } from 'typebox';
import { CONFORMITIES, EXEMPTION_STATES, OUTCOMES } from './assessments.types.ts';
import { CHECKS, VERSION_STATES, WEIGHTS } from './doctrines.types.ts';
import { MOST_CRITERIA } from './versions.rules.ts';

const text = (maxLength: number) => Type.String({ maxLength, default: '' });
const orNull = <T extends TSchema>(type: T) => Type.Union([type, Type.Null()]);
const moment = Type.String({ format: 'date-time' });
const day = Type.String({ format: 'date' });
const translated = Type.Object({ fr: Type.String(), en: Type.String() });

/** The word of a doctrine in an address. */
export const doctrineParams = Type.Object({ word: Type.String({ maxLength: 60 }) });

/** Which version of a doctrine is shown: that in force unless told. */
export const doctrineQuery = Type.Object({
  version: Type.Optional(Type.Integer({ minimum: 1, maximum: 100_000 })),
});

/** Whether a draft was just saved. */
export const draftQuery = Type.Object({ saved: Type.Optional(Type.String({ maxLength: 10 })) });

/** A form whose fields are told by its page: the criteria of a draft, the answers to a version's criteria. */
export const openForm = Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 5000 }), {
  maxProperties: 300,
});

/** The id of an assessment in an address. */
export const assessmentParams = Type.Object({ id: Type.String({ maxLength: 40 }) });

/** The ids of an assessment and of one of its exemptions in an address. */
export const exemptionParams = Type.Object({
  id: Type.String({ maxLength: 40 }),
  exemptionId: Type.String({ maxLength: 40 }),
});

/** What the list of assessments may be asked. */
export const assessmentsQuery = Type.Object({
  search: Type.Optional(Type.String({ maxLength: 200 })),
  doctrine: Type.Optional(Type.String({ maxLength: 60 })),
  cursor: Type.Optional(Type.String({ format: 'uuid' })),
});

/** The same over the API. */
export const assessmentsApiQuery = Type.Object({
  ...assessmentsQuery.properties,
  limit: Type.Integer({ minimum: 1, maximum: 100, default: 50 }),
});

/** What the form that begins assessments starts with. */
export const newAssessmentQuery = Type.Object({ doctrine: Type.Optional(Type.String({ maxLength: 60 })) });

const newAssessment = {
  subjectId: text(40),
  name: text(1000),
  organisationId: text(100),
  reference: text(1000),
  doctrines: Type.Array(Type.String({ maxLength: 60 }), { maxItems: 50, default: [] }),
};

/** The form that begins assessments. */
export const newAssessmentForm = Type.Object(newAssessment);

/** The same over the API. */
export const newAssessmentBody = Type.Object(newAssessment, { additionalProperties: false });

/** Evidence as typed in its form. */
export const evidenceForm = Type.Object({
  criterion: text(20),
  outcome: text(40),
  source: text(1000),
  url: text(3000),
  detail: text(10_000),
});

/** Evidence over the API. */
export const evidenceBody = Type.Object(
  {
    criterion: Type.String({ maxLength: 20 }),
    outcome: Type.Enum(OUTCOMES),
    source: Type.String({ maxLength: 1000, description: 'What found it, such as the name of an audit.' }),
    url: Type.Optional(orNull(Type.String({ maxLength: 3000 }))),
    at: Type.Optional(
      Type.String({ format: 'date-time', description: 'When it was found; now unless told.' }),
    ),
    detail: text(10_000),
  },
  { additionalProperties: false },
);

/** A request for an exemption. */
export const exemptionForm = Type.Object({ reason: text(10_000), until: text(40) });

/** A decision on one. */
export const decisionForm = Type.Object({ decision: text(40), until: text(40), reason: text(10_000) });

/** Why an exemption is withdrawn. */
export const withdrawalForm = Type.Object({ reason: text(10_000) });

/** Answers to criteria over the API. */
export const declarationsBody = Type.Object(
  {
    declarations: Type.Array(
      Type.Object({
        criterion: Type.String({ maxLength: 20 }),
        outcome: Type.Enum(OUTCOMES),
        reason: text(5000),
      }),
      { minItems: 1, maxItems: MOST_CRITERIA },
    ),
  },
  { additionalProperties: false },
);

/** Whether everyone reads an assessment. */
export const publicationBody = Type.Object({ public: Type.Boolean() }, { additionalProperties: false });

/** A draft over the API. */
export const draftBody = Type.Object(
  {
    from: text(40),
    changesFr: text(5000),
    changesEn: text(5000),
    criteria: Type.Array(
      Type.Object({
        code: text(20),
        textFr: text(2000),
        textEn: text(2000),
        weight: text(40),
        checkedBy: text(40),
        source: text(1000),
      }),
      { maxItems: MOST_CRITERIA },
    ),
  },
  { additionalProperties: false },
);

const criterionSchema = Type.Object({
  code: Type.String(),
  text: translated,
  weight: Type.Enum(WEIGHTS),
  checkedBy: Type.Enum(CHECKS),
  source: Type.String(),
});

const doctrineFields = {
  word: Type.String(),
  title: translated,
  summary: translated,
  steward: Type.String(),
};

/** A doctrine in the list of the API. */
export const listedDoctrineSchema = Type.Object({
  ...doctrineFields,
  inForce: orNull(Type.Object({ number: Type.Integer(), from: day, criteria: Type.Integer() })),
});

/** A doctrine over the API, with its versions, newest first. */
export const doctrineSchema = Type.Object({
  ...doctrineFields,
  versions: Type.Array(
    Type.Object({
      number: Type.Integer(),
      state: Type.Enum(VERSION_STATES),
      from: day,
      changes: translated,
      criteria: Type.Array(criterionSchema),
    }),
  ),
});

const rate = Type.Object({ conforming: Type.Integer(), of: Type.Integer() });

const assessmentFields = {
  id: Type.String({ format: 'uuid' }),
  subjectName: Type.String(),
  subjectRef: Type.String(),
  organisationId: Type.String({ format: 'uuid' }),
  organisationName: Type.String(),
  doctrine: Type.String(),
  version: Type.Integer(),
  isOutdated: Type.Boolean({ description: 'Whether the version was replaced.' }),
  isPublic: Type.Boolean(),
  conformity: Type.Enum(CONFORMITIES),
  declared: rate,
  evidenced: rate,
  exemption: orNull(Type.Object({ state: Type.Enum(EXEMPTION_STATES), until: day })),
  changedAt: moment,
};

/** An assessment in lists of the API. */
export const listedAssessmentSchema = Type.Object(assessmentFields);

/** A page of assessments. */
export const assessmentPageSchema = Type.Object({
  items: Type.Array(listedAssessmentSchema),
  next: orNull(Type.String()),
});

/** An assessment over the API, criterion by criterion, with every exemption of its subject, newest first. */
export const assessmentSchema = Type.Object({
  ...assessmentFields,
  exemptions: Type.Array(
    Type.Object({
      id: Type.String({ format: 'uuid' }),
      state: Type.Enum(EXEMPTION_STATES),
      reason: Type.String(),
      askedUntil: day,
      until: orNull(day),
      decisionReason: orNull(Type.String()),
      withdrawalReason: orNull(Type.String()),
    }),
  ),
  criteria: Type.Array(
    Type.Object({
      code: Type.String(),
      outcome: orNull(Type.Enum(OUTCOMES)),
      differs: Type.Boolean({ description: 'Whether evidence contradicts the declaration.' }),
      declaration: orNull(Type.Object({ outcome: Type.Enum(OUTCOMES), reason: Type.String(), at: moment })),
      evidence: orNull(
        Type.Object({
          outcome: Type.Enum(OUTCOMES),
          source: Type.String(),
          url: orNull(Type.String()),
          detail: Type.String(),
          at: moment,
        }),
      ),
    }),
  ),
});

/** The id of what was made. */
export const madeSchema = Type.Object({ id: Type.String({ format: 'uuid' }) });
