// The refusals of this module, each with its code and public text. Field errors are beside the rules that find them.
import { defineError } from '#platform/errors.ts';

/** E-mail or password is wrong, or nobody has this account: one answer for all, so that nobody learns which. */
export const wrongCredentials = defineError('identity.wrong-credentials', 'unprocessable', {
  fr: 'L’adresse électronique ou le mot de passe n’est pas juste. Vérifiez-les et essayez de nouveau.',
  en: 'The e-mail address or the password is not right. Check them and try again.',
});

/** The code of the second factor is wrong, was used before, or is too old. */
export const wrongCode = defineError('identity.wrong-code', 'unprocessable', {
  fr: 'Ce code n’est pas juste ou a déjà servi. Attendez le code suivant de votre application et saisissez-le.',
  en: 'This code is not right or was used before. Wait for the next code of your application and enter it.',
});

/** The passkey did not prove the person. */
export const wrongPasskey = defineError('identity.wrong-passkey', 'unprocessable', {
  fr: 'Cette clé d’accès n’a pas été reconnue. Essayez de nouveau, ou employez un autre moyen.',
  en: 'This passkey was not recognised. Try again, or use another way.',
});

/** Too many attempts on one account; `seconds` until the next one is looked at. */
export const tooManyAttempts = defineError<[seconds: number]>('identity.too-many-attempts', 'too-many', {
  fr: (seconds) =>
    `Trop d’essais sur ce compte. Attendez ${seconds < 120 ? `${seconds} secondes` : `${Math.ceil(seconds / 60)} minutes`}, puis essayez de nouveau. Si vous avez oublié votre mot de passe, demandez une nouvelle invitation à votre administrateur.`,
  en: (seconds) =>
    `Too many attempts on this account. Wait ${seconds < 120 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`}, then try again. If you have forgotten your password, ask your administrator for a new invitation.`,
});

/** More people sign in at once than the machine can check. */
export const tooBusy = defineError('identity.too-busy', 'unavailable', {
  fr: 'Beaucoup de personnes se connectent en ce moment. Essayez de nouveau dans une minute.',
  en: 'Many people are signing in at the moment. Try again in a minute.',
});

/** The invitation was used, replaced or is older than a day, or never was. */
export const invitationIsOver = defineError('identity.invitation-is-over', 'not-found', {
  fr: 'Ce lien d’invitation n’est plus valable\u00A0: il a déjà servi ou date de plus de 24 heures. Demandez-en un nouveau à votre administrateur.',
  en: 'This invitation link is no longer valid: it was used already or is more than 24 hours old. Ask your administrator for a new one.',
});

/** The person already holds this role there for part of that period. */
export const roleIsHeldAlready = defineError('identity.role-is-held-already', 'conflict', {
  fr: 'Cette personne tient déjà ce rôle dans cette organisation pendant cette période.',
  en: 'This person already holds this role in this organisation during this period.',
});

/** The membership had ended before. */
export const membershipHasEnded = defineError('identity.membership-has-ended', 'conflict', {
  fr: 'Ce rôle avait déjà pris fin.',
  en: 'This role had already ended.',
});

/** Nobody could administer the installation any more. */
export const lastAdministrator = defineError('identity.last-administrator', 'conflict', {
  fr: 'C’est le dernier administrateur\u00A0: donnez d’abord ce rôle à une autre personne.',
  en: 'This is the last administrator: first give this role to another person.',
});

/** The role that the person holds asks for a second factor, and this is the last one. */
export const lastSecondFactor = defineError('identity.last-second-factor', 'conflict', {
  fr: 'Votre rôle demande un second facteur et celui-ci est le dernier\u00A0: ajoutez-en un autre avant de le retirer.',
  en: 'Your role asks for a second factor and this is the last one: add another before you remove it.',
});

/** People made up for the demonstration have no password to change and no account to close. */
export const fictitiousPerson = defineError('identity.fictitious-person', 'conflict', {
  fr: 'Cette personne fictive de la démonstration n’a pas de mot de passe\u00A0: on entre en un clic.',
  en: 'This fictitious person of the demonstration has no password: one click enters.',
});
