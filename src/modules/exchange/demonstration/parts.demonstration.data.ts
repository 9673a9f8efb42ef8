// Pieces that several invented APIs share: what names a person or a company, addresses, and short ways to write an entry.
import type { ApiScope } from '../catalogue/catalogue.types.ts';
import type { InventedCall, InventedParameter } from './apis.demonstration.types.ts';
import { asked, choice, code, type Fields, group, type Shape } from './shapes.demonstration.ts';

/** The pivot identity in a query: names in the order in which the gateway reads them, with a citizen of the demonstration. */
export const PERSON_PARAMETERS: readonly InventedParameter[] = [
  { name: 'nomNaissance', in: 'query', text: 'Nom de naissance', example: 'GARANCE' },
  { name: 'prenoms', in: 'query', text: 'Prénoms, séparés par une espace', example: 'Théo Marius' },
  { name: 'dateNaissance', in: 'query', text: 'Date de naissance (AAAA-MM-JJ)', example: '1994-06-18' },
  {
    name: 'codeCommuneNaissance',
    in: 'query',
    text: 'Code de la commune de naissance (INSEE)',
    example: '44109',
  },
];

/** What names a company: nine digits, of a company of the demonstration. */
export const SIREN_PARAMETER: Omit<InventedParameter, 'in'> = {
  name: 'siren',
  text: 'SIREN de l’entreprise, neuf chiffres',
  example: '000100008',
};

/** Streets and towns of Valmarie. */
const STREETS = [
  '4 rue des Tanneurs',
  '12 avenue du Littoral',
  '7 place de la République',
  '31 chemin des Vignes',
  '2 bis rue Haute',
  '18 allée des Érables',
  '56 boulevard de l’Aubrais',
  '9 impasse du Moulin',
];

/** Towns of Valmarie. */
export const TOWNS = ['Saint-Aubrin', 'Liverolles', 'Peyrac-sur-Vionne', 'Échanges-le-Vieux', 'Montclair'];

/** Companies of the demonstration. */
export const COMPANIES = [
  'Arcadine Conseil',
  'Boisselier Énergies',
  'Cyprine Logiciels',
  'Lumière & Fils',
  'Novalis Assurances',
];

/** A postal address. */
export const address = (text = 'Adresse postale'): Shape =>
  group(text, {
    voie: choice('Numéro et voie', ...STREETS),
    codePostal: code('Code postal', '4####'),
    commune: choice('Commune', ...TOWNS),
    codeCommune: code('Code de la commune (INSEE)', '4####'),
  });

/** The person as the producer knows them. */
export const identity: Shape = group('Identité de la personne', {
  nomNaissance: asked('Nom de naissance', 0),
  prenoms: asked('Prénoms', 1),
  dateNaissance: asked('Date de naissance', 2, true),
});

/** Given names. */
export const givenName = (text: string): Shape =>
  choice(text, 'Lou', 'Malo', 'Inaya', 'Gabriel', 'Rose', 'Ismaël', 'Alma', 'Côme', 'Jade', 'Aaron');

/** Names of families. */
export const familyName = (text: string): Shape =>
  choice(text, 'LANTIER', 'MARCHAL', 'OUEDRAOGO', 'PEREIRA', 'LE GOFF', 'VASSEUR', 'HADDAD', 'ROUX');

/** One call that answers about the subject. */
export const call = (path: string, id: string, summary: string, fields: Fields): InventedCall => ({
  path,
  id,
  summary,
  fields,
});

/** One call that answers with a page of a list, searched by words. */
export const list = (path: string, id: string, summary: string, fields: Fields): InventedCall => ({
  path,
  id,
  summary,
  isList: true,
  parameters: [
    { name: 'q', in: 'query', text: 'Mots recherchés', example: 'liverolles' },
    { name: 'limit', in: 'query', text: 'Nombre de résultats, 50 au plus', example: '10' },
    { name: 'curseur', in: 'query', text: 'Suite de la page précédente', example: '' },
  ],
  fields,
});

/** A scope; its fields separated by spaces. */
export const scope = (
  name: string,
  title: string,
  fields: string,
  isSensitive = false,
): Pick<ApiScope, 'name' | 'title' | 'fields' | 'isSensitive'> => ({
  name,
  title,
  fields: fields.split(' '),
  isSensitive,
});
