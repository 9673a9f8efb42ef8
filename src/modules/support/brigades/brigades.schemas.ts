// The shapes of requests, people and missions in addresses, forms and the REST interface. Forms are permissive: rules say
// what is wrong in words.
import { Type } from 'typebox';
import { EXPERTISES } from './expertises.data.ts';
import { MISSION_STATES } from './missions.types.ts';
import { HELP_STATES, HELP_STEPS, PLAIN_STEPS } from './requests.types.ts';

const text = (maxLength: number) => Type.String({ maxLength, default: '' });
const id = Type.String({ maxLength: 40 });
const day = Type.String({ maxLength: 10 });
const moment = Type.String({ format: 'date-time' });
const expertise = Type.Enum([...EXPERTISES]);
const orNull = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) =>
  Type.Union([type, Type.Null()]);
const version = Type.Integer({ minimum: 1, maximum: 2_000_000_000 });
const amount = Type.Number({ minimum: 0, maximum: 10_000 });
const byExpertise = (prefix: string) =>
  Object.fromEntries(
    EXPERTISES.map((name) => [`${prefix}-${name}`, Type.Optional(Type.String({ maxLength: 20 }))]),
  );

/** One record, in an address. */
export const oneParams = Type.Object({ id });
/** An absence of a person, in an address. */
export const absenceParams = Type.Object({ id, absence: id });
/** A deliverable of a mission, in an address. */
export const deliverableParams = Type.Object({ id, deliverable: id });

/** What the list of requests may be asked. */
export const helpRequestsQuery = Type.Object({
  state: Type.Optional(Type.Enum(['', ...HELP_STATES])),
  cursor: Type.Optional(id),
});
/** What a list may be asked over the REST interface. */
export const listQuery = Type.Object({
  limit: Type.Integer({ minimum: 1, maximum: 200, default: 50 }),
  cursor: Type.Optional(id),
});
/** What the list of missions may be asked. */
export const missionsQuery = Type.Object({ cursor: Type.Optional(id) });

/** What a link to the form of a new request fills in. */
export const helpPrefill = Type.Object({ organisationId: text(100), subject: text(1000) });

/** The form of a request; `version` is that of the request changed, absent for a new one. */
export const helpForm = Type.Object({
  version: Type.Optional(version),
  organisationId: text(100),
  title: text(1000),
  problem: text(20_000),
  subject: text(1000),
  startsOn: text(40),
  endsOn: text(40),
  contractId: text(100),
  ...byExpertise('days'),
});
/** The form that takes a step. */
export const stepForm = Type.Object({ version, step: text(40), text: text(20_000) });
/** The form that attaches a contract. */
export const contractForm = Type.Object({ version, contractId: text(100) });
/** Whom a team does without. */
export const withoutQuery = Type.Object({ without: Type.Array(id, { maxItems: 500, default: [] }) });
/** The form that proposes a team. */
export const proposalForm = Type.Object({ version, without: Type.Array(id, { maxItems: 500, default: [] }) });
/** The form of a step that only says what was read. */
export const versionForm = Type.Object({ version });

/** The form of a person. */
export const personForm = Type.Object({ email: text(1000), daysPerWeek: text(40), ...byExpertise('level') });
/** The form of an absence. */
export const absenceForm = Type.Object({ from: text(40), to: text(40) });

/** The form of a week's days. */
export const weekForm = Type.Object({ week: text(40), days: text(40) });
/** The form of a deliverable. */
export const deliverableForm = Type.Object({ title: text(1000), link: text(2000) });
/** The form of the effect. */
export const effectForm = Type.Object({ effect: text(20_000), verdictLink: text(2000) });
/** The form of the feedback. */
export const feedbackForm = Type.Object({ mark: text(10), feedback: text(20_000) });

const needs = Type.Array(Type.Object({ expertise, days: amount }), { maxItems: 20 });
const helpFields = {
  title: Type.String({ maxLength: 1000 }),
  problem: Type.String({ maxLength: 20_000 }),
  subject: Type.String({ maxLength: 1000 }),
  startsOn: day,
  endsOn: day,
  needs,
};

/** A new request over the REST interface. */
export const newHelpBody = Type.Object({
  ...helpFields,
  organisationId: Type.String({ maxLength: 100 }),
  contractId: Type.Optional(orNull(id)),
});
/** A changed request over the REST interface. */
export const helpBody = Type.Object({ version, ...helpFields });
/** A step over the REST interface. */
export const stepBody = Type.Object({
  version,
  step: Type.Enum([...PLAIN_STEPS]),
  text: Type.Optional(Type.String({ maxLength: 20_000 })),
});
/** Days of a week over the REST interface. */
export const weekBody = Type.Object({ week: day, days: amount });
/** A person over the REST interface. */
export const personBody = Type.Object({
  email: Type.String({ maxLength: 254 }),
  daysPerWeek: amount,
  skills: Type.Array(Type.Object({ expertise, level: Type.Integer({ minimum: 1, maximum: 3 }) }), {
    maxItems: 20,
  }),
});
/** A mark with its text over the REST interface. */
export const feedbackBody = Type.Object({
  mark: Type.Integer({ minimum: 1, maximum: 5 }),
  feedback: Type.String({ maxLength: 20_000 }),
});

const member = Type.Object({ personId: id, name: Type.String(), expertise, days: Type.Number() });

/** A request in a list. */
export const listedHelpSchema = Type.Object({
  id,
  number: Type.Integer(),
  organisationId: id,
  organisationName: Type.String(),
  title: Type.String(),
  subject: Type.String(),
  problem: Type.String(),
  startsOn: day,
  endsOn: day,
  needs,
  contractId: orNull(id),
  state: Type.Enum([...HELP_STATES]),
  version: Type.Integer(),
  submittedAt: moment,
  changedAt: moment,
  missionId: orNull(id),
});
/** A request with its team and history. */
export const helpSchema = Type.Intersect([
  listedHelpSchema,
  Type.Object({
    team: Type.Array(member),
    events: Type.Array(
      Type.Object({
        step: Type.Enum([...HELP_STEPS]),
        at: moment,
        by: orNull(Type.String()),
        text: orNull(Type.String()),
      }),
    ),
  }),
]);
/** A team worked out, not proposed yet. */
export const teamSchema = Type.Object({
  from: day,
  to: day,
  members: Type.Array(
    Type.Intersect([
      member,
      Type.Object({
        why: Type.Object({
          level: Type.Integer(),
          freeDays: Type.Number(),
          loadDays: Type.Number(),
          chosen: Type.String(),
        }),
      }),
    ]),
  ),
  uncovered: Type.Array(Type.Object({ expertise, days: Type.Number(), because: Type.String() })),
});
/** A person of the brigade. */
export const personSchema = Type.Object({
  personId: id,
  name: Type.String(),
  daysPerWeek: Type.Number(),
  skills: Type.Array(Type.Object({ expertise, level: Type.Integer() })),
  absences: Type.Array(Type.Object({ id, from: day, to: day })),
  freeDays: Type.Array(Type.Object({ week: day, days: Type.Number() })),
});
/** A mission in a list. */
export const listedMissionSchema = Type.Object({
  id,
  requestId: id,
  title: Type.String(),
  organisationId: id,
  organisationName: Type.String(),
  contractId: id,
  startsOn: day,
  endsOn: day,
  state: Type.Enum([...MISSION_STATES]),
  daysPlanned: Type.Number(),
  daysSpent: Type.Number(),
  mark: orNull(Type.Integer()),
});
/** A mission with all that belongs to it. */
export const missionSchema = Type.Intersect([
  listedMissionSchema,
  Type.Object({
    effect: orNull(Type.String()),
    verdictLink: orNull(Type.String()),
    feedback: orNull(Type.String()),
    members: Type.Array(
      Type.Object({
        personId: id,
        name: Type.String(),
        daysPlanned: Type.Number(),
        daysSpent: Type.Number(),
      }),
    ),
    weeks: Type.Array(Type.Object({ personId: id, week: day, days: Type.Number() })),
    deliverables: Type.Array(
      Type.Object({
        id,
        title: Type.String(),
        link: Type.String(),
        handedInAt: moment,
        acceptedOn: orNull(day),
      }),
    ),
  }),
]);
/** Public figures. */
export const missionFiguresSchema = Type.Object({
  items: Type.Array(
    Type.Object({
      expertise,
      missions: Type.Integer(),
      ended: Type.Integer(),
      daysPlanned: Type.Number(),
      daysSpent: Type.Number(),
      meanMark: orNull(Type.Number()),
      marks: Type.Integer(),
    }),
  ),
});
/** What was made, over the REST interface. */
export const madeSchema = Type.Object({ id });
