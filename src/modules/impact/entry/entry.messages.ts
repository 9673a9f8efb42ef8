// The words of the entry page, in both languages.
import { defineMessages } from '#platform/i18n/locale.ts';

/** The words in `locale`. */
export const impactEntryMessages = defineMessages('impact.entry', {
  fr: {
    title: 'Impact',
    lead: 'Aucun projet ne démarre sans objectif d’impact, et aucun ne continue sans mesure.',
    principles: [
      'Un indicateur dit ce qu’il compte, chez qui, d’où il vient\u00A0; déclaré et mesuré ne se mêlent jamais.',
      'Un contrat de succès fixe la cible, l’échéance et la règle de décision avant la première mesure.',
      'Le verdict se calcule avec son incertitude, et quelqu’un d’autre que le porteur le rend.',
    ],
    signIn: 'Connectez-vous pour suivre vos indicateurs et vos contrats.',
  },
  en: {
    title: 'Impact',
    lead: 'No project starts without an impact objective, and none goes on without a measure.',
    principles: [
      'An indicator says what it counts, for whom and where it comes from; declared and measured never mix.',
      'A success contract fixes target, deadline and decision rule before the first measure.',
      'The verdict is computed with its uncertainty, and given by somebody other than the owner.',
    ],
    signIn: 'Sign in to follow your indicators and contracts.',
  },
});
