// The shapes of indicators in addresses, forms and the API. Forms are permissive: rules say what is wrong in words.
import { Type } from 'typebox';
import { AGGREGATIONS, CADENCES, DIRECTIONS, MEASURE_ORIGINS } from './indicators.types.ts';

const text = (maxLength: number) => Type.String({ maxLength, default: '' });

/** The id in an address. */
export const indicatorParams = Type.Object({ id: Type.String({ maxLength: 40 }) });

/** What narrows the list. */
export const indicatorsQuery = Type.Object({
  search: Type.Optional(Type.String({ maxLength: 200 })),
  organisation: Type.Optional(Type.String({ maxLength: 40 })),
  state: Type.Optional(Type.Enum(['', 'open', 'closed'])),
  cursor: Type.Optional(Type.String({ maxLength: 40 })),
});

/** The form of a new indicator. */
export const indicatorForm = Type.Object({
  title: text(1000),
  subject: text(1000),
  organisationId: text(100),
  unit: text(1000),
  direction: text(20),
  population: text(5000),
  aggregation: text(20),
  cadence: text(20),
  isPublic: text(10),
  definition: text(10_000),
});

/** The form of a new version of a definition. */
export const definitionForm = Type.Object({ text: text(10_000), fromDay: text(40), reason: text(5000) });

/** The form of a declared measure. */
export const declarationForm = Type.Object({ day: text(40), value: text(100), segment: text(500), evidence: text(5000) });

/** What part of a series is read. */
export const seriesQuery = Type.Object({
  origin: Type.Enum([...MEASURE_ORIGINS], { default: 'measured' }),
  by: Type.Enum(['day', 'week', 'month'], { default: 'month' }),
  from: Type.Optional(Type.String({ maxLength: 10 })),
  until: Type.Optional(Type.String({ maxLength: 10 })),
});

/** An indicator over the API. */
export const indicatorSchema = Type.Object({
  id: Type.String({ format: 'uuid' }),
  title: Type.String(),
  subject: Type.String(),
  organisationId: Type.String(),
  unit: Type.String(),
  direction: Type.Enum([...DIRECTIONS]),
  population: Type.String(),
  aggregation: Type.Enum([...AGGREGATIONS]),
  cadence: Type.Enum([...CADENCES]),
  isPublic: Type.Boolean(),
  state: Type.Enum(['open', 'closed']),
  createdAt: Type.String({ format: 'date-time' }),
  closedAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
});
