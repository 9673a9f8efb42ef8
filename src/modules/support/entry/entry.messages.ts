// The words of the entry page, in both languages.
import { defineMessages } from '#platform/i18n/locale.ts';

/** The words in `locale`. */
export const supportEntryMessages = defineMessages('support.entry', {
  fr: {
    title: 'Soutien',
    lead: 'L’État aide ses projets par des personnes et par des fonds\u00A0; chaque aide se donne contre un contrat de succès.',
    principles: [
      'Les brigades numériques prêtent leur expertise pour un temps et un résultat.',
      'Les doctrines de l’État sont des listes de critères versionnées\u00A0; ce qui est financé s’y conforme ou obtient une dérogation datée.',
      'Un guichet verse par tranches, chacune contre un résultat vérifié.',
    ],
    signIn: 'Connectez-vous pour demander une aide ou suivre la vôtre.',
  },
  en: {
    title: 'Support',
    lead: 'The State helps its projects with people and with money; each support is given against a success contract.',
    principles: [
      'Digital brigades lend their expertise for a time and a result.',
      'The State’s doctrines are versioned lists of criteria; what is financed conforms or holds a dated exemption.',
      'A funding window pays by instalments, each against a verified result.',
    ],
    signIn: 'Sign in to ask for support or to follow yours.',
  },
});
