// The demonstration State's indicators: invented products, what is counted of them, and how their series run.
import type { Aggregation, Cadence, Direction, MeasureOrigin } from './indicators.types.ts';

/** An invented indicator. Its series goes from `start` to `end` over two years, with noise around the way. */
export interface InventedIndicator {
  readonly word: string;
  readonly title: string;
  readonly subject: string;
  readonly at: string;
  readonly unit: string;
  readonly direction: Direction;
  readonly population: string;
  readonly aggregation: Aggregation;
  readonly cadence: Cadence;
  readonly origins: readonly MeasureOrigin[];
  readonly definition: string;
  readonly start: number;
  readonly end: number;
  /** Share of the value by which it moves from one measure to the next. */
  readonly noise: number;
  /** A month (0 is the oldest of the 24) without measures. */
  readonly gapMonth?: number;
  /** A month in which the values are multiplied by three. */
  readonly jumpMonth?: number;
  /** How many months ago the series ends; it goes on until today unless told. */
  readonly endsMonthsAgo?: number;
  /** How the product publishes its statistics, where it does: the last days are then left to the source that reads them. */
  readonly publishes?: 'json' | 'csv';
}

/** What most of them share. */
const COMMON = {
  direction: 'up',
  aggregation: 'sum',
  cadence: 'daily',
  origins: ['measured'],
  noise: 0.06,
} as const;

/** The invented indicators. */
export const INVENTED_INDICATORS: readonly InventedIndicator[] = [
  {
    ...COMMON,
    word: 'cantine',
    title: 'Demandes de quotient familial menées jusqu’au bout',
    subject: 'Cantine en ligne',
    at: 'DNE',
    unit: 'demandes',
    population: 'Familles qui inscrivent un enfant à la cantine',
    definition: 'Demandes envoyées et acceptées sans pièce jointe, comptées le jour de l’envoi.',
    start: 310,
    end: 920,
    publishes: 'json',
  },
  {
    ...COMMON,
    word: 'cantine-delai',
    title: 'Délai de réponse aux familles',
    subject: 'Cantine en ligne',
    at: 'DNE',
    unit: 'jours',
    direction: 'down',
    aggregation: 'mean',
    cadence: 'weekly',
    population: 'Familles qui inscrivent un enfant à la cantine',
    definition: 'Jours entre l’envoi de la demande et la réponse, en moyenne sur la semaine.',
    start: 14,
    end: 3.2,
  },
  {
    ...COMMON,
    word: 'impots-satisfaction',
    title: 'Satisfaction des usagers',
    subject: 'Mon espace impôts',
    at: 'DGI',
    unit: '%',
    aggregation: 'mean',
    cadence: 'monthly',
    origins: ['declared'],
    population: 'Usagers qui ont répondu à l’enquête en fin de démarche',
    definition: 'Part des réponses 4 ou 5 sur 5 à la question «\u00A0Cette démarche a été facile\u00A0».',
    start: 61,
    end: 78,
    noise: 0.015,
  },
  {
    ...COMMON,
    word: 'impots-appels',
    title: 'Appels reçus par les centres',
    subject: 'Mon espace impôts',
    at: 'DGI',
    unit: 'appels',
    direction: 'down',
    cadence: 'weekly',
    population: 'Usagers qui appellent un centre de contact',
    definition: 'Appels décrochés par semaine, tous centres confondus.',
    start: 48_000,
    end: 35_500,
    jumpMonth: 20,
  },
  {
    ...COMMON,
    word: 'ecole-connexions',
    title: 'Élèves connectés dans le mois',
    subject: 'Cahier numérique',
    at: 'DNU',
    unit: 'élèves',
    aggregation: 'last',
    cadence: 'monthly',
    origins: ['measured', 'declared'],
    population: 'Élèves du premier degré',
    definition:
      'Élèves différents qui ont ouvert leur cahier au moins une fois, au dernier jour connu du mois.',
    start: 120_000,
    end: 412_000,
    noise: 0.03,
  },
  {
    ...COMMON,
    word: 'ecole-accessibilite',
    title: 'Critères d’accessibilité respectés',
    subject: 'Cahier numérique',
    at: 'DNU',
    unit: '%',
    aggregation: 'last',
    cadence: 'monthly',
    origins: ['declared'],
    population: 'Pages de l’échantillon de l’audit',
    definition: 'Part des critères applicables du référentiel respectés, à l’audit du mois.',
    start: 52,
    end: 91,
    noise: 0.01,
    gapMonth: 13,
  },
  {
    ...COMMON,
    word: 'sante-rendez-vous',
    title: 'Rendez-vous de prévention pris en ligne',
    subject: 'Carnet de prévention',
    at: 'DSA',
    unit: 'rendez-vous',
    population: 'Assurés de 18 à 75 ans',
    definition: 'Rendez-vous confirmés, comptés le jour de la prise.',
    start: 1_450,
    end: 2_980,
    gapMonth: 18,
    publishes: 'csv',
  },
  {
    ...COMMON,
    word: 'sante-abandon',
    title: 'Démarches abandonnées',
    subject: 'Carnet de prévention',
    at: 'DSA',
    unit: '%',
    direction: 'down',
    aggregation: 'mean',
    population: 'Assurés qui commencent une prise de rendez-vous',
    definition: 'Part des prises de rendez-vous commencées et non confirmées dans l’heure.',
    start: 34,
    end: 19,
    endsMonthsAgo: 1,
    publishes: 'csv',
  },
  {
    ...COMMON,
    word: 'plainte-delai',
    title: 'Temps pour déposer une plainte',
    subject: 'Plainte en ligne',
    at: 'DNI',
    unit: 'minutes',
    direction: 'down',
    aggregation: 'mean',
    cadence: 'weekly',
    population: 'Personnes qui déposent une plainte en ligne',
    definition:
      'Minutes entre l’ouverture du formulaire et l’accusé de réception, en médiane sur la semaine.',
    start: 42,
    end: 40,
    noise: 0.04,
  },
  {
    ...COMMON,
    word: 'emploi-retour',
    title: 'Retours à l’emploi dans les six mois',
    subject: 'Tremplin insertion',
    at: 'AIE',
    unit: 'personnes',
    cadence: 'monthly',
    origins: ['declared'],
    population: 'Personnes suivies par une structure d’insertion',
    definition:
      'Contrats de plus d’un mois signés dans les six mois après l’entrée, déclarés par les structures.',
    start: 640,
    end: 1_120,
    endsMonthsAgo: 4,
  },
  {
    ...COMMON,
    word: 'emploi-cout',
    title: 'Coût par dossier traité',
    subject: 'Tremplin insertion',
    at: 'AIE',
    unit: '€',
    direction: 'down',
    aggregation: 'mean',
    cadence: 'monthly',
    origins: ['declared'],
    population: 'Dossiers clos dans le mois',
    definition: 'Dépenses de fonctionnement du mois, divisées par les dossiers clos.',
    start: 38,
    end: 24.5,
    noise: 0.03,
    jumpMonth: 19,
  },
  {
    ...COMMON,
    word: 'api-appels',
    title: 'Justificatifs évités grâce à l’échange de données',
    subject: 'Dites-le-nous une fois',
    at: 'DNE',
    unit: 'justificatifs',
    population: 'Usagers des démarches reliées',
    definition: 'Appels réussis qui remplacent une pièce demandée à l’usager, un par pièce.',
    start: 8_200,
    end: 26_400,
  },
];
