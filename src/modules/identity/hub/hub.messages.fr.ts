// The hub's words in French.

/** In French. */
export const fr = {
  claims: {
    given_name: 'Prénoms',
    usual_name: 'Nom d’usage',
    family_name: 'Nom de naissance',
    preferred_username: 'Nom d’usage',
    email: 'Adresse électronique',
    uid: 'Identifiant chez votre fournisseur d’identité',
    siret: 'SIRET de votre organisation',
    organizational_unit: 'Service d’affectation',
    belonging_population: 'Population (agent, prestataire…)',
    phone: 'Téléphone professionnel',
    idp_id: 'Fournisseur d’identité employé',
    birthdate: 'Date de naissance',
    gender: 'Sexe',
    birthplace: 'Commune de naissance',
    birthcountry: 'Pays de naissance',
  },
  assurances: { eidas1: 'faible', eidas2: 'substantiel', eidas3: 'élevé' },
  signIn: {
    agentsTitle: (service: string) => `Se connecter à ${service}`,
    agentsLead:
      'Saisissez votre adresse électronique professionnelle\u00A0: elle mène au fournisseur d’identité de votre administration, où vous donnez votre mot de passe. Socle ne le voit jamais.',
    email: 'Adresse électronique professionnelle',
    emailHint: 'Par exemple prenom.nom@ministere.example',
    emailWrong: 'Saisissez une adresse électronique complète, comme prenom.nom@ministere.example.',
    next: 'Continuer',
    citizensTitle: (service: string) => `Se connecter à ${service}`,
    citizensLead:
      'Choisissez le compte avec lequel vous voulez vous identifier. Il n’est pas nécessaire d’en créer un autre.',
    asksLevel: (level: string) => `Ce service demande un niveau de garantie ${level} au moins.`,
    levelOf: (level: string) => `Niveau de garantie\u00A0: ${level}`,
    belowLevel: 'Ne convient pas à ce service\u00A0: son niveau de garantie est trop faible.',
    down: 'Ne répond pas en ce moment',
    choiceTitle: 'Choisissez votre fournisseur d’identité',
    choiceLead: (domain: string) => `Plusieurs fournisseurs d’identité servent les adresses en @${domain}.`,
    noneTitle: 'Aucun fournisseur d’identité pour cette adresse',
    noneLead: (domain: string) =>
      `Aucun fournisseur d’identité n’est raccordé pour les adresses en @${domain}. Vérifiez l’adresse. Si elle est juste, demandez à votre service informatique de raccorder votre administration.`,
    noProviders: 'Aucun fournisseur d’identité n’est raccordé pour l’instant.',
    another: 'Saisir une autre adresse',
    back: (service: string) => `Revenir à ${service} sans se connecter`,
    providersState: 'État des fournisseurs d’identité',
    test: 'Ce service est en test\u00A0: seules les personnes de son organisation et les identités de test peuvent s’y connecter.',
  },
  refusal: {
    title: 'La connexion n’a pas abouti',
    again: 'Recommencer',
    code: 'Code à donner si vous demandez de l’aide',
    byCode: {
      'account-closed':
        'Ce compte est fermé\u00A0: votre administration a signalé votre départ ou fermé votre accès. Si c’est une erreur, voyez votre service des ressources humaines.',
      'upstream-blocked':
        'Vous avez bloqué ce fournisseur d’identité dans votre historique de connexions. Choisissez-en un autre, puis débloquez-le si vous le souhaitez.',
      'organisation-unknown':
        'L’organisation que votre fournisseur d’identité indique n’est pas connue de Socle. Donnez son SIRET à votre service informatique, qui demandera son ajout.',
      'link-waiting':
        'Votre rattachement à cette organisation attend d’être confirmé par elle. Vous recevrez un message quand ce sera fait\u00A0; recommencez alors.',
      'link-refused':
        'Cette organisation n’a pas confirmé que vous en êtes membre. Si c’est une erreur, voyez votre responsable.',
      'assurance-too-low':
        'Ce service demande un niveau de garantie plus élevé que celui de votre connexion. Choisissez un autre fournisseur d’identité ou un moyen plus sûr chez le vôtre.',
      'not-in-test':
        'Ce service est en test et n’est ouvert qu’aux membres de son organisation et aux identités de test.',
      'upstream-refused':
        'Votre fournisseur d’identité n’a pas confirmé la connexion. Recommencez, ou choisissez-en un autre.',
      'upstream-wrong':
        'La réponse du fournisseur d’identité n’a pas passé les vérifications\u00A0; elle est écartée. Recommencez\u00A0; si cela se répète, signalez-le à votre service informatique.',
    },
    waitingAt: (organisation: string) => `Organisation\u00A0: ${organisation}`,
  },
  screen: {
    title: (service: string) => `Vous allez vous connecter à ${service}`,
    informationLead: (organisation: string) =>
      `Ce service de ${organisation} recevra les informations suivantes\u00A0:`,
    consentLead: (organisation: string) =>
      `Acceptez-vous que ce service de ${organisation} reçoive les informations suivantes\u00A0?`,
    nothing: 'Ce service ne reçoit qu’un identifiant qui lui est propre, sans votre nom.',
    why: 'Pourquoi',
    what: 'Information',
    continue: (service: string) => `Continuer vers ${service}`,
    accept: 'Accepter et continuer',
    refuse: 'Ne pas se connecter',
    own: 'Il reçoit aussi un identifiant qui n’existe que pour lui\u00A0: deux services ne peuvent pas rapprocher ce qu’ils savent de vous.',
  },
  signOut: {
    title: 'Se déconnecter',
    lead: 'Vous serez déconnecté de tous les services où vous êtes entré par ce navigateur, et de votre fournisseur d’identité.',
    leadFrom: (service: string) =>
      `Vous quittez ${service}. Vous serez déconnecté de tous les services où vous êtes entré par ce navigateur, et de votre fournisseur d’identité.`,
    confirm: 'Se déconnecter partout',
    stay: 'Pour rester connecté aux autres services, fermez cette page.',
    done: 'Vous êtes déconnecté',
    doneLead: 'Vous pouvez fermer cette page.',
    doneEverywhere: 'Vous êtes déconnecté de Socle et de votre fournisseur d’identité.',
    again: 'Se connecter de nouveau',
  },
  protocolErrors: {
    title: 'Cette connexion n’est pas possible',
    toTheTeam: 'Pour l’équipe du service, le code de l’erreur\u00A0:',
    other: 'La demande que le service a envoyée n’est pas correcte. Revenez au service et recommencez.',
    nothingThere: 'Il n’y a rien à cette adresse',
    nothingThereLead: 'Vérifiez l’adresse, ou revenez au service d’où vous venez.',
    byCode: {
      invalid_client:
        'Le service qui vous envoie n’est pas connu, ou son accès est suspendu. Prévenez son équipe.',
      invalid_redirect_uri:
        'L’adresse de retour du service n’est pas l’une de celles qu’il a enregistrées. Par sécurité, la connexion s’arrête ici. Prévenez son équipe.',
      invalid_request:
        'La demande du service est incomplète ou mal formée. Revenez au service et recommencez.',
      SessionNotFound:
        'Cette connexion a expiré ou a commencé dans un autre navigateur. Revenez au service et recommencez.',
      server_error:
        'Une erreur est survenue de notre côté. Elle est enregistrée\u00A0; recommencez dans quelques instants.',
    },
  },
  mail: {
    subject: (service: string) => `Première connexion à ${service}`,
    text: (service: string, organisation: string, when: string, provider: string) =>
      `Bonjour,\n\nVous vous êtes connecté pour la première fois à « ${service} » (${organisation}) le ${when}, par ${provider}.\n\nSi ce n’est pas vous, voyez l’historique de vos connexions, bloquez ce fournisseur d’identité et prévenez-le.\n`,
  },
};
