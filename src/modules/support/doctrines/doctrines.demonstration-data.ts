// The demonstration State's assessed products: invented, the same at every load. Data alone; nothing is written here.

/** An invented product: who declares, and for each doctrine how well it does. */
export interface InventedProduct {
  readonly name: string;
  readonly at: string;
  readonly by: string;
  readonly isPublic: boolean;
  /**
   * `good`: all conforms and is evidenced. `declared`: all declared to conform, little evidence. `mixed`: some important
   * criteria fail. `contradicted`: evidence says otherwise. `poor`: essential criteria fail. `begun`: few answers.
   */
  readonly doctrines: Readonly<
    Record<string, 'good' | 'declared' | 'mixed' | 'contradicted' | 'poor' | 'begun'>
  >;
  readonly exemption?: InventedExemption;
}

/** An invented exemption; days are counted from the load. */
export interface InventedExemption {
  readonly doctrine: string;
  readonly reason: string;
  readonly askedDaysAgo: number;
  readonly untilInDays: number;
  /** Null waits for a decision. */
  readonly decision: 'granted' | 'refused' | null;
  readonly decisionReason?: string;
}

/** The products. */
export const INVENTED_PRODUCTS: readonly InventedProduct[] = [
  {
    name: 'Mon dossier numérique',
    at: 'DNE',
    by: 'Gaëtan Prévost',
    isPublic: true,
    doctrines: {
      accessibility: 'good',
      'eco-design': 'good',
      cloud: 'good',
      'free-software': 'good',
      interoperability: 'good',
      identity: 'good',
      security: 'good',
    },
  },
  {
    name: 'Simulateur d’aides',
    at: 'DNE',
    by: 'Gaëtan Prévost',
    isPublic: true,
    doctrines: { accessibility: 'contradicted', 'eco-design': 'mixed', 'free-software': 'good' },
    exemption: {
      doctrine: 'accessibility',
      reason:
        'Le composant de carte n’est pas utilisable au clavier. Son remplacement est commandé, livraison au printemps.',
      askedDaysAgo: 70,
      untilInDays: 41,
      decision: 'granted',
      decisionReason:
        'Accordée jusqu’à la livraison\u00A0; une liste d’adresses doit doubler la carte d’ici là.',
    },
  },
  {
    name: 'Messagerie des agents',
    at: 'DNE',
    by: 'Océane Guillou',
    isPublic: false,
    doctrines: { security: 'declared', cloud: 'good' },
  },
  {
    name: 'Espace du demandeur d’emploi',
    at: 'AIE',
    by: 'Maël Jézéquel',
    isPublic: true,
    doctrines: { accessibility: 'mixed', identity: 'good', interoperability: 'poor' },
    exemption: {
      doctrine: 'interoperability',
      reason: 'L’échange avec les caisses attend leur nouvelle API. Les pièces restent demandées jusque-là.',
      askedDaysAgo: 12,
      untilInDays: 210,
      decision: null,
    },
  },
  {
    name: 'Main courante en ligne',
    at: 'DNI',
    by: 'Raphaël Sorel',
    isPublic: false,
    doctrines: { security: 'good', accessibility: 'poor' },
    exemption: {
      doctrine: 'accessibility',
      reason: 'Le marché de refonte n’est pas notifié.',
      askedDaysAgo: 160,
      untilInDays: 300,
      decision: 'refused',
      decisionReason:
        'Le service est ouvert au public\u00A0: la mise au clavier des formulaires ne peut attendre la refonte.',
    },
  },
  {
    name: 'Carnet de prévention',
    at: 'DSA',
    by: 'Fanny Vigneron',
    isPublic: true,
    doctrines: { security: 'contradicted', cloud: 'poor', identity: 'good' },
    exemption: {
      doctrine: 'cloud',
      reason: 'L’hébergement qualifié pour les données de santé est en cours d’achat.',
      askedDaysAgo: 400,
      untilInDays: -20,
      decision: 'granted',
      decisionReason: 'Accordée pour un an, le temps du changement d’hébergeur.',
    },
  },
  {
    name: 'Espace numérique de la classe',
    at: 'DNU',
    by: 'Yoann Lefèvre',
    isPublic: true,
    doctrines: { 'eco-design': 'good', accessibility: 'mixed', 'free-software': 'declared' },
  },
  {
    name: 'Déclaration des revenus fonciers',
    at: 'DGI',
    by: 'Agnès Thévenot',
    isPublic: true,
    doctrines: { accessibility: 'good', identity: 'good', security: 'good', 'free-software': 'poor' },
    exemption: {
      doctrine: 'free-software',
      reason: 'Le moteur de calcul est sous licence privative jusqu’à la fin du marché.',
      askedDaysAgo: 30,
      untilInDays: 500,
      decision: 'granted',
      decisionReason: 'Accordée jusqu’à la fin du marché\u00A0; le suivant prévoit la publication du code.',
    },
  },
  {
    name: 'Inscription scolaire',
    at: 'DES',
    by: 'Noémie Chabrol',
    isPublic: false,
    doctrines: { accessibility: 'begun', interoperability: 'begun' },
  },
  {
    name: 'Guichet des permis de bâtir',
    at: 'COM-LIV',
    by: 'Amélie Boisvert',
    isPublic: false,
    doctrines: { accessibility: 'begun' },
  },
];
