// The French words of sign-in providers' pages.
import type { DiscoveryFault } from './upstream-discovery.types.ts';

/** What is wrong with a provider, and what to do. */
const faults: Record<DiscoveryFault, string> = {
  unreachable:
    'Ce fournisseur ne répond pas à temps. Vérifiez l’adresse, puis que son serveur est joignable d’ici.',
  'not-found':
    'À cette adresse, aucun fournisseur OpenID Connect ne se décrit. Vérifiez l’émetteur auprès du fournisseur.',
  'not-readable':
    'Ce qui se trouve à cette adresse n’est pas une description OpenID Connect. Vérifiez l’émetteur auprès du fournisseur.',
  'issuer-differs':
    'Le fournisseur se donne un autre émetteur que celui-ci. Reprenez exactement celui qu’il annonce, s’il est bien le sien.',
  insecure: 'Une des adresses du fournisseur ne commence pas par https. Demandez-lui de la corriger.',
  'endpoint-missing': 'La description du fournisseur est incomplète. Demandez-lui de la corriger.',
  'algorithm-unfit':
    'Le fournisseur ne signe par aucun des algorithmes acceptés. Demandez-lui d’activer ES256 ou RS256.',
  'keys-missing': 'Le fournisseur ne publie aucune clé utilisable. Demandez-lui de corriger son jeu de clés.',
};

/** The same in a few words, for lists. */
const faultNames: Record<DiscoveryFault, string> = {
  unreachable: 'Ne répond pas',
  'not-found': 'Description introuvable',
  'not-readable': 'Description illisible',
  'issuer-differs': 'Autre émetteur',
  insecure: 'Adresse sans https',
  'endpoint-missing': 'Description incomplète',
  'algorithm-unfit': 'Algorithmes refusés',
  'keys-missing': 'Clés introuvables',
};

/** French words. */
export const fr = {
  navigation: 'Fournisseurs d’identité',
  title: 'Fournisseurs d’identité',
  lead: 'Qui vous connecte, et si cela marche en ce moment. Chaque fournisseur est interrogé toutes les minutes\u00A0; les chiffres sont mesurés, jamais déclarés.',
  add: 'Enregistrer un fournisseur',
  count: (count: number, written: string) =>
    count > 1 ? `${written} fournisseurs` : `${written} fournisseur`,
  nothing: 'Aucun fournisseur n’est encore en service.',
  name: 'Fournisseur',
  realm: 'Public',
  all: 'Tous',
  realms: { agents: 'Agents', citizens: 'Usagers' },
  state: 'En ce moment',
  states: { up: 'En service', down: 'En panne', unknown: 'Pas encore mesuré' },
  stale: 'Plus mesuré',
  disabled: 'Désactivé',
  since: (moment: string) => `depuis le ${moment}`,
  sinceTitle: 'Depuis',
  checkedAt: 'Dernière mesure',
  never: 'jamais',
  uptime: (days: string) => `${days}\u00A0jours`,
  uptimeTitle: (days: string) => `Disponibilité sur ${days}\u00A0jours`,
  measuredOn: (days: string) => `mesuré ${days} j`,
  measuredOnLong: (checks: string, days: string) => `${checks} mesures sur ${days} jours`,
  notMeasured: 'Pas encore mesuré',
  trend: (days: string) => `Tendance (${days}\u00A0jours)`,
  trendOf: (name: string) => `Disponibilité de ${name}, jour par jour`,
  chart: 'Disponibilité jour par jour',
  chartSubtitle:
    'Part des mesures auxquelles le fournisseur a répondu, sur 90 jours. Un jour sans mesure est laissé vide.',
  chartSource: 'Mesuré par Socle, une fois par minute.',
  day: 'Jour',
  availability: 'Disponibilité',
  settings: 'Réglages',
  edit: 'Modifier',
  addTitle: 'Enregistrer un fournisseur d’identité',
  editTitle: (name: string) => `Modifier ${name}`,
  save: 'Enregistrer',
  cancel: 'Annuler',
  yes: 'Oui',
  no: 'Non',
  nameLabel: 'Nom, comme les personnes le connaissent',
  realmLabel: 'Qui ce fournisseur connecte',
  realmHints: {
    agents: 'Le domaine de leur adresse professionnelle mène à ce fournisseur.',
    citizens: 'Ils le choisissent dans une liste.',
  },
  issuer: 'Émetteur (issuer)',
  issuerHint:
    'L’adresse que le fournisseur annonce, par exemple https://auth.ministere.gouv.fr. Un fournisseur en service est interrogé dès l’enregistrement.',
  clientId: 'Identifiant de client (client_id)',
  clientIdHint: 'Celui que le fournisseur a donné à Socle.',
  clientSecret: 'Secret de client (client_secret)',
  clientSecretHint: 'Il n’est jamais montré. Inutile lorsque Socle signe avec sa propre clé.',
  clientSecretKept: 'Un secret est enregistré et n’est jamais montré. Laissez vide pour le garder.',
  clientAuthentication: 'Comment Socle prouve son identité au fournisseur',
  clientAuthentications: {
    private_key_jwt: 'Par sa propre clé (private_key_jwt)',
    client_secret_basic: 'Par le secret, en en-tête (client_secret_basic)',
    client_secret_post: 'Par le secret, dans la requête (client_secret_post)',
  },
  clientAuthenticationHints: {
    private_key_jwt:
      'À préférer\u00A0: aucun secret n’est partagé. Socle crée la clé et en publie la part publique.',
    client_secret_basic: 'Le secret, que le fournisseur connaît aussi, part avec chaque demande de jetons.',
    client_secret_post: 'Pour un fournisseur qui ne reconnaît pas le secret en en-tête.',
  },
  scopes: 'Portées demandées (scopes)',
  scopesHint: 'Séparées par des espaces, dont openid.',
  domains: 'Domaines des adresses électroniques',
  domainsHint:
    'Un par ligne, pour les agents. Une adresse d’un autre domaine est refusée\u00A0; un sous-domaine doit être inscrit lui aussi.',
  organisations: 'Organisations dont il peut affirmer le SIRET',
  organisationsHint: 'Par SIRET ou par code, une par ligne.',
  vouches: 'Ce qui est cru de lui',
  vouchesForOrganisation: 'L’appartenance des agents à une organisation',
  vouchesForOrganisationHint:
    'Si cette case reste vide, chaque rattachement attend qu’une personne le confirme.',
  vouchesForSecondFactor: 'L’emploi d’un second facteur',
  vouchesForSecondFactorHint:
    'Si cette case reste vide, Socle demande son propre second facteur aux rôles qui en ont besoin.',
  bestAssurance: 'Niveau de garantie le plus élevé qui est cru de lui (usagers)',
  assurances: { eidas1: 'Faible (eidas1)', eidas2: 'Substantiel (eidas2)', eidas3: 'Élevé (eidas3)' },
  isEnabled: 'En service\u00A0: des personnes peuvent se connecter par ce fournisseur',
  isEnabledHint: 'Décochez pour enregistrer un fournisseur qui ne répond pas encore.',
  enabled: 'En service',
  demonstration: 'Ce fournisseur fictif fait partie de la démonstration et se trouve dans Socle même.',
  toRegister: 'À déclarer chez le fournisseur',
  redirectUri: 'Adresse de retour (redirect_uri)',
  logoutUri: 'Déconnexion par l’arrière (backchannel_logout_uri)',
  jwksUri: 'Clés de Socle (jwks_uri)',
  noOrigin:
    'L’adresse publique de Socle n’est pas réglée (SOCLE_PUBLIC_URL)\u00A0: complétez ces chemins par la vôtre.',
  found: 'Ce que le fournisseur annonce',
  foundIn: (milliseconds: string) => `Répondu en ${milliseconds}\u00A0ms.`,
  wrong: 'Ce fournisseur ne peut pas servir',
  authorizationEndpoint: 'Autorisation',
  tokenEndpoint: 'Jetons',
  userinfoEndpoint: 'Informations de la personne',
  endSessionEndpoint: 'Déconnexion',
  algorithms: 'Algorithmes acceptés',
  keys: 'Clés publiées',
  takesPkce: 'PKCE (S256)',
  notSaid: 'Non précisé',
  namesItself: 'Nomme l’émetteur dans ses réponses (RFC 9207)',
  tellsOfLogout: 'Prévient de ses déconnexions',
  none: 'Aucun',
  sharedDomains: 'D’autres fournisseurs servent aussi ces domaines\u00A0: la personne choisira.',
  sharedDomain: (domain: string, others: string) => `${domain}\u00A0: ${others}`,
  noDomain: 'Aucun domaine n’est inscrit\u00A0: personne n’est conduit à ce fournisseur.',
  lastFaults: 'Dernières pannes',
  noFault: 'Aucune panne mesurée depuis 90 jours.',
  moment: 'Moment',
  fault: 'Ce qui n’allait pas',
  took: 'Durée',
  milliseconds: (written: string) => `${written}\u00A0ms`,
  faults,
  faultNames,
  detail: (detail: string) => `(${detail})`,
};
