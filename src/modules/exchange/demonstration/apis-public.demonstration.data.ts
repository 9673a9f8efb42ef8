// Invented APIs on open data and on the land. Data alone.
import type { InventedApi } from './apis.demonstration.types.ts';
import { address, COMPANIES, familyName, list, scope, TOWNS } from './parts.demonstration.data.ts';
import { amount, choice, code, day, whole } from './shapes.demonstration.ts';

/** APIs that everyone may call, and one to come. */
export const PUBLIC_APIS: readonly InventedApi[] = [
  {
    slug: 'parcelles-forestieres',
    producer: 'OFV',
    name: 'Parcelles forestières',
    summary: 'Les parcelles forestières, leurs essences et leur risque d’incendie.',
    description:
      'API en préparation\u00A0: elle ouvrira l’inventaire forestier aux services d’incendie et de secours.',
    sensitivity: 'internal',
    legalBasis: null,
    subject: null,
    quotaPerMinute: 120,
    state: 'draft',
    versions: [{ name: 'v1', flaws: ['no-pagination', 'no-examples', 'no-contact'] }],
    calls: [
      list('/parcelles', 'listerParcelles', 'Liste des parcelles', {
        reference: code('Référence', '0####@@####'),
        essence: choice('Essence', 'Chêne', 'Hêtre', 'Pin', 'Épicéa'),
        risque: whole('Risque d’incendie', 1, 5),
        proprietaire: familyName('Propriétaire'),
      }),
    ],
    scopes: [
      scope(
        'parcelles',
        'Parcelles et risque',
        '/resultats/*/reference /resultats/*/essence /resultats/*/risque',
      ),
    ],
  },
  {
    slug: 'adresses',
    producer: 'IGV',
    name: 'Adresses',
    summary: 'La base des adresses de Valmarie\u00A0: recherche et coordonnées.',
    description:
      'Trouve une adresse à partir de quelques mots et donne ses coordonnées. Données ouvertes, sans habilitation.',
    sensitivity: 'public',
    legalBasis: null,
    subject: null,
    quotaPerMinute: 3000,
    versions: [{ name: 'v1' }],
    calls: [
      list('/adresses', 'chercherAdresses', 'Cherche des adresses', {
        libelle: choice('Libellé', '4 rue des Tanneurs', '12 avenue du Littoral', '31 chemin des Vignes'),
        codePostal: code('Code postal', '4####'),
        commune: choice('Commune', ...TOWNS),
        codeCommune: code('Code de la commune', '4####'),
        longitude: amount('Longitude', 1, 4),
        latitude: amount('Latitude', 43, 48),
        score: whole('Ressemblance, sur 100', 40, 100),
        identifiantInterne: code('Identifiant interne', '########'),
      }),
    ],
    scopes: [
      scope(
        'adresses',
        'Les adresses et leurs coordonnées',
        '/resultats/*/libelle /resultats/*/codePostal /resultats/*/commune /resultats/*/codeCommune /resultats/*/longitude /resultats/*/latitude /resultats/*/score /suivant',
      ),
    ],
  },
  {
    slug: 'communes',
    producer: 'ISE',
    name: 'Communes',
    summary: 'Les communes, leur code, leur population et leur rattachement.',
    description: 'Donne le découpage communal en vigueur et la population légale. Données ouvertes.',
    sensitivity: 'public',
    legalBasis: null,
    subject: null,
    quotaPerMinute: 3000,
    versions: [
      {
        name: 'v1',
        state: 'deprecated',
        endsOn: '2027-12-31',
        flaws: ['unexplained-parameters', 'no-pagination'],
      },
      { name: 'v2' },
    ],
    calls: [
      list('/communes', 'chercherCommunes', 'Cherche des communes', {
        code: code('Code', '4####'),
        nom: choice('Nom', ...TOWNS),
        population: whole('Population légale', 60, 210_000),
        departement: choice('Département', 'Haute-Vionne', 'Val-d’Œuvre'),
        numeroLot: code('Lot de publication', '####'),
      }),
    ],
    scopes: [
      scope(
        'communes',
        'Les communes',
        '/resultats/*/code /resultats/*/nom /resultats/*/population /resultats/*/departement /suivant',
      ),
    ],
  },
  {
    slug: 'associations',
    producer: 'DVA',
    name: 'Associations',
    summary: 'Les associations déclarées\u00A0: objet, siège et état.',
    description:
      'Le répertoire national des associations, pour les subventions et les annuaires. Données ouvertes.',
    sensitivity: 'public',
    legalBasis: null,
    subject: null,
    quotaPerMinute: 1200,
    versions: [{ name: 'v1', flaws: ['unexplained-fields'] }],
    calls: [
      list('/associations', 'chercherAssociations', 'Cherche des associations', {
        numero: code('Numéro', 'W#########'),
        titre: choice('Titre', 'Le Numérique pour chacun', 'Un toit en Valmarie', 'Accès libre'),
        objet: choice('Objet', 'Médiation numérique', 'Logement', 'Accès aux droits'),
        declareeLe: day('Déclarée le', 1960, 2026),
        commune: choice('Commune', ...TOWNS),
        tresorier: familyName('Trésorier'),
      }),
    ],
    scopes: [
      scope(
        'associations',
        'Les associations',
        '/resultats/*/numero /resultats/*/titre /resultats/*/objet /resultats/*/declareeLe /resultats/*/commune /suivant',
      ),
    ],
  },
  {
    slug: 'catalogue-bibliotheque',
    producer: 'BNV',
    name: 'Catalogue de la bibliothèque nationale',
    summary: 'Les notices des livres et documents de la bibliothèque nationale.',
    description: 'Cherche dans les notices par titre, auteur ou sujet. Données ouvertes.',
    sensitivity: 'public',
    legalBasis: null,
    subject: null,
    quotaPerMinute: 1200,
    versions: [
      { name: 'v1', flaws: ['plain-http', 'no-operation-ids', 'unexplained-fields', 'no-problems'] },
    ],
    calls: [
      list('/notices', 'chercherNotices', 'Cherche des notices', {
        ark: code('Identifiant', '12148/cb########'),
        titre: choice('Titre', 'Contes des Monts-Clairs', 'Le Littoral', 'Traité des forêts'),
        auteur: familyName('Auteur'),
        annee: whole('Année', 1620, 2026),
        cote: code('Cote interne', '@-####'),
      }),
    ],
    scopes: [
      scope(
        'notices',
        'Les notices',
        '/resultats/*/ark /resultats/*/titre /resultats/*/auteur /resultats/*/annee /suivant',
      ),
    ],
  },
  {
    slug: 'qualite-eau',
    producer: 'DEA',
    name: 'Qualité de l’eau',
    summary: 'Les analyses de l’eau potable et des baignades, commune par commune.',
    description: 'Publie les prélèvements du contrôle sanitaire et leurs conclusions. Données ouvertes.',
    sensitivity: 'public',
    legalBasis: null,
    subject: null,
    quotaPerMinute: 600,
    versions: [{ name: 'v1', flaws: ['french-dates', 'no-contact'] }],
    calls: [
      list('/prelevements', 'chercherPrelevements', 'Cherche des prélèvements', {
        commune: choice('Commune', ...TOWNS),
        datePrelevement: day('Prélevé le', 2025, 2026),
        conclusion: choice('Conclusion', 'conforme', 'non conforme'),
        nitrates: amount('Nitrates, mg/l', 1, 48),
        preleveur: familyName('Préleveur'),
      }),
    ],
    scopes: [
      scope(
        'prelevements',
        'Prélèvements et conclusions',
        '/resultats/*/commune /resultats/*/datePrelevement /resultats/*/conclusion /resultats/*/nitrates /suivant',
      ),
    ],
  },
  {
    slug: 'annuaire-ecoles',
    producer: 'DES',
    name: 'Annuaire des écoles',
    summary: 'Les écoles, collèges et lycées avec leur adresse et leurs effectifs.',
    description: 'L’annuaire officiel des établissements d’enseignement. Données ouvertes.',
    sensitivity: 'public',
    legalBasis: null,
    subject: null,
    quotaPerMinute: 1200,
    versions: [{ name: 'v1' }],
    calls: [
      list('/etablissements', 'chercherEtablissements', 'Cherche des établissements', {
        code: code('Code', '041####@'),
        nom: choice('Nom', 'Collège de Liverolles', 'Lycée du Val-d’Œuvre', 'École Haute'),
        type: choice('Type', 'école', 'collège', 'lycée'),
        effectif: whole('Élèves', 20, 1800),
        adresse: address(),
        directeur: familyName('Direction'),
      }),
    ],
    scopes: [
      scope(
        'etablissements',
        'Les établissements',
        '/resultats/*/code /resultats/*/nom /resultats/*/type /resultats/*/effectif /resultats/*/adresse /suivant',
      ),
    ],
  },
  {
    slug: 'rappels-alimentaires',
    producer: 'DAL',
    name: 'Rappels de produits alimentaires',
    summary: 'Les produits alimentaires rappelés, le motif et la conduite à tenir.',
    description: 'Chaque rappel est publié dès sa déclaration par l’entreprise. Données ouvertes.',
    sensitivity: 'public',
    legalBasis: null,
    subject: null,
    quotaPerMinute: 600,
    versions: [{ name: 'v1', flaws: ['no-examples'] }],
    calls: [
      list('/rappels', 'chercherRappels', 'Cherche des rappels', {
        produit: choice('Produit', 'Fromage au lait cru', 'Saumon fumé', 'Farine de sarrasin'),
        motif: choice('Motif', 'Listeria', 'Allergène non déclaré', 'Corps étranger'),
        publieLe: day('Publié le', 2025, 2026),
        lot: code('Lot', 'L#####'),
        declarant: choice('Déclarant', ...COMPANIES),
      }),
    ],
    scopes: [
      scope(
        'rappels',
        'Les rappels',
        '/resultats/*/produit /resultats/*/motif /resultats/*/publieLe /resultats/*/lot /suivant',
      ),
    ],
  },
];
