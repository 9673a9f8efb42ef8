// The demonstration's requests for opinions: what is asked, what was answered. Data alone; nothing is written here.
import type { AxisTexts, Ground, OpinionKind, Stance } from './opinions.types.ts';

/** An invented request. Days are counted from the load, or from the day of the project's first baseline. */
export interface InventedRequest {
  /** Name of the project. */
  readonly name: string;
  readonly state: 'draft' | 'submitted' | 'suspended' | 'issued' | 'tacit' | 'withdrawn';
  /** Days before the load at which it was submitted; for `submitted` where `daysLeft` says nothing. */
  readonly ago?: number;
  /** Days that its clock still has. */
  readonly daysLeft?: number;
  /** Days for which the clock stood, once. */
  readonly stood?: number;
  readonly comments?: { readonly security?: Stance; readonly budget?: Stance };
  readonly opinion?: {
    readonly kind: OpinionKind;
    readonly probability: number;
    /** Passages to strike out are between double brackets. */
    readonly summary: string;
    readonly ground?: Ground;
    readonly recommendations?: readonly string[];
  };
  /** Whether its opinion is published. */
  readonly published?: boolean;
}

/** What a ministry writes on the five axes of a project. */
export function inventedAxes(name: string): AxisTexts {
  return {
    strategy: `${name} remplace trois applications qui ne se parlent pas. Le schéma directeur du ministère le place en premier rang\u00A0; aucun outil partagé de l’État ne couvre ce besoin.`,
    finance:
      'Le programme porteur finance la construction et les deux premières années. Les gains viennent de l’arrêt des anciennes applications et du temps rendu aux agents.',
    governance:
      'Un comité mensuel réunit le métier, la direction du numérique et le secrétariat général. Un responsable de produit tranche entre deux comités.',
    delivery:
      'Une équipe interne pilote deux marchés. Le socle technique est celui du ministère\u00A0; l’homologation de sécurité et la déclaration d’accessibilité précèdent l’ouverture.',
    planning:
      'Un pilote dans deux services au bout de douze mois, puis une ouverture par vagues. La reprise des données est le chemin critique.',
  };
}

/** Comments of consulted bodies. */
export const INVENTED_COMMENTS: Readonly<Record<Stance, string>> = {
  favourable: 'Le dossier répond aux points habituels. Rien ne s’oppose au projet.',
  reserved: 'Les gains annoncés reposent sur des hypothèses à démontrer dès le pilote.',
  opposed: 'Le dossier ne permet pas d’établir la maîtrise des risques.',
  none: '',
};

const REAL_NEED =
  'Le besoin est réel et l’équipe est en place. Le découpage en vagues permet d’arrêter le projet sans tout perdre.';

/** The requests. */
export const INVENTED_REQUESTS: readonly InventedRequest[] = [
  {
    name: 'MANUELS NUMÉRIQUES',
    state: 'issued',
    comments: { security: 'favourable', budget: 'favourable' },
    opinion: { kind: 'favourable', probability: 0.55, summary: REAL_NEED },
    published: true,
  },
  {
    name: 'PAIE DES ASSISTANTS',
    state: 'issued',
    stood: 12,
    comments: { security: 'favourable', budget: 'reserved' },
    opinion: {
      kind: 'recommendations',
      probability: 0.35,
      summary:
        'Le projet est utile mais tout y arrive le même jour. L’avis est favorable si la bascule se fait académie par académie.',
      recommendations: [
        'Basculer une académie pilote six mois avant les autres.',
        'Garder l’ancienne chaîne de paie prête à repartir pendant trois mois.',
      ],
    },
    published: true,
  },
  {
    name: 'DRONES ET IMAGES',
    state: 'issued',
    comments: { security: 'reserved', budget: 'favourable' },
    opinion: {
      kind: 'recommendations',
      probability: 0.4,
      summary:
        'Le besoin opérationnel est établi. [[Le lot de transmission chiffrée dépend d’un seul industriel.]] L’avis est favorable sous réserve d’une seconde source.',
      ground: 'classified',
      recommendations: ['Qualifier une seconde source avant la notification du marché.'],
    },
    published: true,
  },
  {
    name: 'MESSAGERIE DE L’ÉTAT',
    state: 'issued',
    comments: { security: 'favourable', budget: 'reserved' },
    opinion: {
      kind: 'recommendations',
      probability: 0.3,
      summary:
        'La messagerie commune évite quinze achats séparés. L’offre reçue, à [[38\u00A0€ par poste et par an]], est au-dessus du marché\u00A0: la négociation doit reprendre.',
      ground: 'under-tender',
      recommendations: [
        'Rouvrir la négociation sur le prix par poste.',
        'Publier chaque trimestre le nombre de postes migrés.',
        'Nommer un responsable de produit à plein temps.',
      ],
    },
    published: true,
  },
  {
    name: 'TRAÇABILITÉ',
    state: 'issued',
    comments: { security: 'favourable', budget: 'favourable' },
    opinion: {
      kind: 'recommendations',
      probability: 0.45,
      summary: 'Le dossier est solide, sauf sur la reprise des données des coopératives.',
      recommendations: ['Mesurer la qualité des données reprises avant chaque vague.'],
    },
    published: true,
  },
  {
    name: 'BOURSES',
    state: 'issued',
    comments: { security: 'favourable', budget: 'favourable' },
    opinion: { kind: 'favourable', probability: 0.6, summary: REAL_NEED },
    published: true,
  },
  { name: 'RÉNOVATION', state: 'tacit', comments: { budget: 'reserved' }, published: true },
  {
    name: 'GREFFE 3',
    state: 'issued',
    comments: { security: 'reserved', budget: 'reserved' },
    opinion: {
      kind: 'recommendations',
      probability: 0.25,
      summary:
        'C’est la troisième tentative. L’avis est favorable parce que le périmètre est enfin réduit à une juridiction pilote.',
      recommendations: [
        'Ne pas étendre au-delà du pilote avant une mesure d’usage.',
        'Présenter l’état du projet à la conférence numérique du ministère.',
      ],
    },
    published: true,
  },
  {
    name: 'CLÉS DE L’ÉTAT',
    state: 'issued',
    comments: { security: 'favourable', budget: 'favourable' },
    opinion: { kind: 'favourable', probability: 0.65, summary: REAL_NEED },
    published: false,
  },
  { name: 'FRONTIÈRES', state: 'tacit', comments: { security: 'favourable' }, published: false },
  { name: 'RETRAITES', state: 'withdrawn', ago: 210 },
  {
    name: 'SOLDE SOURCE',
    state: 'issued',
    ago: 130,
    comments: { security: 'favourable', budget: 'opposed' },
    opinion: {
      kind: 'unfavourable',
      probability: 0.08,
      summary:
        'La nouvelle phase ajoute un an et un tiers de coût sans livrer la solde des réservistes. L’avis est défavorable\u00A0: le périmètre doit être repris.',
    },
    published: true,
  },
  {
    name: 'BUDGET OUVERT',
    state: 'issued',
    ago: 75,
    comments: { security: 'favourable', budget: 'reserved' },
    opinion: {
      kind: 'unfavourable',
      probability: 0.12,
      summary:
        'L’extension demandée recouvre un outil que la direction du budget exploite déjà. L’avis est défavorable.',
    },
    published: true,
  },
  {
    name: 'INSPECTION DU TRAVAIL',
    state: 'submitted',
    daysLeft: 6,
    stood: 14,
    comments: { security: 'favourable' },
  },
  {
    name: 'DÉCLARATION SOCIALE',
    state: 'submitted',
    daysLeft: 0,
    comments: { security: 'favourable', budget: 'reserved' },
  },
  {
    name: 'ORIENTATION',
    state: 'submitted',
    daysLeft: 2,
    comments: { security: 'reserved', budget: 'favourable' },
  },
  { name: 'PRÉFECTURE NUMÉRIQUE', state: 'suspended', ago: 20, comments: { budget: 'favourable' } },
  { name: 'RISQUES NATURELS', state: 'submitted', daysLeft: 16, comments: { security: 'favourable' } },
  { name: 'ENFANCE PROTÉGÉE', state: 'submitted', daysLeft: 28 },
  { name: 'LICENCES ET CLUBS', state: 'draft', ago: 4 },
  { name: 'CERTIFICATS EXPORT', state: 'draft', ago: 9 },
];
