// The demonstration providers' words in English.

/** In English. */
export const en = {
  names: {
    ministry: 'ministries’ identity provider',
    citizen: 'citizens’ identity provider',
  },
  label: 'Demonstration identity provider: the people are fictitious, there is no password.',
  signIn: {
    ministryTitle: 'Sign in as a fictitious civil servant',
    citizenTitle: 'Sign in as a fictitious citizen',
    ministryLead:
      'Choose who you are. The service then receives your name, your address and your organisation.',
    citizenLead:
      'Choose the level of assurance, then who you are. The service then receives your verified identity.',
    recognised: 'This address is the one of this fictitious person.',
    notKnown: (email: string) => `Nobody here has the address ${email}. Choose a person from the list.`,
    searchLabel: 'Search by name or address',
    agents: 'Fictitious civil servants',
    firstOnes: (n: string) => `Only the first ${n} people: search for a name to find others.`,
    nobody: 'Nobody matches this search.',
    trial: 'Accounts to try refusals with',
    trialLead: 'Socle has to refuse these two sign-ins and say why.',
    refusalExpected: 'Refusal expected',
    trialOf: {
      'missing-siret': 'No SIRET',
      'foreign-domain': 'Address of a domain that is not one of this provider’s',
    },
    person: 'Person',
    email: 'E-mail address',
    role: 'Role',
    organisation: 'Organisation',
    siret: 'SIRET',
    noSiret: 'Not passed on',
    noOrganisation: 'No organisation',
    enter: '(sign in)',
    enterAsFull: (name: string) => `Sign in as ${name}`,
    another: 'Choose another person',
    cancel: 'Go back without signing in',
    level: 'Level of assurance',
    levels: { eidas1: 'Low (eidas1)', eidas2: 'Substantial (eidas2)', eidas3: 'High (eidas3)' },
    levelHints: {
      eidas1: 'As with a password alone.',
      eidas2: 'As with a second factor.',
      eidas3: 'As with an electronic identity card.',
    },
    levelAsked: (level: string) => `The service asks for: ${level}.`,
    citizens: 'Fictitious citizens',
    usedName: (name: string) => `known as ${name}`,
    birth: 'Birth',
    born: {
      female: (day: string, place: string) => `Born on ${day}, ${place}`,
      male: (day: string, place: string) => `Born on ${day}, ${place}`,
    },
    commune: (code: string) => `commune ${code}`,
    abroad: (country: string) => `abroad (country ${country})`,
  },
  signOut: {
    title: (provider: string) => `Sign out of the ${provider}`,
    lead: 'You are signing out of the service. End your session with this provider too, so that the next person has to sign in.',
    submit: 'Sign out',
  },
  signedOut: {
    title: 'You have signed out',
    lead: (provider: string) => `Your session with the ${provider} has ended.`,
    home: 'Go to the home page of Socle',
  },
  refusal: {
    title: 'The sign-in request is not accepted',
    lead: (provider: string) =>
      `The ${provider} cannot answer this request: it has expired, or it is malformed. Go back to the service and start the sign-in again.`,
    code: 'Code to give when you ask for help:',
    home: 'Go to the home page of Socle',
  },
};
