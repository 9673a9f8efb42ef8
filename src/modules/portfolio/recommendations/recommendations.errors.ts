// Refusals of what is asked of recommendations, each in words that say what to do.
import { defineError } from '#platform/errors.ts';

/** Its state does not allow the step. */
export const recommendationIsElsewhere = defineError('portfolio.recommendation-is-elsewhere', 'conflict', {
  fr: 'La recommandation n’est plus dans un état qui permet cette action. Rechargez la page pour voir où elle en est.',
  en: 'The recommendation is no longer in a state that allows this. Reload the page to see where it is.',
});

/** Somebody else took a step since it was read. */
export const recommendationChangedSince = defineError('portfolio.recommendation-changed-since', 'conflict', {
  fr: 'Quelqu’un d’autre a agi sur cette recommandation depuis que vous l’avez ouverte. Rien n’a été enregistré\u00A0: relisez-la, puis recommencez.',
  en: 'Somebody else acted on this recommendation since you opened it. Nothing was saved: read it again, then try again.',
});

/** Nobody judges what they did themselves. */
export const ownRecommendation = defineError('portfolio.recommendation-by-its-owner', 'forbidden', {
  fr: 'Vous répondez de cette recommandation, ou l’avez planifiée ou justifiée\u00A0: quelqu’un d’autre doit la clore.',
  en: 'You answer for this recommendation, or planned it or gave its evidence: somebody else must close it.',
});
