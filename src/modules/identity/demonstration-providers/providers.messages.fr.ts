// The demonstration providers' words in French.

/** In French. */
export const fr = {
  names: {
    ministry: 'fournisseur d’identité des ministères',
    citizen: 'fournisseur d’identité des usagers',
  },
  label:
    'Fournisseur d’identité de démonstration\u00A0: les personnes sont fictives, il n’y a pas de mot de passe.',
  signIn: {
    ministryTitle: 'Se connecter comme agent fictif',
    citizenTitle: 'Se connecter comme usager fictif',
    ministryLead:
      'Choisissez qui vous êtes. Le service reçoit ensuite votre nom, votre adresse et votre organisation.',
    citizenLead:
      'Choisissez le niveau de garantie, puis qui vous êtes. Le service reçoit ensuite votre identité vérifiée.',
    recognised: 'Cette adresse est celle de cette personne fictive.',
    notKnown: (email: string) => `Personne n’a ici l’adresse ${email}. Choisissez une personne de la liste.`,
    searchLabel: 'Chercher par nom ou par adresse',
    agents: 'Agents fictifs',
    firstOnes: (n: string) =>
      `Les ${n} premières personnes seulement\u00A0: cherchez un nom pour en trouver d’autres.`,
    nobody: 'Personne ne correspond à cette recherche.',
    trial: 'Comptes pour essayer les refus',
    trialLead: 'Socle doit refuser ces deux connexions et dire pourquoi.',
    refusalExpected: 'Refus attendu',
    trialOf: {
      'missing-siret': 'SIRET absent',
      'foreign-domain': 'Adresse d’un autre domaine que ceux de ce fournisseur',
    },
    person: 'Personne',
    email: 'Adresse électronique',
    role: 'Rôle',
    organisation: 'Organisation',
    siret: 'SIRET',
    noSiret: 'Non transmis',
    noOrganisation: 'Sans organisation',
    enter: '(se connecter)',
    enterAsFull: (name: string) => `Se connecter comme ${name}`,
    another: 'Choisir une autre personne',
    cancel: 'Revenir sans se connecter',
    level: 'Niveau de garantie',
    levels: { eidas1: 'Faible (eidas1)', eidas2: 'Substantiel (eidas2)', eidas3: 'Élevé (eidas3)' },
    levelHints: {
      eidas1: 'Comme avec un mot de passe seul.',
      eidas2: 'Comme avec un second facteur.',
      eidas3: 'Comme avec une carte d’identité électronique.',
    },
    levelAsked: (level: string) => `Le service demande\u00A0: ${level}.`,
    citizens: 'Usagers fictifs',
    usedName: (name: string) => `nom d’usage ${name}`,
    birth: 'Naissance',
    born: {
      female: (day: string, place: string) => `Née le ${day}, ${place}`,
      male: (day: string, place: string) => `Né le ${day}, ${place}`,
    },
    commune: (code: string) => `commune ${code}`,
    abroad: (country: string) => `à l’étranger (pays ${country})`,
  },
  signOut: {
    title: (provider: string) => `Se déconnecter du ${provider}`,
    lead: 'Vous vous déconnectez du service. Terminez aussi votre session chez ce fournisseur, pour que la personne suivante doive se connecter.',
    submit: 'Se déconnecter',
  },
  signedOut: {
    title: 'Vous êtes déconnecté',
    lead: (provider: string) => `Votre session au ${provider} est terminée.`,
    home: 'Aller à l’accueil de Socle',
  },
  refusal: {
    title: 'La demande de connexion n’est pas acceptée',
    lead: (provider: string) =>
      `Le ${provider} ne peut pas répondre à cette demande\u00A0: elle a expiré, ou elle est mal formée. Retournez au service et recommencez la connexion.`,
    code: 'Code à donner si vous demandez de l’aide\u00A0:',
    home: 'Aller à l’accueil de Socle',
  },
};
