// The demonstration State's services and resources: invented, the same at every load. Data alone; nothing is written here.
import type { Realm } from '../hub/realms.ts';
import type { ClientAuthentication, ServiceState } from './services.types.ts';

/** The portal that a newcomer tries first; its secret is public, for the demonstration alone. */
export const DEMONSTRATION_PORTAL = {
  clientId: 'demonstration-agents-portal',
  secret: 'demonstration-only-agents-portal-secret',
} as const;

/** The program with which a newcomer gets a token by curl; its secret is public, for the demonstration alone. */
export const DEMONSTRATION_MACHINE = {
  clientId: 'demonstration-machine',
  secret: 'demonstration-only-machine-secret',
  resource: 'https://api.cnf.valmarie.example/quotients',
} as const;

/** Programs of consumers of the data exchange, each with a public secret, for the demonstration alone. */
export const DEMONSTRATION_CALLERS = [
  {
    clientId: 'demonstration-cantine',
    at: 'COM-LIV',
    name: 'Inscriptions à la cantine',
    purpose: 'Calcule le tarif de la cantine sans demander d’attestation aux familles.',
    host: 'cantine.com-liv.valmarie.example',
    secret: 'demonstration-only-cantine-secret',
  },
  {
    clientId: 'demonstration-aides',
    at: 'DEP-041',
    name: 'Instruction des aides sociales',
    purpose: 'Vérifie les ressources des demandeurs d’aides du département.',
    host: 'aides.dep-041.valmarie.example',
    secret: 'demonstration-only-aides-secret',
  },
  {
    clientId: 'demonstration-preremplissage',
    at: 'ENT-CYP',
    name: 'Dossiers préremplis des entreprises',
    purpose: 'Remplit d’avance les dossiers de marchés publics avec les données de l’entreprise.',
    host: 'dossiers.ent-cyp.valmarie.example',
    secret: 'demonstration-only-preremplissage-secret',
  },
  {
    clientId: 'demonstration-logement',
    at: 'ASS-LOG',
    name: 'Demandes de logement',
    purpose: 'Vérifie la situation des demandeurs de logement qui y consentent.',
    host: 'demandes.ass-log.valmarie.example',
    secret: 'demonstration-only-logement-secret',
  },
] as const;

/** An invented service; `at` is the code of its organisation, `host` where its addresses are. */
export interface InventedService {
  readonly clientId: string;
  readonly realm: Realm;
  readonly at: string;
  readonly name: string;
  readonly purpose: string;
  readonly host: string;
  readonly state: ServiceState;
  readonly authentication?: ClientAuthentication;
  readonly claims?: Readonly<Record<string, string>>;
  /** Why it is suspended. */
  readonly suspended?: string;
  /** True while its way into production waits for a decision. */
  readonly isUnderReview?: boolean;
  readonly secret?: string;
  readonly asksConsent?: boolean;
  readonly redirectUris?: readonly string[];
}

const nameAndMail = (why: string) => ({
  given_name: why,
  usual_name: why,
  email: 'Écrire à la personne quand son dossier avance.',
});

/** Every invented service. */
export const INVENTED_SERVICES: readonly InventedService[] = [
  {
    clientId: DEMONSTRATION_PORTAL.clientId,
    realm: 'agents',
    at: 'DNE',
    name: 'Portail des agents',
    purpose: 'Un point d’entrée unique vers les outils communs des agents de l’État.',
    host: 'portail.dne.valmarie.example',
    state: 'production',
    authentication: 'client_secret_basic',
    secret: DEMONSTRATION_PORTAL.secret,
    claims: {
      ...nameAndMail('Saluer l’agent par son nom.'),
      siret: 'Montrer les outils de son organisation.',
    },
  },
  {
    clientId: 'demonstration-visio',
    realm: 'agents',
    at: 'DNE',
    name: 'Visioconférence de l’État',
    purpose: 'Des réunions à distance entre agents, hébergées par l’État.',
    host: 'visio.dne.valmarie.example',
    state: 'production',
    claims: nameAndMail('Nommer les participants d’une réunion.'),
  },
  {
    clientId: 'demonstration-transfert',
    realm: 'agents',
    at: 'DNE',
    name: 'Transfert de fichiers volumineux',
    purpose: 'L’envoi de fichiers volumineux entre administrations.',
    host: 'transfert.dne.valmarie.example',
    state: 'test',
    isUnderReview: true,
    claims: { email: 'Prévenir le destinataire d’un envoi.', usual_name: 'Nommer l’expéditeur.' },
  },
  {
    clientId: 'demonstration-paie',
    realm: 'agents',
    at: 'DFP',
    name: 'Bulletins de paie des agents',
    purpose: 'La consultation par chaque agent de ses bulletins de paie.',
    host: 'paie.dfp.valmarie.example',
    state: 'production',
    asksConsent: true,
    claims: {
      ...nameAndMail('Rapprocher l’agent de son dossier de paie.'),
      uid: 'Retrouver le dossier de paie sans homonyme.',
      siret: 'Savoir quel employeur paie.',
    },
  },
  {
    clientId: 'demonstration-chantiers',
    realm: 'agents',
    at: 'MIN',
    name: 'Suivi des chantiers du ministère',
    purpose: 'Le suivi des travaux dans les bâtiments du ministère.',
    host: 'chantiers.min.valmarie.example',
    state: 'suspended',
    suspended:
      'Une adresse de retour menait à un domaine qui n’est plus au ministère. Retirez-la, puis écrivez à la direction.',
    claims: { email: 'Prévenir des retards.', organizational_unit: 'Attribuer le chantier à un service.' },
  },
  {
    clientId: 'demonstration-bourses',
    realm: 'citizens',
    at: 'CNB',
    name: 'Demande de bourse étudiante',
    purpose: 'La demande en ligne d’une bourse sur critères sociaux.',
    host: 'bourses.cnb.valmarie.example',
    state: 'production',
    claims: {
      given_name: 'Établir la notification de bourse.',
      family_name: 'Établir la notification de bourse.',
      birthdate: 'Vérifier la condition d’âge.',
      birthplace: 'Écarter les homonymes.',
      birthcountry: 'Écarter les homonymes.',
      email: 'Prévenir de la décision.',
    },
  },
  {
    clientId: 'demonstration-titres',
    realm: 'citizens',
    at: 'ATS',
    name: 'Titres et permis en ligne',
    purpose: 'La demande et le suivi d’un titre d’identité ou d’un permis.',
    host: 'demarches.ats.valmarie.example',
    state: 'production',
    claims: {
      given_name: 'Préremplir la demande de titre.',
      family_name: 'Préremplir la demande de titre.',
      gender: 'Cette mention figure sur le titre.',
      birthdate: 'Cette mention figure sur le titre.',
      birthplace: 'Cette mention figure sur le titre.',
      birthcountry: 'Cette mention figure sur le titre.',
      email: 'Prévenir quand le titre est prêt.',
    },
  },
  {
    clientId: 'demonstration-mobilites',
    realm: 'citizens',
    at: 'MET-STA',
    name: 'Abonnements de transport',
    purpose: 'L’abonnement aux transports de la métropole, avec tarif social.',
    host: 'mobilites.met-sta.valmarie.example',
    state: 'test',
    redirectUris: [
      'http://localhost:8080/retour',
      'https://recette.mobilites.met-sta.valmarie.example/retour',
    ],
    claims: {
      given_name: 'Éditer la carte d’abonnement.',
      family_name: 'Éditer la carte d’abonnement.',
      birthdate: 'Vérifier le droit au tarif des jeunes.',
    },
  },
  {
    clientId: 'demonstration-bibliotheque',
    realm: 'citizens',
    at: 'BNV',
    name: 'Carte de lecteur',
    purpose: 'L’inscription à la bibliothèque nationale et la réservation de documents.',
    host: 'lecteurs.bnv.valmarie.example',
    state: 'test',
    authentication: 'none',
    asksConsent: true,
    claims: { preferred_username: 'Imprimer la carte de lecteur.', email: 'Prévenir des réservations.' },
  },
  {
    clientId: DEMONSTRATION_MACHINE.clientId,
    realm: 'machines',
    at: 'MET-STA',
    name: 'Calcul des tarifs sociaux',
    purpose: 'Interroge le quotient familial pour appliquer le tarif social des transports.',
    host: 'tarifs.met-sta.valmarie.example',
    state: 'production',
    authentication: 'client_secret_basic',
    secret: DEMONSTRATION_MACHINE.secret,
  },
  ...DEMONSTRATION_CALLERS.map(
    (caller): InventedService => ({
      ...caller,
      realm: 'machines',
      state: 'production',
      authentication: 'client_secret_basic',
    }),
  ),
  {
    clientId: 'demonstration-quotients',
    realm: 'machines',
    at: 'CNF',
    name: 'Serveur des quotients familiaux',
    purpose: 'Sert l’API des quotients familiaux et vérifie les jetons présentés.',
    host: 'api.cnf.valmarie.example',
    state: 'production',
  },
  {
    clientId: 'demonstration-revenus',
    realm: 'machines',
    at: 'DGI',
    name: 'Serveur des revenus déclarés',
    purpose: 'Sert l’API des revenus déclarés et vérifie les jetons présentés.',
    host: 'api.dgi.valmarie.example',
    state: 'test',
  },
];

/** An invented resource; `grants` are scopes by client id. */
export interface InventedResource {
  readonly identifier: string;
  readonly name: string;
  readonly at: string;
  readonly scopes: readonly string[];
  readonly tokenSeconds: number;
  readonly servedBy: string;
  readonly grants: Readonly<Record<string, readonly string[]>>;
}

/** Every invented resource. */
export const INVENTED_RESOURCES: readonly InventedResource[] = [
  {
    identifier: DEMONSTRATION_MACHINE.resource,
    name: 'Quotient familial',
    at: 'CNF',
    scopes: ['quotient.read', 'quotient.history'],
    tokenSeconds: 600,
    servedBy: 'demonstration-quotients',
    grants: { [DEMONSTRATION_MACHINE.clientId]: ['quotient.read'] },
  },
  {
    identifier: 'https://api.dgi.valmarie.example/revenus',
    name: 'Revenus déclarés',
    at: 'DGI',
    scopes: ['revenus.read'],
    tokenSeconds: 300,
    servedBy: 'demonstration-revenus',
    grants: { 'demonstration-quotients': ['revenus.read'] },
  },
];
