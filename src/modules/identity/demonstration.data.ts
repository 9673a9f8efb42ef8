// The demonstration State's organisations and people: invented, the same at every load. Data alone; nothing is written here.
import type { Role } from '#platform/access.ts';
import type { OrganisationKind } from './organisations.types.ts';

/** An invented organisation; `under` is the code of the one above it. */
export interface InventedOrganisation {
  readonly code: string;
  readonly kind: OrganisationKind;
  readonly name: string;
  readonly under?: string;
  readonly from?: string;
  readonly until?: string;
}

/** An invented person; `at` is the code of the organisation, empty for a citizen. */
export interface InventedPerson {
  readonly name: string;
  readonly roles: readonly {
    readonly role: Role;
    readonly at: string;
    readonly from?: string;
    readonly until?: string;
  }[];
}

const ministry = (code: string, name: string, from = '2012-05-16'): InventedOrganisation => ({
  code,
  kind: 'ministry',
  name,
  under: 'VAL',
  from,
});
const directorate = (
  code: string,
  under: string,
  name: string,
  from = '2014-01-01',
): InventedOrganisation => ({
  code,
  kind: 'directorate',
  name,
  under,
  from,
});
const body = (code: string, under: string, name: string, from = '2010-01-01'): InventedOrganisation => ({
  code,
  kind: 'public-body',
  name,
  under,
  from,
});
const plain =
  (kind: OrganisationKind) =>
  (code: string, name: string): InventedOrganisation => ({ code, kind, name });
const locality = plain('local-authority');
const company = plain('company');
const association = plain('association');

/** Every invented organisation, those above before those below. */
export const INVENTED_ORGANISATIONS: readonly InventedOrganisation[] = [
  { code: 'VAL', kind: 'state', name: 'État de Valmarie', from: '1848-02-24' },

  ministry('SPM', 'Services de la Première ministre'),
  ministry('MEF', 'Ministère de l’Économie et des Finances'),
  ministry('MAP', 'Ministère de l’Action et des Comptes publics', '2017-05-17'),
  ministry('MIN', 'Ministère de l’Intérieur'),
  ministry('MJU', 'Ministère de la Justice'),
  ministry('MDA', 'Ministère des Armées'),
  ministry('MAE', 'Ministère des Affaires étrangères'),
  ministry('MEN', 'Ministère de l’Éducation et de la Jeunesse'),
  ministry('MES', 'Ministère de l’Enseignement supérieur et de la Recherche'),
  ministry('MSS', 'Ministère de la Santé et des Solidarités'),
  ministry('MTE', 'Ministère du Travail et de l’Emploi'),
  ministry('MAA', 'Ministère de l’Agriculture et de l’Alimentation'),
  ministry('MEC', 'Ministère de l’Écologie et des Territoires'),
  ministry('MCU', 'Ministère de la Culture'),
  ministry('MSP', 'Ministère des Sports et de la Vie associative'),

  directorate('DNE', 'SPM', 'Direction du numérique de l’État', '2019-10-28'),
  directorate('SGG', 'SPM', 'Secrétariat général du gouvernement'),
  directorate('DGI', 'MEF', 'Direction générale des impôts'),
  directorate('DGT', 'MEF', 'Direction générale du Trésor public'),
  directorate('DDI', 'MEF', 'Direction des douanes et droits indirects'),
  directorate('DBU', 'MAP', 'Direction du budget'),
  directorate('DFP', 'MAP', 'Direction générale de la fonction publique'),
  directorate('DSR', 'MIN', 'Délégation à la sécurité routière'),
  directorate('DNI', 'MIN', 'Direction du numérique de l’intérieur'),
  directorate('DTS', 'MIN', 'Direction des titres sécurisés'),
  directorate('DSJ', 'MJU', 'Direction des services judiciaires'),
  directorate('DAP', 'MJU', 'Direction de l’administration pénitentiaire'),
  directorate('DRH', 'MDA', 'Direction des ressources humaines des armées'),
  directorate('DCO', 'MAE', 'Direction des services consulaires'),
  directorate('DES', 'MEN', 'Direction de l’enseignement scolaire'),
  directorate('DNU', 'MEN', 'Direction du numérique pour l’éducation'),
  directorate('DSU', 'MES', 'Direction des études supérieures'),
  directorate('DSA', 'MSS', 'Direction générale de la santé'),
  directorate('DSE', 'MSS', 'Direction de la sécurité sociale'),
  directorate('DEM', 'MTE', 'Délégation générale à l’emploi'),
  directorate('DAL', 'MAA', 'Direction générale de l’alimentation'),
  directorate('DFO', 'MAA', 'Direction des forêts et du bois'),
  directorate('DEA', 'MEC', 'Direction de l’eau et de la biodiversité'),
  directorate('DAC', 'MEC', 'Direction de l’aviation civile'),
  directorate('DPA', 'MCU', 'Direction générale des patrimoines'),
  directorate('DVA', 'MSP', 'Direction de la vie associative'),
  {
    code: 'DIS',
    kind: 'directorate',
    name: 'Délégation interministérielle aux systèmes d’information',
    under: 'SPM',
    from: '2011-02-21',
    until: '2019-10-27',
  },

  body('CNP', 'MSS', 'Caisse nationale de prévoyance'),
  body('CNF', 'MSS', 'Caisse nationale des familles'),
  body('AIE', 'MTE', 'Agence pour l’insertion et l’emploi'),
  body('ATS', 'MIN', 'Agence des titres et permis'),
  body('ISE', 'MEF', 'Institut de la statistique et des études'),
  body('BNV', 'MCU', 'Bibliothèque nationale de Valmarie'),
  body('CNB', 'MES', 'Centre national des bourses étudiantes'),
  body('OFV', 'MEC', 'Office de la forêt et du vivant'),
  body('IGV', 'MEC', 'Institut géographique de Valmarie'),
  body('AAN', 'MAA', 'Agence des aides agricoles'),
  body('CCF', 'SPM', 'Commission de protection des données', '1978-01-06'),
  body('UGP', 'MAP', 'Union des groupements d’achat public'),

  locality('REG-AUB', 'Région Aubrais-et-Littoral'),
  locality('REG-MON', 'Région des Monts-Clairs'),
  locality('DEP-041', 'Département de la Haute-Vionne'),
  locality('DEP-042', 'Département du Val-d’Œuvre'),
  locality('MET-STA', 'Métropole de Saint-Aubrin'),
  locality('COM-LIV', 'Commune de Liverolles'),
  locality('COM-PEY', 'Commune de Peyrac-sur-Vionne'),
  locality('COM-ECH', 'Commune d’Échanges-le-Vieux'),

  company('ENT-ARC', 'Arcadine Conseil'),
  company('ENT-BOI', 'Boisselier Énergies'),
  company('ENT-CYP', 'Cyprine Logiciels'),
  company('ENT-LUM', 'Lumière & Fils'),
  company('ENT-NOV', 'Novalis Assurances'),

  association('ASS-NUM', 'Le Numérique pour chacun'),
  association('ASS-LOG', 'Un toit en Valmarie'),
  association('ASS-ACC', 'Accès libre'),

  // At the end: the numbers of those above follow from their rank.
  directorate('ASN', 'SPM', 'Agence de la sécurité numérique', '2009-07-07'),
  directorate('DSN', 'MIN', 'Direction de la sécurité intérieure', '2008-07-01'),
];

const one = (name: string, role: Role, at: string, from = '2022-09-01'): InventedPerson => ({
  name,
  roles: [{ role, at, from }],
});

/** Every invented person; the first of each role is the one that a reader meets first. */
export const INVENTED_PEOPLE: readonly InventedPerson[] = [
  one('Joséphine Lemaître', 'administrator', 'DNE', '2019-11-04'),
  {
    name: 'Anaïs Kerbrat',
    roles: [
      { role: 'auditor', at: 'DNE', from: '2020-02-03' },
      { role: 'agent', at: 'DBU', from: '2016-09-01', until: '2020-02-02' },
    ],
  },
  one('Hélène Vasseur', 'digital-director', 'MEF', '2021-01-11'),
  one('Gaëtan Prévost', 'product-team', 'DNE', '2021-05-03'),
  one('Noémie Chabrol', 'agent', 'DES'),
  one('Cédric Dumoulin', 'data-producer', 'CNF', '2020-06-15'),
  one('Léa Fontanel', 'api-consumer', 'MET-STA', '2023-03-01'),
  one('Béatrice Morvan', 'hr-officer', 'DNE', '2020-09-01'),
  one('Théo Garance', 'citizen', '', '2021-01-01'),

  one('Rémi Delaunay', 'auditor', 'DNE', '2020-02-03'),
  one('Françoise Ibarra', 'auditor', 'DNE', '2021-09-01'),
  one('Loïc Tanguy', 'auditor', 'DNE', '2023-01-02'),
  {
    name: 'Solène Aubertin',
    roles: [
      { role: 'auditor', at: 'DNE', from: '2019-11-04' },
      { role: 'hr-officer', at: 'DNE', from: '2024-01-08' },
    ],
  },
  one('Mathias Courbet', 'administrator', 'DNE', '2023-06-01'),

  one('Étienne Roussel', 'digital-director', 'SPM'),
  one('Inès Belkacem', 'digital-director', 'MAP'),
  one('François-Xavier Cointet', 'digital-director', 'MIN'),
  one('Mélanie Jourdain', 'digital-director', 'MJU'),
  one('Gérard Lhermite', 'digital-director', 'MDA', '2018-04-02'),
  one('Zoé Marchand', 'digital-director', 'MAE'),
  one('Aurélien Pasquet', 'digital-director', 'MEN'),
  one('Chloé Nguyen', 'digital-director', 'MES'),
  one('Jérôme Castaing', 'digital-director', 'MSS'),
  one('Aïcha Benali', 'digital-director', 'MTE'),
  one('Benoît Lacaze', 'digital-director', 'MAA'),
  one('Élodie Fabre', 'digital-director', 'MEC'),
  one('Désiré Okoumé', 'digital-director', 'MCU'),
  one('Clémence Rigaud', 'digital-director', 'MSP', '2024-02-01'),

  one('Océane Guillou', 'product-team', 'DNE'),
  one('Maël Jézéquel', 'product-team', 'AIE'),
  one('Raphaël Sorel', 'product-team', 'DNI'),
  one('Fanny Vigneron', 'product-team', 'DSA'),
  one('Yoann Lefèvre', 'product-team', 'DNU'),
  one('Agnès Thévenot', 'product-team', 'DGI'),

  one('Régis Malaval', 'agent', 'DGI'),
  one('Cécile Arnoux', 'agent', 'DTS'),
  one('Valérie Bénichou', 'agent', 'DSJ'),
  one('Hugo Saint-Léger', 'agent', 'DEM'),
  one('Thérèse Quillévéré', 'agent', 'DAL'),
  one('Léonard Dufrêne', 'agent', 'DVA'),
  one('Amélie Boisvert', 'agent', 'COM-LIV'),
  {
    name: 'Stéphane Orsini',
    roles: [
      { role: 'agent', at: 'DSR', from: '2015-03-02' },
      { role: 'data-producer', at: 'ATS', from: '2022-01-03' },
    ],
  },
  one('Geneviève Laforêt', 'agent', 'DPA'),
  one('Nadège Humbert', 'agent', 'DSU'),

  one('Grégoire Maçon', 'data-producer', 'DGI', '2020-06-15'),
  one('Héloïse Tardieu', 'data-producer', 'ISE'),
  one('Ousmane Diarra', 'data-producer', 'CNB'),

  one('Sébastien Guérin', 'api-consumer', 'DEP-041'),
  one('Louise d’Arcy', 'api-consumer', 'ENT-CYP'),
  one('Capucine Étchegoyen', 'api-consumer', 'ASS-LOG'),
  one('Odile Ferrand', 'api-consumer', 'REG-AUB'),
  one('Bastien Lechevalier', 'api-consumer', 'REG-MON'),
  one('Mireille Sanchez', 'api-consumer', 'DEP-042'),
  one('Tanguy Rosmadec', 'api-consumer', 'COM-LIV'),
  one('Estelle Vidal', 'api-consumer', 'COM-PEY'),

  one('Vianney Poulain', 'hr-officer', 'DFP'),
  one('Maïté Lagarde', 'hr-officer', 'MIN'),

  one('Éloïse Bérenger', 'citizen', '', '2021-01-01'),
  one('Karim Hadjadj', 'citizen', '', '2021-01-01'),
  one('Ghislain Noël', 'citizen', '', '2022-01-01'),
  one('Awa Sissoko', 'agent', 'DNE'),
  one('Bertrand Lescure', 'agent', 'DNE'),
  one('Camille Roche', 'agent', 'DNE'),
  one('Dimitri Hochet', 'agent', 'DNE'),
  one('Élise Pontarlier', 'agent', 'DNE'),
  one('Farid Amrani', 'agent', 'DNE'),
  one('Gwenaëlle Cariou', 'agent', 'DNE'),
  one('Ivan Marchetti', 'agent', 'DNE'),
  one('Séverine Blanchet', 'agent', 'DBU'),
  one('Yannick Le Goff', 'agent', 'ASN'),

  {
    name: 'Brigitte Sauvage',
    roles: [{ role: 'agent', at: 'DIS', from: '2011-03-01', until: '2019-10-27' }],
  },
];
