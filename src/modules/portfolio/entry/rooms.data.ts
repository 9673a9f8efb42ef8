// THE list of the rooms of the module that its entry page leads to, in the order in which it shows them. A room whose
// address is not served is not shown.
import type { Guarded } from '#platform/http/open-rooms.ts';
import type { Room } from '#ui/components/rooms.ts';

const WORKING = ['agent', 'product-team', 'digital-director', 'auditor', 'administrator'] as const;

/** The rooms. */
export const ROOMS: readonly (Room & Guarded)[] = [
  {
    href: '/projects/files',
    group: 'yours',
    title: { fr: 'Dossiers de projet', en: 'Project files' },
    text: {
      fr: 'Coût complet, jalons, objectifs, références et dérive.',
      en: 'Full cost, milestones, objectives, baselines and slippage.',
    },
    allows: WORKING,
  },
  {
    href: '/projects/opinions/requests',
    group: 'yours',
    title: { fr: 'Demandes d’avis', en: 'Requests for opinions' },
    text: {
      fr: 'Saisir, instruire, consulter, rendre l’avis.',
      en: 'Refer, examine, consult, give the opinion.',
    },
    allows: WORKING,
  },
  {
    href: '/projects/watch',
    group: 'yours',
    title: { fr: 'Veille et alertes', en: 'Watch and alerts' },
    text: {
      fr: 'Les projets en difficulté, et ce qui est décidé.',
      en: 'Projects in difficulty, and what is decided.',
    },
    allows: WORKING,
  },
  {
    href: '/projects/recommendations',
    group: 'yours',
    title: { fr: 'Recommandations', en: 'Recommendations' },
    text: { fr: 'Accepter, planifier, prouver, clore.', en: 'Accept, plan, prove, close.' },
    allows: WORKING,
  },
  {
    href: '/projects/audits',
    group: 'yours',
    title: { fr: 'Audits', en: 'Audits' },
    text: { fr: 'Demande, mission, constats, conclusions.', en: 'Request, mission, findings, conclusions.' },
    allows: WORKING,
  },
  {
    href: '/projects/conferences',
    group: 'yours',
    title: { fr: 'Conférences numériques ministérielles', en: 'Ministerial digital conferences' },
    text: {
      fr: 'Ordre du jour, fiches, décisions, procès-verbal.',
      en: 'Agenda, sheets, decisions, minutes.',
    },
    allows: WORKING,
  },
  {
    href: '/panorama/matches',
    group: 'yours',
    title: { fr: 'Rapprochements', en: 'Matches' },
    text: { fr: 'Dire quels noms sont un même projet.', en: 'Tell which names are one project.' },
    allows: ['auditor', 'administrator'],
  },
  {
    href: '/panorama/import',
    group: 'yours',
    title: { fr: 'Importer une édition', en: 'Import an edition' },
    text: { fr: 'Le tableau publié, en CSV.', en: 'The published table, as CSV.' },
    allows: ['auditor', 'administrator'],
  },
  {
    href: '/panorama',
    group: 'open',
    title: { fr: 'Panorama', en: 'Panorama' },
    text: {
      fr: 'Les éditions publiées, les moyennes, les projets.',
      en: 'Published editions, averages, projects.',
    },
    allows: 'everyone',
  },
  {
    href: '/projects/slippage',
    group: 'open',
    title: { fr: 'Écarts de coût, de délai et de périmètre', en: 'Slippage of cost, schedule and scope' },
    text: {
      fr: 'Moyennes simples et corrigées des sorties, avec leur distribution.',
      en: 'Plain means and means corrected for exits, with their distribution.',
    },
    allows: 'everyone',
  },
  {
    href: '/projects/opinions',
    group: 'open',
    title: { fr: 'Avis publiés', en: 'Published opinions' },
    text: {
      fr: 'Avis au titre de l’article 3, et leurs suites.',
      en: 'Opinions under article 3, and what followed.',
    },
    allows: 'everyone',
  },
  {
    href: '/projects/recommendations/public',
    group: 'open',
    title: { fr: 'Suites des recommandations', en: 'What became of recommendations' },
    text: { fr: 'Acceptées, mises en œuvre, en retard.', en: 'Accepted, implemented, overdue.' },
    allows: 'everyone',
  },
  {
    href: '/projects/calibration',
    group: 'open',
    title: { fr: 'Justesse des prévisions', en: 'Calibration of forecasts' },
    text: {
      fr: 'Ce que la direction avait prévu, et ce qui est arrivé.',
      en: 'What the directorate had forecast, and what happened.',
    },
    allows: 'everyone',
  },
  {
    href: '/projects/settings',
    group: 'open',
    title: { fr: 'Seuils et délais', en: 'Thresholds and delays' },
    text: {
      fr: 'Chaque valeur, sa date d’effet et sa source.',
      en: 'Each value, its date of effect and source.',
    },
    allows: 'everyone',
  },
];
