// The sentences of the demonstration's project files: invented, the same at every load. Data alone.
import type { FileEventKind } from './files.types.ts';

/** Why an estimate went up, down or further away. */
export const REASONS = {
  dearer: [
    'L’appel d’offres a coûté plus cher que prévu, et deux interfaces n’étaient pas au devis.',
    'La reprise des données anciennes demande une équipe de plus pendant un an.',
    'Le périmètre technique a été sous-estimé\u00A0: trois applications à remplacer au lieu de deux.',
    'Le marché est passé au tarif de l’année, et la sécurité demandée par l’audit s’y ajoute.',
  ],
  later: [
    'La recette a montré des défauts à corriger avant l’ouverture.',
    'Le texte réglementaire attendu a paru avec six mois de retard.',
    'L’équipe n’a été complète qu’au printemps\u00A0: le calendrier est recalé.',
    'L’expérimentation est prolongée d’une région avant de généraliser.',
  ],
  cheaper: [
    'Une brique commune de l’État remplace un développement prévu.',
    'Deux lots sont confiés à l’équipe interne plutôt qu’à un prestataire.',
  ],
  same: ['Rien n’a changé depuis les dernières nouvelles\u00A0: le projet suit son cours.'],
} as const;

/** Why a new baseline was proposed, and what the auditor answered. */
export const REBASELINES = [
  {
    reason: 'La première référence ne comptait pas la reprise des données\u00A0: l’écart vient d’elle.',
    decision: 'La raison est établie par l’audit. La première référence reste celle à laquelle on compare.',
  },
  {
    reason: 'Le périmètre retenu par la conférence numérique est plus large que celui de l’avis.',
    decision: 'Conforme aux décisions de la conférence.',
  },
  {
    reason: 'Le calendrier ne tient plus depuis le report du texte\u00A0: il faut une base réaliste.',
    decision: 'Acceptée, à condition que le prochain jalon soit tenu.',
  },
] as const;

/** What an auditor answers to a new baseline that is refused. */
export const REFUSAL =
  'La dérive vient du pilotage et non du périmètre\u00A0: la référence ne change pas, un plan de redressement est attendu.';

/** Reasons of events. */
export const EVENT_REASONS: Partial<Readonly<Record<FileEventKind, readonly string[]>>> = {
  exit: [
    'Le ministère arrête le projet\u00A0: le besoin est couvert par une solution partagée.',
    'Le marché n’a pas été renouvelé et le projet sort du portefeuille.',
    'Le projet est repris dans un programme plus large du ministère.',
  ],
  finish: ['Le service est ouvert à tous ses usagers et l’ancienne application est éteinte.'],
  suspension: ['Les travaux s’arrêtent le temps d’un audit de sécurité.'],
  'scope-cut': ['Le module de statistiques est abandonné pour tenir la date d’ouverture.'],
  reorientation: ['La conférence numérique demande de livrer par région plutôt que d’un seul coup.'],
};

/** The milestones of every invented project: name, place in the plan (0 to 1), weight. */
export const MILESTONES = [
  { title: 'Cadrage validé', at: 0.1, weight: 1 },
  { title: 'Marché notifié', at: 0.25, weight: 1 },
  { title: 'Première version en recette', at: 0.55, weight: 3 },
  { title: 'Expérimentation terminée', at: 0.75, weight: 2 },
  { title: 'Ouverture à tous', at: 1, weight: 3 },
] as const;

/** What every invented ministry counts of its projects: one indicator each. */
export const COMMON_INDICATOR = {
  title: (ministry: string) => `Démarches menées en ligne jusqu’au bout, ${ministry}`,
  unit: '%',
  population: 'Usagers des services du ministère',
  definition: 'Part des démarches commencées en ligne qui sont terminées sans guichet ni téléphone.',
} as const;

/** The priorities that projects serve. */
export const PRIORITIES = [
  'Simplifier la vie des usagers',
  'Souveraineté numérique',
  'Transition écologique',
  'Accès aux droits',
  'Sécurité du quotidien',
] as const;
