// The shapes of recommendations in addresses, forms and the REST interface. Forms are permissive: rules say what is wrong.
import { Type } from 'typebox';
import {
  RECOMMENDATION_SOURCES,
  RECOMMENDATION_STATES,
  RECOMMENDATION_STEPS,
} from './recommendations.types.ts';

const id = Type.String({ maxLength: 40 });
const text = (maxLength: number) => Type.String({ maxLength, default: '' });
const moment = Type.String({ format: 'date-time' });
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()]);
const version = Type.Integer({ minimum: 1, maximum: 2_000_000_000 });

/** One recommendation, in an address. */
export const recommendationParams = Type.Object({ id });

const filters = {
  state: Type.Optional(Type.Enum(['', ...RECOMMENDATION_STATES])),
  source: Type.Optional(Type.Enum(['', ...RECOMMENDATION_SOURCES])),
  organisation: Type.Optional(id),
  project: Type.Optional(id),
  overdue: Type.Optional(Type.Enum(['', 'yes'])),
};

/** What narrows the register; `project` is the id of a project file. */
export const registerFilter = Type.Object(filters);
/** What the page of the register may be asked; `before` is the number after which it goes on. */
export const registerQuery = Type.Object({
  ...filters,
  before: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_000_000_000 })),
});
/** The same over the REST interface. */
export const registerApiQuery = Type.Object({
  ...filters,
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  cursor: Type.Optional(Type.Integer({ minimum: 1, maximum: 2_000_000_000 })),
});

/** The form of a step. */
export const recommendationStepForm = Type.Object({
  version,
  step: text(40),
  text: text(20_000),
  plannedOn: text(40),
  personId: text(100),
});
/** A step over the REST interface. */
export const recommendationStepBody = Type.Object({
  version,
  step: Type.Enum([...RECOMMENDATION_STEPS]),
  text: Type.Optional(Type.String({ maxLength: 20_000 })),
  plannedOn: Type.Optional(Type.String({ maxLength: 10 })),
  personId: Type.Optional(id),
});

/** A recommendation in a list. */
export const listedRecommendationSchema = Type.Object({
  id,
  number: Type.Integer(),
  fileId: id,
  fileName: Type.String(),
  organisationId: id,
  organisationName: Type.String(),
  sourceKind: Type.Enum([...RECOMMENDATION_SOURCES]),
  sourceId: id,
  text: Type.String(),
  ownerId: id,
  ownerName: Type.String(),
  dueOn: Type.String(),
  state: Type.Enum([...RECOMMENDATION_STATES]),
  overdue: Type.Boolean(),
  plannedOn: orNull(Type.String()),
  plannedById: orNull(id),
  escalatedTo: orNull(Type.String()),
  version: Type.Integer(),
  issuedAt: moment,
  changedAt: moment,
  closedAt: orNull(moment),
  forecastBeforeId: orNull(id),
  forecastAfterId: orNull(id),
});
/** A recommendation with its history. */
export const recommendationSchema = Type.Intersect([
  listedRecommendationSchema,
  Type.Object({
    steps: Type.Array(
      Type.Object({
        step: Type.String(),
        at: moment,
        by: orNull(Type.String()),
        text: orNull(Type.String()),
        level: orNull(Type.Integer()),
        plannedOn: orNull(Type.String()),
      }),
    ),
  }),
]);
/** Public figures. */
export const recommendationFiguresSchema = Type.Object({
  day: Type.String(),
  items: Type.Array(
    Type.Object({
      organisationId: id,
      organisationName: Type.String(),
      issued: Type.Integer(),
      accepted: Type.Integer(),
      refused: Type.Integer(),
      implemented: Type.Integer(),
      notImplemented: Type.Integer(),
      open: Type.Integer(),
      overdue: Type.Integer(),
    }),
  ),
});
