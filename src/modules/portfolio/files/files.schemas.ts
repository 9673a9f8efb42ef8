// The shapes of files in addresses and forms. Forms are permissive: rules say what is wrong in words.
import { Type } from 'typebox';
import { PHASES } from '../panorama/editions.types.ts';
import { FILE_FIELDS } from './file-input.rules.ts';
import { FILE_STATES } from './files.types.ts';

const text = (maxLength: number) => Type.String({ maxLength, default: '' });

/** The version of the file that a form was filled in from. */
export const versionField = Type.Integer({ minimum: 0, maximum: 1_000_000_000, default: 0 });

/** The id in an address. */
export const fileParams = Type.Object({ id: Type.String({ maxLength: 40 }) });

/** The ids of a file and of one of its baselines in an address. */
export const baselineParams = Type.Object({
  id: Type.String({ maxLength: 40 }),
  baselineId: Type.String({ maxLength: 40 }),
});

/** What a list of files may be asked. */
export const filesQuery = Type.Object({
  search: Type.Optional(Type.String({ maxLength: 200 })),
  state: Type.Optional(Type.Enum(['', ...FILE_STATES])),
  phase: Type.Optional(Type.Enum(['', ...PHASES])),
  organisation: Type.Optional(Type.String({ maxLength: 40 })),
  after: Type.Optional(Type.String({ maxLength: 40 })),
});

/** The same over the API. */
export const filesApiQuery = Type.Object({
  search: Type.Optional(Type.String({ maxLength: 200, description: 'Words of the name or description.' })),
  state: Type.Optional(Type.Enum(FILE_STATES)),
  phase: Type.Optional(Type.Enum(PHASES)),
  organisation: Type.Optional(Type.String({ format: 'uuid' })),
  limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
  cursor: Type.Optional(Type.String({ format: 'uuid', description: '`next` of the page before.' })),
});

/** The form of a file, as typed. */
export const fileForm = Type.Object({
  organisationId: text(100),
  version: versionField,
  reason: text(10_000),
  ...Object.fromEntries(FILE_FIELDS.map((field) => [field, text(20_000)])),
});

/** A form with a table of cells: any field, each a text. */
export const rowsForm = Type.Record(Type.String({ maxLength: 40 }), Type.String({ maxLength: 200_000 }), {
  maxProperties: 5000,
});

/** News, as typed. */
export const newsForm = Type.Object({
  endOn: text(40),
  scopePercent: text(40),
  spent: text(40),
  reason: text(10_000),
});

/** An event, as typed. */
export const eventForm = Type.Object({
  kind: text(40),
  happenedOn: text(40),
  reason: text(10_000),
  scopePercent: text(40),
  parts: text(5000),
  intoId: text(100),
  inDifficulty: text(10),
});

/** A new baseline, as typed. */
export const proposalForm = Type.Object({ reason: text(10_000), scopeText: text(10_000) });

/** A decision on one, as typed. */
export const judgementForm = Type.Object({ decision: text(40), reason: text(10_000) });
