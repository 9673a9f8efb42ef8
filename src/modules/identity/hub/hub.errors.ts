// The refusals of the hub's own pages, each with its code and public text. The protocol's errors are the library's.
import { defineError } from '#platform/errors.ts';

/** The interaction has ended, or belongs to another browser. */
export const interactionIsOver = defineError('identity.interaction-is-over', 'not-found', {
  fr: 'Cette connexion a expiré ou a commencé dans un autre navigateur. Revenez au service où vous vouliez entrer et recommencez.',
  en: 'This sign-in has expired or began in another browser. Go back to the service that you wanted to enter and start again.',
});

/** The provider's answer belongs to no sign-in that this browser began, or to one that was answered before. */
export const answerBelongsToNobody = defineError('identity.answer-belongs-to-nobody', 'forbidden', {
  fr: 'Cette réponse ne correspond à aucune connexion commencée dans ce navigateur, ou elle a déjà servi. Par sécurité, elle est écartée. Revenez au service et recommencez.',
  en: 'This answer fits no sign-in that began in this browser, or was used before. For safety it is set aside. Go back to the service and start again.',
});

/** What came back from the hub to Socle does not fit the sign-in that this session began. */
export const signInFailed = defineError('identity.sign-in-failed', 'unprocessable', {
  fr: 'La connexion n’a pas abouti, ou a déjà servi. Revenez à la page de connexion et recommencez.',
  en: 'The sign-in did not succeed, or was used already. Go back to the sign-in page and start again.',
});
