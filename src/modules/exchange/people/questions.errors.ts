// Refusals about questions on accesses.
import { defineError } from '#platform/errors.ts';

/** The person has asked about this access already, and waits for the answer. */
export const questionWaits = defineError('exchange.question-waits', 'conflict', {
  fr: 'Vous avez déjà écrit à propos de cet accès\u00A0: attendez la réponse avant d’écrire de nouveau.',
  en: 'You have written about this access already: wait for the answer before you write again.',
});

/** Somebody has answered. */
export const questionIsAnswered = defineError('exchange.question-is-answered', 'conflict', {
  fr: 'Une réponse a déjà été envoyée\u00A0: elle ne peut plus être changée.',
  en: 'An answer has been sent already: it can no longer be changed.',
});

/** Too many wait at once. */
export const tooManyQuestions = defineError('exchange.too-many-questions', 'conflict', {
  fr: 'Vingt de vos questions attendent déjà une réponse. Attendez-en une avant d’en poser une autre.',
  en: 'Twenty of your questions wait for an answer already. Wait for one before you ask another.',
});

/** There is nobody to ask: the call named no API. */
export const nobodyToAsk = defineError('exchange.nobody-to-ask', 'conflict', {
  fr: 'Cet appel ne désignait aucune API\u00A0: aucune donnée n’est sortie, et personne ne peut répondre.',
  en: 'This call named no API: no data left, and there is nobody to answer.',
});
