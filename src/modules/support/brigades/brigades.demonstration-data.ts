// The demonstration State's brigade, requests for help and missions: invented. Data alone; nothing is written here.
import type { Expertise } from './expertises.data.ts';
import type { HelpState } from './requests.types.ts';

/** An invented person of the brigade; `name` is one of the demonstration's people of the directorate. */
export interface InventedExpert {
  readonly name: string;
  readonly daysPerWeek: number;
  readonly skills: Readonly<Partial<Record<Expertise, 1 | 2 | 3>>>;
  /** Absences: days from today, first and last. */
  readonly away?: readonly (readonly [number, number])[];
}

/** Everyone of the brigade. */
export const INVENTED_EXPERTS: readonly InventedExpert[] = [
  { name: 'Gaëtan Prévost', daysPerWeek: 3, skills: { product: 3, 'agile-coaching': 2 } },
  { name: 'Océane Guillou', daysPerWeek: 4, skills: { ux: 3, accessibility: 2 }, away: [[20, 30]] },
  { name: 'Loïc Tanguy', daysPerWeek: 2, skills: { security: 2, cloud: 1 } },
  { name: 'Mathias Courbet', daysPerWeek: 1, skills: { devops: 2, cloud: 3 } },
  { name: 'Awa Sissoko', daysPerWeek: 5, skills: { accessibility: 3, ux: 1 }, away: [[34, 44]] },
  { name: 'Bertrand Lescure', daysPerWeek: 5, skills: { cloud: 3, devops: 3 } },
  { name: 'Camille Roche', daysPerWeek: 4, skills: { data: 3, product: 1 } },
  { name: 'Dimitri Hochet', daysPerWeek: 5, skills: { security: 3, devops: 1 }, away: [[5, 9]] },
  { name: 'Élise Pontarlier', daysPerWeek: 3, skills: { 'eco-design': 3, ux: 2 } },
  { name: 'Farid Amrani', daysPerWeek: 5, skills: { 'agile-coaching': 3, product: 2 } },
  { name: 'Gwenaëlle Cariou', daysPerWeek: 4, skills: { data: 2, cloud: 2, devops: 2 }, away: [[60, 75]] },
  { name: 'Ivan Marchetti', daysPerWeek: 5, skills: { accessibility: 2, 'eco-design': 2, ux: 2 } },
];

/** An invented request; days are counted from today. */
export interface InventedHelp {
  readonly by: string;
  readonly at: string;
  readonly title: string;
  readonly subject: string;
  readonly problem: string;
  readonly needs: Readonly<Partial<Record<Expertise, number>>>;
  readonly from: number;
  readonly to: number;
  readonly state: HelpState;
  readonly reason?: string;
}

/** Requests without a mission, in every state that has none. */
export const INVENTED_HELP: readonly InventedHelp[] = [
  {
    by: 'Hélène Vasseur',
    at: 'MEF',
    title: 'Alléger le portail des aides aux entreprises',
    subject: 'Portail des aides aux entreprises',
    problem:
      'Chaque page du portail pèse plus de 6 Mo et met huit secondes à s’afficher en zone rurale. Nous ne savons pas par où commencer.',
    needs: { 'eco-design': 8, ux: 4 },
    from: 12,
    to: 75,
    state: 'submitted',
  },
  {
    by: 'Noémie Chabrol',
    at: 'DES',
    title: 'Rendre accessible la demande de bourse',
    subject: 'Demande de bourse',
    problem:
      'L’audit d’accessibilité donne 48 % de critères respectés. Les étudiants qui utilisent un lecteur d’écran abandonnent à la troisième étape.',
    needs: { accessibility: 12, ux: 5 },
    from: 8,
    to: 65,
    state: 'examined',
  },
  {
    by: 'Aurélien Pasquet',
    at: 'MEN',
    title: 'Préparer la rentrée sans panne',
    subject: 'Inscription en ligne au lycée',
    problem:
      'L’inscription tombe chaque année le premier jour, quand 200 000 familles se connectent en deux heures. Nous voulons un essai de charge et un plan.',
    needs: { cloud: 6, devops: 8 },
    from: 10,
    to: 60,
    state: 'proposed',
  },
  {
    by: 'Jérôme Castaing',
    at: 'MSS',
    title: 'Mesurer ce que vivent les patients',
    subject: 'Espace de suivi des remboursements',
    problem:
      'Nous publions le nombre de connexions mais pas si les personnes trouvent ce qu’elles cherchent. Il faut des mesures fiables, sans donnée de santé.',
    needs: { data: 10, product: 4 },
    from: 14,
    to: 90,
    state: 'accepted',
  },
  {
    by: 'Inès Belkacem',
    at: 'MAP',
    title: 'Refaire entièrement le site de la direction',
    subject: 'Site de présentation',
    problem:
      'Nous voudrions que la brigade développe un nouveau site de présentation à notre place, dans les trois semaines.',
    needs: { product: 30, ux: 20 },
    from: 5,
    to: 26,
    state: 'refused',
    reason:
      'La brigade aide une équipe, elle ne la remplace pas. Revenez vers nous avec une équipe et un problème d’usagers à résoudre.',
  },
  {
    by: 'Valérie Bénichou',
    at: 'DSJ',
    title: 'Choisir un outil de prise de rendez-vous',
    subject: 'Accueil des tribunaux',
    problem:
      'Chaque tribunal prend ses rendez-vous à sa manière, par téléphone le plus souvent. Nous cherchions qui avait déjà résolu la question.',
    needs: { product: 3 },
    from: 15,
    to: 45,
    state: 'withdrawn',
  },
];

/** A mission: what was asked, how it went. Weeks are before today; `ends` for those that have ended. */
export interface InventedMission {
  readonly title: string;
  readonly subject: string;
  readonly problem: string;
  readonly team: readonly { readonly name: string; readonly expertise: Expertise; readonly days: number }[];
  readonly from: number;
  readonly to: number;
  readonly ended: boolean;
  readonly deliverables: readonly { readonly title: string; readonly accepted: boolean }[];
  readonly effect?: string;
  readonly mark?: number;
  readonly feedback?: string;
}

/** Missions, each given to the organisation of a signed contract. */
export const INVENTED_MISSIONS: readonly InventedMission[] = [
  {
    title: 'Corriger l’accessibilité du parcours de demande',
    subject: 'Demande en ligne',
    problem:
      'Trois usagers sur dix abandonnent à l’étape des pièces jointes, que le clavier seul ne permet pas de franchir.',
    team: [{ name: 'Awa Sissoko', expertise: 'accessibility', days: 14 }],
    from: -140,
    to: -70,
    ended: true,
    deliverables: [
      { title: 'Audit et plan de correction', accepted: true },
      { title: 'Composant de dépôt de pièces accessible', accepted: true },
    ],
    effect: 'Le taux de complétion est passé de 61 à 74 % dans les huit semaines qui suivent la correction.',
    mark: 5,
    feedback: 'L’équipe sait maintenant corriger seule. Le plan était clair dès la deuxième semaine.',
  },
  {
    title: 'Sortir du serveur unique',
    subject: 'Instruction des dossiers',
    problem:
      'L’application tourne sur un seul serveur que personne n’ose redémarrer\u00A0; chaque mise à jour coûte une soirée.',
    team: [
      { name: 'Bertrand Lescure', expertise: 'cloud', days: 12 },
      { name: 'Mathias Courbet', expertise: 'devops', days: 6 },
    ],
    from: -120,
    to: -40,
    ended: true,
    deliverables: [{ title: 'Déploiement décrit et rejouable', accepted: true }],
    effect:
      'Une mise à jour prend douze minutes au lieu de quatre heures\u00A0; aucune interruption depuis deux mois.',
    mark: 4,
    feedback: 'Très utile. Il a manqué quelques jours pour former l’équipe d’astreinte.',
  },
  {
    title: 'Apprendre à décider sur des mesures',
    subject: 'Pilotage du produit',
    problem:
      'Les priorités changent à chaque réunion. Personne ne regarde ce que font les usagers avant de décider.',
    team: [
      { name: 'Farid Amrani', expertise: 'agile-coaching', days: 10 },
      { name: 'Gaëtan Prévost', expertise: 'product', days: 6 },
    ],
    from: -90,
    to: -20,
    ended: true,
    deliverables: [{ title: 'Tableau des décisions et de leurs mesures', accepted: true }],
    effect:
      'Sans effet visible sur l’indicateur du contrat à ce jour\u00A0; deux fonctions peu utilisées ont été arrêtées.',
    mark: 3,
    feedback: 'Bonne méthode, mais nous étions trop peu disponibles pour en tirer parti.',
  },
  {
    title: 'Fermer les failles avant l’ouverture',
    subject: 'Téléservice ouvert en janvier',
    problem:
      'Le test d’intrusion a trouvé quatre failles graves, et l’équipe n’a personne qui sache les corriger.',
    team: [{ name: 'Dimitri Hochet', expertise: 'security', days: 16 }],
    from: -45,
    to: 40,
    ended: false,
    deliverables: [
      { title: 'Corrections des quatre failles graves', accepted: true },
      { title: 'Guide de revue de code', accepted: false },
    ],
  },
  {
    title: 'Relier les données de deux directions',
    subject: 'Tableau de bord partagé',
    problem:
      'Deux directions comptent les mêmes dossiers différemment. Le chiffre publié change selon qui le demande.',
    team: [
      { name: 'Camille Roche', expertise: 'data', days: 12 },
      { name: 'Gwenaëlle Cariou', expertise: 'data', days: 6 },
    ],
    from: -30,
    to: 60,
    ended: false,
    deliverables: [],
  },
];
