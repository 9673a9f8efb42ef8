// THE list of the rooms of the module that its entry page leads to, in the order in which it shows them.
import type { Guarded } from '#platform/http/open-rooms.ts';
import type { Room } from '#ui/components/rooms.ts';

/** The rooms. */
export const ROOMS: readonly (Room & Guarded)[] = [
  {
    href: '/support/requests',
    group: 'yours',
    title: { fr: 'Demandes d’aide', en: 'Requests for help' },
    text: { fr: 'Demander une expertise, suivre la réponse.', en: 'Ask for expertise, follow the answer.' },
    allows: ['agent', 'product-team', 'digital-director', 'auditor', 'administrator'],
  },
  {
    href: '/support/missions',
    group: 'yours',
    title: { fr: 'Missions', en: 'Missions' },
    text: {
      fr: 'Jours prévus et passés, livrables, avis.',
      en: 'Days planned and spent, deliverables, feedback.',
    },
    allows: ['agent', 'product-team', 'digital-director', 'auditor', 'data-producer', 'administrator'],
  },
  {
    href: '/support/brigade',
    group: 'yours',
    title: { fr: 'Brigades', en: 'Brigades' },
    text: { fr: 'Personnes, compétences, disponibilités.', en: 'People, skills, availability.' },
    allows: ['auditor', 'administrator'],
  },
  {
    href: '/support/assessments',
    group: 'yours',
    title: { fr: 'Évaluations aux doctrines', en: 'Assessments against doctrines' },
    text: {
      fr: 'Déclarer, apporter une preuve, demander une dérogation.',
      en: 'Declare, hand in evidence, ask for an exemption.',
    },
    allows: ['agent', 'product-team', 'digital-director', 'auditor', 'data-producer', 'administrator'],
  },
  {
    href: '/support/applications',
    group: 'yours',
    title: { fr: 'Candidatures aux guichets', en: 'Applications to windows' },
    text: { fr: 'Déposer, suivre, recevoir une tranche.', en: 'File, follow, receive an instalment.' },
    allows: ['agent', 'product-team', 'digital-director', 'auditor', 'data-producer', 'administrator'],
  },
  {
    href: '/support/jury',
    group: 'yours',
    title: { fr: 'Candidatures à noter', en: 'Applications to score' },
    text: { fr: 'Pour les membres d’un jury.', en: 'For the members of a jury.' },
    allows: ['agent', 'product-team', 'digital-director', 'auditor', 'data-producer', 'administrator'],
  },
  {
    href: '/support/missions/public',
    group: 'open',
    title: { fr: 'Ce que les missions ont apporté', en: 'What missions brought' },
    text: { fr: 'Missions, jours et avis par expertise.', en: 'Missions, days and feedback by expertise.' },
    allows: 'everyone',
  },
  {
    href: '/support/doctrines',
    group: 'open',
    title: { fr: 'Doctrines', en: 'Doctrines' },
    text: { fr: 'Les critères, et ce qui a changé.', en: 'The criteria, and what changed.' },
    allows: 'everyone',
  },
  {
    href: '/support/windows',
    group: 'open',
    title: { fr: 'Guichets de financement', en: 'Funding windows' },
    text: {
      fr: 'Ce que chacun a financé, et ce que cela a apporté.',
      en: 'What each financed, and what it brought.',
    },
    allows: 'everyone',
  },
];
