// The words of the entry page, in both languages.
import { defineMessages } from '#platform/i18n/locale.ts';

/** The words in `locale`. */
export const oversightMessages = defineMessages('portfolio.entry', {
  fr: {
    title: 'Grands projets',
    lead: 'Chaque écart et chaque recommandation finit par une réorientation enregistrée, ou par un refus enregistré et signé.',
    principles: [
      'Le premier budget et la première date sont figés\u00A0; tout écart se lit contre eux, et contre les derniers.',
      'Sans objectif d’impact chiffré et daté, aucune demande d’avis n’est reçue.',
      'Une alerte reste ouverte tant que personne n’a décidé.',
      'Chaque prévision et chaque avis est daté, puis noté quand l’issue est connue.',
    ],
    signIn: 'Connectez-vous pour tenir vos projets ou instruire ceux des ministères.',
  },
  en: {
    title: 'Major projects',
    lead: 'Every deviation and every recommendation ends in a recorded reorientation, or in a recorded refusal that somebody signed.',
    principles: [
      'The first budget and the first date are frozen; slippage is read against them, and against the latest.',
      'Without an impact objective in figures and with a date, no request for an opinion is received.',
      'An alert stays open until somebody has decided.',
      'Each forecast and each opinion is dated, and scored when the outcome is known.',
    ],
    signIn: 'Sign in to keep your projects or to examine those of the ministries.',
  },
});
