// The refusals of SCIM, each with its code and public text. How they are answered is in scim-answers.ts.
import { defineError } from '#platform/errors.ts';
import type { Translated } from '#platform/i18n/locale.ts';

/** No token, one that is unknown, or one that was revoked. */
export const scimTokenRefused = defineError('identity.scim-token-refused', 'unauthenticated', {
  fr: 'Ce jeton d’approvisionnement est absent, inconnu ou révoqué. Envoyez un jeton valable dans l’en-tête Authorization.',
  en: 'This provisioning token is missing, unknown or revoked. Send a valid token in the Authorization header.',
});

/** Another user of this directory has this userName, or is this person. */
export const scimNotUnique = defineError('identity.scim-not-unique', 'conflict', {
  fr: 'Un autre utilisateur de cet annuaire a déjà ce userName ou cette adresse électronique.',
  en: 'Another user of this directory already has this userName or this e-mail address.',
});

/** The person's address belongs to somebody else in Socle. */
export const scimEmailTaken = defineError('identity.scim-email-taken', 'conflict', {
  fr: 'Une autre personne a déjà cette adresse électronique.',
  en: 'Another person already has this e-mail address.',
});

/** The filter cannot be read, or asks for what is not offered. */
export const scimFilterRefused = defineError<[reason: Translated]>(
  'identity.scim-filter-refused',
  'invalid',
  {
    fr: (reason) => `Ce filtre n’est pas accepté\u00A0: ${reason.fr}`,
    en: (reason) => `This filter is not accepted: ${reason.en}`,
  },
);

/** The body is not what the message should be. */
export const scimSyntax = defineError<[reason: Translated]>('identity.scim-syntax', 'invalid', {
  fr: (reason) => `Le corps de la demande n’est pas celui attendu\u00A0: ${reason.fr}`,
  en: (reason) => `The body of the request is not what is expected: ${reason.en}`,
});

/** A PATCH names a place that is none. */
export const scimPathRefused = defineError('identity.scim-path-refused', 'invalid', {
  fr: 'Un chemin de cette opération n’est pas accepté.',
  en: 'A path of this operation is not accepted.',
});

/** If-Match names another version than the one that is kept (RFC 7644, 3.14). */
export const scimVersionPassed = defineError('identity.scim-version-passed', 'conflict', {
  fr: 'Cet utilisateur a changé depuis la version que vous citez. Lisez-le de nouveau avant de le modifier.',
  en: 'This user has changed since the version that you name. Read it again before you change it.',
});
