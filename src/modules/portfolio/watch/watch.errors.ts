// Refusals of what is asked of alerts, in words that say what to do.
import { defineError } from '#platform/errors.ts';

/** Somebody decided before. */
export const alertIsDecided = defineError('portfolio.alert-is-decided', 'conflict', {
  fr: 'Une décision a déjà été prise sur cette alerte. Rien n’a été enregistré\u00A0: rechargez la page pour la lire.',
  en: 'A decision was already taken on this alert. Nothing was saved: reload the page to read it.',
});
