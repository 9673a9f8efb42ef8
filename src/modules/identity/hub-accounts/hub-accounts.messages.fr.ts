// The words of people's own sign-ins and of organisation links in French.

/** In French. */
export const fr = {
  connections: {
    title: 'Mes connexions par le hub',
    account: 'Mon compte',
    lead: 'Les services où vous êtes entré par votre fournisseur d’identité, les navigateurs où vous êtes connecté, et ce que vous pouvez arrêter.',
    none: 'Vous n’êtes jamais entré par un fournisseur d’identité. Votre historique commencera à la première fois.',
    history: 'Historique',
    historyLead: 'Chaque connexion et chaque refus, le plus récent d’abord. L’historique est gardé un an.',
    at: 'Quand',
    service: 'Service',
    provider: 'Fournisseur d’identité',
    level: (level: string) => `Niveau de garantie\u00A0: ${level}`,
    result: 'Résultat',
    signedIn: 'Connecté',
    refused: 'Refusé',
    ownService: 'Socle',
    goneService: (clientId: string) => `Service retiré (${clientId})`,
    nothing: 'Aucune connexion sur cette période.',
    realms: { agents: 'agents', citizens: 'usagers', machines: 'programmes' },
  },
  refusals: {
    other:
      'La connexion n’a pas abouti. Revenez au service et recommencez\u00A0; si cela se répète, donnez-lui ce code\u00A0:',
    byCode: {
      access_denied: 'Vous avez renoncé à vous connecter, ou refusé de transmettre vos informations.',
      login_required:
        'Le service demandait une connexion sans vous montrer de page, et vous n’étiez plus connecté.',
      consent_required:
        'Le service demandait une connexion sans vous montrer de page, alors que vous deviez d’abord voir ce qui lui est transmis.',
      interaction_required:
        'Le service demandait une connexion sans vous montrer de page, alors qu’une étape avec vous était nécessaire.',
      unmet_authentication_requirements:
        'Le service demandait un niveau de garantie plus élevé que celui de votre connexion.',
      'email-missing':
        'Votre fournisseur d’identité n’a pas transmis d’adresse électronique. Demandez-lui de compléter votre compte.',
      'email-domain-not-allowed':
        'Votre fournisseur d’identité a transmis une adresse d’un domaine qui n’est pas le sien. Signalez-le-lui.',
      'siret-missing':
        'Votre fournisseur d’identité n’a pas transmis le SIRET de votre organisation. Signalez-le à votre service informatique.',
      'siret-wrong':
        'Le SIRET que votre fournisseur d’identité a transmis n’est pas valable. Signalez-le à votre service informatique.',
      'identity-incomplete':
        'Votre fournisseur d’identité n’a pas transmis une identité complète. Vérifiez votre compte chez lui.',
      server_error: 'Une erreur est survenue de notre côté. Recommencez.',
    },
  },
  sessions: {
    title: 'Sessions ouvertes',
    lead: 'Mettre fin à une session vous déconnecte, dans ce navigateur-là, de tous les services où elle vous a fait entrer.',
    device: 'Navigateur',
    unknownDevice: 'Navigateur inconnu',
    by: (provider: string, realm: string) => `Par ${provider}, espace ${realm}`,
    since: 'Depuis',
    lastSeen: 'Dernière connexion',
    present: 'Session présente',
    end: 'Mettre fin',
    endPresent: 'Mettre fin et sortir',
    endOthers: 'Mettre fin à toutes les autres',
    nothing: 'Aucune session ouverte.',
    ended: 'C’est fait\u00A0: les services concernés ont été prévenus.',
  },
  providers: {
    title: 'Fournisseurs d’identité',
    lead: 'Bloquez un fournisseur d’identité que vous n’employez pas\u00A0: plus personne ne pourra entrer en votre nom par lui.',
    name: 'Fournisseur d’identité',
    lastUsed: 'Dernier usage',
    never: 'Jamais',
    state: 'État',
    allowed: 'Autorisé',
    blockedSince: (day: string) => `Bloqué depuis le ${day}`,
    notOffered: 'N’est plus proposé',
    action: 'Action',
    block: 'Bloquer',
    unblock: 'Débloquer',
    blockTitle: (name: string) => `Bloquer ${name}`,
    blockLead: (name: string) =>
      `Vous ne pourrez plus vous connecter par ${name}, à aucun service. Les sessions ouvertes par lui prendront fin tout de suite\u00A0; les autres restent. Vous pourrez le débloquer ici à tout moment.`,
    presentWarning:
      'Vous êtes connecté en ce moment par ce fournisseur d’identité\u00A0: vous serez déconnecté aussitôt.',
    onlyWarning:
      'C’est le seul fournisseur d’identité par lequel vous êtes déjà entré. Gardez le message que vous allez recevoir\u00A0: son lien permet de le débloquer sans entrer.',
    onlyWarningNoMail:
      'C’est le seul fournisseur d’identité par lequel vous êtes déjà entré, et il ne donne pas d’adresse où vous écrire. Pour le débloquer, il vous faudra entrer par un autre qui atteste la même identité.',
    blockConfirm: 'Bloquer ce fournisseur d’identité',
    unblockTitle: (name: string) => `Débloquer ${name}`,
    unblockLead: (name: string) => `Vous pourrez de nouveau vous connecter par ${name}.`,
    unblockConfirm: 'Débloquer ce fournisseur d’identité',
    unblockAndSignIn: 'Débloquer, puis se connecter',
    cancel: 'Annuler',
    blocked: 'Ce fournisseur d’identité est bloqué.',
    unblocked: 'Ce fournisseur d’identité est débloqué.',
  },
  providerMail: {
    subject: {
      blocked: (name: string) => `Vous avez bloqué ${name}`,
      unblocked: (name: string) => `Vous avez débloqué ${name}`,
    },
    text: {
      blocked: (name: string, when: string, link: string) =>
        `Bonjour,\n\nLe ${when}, le fournisseur d’identité «\u00A0${name}\u00A0» a été bloqué dans votre compte\u00A0: il ne peut plus vous connecter à aucun service.\n\nPour le débloquer, même sans pouvoir entrer\u00A0: ${link}\n\nSi ce n’est pas vous, débloquez-le et, dans «\u00A0Mes connexions par le hub\u00A0», mettez fin aux sessions que vous ne reconnaissez pas.\n`,
      unblocked: (name: string, when: string) =>
        `Bonjour,\n\nLe ${when}, le fournisseur d’identité «\u00A0${name}\u00A0» a été débloqué dans votre compte\u00A0: il peut de nouveau vous connecter aux services.\n\nSi ce n’est pas vous, bloquez-le de nouveau dans «\u00A0Mes connexions par le hub\u00A0» et mettez fin aux sessions que vous ne reconnaissez pas.\n`,
    },
  },
  links: {
    navigation: 'Rattachements',
    title: 'Rattachements à confirmer',
    lead: 'Des agents se sont connectés par un fournisseur d’identité qui n’atteste pas leur organisation. Tant que vous ne les avez pas confirmés, ils ne peuvent entrer nulle part.',
    waiting: 'En attente',
    decided: 'Décidés',
    lists: 'Listes de rattachements',
    who: 'Agent',
    organisation: 'Organisation',
    provider: 'Fournisseur d’identité',
    waitsSince: 'Attend depuis',
    overdue: 'En retard',
    action: 'Action',
    decide: 'Décider',
    count: (count: string) => `En attente\u00A0: ${count}`,
    nothingWaiting: 'Aucun rattachement n’attend.',
    nothingDecided: 'Aucune décision pour l’instant.',
    days: (days: string) => (days === '1' ? '1\u00A0jour' : `${days}\u00A0jours`),
    hours: (hours: string) => (hours === '1' ? '1\u00A0heure' : `${hours}\u00A0heures`),
    lessThanAnHour: 'moins d’une heure',
    decision: 'Décision',
    decidedAt: 'Décidé le',
    by: 'Par',
    reason: 'Raison',
    nobody: 'Sans réponse à temps',
    accepted: 'Confirmé',
    refused: 'Refusé',
    expiredReason: 'Personne n’a répondu en 30 jours.',
    one: (name: string) => `Rattachement de ${name}`,
    email: 'Adresse électronique',
    siret: 'SIRET indiqué',
    unit: 'Service d’affectation',
    askedAt: 'Demandé le',
    check:
      'Confirmez seulement si cette personne travaille bien dans cette organisation. Le nom et l’adresse sont ceux que donne son fournisseur d’identité.',
    legend: 'Votre décision',
    accept: 'Confirmer',
    acceptHint: 'L’agent entrera à sa prochaine connexion, et reçoit un message.',
    refuse: 'Refuser',
    refuseHint:
      'L’agent ne pourra pas entrer pour cette organisation. Vous pourrez encore confirmer plus tard.',
    reasonLabel: 'Raison',
    reasonHint: 'Obligatoire pour un refus. L’agent la lit telle quelle.',
    send: 'Enregistrer la décision',
    acceptAfterAll: 'Confirmer quand même',
    acceptAfterAllLead:
      'Ce rattachement a été refusé. Si c’était une erreur, confirmez-le\u00A0: l’agent reçoit un message et entre à sa prochaine connexion.',
    cancel: 'Annuler',
    done: 'La décision est enregistrée et l’agent est prévenu.',
  },
  linkMail: {
    acceptedSubject: (organisation: string) => `Votre rattachement à ${organisation} est confirmé`,
    accepted: (organisation: string, reason: string) =>
      `Bonjour,\n\nVotre rattachement à «\u00A0${organisation}\u00A0» est confirmé. Revenez au service où vous vouliez entrer et connectez-vous de nouveau.${reason}\n`,
    refusedSubject: (organisation: string) => `Votre rattachement à ${organisation} n’est pas confirmé`,
    refused: (organisation: string, reason: string) =>
      `Bonjour,\n\n«\u00A0${organisation}\u00A0» n’a pas confirmé que vous en êtes membre.${reason}\n\nSi c’est une erreur, voyez votre responsable ou votre service des ressources humaines\u00A0: ils peuvent encore vous confirmer.\n`,
    expired: (organisation: string) =>
      `Bonjour,\n\nPersonne à «\u00A0${organisation}\u00A0» n’a confirmé votre rattachement en 30 jours\u00A0: la demande est close.\n\nVoyez votre responsable ou votre service des ressources humaines\u00A0: ils peuvent encore vous confirmer.\n`,
    reason: (reason: string) => `\n\nRaison donnée\u00A0: ${reason}`,
    reminderSubject: (count: string) =>
      count === '1'
        ? 'Un rattachement attend votre décision'
        : `${count} rattachements attendent votre décision`,
    reminder: (count: string, organisation: string, since: string, where: string) =>
      `Bonjour,\n\n${count === '1' ? 'Un agent attend' : `${count} agents attendent`} que «\u00A0${organisation}\u00A0» confirme ${count === '1' ? 'son' : 'leur'} rattachement, le premier depuis le ${since}. Ils ne peuvent entrer nulle part d’ici là\u00A0; sans réponse, la demande est close après 30 jours.\n\nDécidez ici\u00A0: ${where}\n`,
  },
  desk: {
    waiting: (count: string) =>
      count === '1'
        ? 'Un rattachement attend votre décision'
        : `${count} rattachements attendent votre décision`,
    overdue: (count: string) =>
      count === '1'
        ? 'Un rattachement attend depuis plus de deux jours ouvrés'
        : `${count} rattachements attendent depuis plus de deux jours ouvrés`,
    since: (day: string) => `le premier depuis le ${day}`,
  },
};
