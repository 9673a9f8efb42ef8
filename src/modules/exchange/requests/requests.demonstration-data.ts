// What the demonstration State's requests are made of: who asks for what, what is written, how often what happens. Data alone.

/** Who applies, by the code of the organisation and the name of the person, and for which use cases. */
export const INVENTED_APPLICANTS: readonly {
  readonly at: string;
  readonly name: string;
  readonly domain: string;
  readonly templates: readonly string[];
}[] = [
  {
    at: 'MET-STA',
    name: 'Léa Fontanel',
    domain: 'met-sta',
    templates: ['social-transport', 'canteen-pricing', 'parking-disability'],
  },
  {
    at: 'DEP-041',
    name: 'Sébastien Guérin',
    domain: 'dep-041',
    templates: ['social-aid', 'canteen-pricing'],
  },
  {
    at: 'ENT-CYP',
    name: 'Louise d’Arcy',
    domain: 'ent-cyp',
    templates: ['canteen-pricing', 'company-prefill'],
  },
  {
    at: 'ASS-LOG',
    name: 'Capucine Étchegoyen',
    domain: 'ass-log',
    templates: ['social-housing', 'social-aid'],
  },
  {
    at: 'REG-AUB',
    name: 'Odile Ferrand',
    domain: 'reg-aub',
    templates: ['social-transport', 'company-prefill'],
  },
  {
    at: 'REG-MON',
    name: 'Bastien Lechevalier',
    domain: 'reg-mon',
    templates: ['student-scholarship', 'company-prefill'],
  },
  {
    at: 'DEP-042',
    name: 'Mireille Sanchez',
    domain: 'dep-042',
    templates: ['social-aid', 'social-transport'],
  },
  {
    at: 'COM-LIV',
    name: 'Tanguy Rosmadec',
    domain: 'com-liv',
    templates: ['canteen-pricing', 'civil-status'],
  },
  {
    at: 'COM-PEY',
    name: 'Estelle Vidal',
    domain: 'com-pey',
    templates: ['canteen-pricing', 'parking-disability'],
  },
  { at: 'DNE', name: 'Gaëtan Prévost', domain: 'dne', templates: ['company-prefill', 'civil-status'] },
  { at: 'AIE', name: 'Maël Jézéquel', domain: 'aie', templates: ['social-aid', 'civil-status'] },
  { at: 'DNI', name: 'Raphaël Sorel', domain: 'dni', templates: ['civil-status'] },
  { at: 'DSA', name: 'Fanny Vigneron', domain: 'dsa', templates: ['social-aid'] },
  { at: 'DNU', name: 'Yoann Lefèvre', domain: 'dnu', templates: ['student-scholarship', 'canteen-pricing'] },
  { at: 'DGI', name: 'Agnès Thévenot', domain: 'dgi', templates: ['company-prefill'] },
];

/**
 * The programs that call, by the code of their organisation: one request of the first use case is validated for production
 * in any case, and every accreditation of these use cases has the program under it.
 */
export const INVENTED_CALLERS: Readonly<
  Record<string, { readonly clientId: string; readonly templates: readonly string[] }>
> = {
  'MET-STA': {
    clientId: 'demonstration-machine',
    templates: ['social-transport', 'canteen-pricing', 'parking-disability'],
  },
  'COM-LIV': { clientId: 'demonstration-cantine', templates: ['canteen-pricing'] },
  'DEP-041': { clientId: 'demonstration-aides', templates: ['social-aid'] },
  'ENT-CYP': { clientId: 'demonstration-preremplissage', templates: ['company-prefill'] },
  'ASS-LOG': { clientId: 'demonstration-logement', templates: ['social-housing'] },
};

/** Who decides. */
export const INVENTED_INSTRUCTORS = [
  'Anaïs Kerbrat',
  'Rémi Delaunay',
  'Françoise Ibarra',
  'Loïc Tanguy',
] as const;

/** What becomes of a hundred requests: the number of each end. */
export const INVENTED_ENDS = [
  ['validated', 58],
  ['reopened', 6],
  ['refused', 8],
  ['archived', 6],
  ['revoked', 4],
  ['changes-requested', 5],
  ['submitted', 7],
  ['draft', 6],
] as const;

/** What becomes of a request. */
export type InventedEnd = (typeof INVENTED_ENDS)[number][0];

/** What instructors write when they ask for changes. */
export const CHANGES_ASKED = [
  'Précisez la durée de conservation\u00A0: «\u00A0le temps nécessaire\u00A0» ne suffit pas. Indiquez un nombre de mois.',
  'Le périmètre «\u00A0enfants\u00A0» dépasse ce que le calcul demande. Retirez-le, ou dites à quoi il sert.',
  'Citez l’article de la délibération et joignez son lien.',
  'Le délégué à la protection des données doit être nommé, avec une adresse de votre organisme.',
  'Le volume déclaré est dix fois celui de collectivités semblables. Est-ce voulu\u00A0?',
  'Dites quels prestataires voient les données, et où elles sont hébergées.',
] as const;

/** Why instructors refuse. */
export const REFUSALS = [
  'La finalité décrite ne relève pas d’une mission de service public\u00A0: aucun texte ne permet cet accès.',
  'Les mêmes données sont déjà accordées à votre organisation par une autre habilitation\u00A0: servez-vous d’elle.',
  'L’homologation de sécurité n’est ni prononcée ni prévue. Revenez vers nous quand elle l’est.',
] as const;

/** Why accreditations are revoked. */
export const REVOCATIONS = [
  'Le téléservice a été arrêté.',
  'Appels faits pour une autre finalité que celle qui est déclarée.',
] as const;

/** What applicants and instructors write to each other. */
export const MESSAGES = [
  ['applicant', 'Bonjour, notre ouverture est prévue à la rentrée. Un délai est-il possible\u00A0?'],
  ['instructor', 'Bonjour, la décision sera prise cette semaine.'],
  [
    'applicant',
    'Notre délégué à la protection des données a changé\u00A0: faut-il réouvrir la demande\u00A0?',
  ],
  [
    'instructor',
    'Oui, réouvrez-la et changez le contact\u00A0: l’habilitation reste en vigueur pendant ce temps.',
  ],
  ['applicant', 'Le prestataire est hébergé en Valmarie, le contrat est à votre disposition.'],
] as const;

/** Surnames and first names of contacts, to be put together. */
export const FIRST_NAMES = [
  'Claire',
  'Mehdi',
  'Sylvie',
  'Antoine',
  'Nadia',
  'Pascal',
  'Julie',
  'Bruno',
] as const;

/** The other half. */
export const SURNAMES = [
  'Aubry',
  'Ben Salah',
  'Costa',
  'Delmas',
  'Estève',
  'Fournier',
  'Guillot',
  'Hamon',
] as const;
