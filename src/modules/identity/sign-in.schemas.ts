// The shapes of the forms at the door. They bound what is sent; rules and actions judge it.
import { Type } from 'typebox';

const text = (maxLength: number) => Type.String({ maxLength, default: '' });

/** What the sign-in page may be asked. */
export const signInQuery = Type.Object({ back: Type.Optional(Type.String({ maxLength: 2000 })) });

/** E-mail and password. */
export const signInForm = Type.Object({ email: text(1000), password: text(1000) });

/** Whom to be in the demonstration. */
export const demonstrationForm = Type.Object({ personId: Type.String({ format: 'uuid' }) });

/** A code of the application, or a recovery code. */
export const codeForm = Type.Object({ code: text(200) });

/** What a passkey answered, as JSON in a hidden field, and the name given to a new one. */
export const passkeyForm = Type.Object({ response: text(20_000), name: text(200) });

/** A new password, twice. */
export const newPasswordForm = Type.Object({ password: text(1000), repeated: text(1000) });

/** A new password, twice, and the present one. */
export const changePasswordForm = Type.Object({
  current: text(1000),
  password: text(1000),
  repeated: text(1000),
});

/** The present password, to confirm. */
export const confirmationForm = Type.Object({ current: text(1000) });

/** The token in an invitation's address. */
export const invitationParams = Type.Object({ token: Type.String({ pattern: '^[A-Za-z0-9_-]{1,100}$' }) });
