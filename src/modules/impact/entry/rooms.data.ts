// THE list of the rooms of the module that its entry page leads to, in the order in which it shows them.
import type { Guarded } from '#platform/http/open-rooms.ts';
import type { Room } from '#ui/components/rooms.ts';

/** The rooms. */
export const ROOMS: readonly (Room & Guarded)[] = [
  {
    href: '/impact/contracts/mine',
    group: 'yours',
    title: { fr: 'Vos contrats de succès', en: 'Your success contracts' },
    text: { fr: 'Rédiger, signer, amender, juger.', en: 'Draft, sign, amend, judge.' },
    allows: ['agent', 'product-team', 'digital-director', 'auditor', 'data-producer', 'administrator'],
  },
  {
    href: '/impact/sources',
    group: 'yours',
    title: { fr: 'Sources de mesures', en: 'Sources of measures' },
    text: {
      fr: 'Adresses lues, jetons, fichiers, et ce qui manque.',
      en: 'Addresses that are read, tokens, files, and what is missing.',
    },
    allows: ['agent', 'product-team', 'digital-director', 'auditor', 'data-producer', 'administrator'],
  },
  {
    href: '/impact/contracts',
    group: 'open',
    title: { fr: 'Contrats de succès', en: 'Success contracts' },
    text: {
      fr: 'Ce qui a été promis, ce qui a été mesuré, ce qui a été décidé.',
      en: 'What was promised, what was measured, what was decided.',
    },
    allows: 'everyone',
  },
  {
    href: '/impact/indicators',
    group: 'open',
    title: { fr: 'Indicateurs', en: 'Indicators' },
    text: {
      fr: 'Chaque indicateur, sa définition et sa série.',
      en: 'Each indicator, its definition and its series.',
    },
    allows: 'everyone',
  },
];
