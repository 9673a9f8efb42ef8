// The invented windows of the demonstration State and what was applied for. Amounts are whole euro cents.
import type { ApplicationState, WindowState } from './funding.types.ts';

/** An invented application; `paid` tells how many of its three instalments were paid. */
export interface InventedApplication {
  readonly title: string;
  readonly askedCents: number;
  readonly state: ApplicationState;
  readonly awardedCents?: number;
  readonly paid?: 0 | 1 | 2 | 3;
  readonly clawedBackCents?: number;
  readonly said?: string;
  /** The mean of the points given, 0 to 5; none when nobody scored it. */
  readonly points?: number;
}

/** An invented window; days count from the moment of loading. */
export interface InventedWindow {
  readonly title: string;
  readonly subject: string;
  readonly budgetCents: number;
  readonly state: WindowState;
  readonly opensIn: number;
  readonly closesIn: number;
  readonly juryIn: number;
  readonly criteria: readonly { readonly title: string; readonly weight: number }[];
  readonly juries: readonly string[];
  readonly applications: readonly InventedApplication[];
}

const M = 100_000_000;
const K = 100_000;

/** The invented windows. */
export const INVENTED_WINDOWS: readonly InventedWindow[] = [
  {
    title: 'Fonds pour la transformation, appel 1',
    subject:
      'Financer des services numériques qui font gagner du temps aux usagers et aux agents, sur un effet mesuré.',
    budgetCents: 6 * M,
    state: 'closed',
    opensIn: -620,
    closesIn: -560,
    juryIn: -520,
    criteria: [
      { title: 'Effet attendu et mesurable', weight: 40 },
      { title: 'Qualité du plan de travail', weight: 30 },
      { title: 'Coût par usager', weight: 30 },
    ],
    juries: ['Jury de la transformation'],
    applications: [
      {
        title: 'Paiement fractionné des amendes',
        askedCents: 1_600 * K,
        state: 'closed',
        awardedCents: 1_500 * K,
        paid: 3,
        points: 5,
        said: 'Le taux de paiement dans les délais est passé de 61 à 74 %.',
      },
      {
        title: 'Suivi de dossier pour les aides aux entreprises',
        askedCents: 1_200 * K,
        state: 'closed',
        awardedCents: 1 * M,
        paid: 3,
        points: 4,
        said: 'Un appel sur trois au centre d’appels a disparu.',
      },
      {
        title: 'Prise de rendez-vous en préfecture',
        askedCents: 900 * K,
        state: 'closed',
        awardedCents: 800 * K,
        paid: 1,
        clawedBackCents: 150 * K,
        points: 4,
        said: 'Arrêté tôt\u00A0: l’effet minimal n’était pas atteint. Ce qui n’a pas servi a été repris.',
      },
      {
        title: 'Coffre-fort des pièces justificatives',
        askedCents: 700 * K,
        state: 'cancelled',
        awardedCents: 600 * K,
        paid: 0,
        points: 3,
        said: 'Annulé avant la convention\u00A0: un service commun existait déjà.',
      },
      {
        title: 'Assistant de rédaction des courriers',
        askedCents: 2_400 * K,
        state: 'not-awarded',
        points: 2,
      },
      { title: 'Refonte du portail intranet', askedCents: 1_100 * K, state: 'not-awarded', points: 1 },
      {
        title: 'Salle de réunion immersive',
        askedCents: 300 * K,
        state: 'ineligible',
        said: 'L’objet n’est pas un service numérique rendu à des usagers.',
      },
    ],
  },
  {
    title: 'Fonds pour la transformation, appel 2',
    subject:
      'Financer la suite de services dont l’effet se mesure déjà, par tranches versées contre des résultats vérifiés.',
    budgetCents: 5 * M,
    state: 'awarded',
    opensIn: -260,
    closesIn: -200,
    juryIn: -160,
    criteria: [
      { title: 'Effet attendu et mesurable', weight: 60 },
      { title: 'Qualité du plan de travail', weight: 40 },
    ],
    juries: ['Jury de la transformation'],
    applications: [
      {
        title: 'Démarches des aidants en une seule fois',
        askedCents: 1_500 * K,
        state: 'agreed',
        awardedCents: 1_400 * K,
        paid: 1,
        points: 5,
      },
      {
        title: 'Suivi en ligne des permis de construire',
        askedCents: 900 * K,
        state: 'awarded',
        awardedCents: 850 * K,
        points: 4,
      },
      { title: 'Borne d’accueil vocale', askedCents: 2_600 * K, state: 'not-awarded', points: 2 },
    ],
  },
  {
    title: 'Guichet données 2026',
    subject: 'Ouvrir, relier et rendre utiles les données des administrations\u00A0: 10\u00A0M€.',
    budgetCents: 10 * M,
    state: 'in-jury',
    opensIn: -90,
    closesIn: -15,
    juryIn: 25,
    criteria: [
      { title: 'Utilité pour les réutilisateurs', weight: 50 },
      { title: 'Qualité et documentation des données', weight: 30 },
      { title: 'Sobriété', weight: 20 },
    ],
    juries: ['Jury données ouvertes', 'Jury données protégées'],
    applications: [
      { title: 'Base nationale des bâtiments publics', askedCents: 2_800 * K, state: 'eligible', points: 5 },
      { title: 'Cartographie fine des aléas', askedCents: 3_100 * K, state: 'eligible', points: 4 },
      { title: 'Référentiel des formations', askedCents: 1_400 * K, state: 'eligible', points: 4 },
      { title: 'Séries longues de qualité de l’eau', askedCents: 900 * K, state: 'eligible' },
      { title: 'Données de trafic en temps réel', askedCents: 2_200 * K, state: 'eligible' },
      { title: 'Appariement santé-travail protégé', askedCents: 3_600 * K, state: 'eligible' },
      {
        title: 'Achat de licences de tableur',
        askedCents: 450 * K,
        state: 'ineligible',
        said: 'La doctrine du logiciel libre n’est ni respectée ni couverte par une dérogation.',
      },
    ],
  },
  {
    title: 'Fonds d’accélération',
    subject: 'Aider un service qui a prouvé son effet à passer à l’échelle.',
    budgetCents: 4 * M,
    state: 'open',
    opensIn: -20,
    closesIn: 40,
    juryIn: 70,
    criteria: [
      { title: 'Effet déjà mesuré', weight: 60 },
      { title: 'Passage à l’échelle', weight: 40 },
    ],
    juries: ['Jury de l’accélération'],
    applications: [
      { title: 'Attestations de droits partout', askedCents: 800 * K, state: 'submitted' },
      { title: 'Aide au remplissage pour les associations', askedCents: 520 * K, state: 'submitted' },
      { title: 'Alerte aux impayés d’énergie', askedCents: 610 * K, state: 'submitted' },
      { title: 'Signalement des logements indignes', askedCents: 740 * K, state: 'submitted' },
      { title: 'Parcours des proches aidants', askedCents: 390 * K, state: 'draft' },
      { title: 'Transport scolaire à la demande', askedCents: 460 * K, state: 'draft' },
    ],
  },
];
