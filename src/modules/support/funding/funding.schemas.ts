// The shapes of funding in addresses, forms and the REST interface. Forms are permissive: rules say what is wrong.
import { Type } from 'typebox';

const text = (maxLength: number) => Type.String({ maxLength, default: '' });
const id = Type.String({ maxLength: 80 });

/** A window or application, in an address. */
export const idParams = Type.Object({ id });

/** A step of a window, in an address. */
export const stepParams = Type.Object({ id, step: Type.String({ maxLength: 40 }) });

/** An instalment of an application, in an address. */
export const instalmentParams = Type.Object({ id, instalment: id });

/** Where a list goes on. */
export const cursorQuery = Type.Object({ cursor: Type.Optional(Type.String({ maxLength: 40 })) });

/** The window that a new application is for. */
export const windowQuery = Type.Object({ window: text(80) });

/** A new window, as typed. */
export const windowForm = Type.Object({
  title: text(400),
  subject: text(4000),
  budget: text(40),
  opensOn: text(20),
  closesOn: text(20),
  juryUntil: text(20),
  criteria: text(4000),
  jury: text(8000),
});

/** A new application, as typed. */
export const applicationForm = Type.Object({
  windowId: text(80),
  organisationId: text(80),
  title: text(400),
  subject: text(4000),
  subjectRef: text(200),
  change: text(8000),
  plan: text(8000),
  contractId: text(80),
  asked: text(40),
});

/** What any act on an application or instalment takes, as typed; each act reads what it needs. */
export const actForm = Type.Object({
  reason: text(4000),
  amount: text(40),
  instalments: text(30_000),
  evidence: text(4000),
  outcome: text(4000),
  /** When the directorate signed the agreement that was read, ISO 8601. */
  read: text(40),
  contractId: text(80),
});

/** A member's points: `points-0`, `comment-0` and so on, one pair a criterion. */
export const scoreForm = Type.Record(Type.String({ maxLength: 20 }), Type.String({ maxLength: 2000 }), {
  maxProperties: 40,
});

const cents = Type.Integer({ description: 'Whole euro cents' });

/** A window of the REST interface: committed, paid and left add up to the budget. */
export const windowSchema = Type.Object({
  id: Type.String(),
  title: Type.String(),
  subject: Type.String(),
  state: Type.String(),
  opensOn: Type.String(),
  closesOn: Type.String(),
  juryUntil: Type.String(),
  budgetCents: cents,
  committedCents: cents,
  paidCents: cents,
  leftCents: cents,
  applications: Type.Integer(),
  financed: Type.Integer(),
});

const euros = Type.Union([Type.Number(), Type.Null()], { description: 'Euros; null without a figure' });
const savings = Type.Object({ declared: euros, audited: euros, cashed: euros });

/** The savings of a window's projects together, each contract counted once; the three are never added. */
export const savingsSchema = savings;

/** What a window financed, for everyone. */
export const financedSchema = Type.Object({
  title: Type.String(),
  organisationName: Type.String(),
  state: Type.String(),
  awardedCents: cents,
  committedCents: cents,
  paidCents: cents,
  outcome: Type.String(),
  contract: Type.Union([
    Type.Object(
      {
        id: Type.String(),
        number: Type.Integer(),
        title: Type.String(),
        state: Type.String(),
        hadNoMeasure: Type.Boolean(),
        proposal: Type.Union([Type.String(), Type.Null()]),
        decision: Type.Union([Type.String(), Type.Null()]),
        savings,
      },
      { description: 'Its success contract, once both parties have signed it' },
    ),
    Type.Null(),
  ]),
});

/** An application of the REST interface. */
export const applicationSchema = Type.Object({
  id: Type.String(),
  windowId: Type.String(),
  organisationId: Type.String(),
  organisationName: Type.String(),
  title: Type.String(),
  subject: Type.String(),
  subjectRef: Type.String(),
  change: Type.String(),
  plan: Type.String(),
  contractId: Type.Union([Type.String(), Type.Null()]),
  state: Type.String(),
  reason: Type.String(),
  outcome: Type.String(),
  askedCents: cents,
  awardedCents: cents,
  committedCents: cents,
  paidCents: cents,
});

const signature = Type.Union([Type.Object({ at: Type.String({ format: 'date-time' }) }), Type.Null()]);

/** Who signed the agreement, and when: the directorate, then the organisation. */
export const signaturesSchema = Type.Object({ stateSigned: signature, organisationSigned: signature });

/** A conflict of interest, as those who run windows read it. */
export const conflictSchema = Type.Object({
  personId: Type.String(),
  name: Type.String(),
  reason: Type.String(),
  declaredAt: Type.String({ format: 'date-time' }),
});

/** A conflict of interest of whoever calls. */
export const conflictBody = Type.Object(
  { reason: Type.String({ maxLength: 4000 }) },
  { additionalProperties: false },
);

/** An instalment of the REST interface. */
export const instalmentSchema = Type.Object({
  id: Type.String(),
  position: Type.Integer(),
  amountCents: cents,
  condition: Type.String(),
  threshold: Type.Union([Type.Number(), Type.Null()]),
  text: Type.String(),
  dueOn: Type.String(),
  state: Type.String(),
});
