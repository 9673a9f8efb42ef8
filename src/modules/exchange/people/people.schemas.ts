// What requests to the person's room and about questions look like.
import { Type } from 'typebox';
import { ACCESS_WORD } from './people.rules.ts';
import { QUESTION_KINDS } from './people.types.ts';

/** How the list of one's accesses is read: from where on, and with which outcome. */
export const accessesQuery = Type.Object({
  before: Type.Optional(Type.String({ pattern: ACCESS_WORD })),
  show: Type.Optional(Type.Enum(['allowed', 'denied'])),
});

/** The same over the REST interface. */
export const accessesApiQuery = Type.Object({
  cursor: Type.Optional(Type.String({ pattern: ACCESS_WORD })),
  outcome: Type.Optional(Type.Enum(['allowed', 'denied'])),
  limit: Type.Integer({ minimum: 1, maximum: 500, default: 100 }),
});

/** The address of one access. */
export const accessParams = Type.Object({ access: Type.String({ maxLength: 400 }) });

/** The address of one question. */
export const questionParams = Type.Object({ id: Type.String({ maxLength: 40 }) });

/** How a list of questions is read. */
export const questionsQuery = Type.Object({ cursor: Type.Optional(Type.String({ maxLength: 40 })) });

/** What was just done to a question. */
export const questionQuery = Type.Object({ done: Type.Optional(Type.Enum(['sent', 'answered'])) });

/** A question as a form sends it: what is wrong with it is said in the form. */
export const questionForm = Type.Object({
  kind: Type.Optional(Type.String({ maxLength: 40 })),
  text: Type.Optional(Type.String({ maxLength: 20_000 })),
});

/** An answer as a form sends it. */
export const answerForm = Type.Object({ answer: Type.Optional(Type.String({ maxLength: 20_000 })) });

/** A question over the REST interface. */
export const questionBody = Type.Object({
  kind: Type.Enum([...QUESTION_KINDS]),
  text: Type.String({ minLength: 1, maxLength: 20_000 }),
});

/** An answer over the REST interface. */
export const answerBody = Type.Object({ answer: Type.String({ minLength: 1, maxLength: 20_000 }) });

const text = Type.Union([Type.String(), Type.Null()]);

/** One access, as JSON. */
export const accessSchema = Type.Object({
  access: Type.String(),
  at: Type.String(),
  consumer: text,
  purpose: text,
  producer: text,
  api: text,
  verdict: Type.String(),
});

/** One question, as JSON. */
export const questionSchema = Type.Object({
  id: Type.String(),
  number: Type.Integer(),
  kind: Type.String(),
  access: Type.String(),
  api: Type.String(),
  producer: Type.String(),
  consumer: text,
  text: Type.String(),
  askedAt: Type.String(),
  dueAt: Type.String(),
  answeredAt: text,
  answer: text,
});
