// What the demonstration's recommendations ask, and what was answered. Data alone.
import type { RecommendationState } from './recommendations.types.ts';

/** What is asked of projects. */
export const INVENTED_TEXTS: readonly string[] = [
  'Ramener la part externalisée sous 80 % en internalisant la maîtrise d’œuvre avant la fin du pilote.',
  'Mesurer chaque trimestre le délai de traitement des dossiers et publier la série dans les indicateurs du contrat de succès.',
  'Découper le lot de reprise des données en trois livraisons, chacune vérifiée par un service pilote avant la suivante.',
  'Nommer un directeur de projet à plein temps, seul responsable du calendrier devant le comité.',
  'Réduire le périmètre de la première mise en service aux deux démarches les plus utilisées, et dire ce qui est reporté.',
  'Faire auditer l’accessibilité du parcours usager et corriger les critères bloquants avant le déploiement.',
  'Écrire le plan de sortie du système actuel, avec la date de son arrêt et les économies qui en dépendent.',
  'Réestimer le coût complet sur la durée de fonctionnement, personnels compris, et faire approuver la nouvelle référence.',
  'Ouvrir les interfaces du projet par le catalogue interministériel plutôt que par des échanges de fichiers.',
  'Conduire une revue de sécurité indépendante avant l’ouverture aux usagers, et traiter les constats majeurs.',
  'Remplacer le comité mensuel par un point de décision toutes les deux semaines, avec un relevé des décisions.',
  'Former les agents des trois premières directions avant la bascule, et mesurer l’usage réel un mois après.',
];

/** How many stand where, and for how many days the due day has passed (below zero: to come). */
export const INVENTED_STANDINGS: readonly {
  readonly state: RecommendationState;
  readonly lateDays: readonly number[];
}[] = [
  { state: 'issued', lateDays: [-80, -74, -66, -45, -40, -31, 4, 22, 51] },
  { state: 'accepted', lateDays: [-95, -70, -52, -21, -12, 3, 18, 60, 97] },
  { state: 'planned', lateDays: [-120, -90, -75, -60, -30, -8, 2, 16, 47, 93, 130] },
  { state: 'evidenced', lateDays: [-40, -15, -3, 10, 25] },
  { state: 'refused', lateDays: [-10, 20, 60, 120] },
  { state: 'implemented', lateDays: [10, 30, 45, 60, 80, 110, 140, 170, 200, 240, 300] },
  { state: 'not-implemented', lateDays: [40, 90, 150, 210, 260] },
];

/** What was written on the way. */
export const INVENTED_ANSWERS = {
  refuse:
    'Le ministère ne retient pas cette recommandation\u00A0: le marché en cours s’achève dans cinq mois, et le suivant prévoit déjà cette organisation.',
  evidence:
    'Le relevé du comité du mois dernier et la mesure publiée montrent que c’est fait\u00A0; les pièces sont au dossier du projet.',
  closed: 'La preuve apportée suffit\u00A0: la mesure a changé depuis, comme attendu.',
  failed: 'L’échéance est passée de plusieurs mois et rien de ce qui était demandé n’a commencé.',
} as const;
