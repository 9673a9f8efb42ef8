// The shapes of sources in addresses, forms and the REST interface. Forms are permissive: rules say what is wrong.
import { Type } from 'typebox';
import { RUN_OUTCOMES, SOURCE_KINDS, STATISTICS_FORMATS } from './sources.types.ts';

const text = (maxLength: number) => Type.String({ maxLength, default: '' });
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()]);
const uuid = Type.String({ format: 'uuid' });
const moment = Type.String({ format: 'date-time' });

/** A source, in an address. */
export const sourceParams = Type.Object({ id: Type.String({ maxLength: 80 }) });

/** Where a list goes on. */
export const sourcesQuery = Type.Object({ cursor: Type.Optional(Type.String({ maxLength: 40 })) });

const settings = {
  url: text(2_000),
  format: Type.Enum([...STATISTICS_FORMATS], { default: 'json' }),
  everyHours: Type.Integer({ minimum: 1, maximum: 168, default: 24 }),
  list: text(300),
  day: text(300),
  value: text(300),
  segment: text(300),
  measure: text(200),
  subject: text(200),
};

/** Which source is wanted, before its form is shown. */
export const newSourceQuery = Type.Object({ kind: Type.Optional(Type.Enum([...SOURCE_KINDS])) });

/** A new source, as typed or as sent. */
export const sourceBody = Type.Object({
  indicatorId: text(100),
  kind: Type.Enum([...SOURCE_KINDS]),
  ...settings,
});

/** A change of a source over the REST interface. */
export const sourceChange = Type.Object({ state: Type.Enum(['active', 'paused']) });

/** A source of the REST interface; its token is never in it. */
export const sourceSchema = Type.Object({
  id: uuid,
  indicatorId: uuid,
  indicatorName: Type.String(),
  organisationId: uuid,
  kind: Type.Enum([...SOURCE_KINDS]),
  settings: Type.Object(settings),
  state: Type.Enum(['active', 'paused']),
  hasToken: Type.Boolean(),
  failures: Type.Integer(),
  lastRunAt: orNull(moment),
  nextRunAt: orNull(moment),
  createdAt: moment,
});

/** A run of the REST interface. */
export const runSchema = Type.Object({
  at: moment,
  outcome: Type.Enum([...RUN_OUTCOMES]),
  status: orNull(Type.Integer()),
  taken: Type.Integer(),
  unchanged: Type.Integer(),
  corrected: Type.Integer(),
  refused: Type.Integer(),
  detail: Type.String(),
});

/** What a service pushes. */
export const pushBody = Type.Object({
  measures: Type.Array(
    Type.Object({
      day: Type.String({ maxLength: 40 }),
      value: Type.Number(),
      segment: Type.Optional(Type.String({ maxLength: 200 })),
    }),
    { minItems: 1, maxItems: 5_000 },
  ),
});

/** Lines that are read while they come: no schema holds them. */
export const linesSchema = Type.Unsafe<unknown>({});

/** What goes with a file that is handed in. */
export const fileQuery = Type.Object({
  evidence: text(600),
  preview: Type.Boolean({ default: false }),
});

/** What became of what was pushed. */
export const intakeSchema = Type.Object({
  taken: Type.Integer(),
  unchanged: Type.Integer(),
  corrected: Type.Integer(),
  refused: Type.Array(Type.Object({ line: Type.Integer(), reason: Type.String() })),
  refusedCount: Type.Integer(),
});
