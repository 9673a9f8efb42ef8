// What the demonstration's identity providers refuse in their own words; the library's refusals have codes of their own.
import { defineError } from '#platform/errors.ts';

/** The sign-in that the page belongs to is over, or is another browser's. */
export const signInExpired = defineError('identity.demonstration-sign-in-expired', 'invalid', {
  fr: 'Cette connexion a expiré ou a commencé dans un autre navigateur. Retournez au service et recommencez.',
  en: 'This sign-in has expired or began in another browser. Go back to the service and start again.',
});
