// The demonstration State's success contracts: invented, the same at every load. Data alone.
import type { Guardrail } from './contracts.types.ts';

/** An invented contract; days count back from the load (negative: to come), values are in the indicator's unit. */
export interface InventedContract {
  /** The code of the organisation that owns it, and who drafts and signs for it. */
  readonly at: string;
  readonly owner: string;
  readonly reviewer: string;
  readonly title: string;
  readonly subject: string;
  readonly problem: string;
  readonly population: string;
  readonly indicator: { readonly title: string; readonly unit: string; readonly direction: 'up' | 'down' };
  readonly baseline: number;
  /** What the measures tend to after the baseline; null when nothing is measured from then on. */
  readonly reaches: number | null;
  readonly noise: number;
  readonly target: number;
  readonly minimum: number;
  readonly baselineAgo: number;
  readonly deadlineAgo: number;
  readonly costEuros: number;
  readonly ceilingEuros: number;
  /** How far it goes. */
  readonly until:
    | 'draft'
    | 'half-signed'
    | 'signed'
    | 'amended'
    | 'extended'
    | 'measured'
    | 'unmeasured'
    | 'scale'
    | 'stop'
    | 'abandoned';
}

/** What every invented contract sets as its guardrails. */
export const INVENTED_GUARDRAILS: Readonly<Record<Guardrail, string>> = {
  accessibility: 'Conformité au RGAA d’au moins 95\u00A0%, sans régression',
  ecoDesign: 'Page la plus lourde sous 500\u00A0Ko',
  security: 'Aucune vulnérabilité critique ouverte plus de sept jours',
  totalCost: 'Coût complet annuel tenu à 10\u00A0% près',
};

const AUDITORS = ['Rémi Delaunay', 'Françoise Ibarra', 'Loïc Tanguy'] as const;

/** Every invented contract. */
export const INVENTED_CONTRACTS: readonly InventedContract[] = [
  {
    at: 'MEF',
    owner: 'Hélène Vasseur',
    reviewer: AUDITORS[0],
    title: 'Déclarer ses revenus sans aide téléphonique',
    subject: 'Déclaration préremplie',
    problem: 'Un foyer sur cinq appelle le centre de contact pour une déclaration simple.',
    population: 'Foyers qui déclarent en ligne, environ 4 millions',
    indicator: { title: 'Déclarations terminées sans appel', unit: '%', direction: 'up' },
    baseline: 78,
    reaches: 87,
    noise: 1.5,
    target: 85,
    minimum: 4,
    baselineAgo: 430,
    deadlineAgo: 40,
    costEuros: 1_200_000,
    ceilingEuros: 200_000,
    until: 'scale',
  },
  {
    at: 'MIN',
    owner: 'François-Xavier Cointet',
    reviewer: AUDITORS[1],
    title: 'Obtenir un titre en moins de trois semaines',
    subject: 'Suivi des titres',
    problem: 'Le suivi en ligne ne réduit pas les délais de remise des titres.',
    population: 'Demandeurs d’un titre d’identité',
    indicator: { title: 'Délai moyen de remise d’un titre', unit: 'jours', direction: 'down' },
    baseline: 38,
    reaches: 38.2,
    noise: 1.2,
    target: 21,
    minimum: 6,
    baselineAgo: 460,
    deadlineAgo: 60,
    costEuros: 2_400_000,
    ceilingEuros: 250_000,
    until: 'stop',
  },
  {
    at: 'MJU',
    owner: 'Mélanie Jourdain',
    reviewer: AUDITORS[2],
    title: 'Comprendre sa convocation du premier coup',
    subject: 'Convocations en langage clair',
    problem: 'Une personne convoquée sur quatre ne se présente pas, souvent faute d’avoir compris.',
    population: 'Personnes convoquées à une audience',
    indicator: { title: 'Présence à l’audience', unit: '%', direction: 'up' },
    baseline: 74,
    reaches: null,
    noise: 2,
    target: 82,
    minimum: 3,
    baselineAgo: 400,
    deadlineAgo: 30,
    costEuros: 380_000,
    ceilingEuros: 90_000,
    until: 'unmeasured',
  },
  {
    at: 'MEC',
    owner: 'Élodie Fabre',
    reviewer: AUDITORS[0],
    title: 'Traiter les dossiers de rénovation en un mois',
    subject: 'Guichet rénovation',
    problem: 'Les ménages attendent la décision d’aide pendant que les devis expirent.',
    population: 'Ménages qui demandent une aide à la rénovation',
    indicator: { title: 'Dossiers décidés en 30 jours', unit: '%', direction: 'up' },
    baseline: 41,
    reaches: 52,
    noise: 3,
    target: 60,
    minimum: 6,
    baselineAgo: 400,
    deadlineAgo: 12,
    costEuros: 900_000,
    ceilingEuros: 120_000,
    until: 'measured',
  },
  {
    at: 'MAA',
    owner: 'Benoît Lacaze',
    reviewer: AUDITORS[1],
    title: 'Télédéclarer les semis sans ressaisie',
    subject: 'Déclaration des surfaces',
    problem: 'Les exploitants saisissent deux fois les mêmes parcelles.',
    population: 'Exploitants agricoles, environ 200\u00A0000',
    indicator: { title: 'Déclarations sans ressaisie', unit: '%', direction: 'up' },
    baseline: 30,
    reaches: 35.2,
    noise: 4,
    target: 45,
    minimum: 5,
    baselineAgo: 430,
    deadlineAgo: 50,
    costEuros: 640_000,
    ceilingEuros: 150_000,
    until: 'extended',
  },
  {
    at: 'MAP',
    owner: 'Inès Belkacem',
    reviewer: AUDITORS[2],
    title: 'Payer les aides sous dix jours',
    subject: 'Paiement des aides',
    problem: 'Les aides accordées sont versées trop tard pour ceux qui en dépendent.',
    population: 'Bénéficiaires d’une aide ponctuelle',
    indicator: { title: 'Délai médian de paiement', unit: 'jours', direction: 'down' },
    baseline: 26,
    reaches: 17,
    noise: 1.5,
    target: 10,
    minimum: 5,
    baselineAgo: 250,
    deadlineAgo: -150,
    costEuros: 1_500_000,
    ceilingEuros: 220_000,
    until: 'amended',
  },
  {
    at: 'MEN',
    owner: 'Aurélien Pasquet',
    reviewer: AUDITORS[0],
    title: 'Inscrire un élève en une seule démarche',
    subject: 'Inscription scolaire en ligne',
    problem: 'Les familles déposent les mêmes pièces à la mairie et à l’école.',
    population: 'Familles d’élèves du premier degré',
    indicator: { title: 'Inscriptions faites en une démarche', unit: '%', direction: 'up' },
    baseline: 22,
    reaches: 31,
    noise: 2,
    target: 50,
    minimum: 10,
    baselineAgo: 200,
    deadlineAgo: -220,
    costEuros: 700_000,
    ceilingEuros: 60_000,
    until: 'signed',
  },
  {
    at: 'MTE',
    owner: 'Aïcha Benali',
    reviewer: AUDITORS[1],
    title: 'Recevoir une première offre sous sept jours',
    subject: 'Rapprochement d’offres',
    problem: 'Les personnes inscrites attendent trois semaines avant une première offre utile.',
    population: 'Personnes nouvellement inscrites',
    indicator: { title: 'Délai avant la première offre', unit: 'jours', direction: 'down' },
    baseline: 21,
    reaches: 20,
    noise: 2,
    target: 7,
    minimum: 6,
    baselineAgo: 45,
    deadlineAgo: -330,
    costEuros: 820_000,
    ceilingEuros: 110_000,
    until: 'half-signed',
  },
  {
    at: 'MSS',
    owner: 'Jérôme Castaing',
    reviewer: AUDITORS[2],
    title: 'Demander une aide sans justificatif',
    subject: 'Aide sociale en ligne',
    problem:
      'Quatre demandes sur dix sont incomplètes faute d’un justificatif déjà connu de l’administration.',
    population: 'Personnes qui demandent une aide sociale',
    indicator: { title: 'Demandes complètes du premier coup', unit: '%', direction: 'up' },
    baseline: 58,
    reaches: null,
    noise: 2,
    target: 80,
    minimum: 10,
    baselineAgo: 20,
    deadlineAgo: -400,
    costEuros: 1_050_000,
    ceilingEuros: 70_000,
    until: 'draft',
  },
  {
    at: 'MCU',
    owner: 'Désiré Okoumé',
    reviewer: AUDITORS[0],
    title: 'Réserver un musée national en deux minutes',
    subject: 'Billetterie commune',
    problem: 'Chaque musée garde sa billetterie, et la moitié des réservations sont abandonnées.',
    population: 'Visiteurs des musées nationaux',
    indicator: { title: 'Réservations menées à terme', unit: '%', direction: 'up' },
    baseline: 51,
    reaches: 53,
    noise: 2,
    target: 70,
    minimum: 8,
    baselineAgo: 300,
    deadlineAgo: -60,
    costEuros: 560_000,
    ceilingEuros: 50_000,
    until: 'abandoned',
  },
];
