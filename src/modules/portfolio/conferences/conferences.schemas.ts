// The shapes of conferences in addresses, forms and the REST interface. Forms are permissive: rules say what is wrong.
import { Type } from 'typebox';
import { ALERT_DECISIONS, WATCH_RULES } from '../watch/watch.types.ts';
import { CONFERENCE_STATES } from './conferences.types.ts';

const id = Type.String({ maxLength: 40 });
const text = (maxLength: number) => Type.String({ maxLength, default: '' });
const moment = Type.String({ format: 'date-time' });
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()]);
const version = Type.Integer({ minimum: 1, maximum: 2_000_000_000 });

/** One conference, in an address. */
export const conferenceParams = Type.Object({ id });
/** One project of a conference, in an address. */
export const itemParams = Type.Object({ id, item: id });

/** What the page of the list may be asked. */
export const conferencesQuery = Type.Object({ cursor: Type.Optional(id) });
/** The same over the REST interface. */
export const conferencesApiQuery = Type.Object({
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  cursor: Type.Optional(id),
});

/** The form that opens a conference, and its body. */
export const conferenceForm = Type.Object({ organisationId: text(100), heldOn: text(40) });
/** The form of a move on the agenda. */
export const agendaForm = Type.Object({ version, move: text(20), fileId: text(100) });
/** An agenda over the REST interface, in its order. */
export const agendaBody = Type.Object({ version, fileIds: Type.Array(id, { maxItems: 200 }) });
/** A step that only says what was read. */
export const readForm = Type.Object({ version });
/** The ministry's comment. */
export const commentForm = Type.Object({ version, comment: text(40_000) });
/** What the session concludes on a project. */
export const conclusionsForm = Type.Object({ version, conclusions: text(40_000) });
/** Who took part and the summary. */
export const sessionForm = Type.Object({ version, participants: text(20_000), summary: text(40_000) });
/** What the session decides on a project. */
export const itemDecisionForm = Type.Object({
  version,
  decision: text(40),
  reason: text(20_000),
  until: text(40),
});
/** The same over the REST interface. */
export const itemDecisionBody = Type.Object({
  version,
  decision: Type.Enum([...ALERT_DECISIONS]),
  reason: Type.String({ maxLength: 20_000 }),
  until: Type.Optional(Type.String({ maxLength: 10 })),
});
/** A recommendation of the session. */
export const itemRecommendationForm = Type.Object({ version, text: text(20_000), dueOn: text(40) });

/** A conference in a list. */
export const listedConferenceSchema = Type.Object({
  id,
  number: Type.Integer(),
  organisationId: id,
  organisationName: Type.String(),
  budgetOrganisationId: orNull(id),
  heldOn: Type.String(),
  state: Type.Enum([...CONFERENCE_STATES]),
  version: Type.Integer(),
  items: Type.Integer(),
  preparedAt: orNull(moment),
  closedAt: orNull(moment),
  minutesSha256: orNull(Type.String()),
});
/** A conference with its agenda. */
export const conferenceSchema = Type.Intersect([
  listedConferenceSchema,
  Type.Object({
    participants: Type.String(),
    summary: Type.String(),
    agenda: Type.Array(
      Type.Object({
        id,
        fileId: id,
        fileName: Type.String(),
        position: Type.Integer(),
        why: Type.Object({
          kind: Type.String(),
          rules: Type.Optional(Type.Array(Type.Enum([...WATCH_RULES]))),
          count: Type.Optional(Type.Integer()),
        }),
        sheet: Type.Unknown(),
        comment: Type.String(),
        conclusions: Type.String(),
        decision: orNull(Type.Enum([...ALERT_DECISIONS])),
        decisionReason: Type.String(),
        decisionUntil: orNull(Type.String()),
      }),
    ),
    recommendationIds: Type.Array(id),
  }),
]);
