// The shapes of what the demonstration providers' sign-in pages are sent. Whether a person exists is asked elsewhere.
import { Type } from 'typebox';
import { ASSURANCES } from '../hub/realms.ts';

/** Which sign-in: the library's id of it. */
export const signInParams = Type.Object({ uid: Type.String({ minLength: 1, maxLength: 100 }) });

/** What is searched; empty for everybody, whatever the service proposed. */
export const signInQuery = Type.Object({ q: Type.Optional(Type.String({ maxLength: 200 })) });

/** Who signs in, at which level; or nobody, when the person goes back. */
export const signInForm = Type.Object({
  person: Type.Optional(Type.String({ minLength: 1, maxLength: 100 })),
  level: Type.Optional(Type.Union(ASSURANCES.map((level) => Type.Literal(level)))),
  cancel: Type.Optional(Type.Literal('yes')),
});
