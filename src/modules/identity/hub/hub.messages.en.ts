// The hub's words in English.
import type { fr } from './hub.messages.fr.ts';

/** In English. */
export const en: typeof fr = {
  claims: {
    given_name: 'Given names',
    usual_name: 'Name in use',
    family_name: 'Birth name',
    preferred_username: 'Name in use',
    email: 'E-mail address',
    uid: 'Identifier at your identity provider',
    siret: 'SIRET of your organisation',
    organizational_unit: 'Unit',
    belonging_population: 'Population (agent, contractor…)',
    phone: 'Work telephone',
    idp_id: 'Identity provider used',
    birthdate: 'Date of birth',
    gender: 'Sex',
    birthplace: 'Municipality of birth',
    birthcountry: 'Country of birth',
  },
  assurances: { eidas1: 'low', eidas2: 'substantial', eidas3: 'high' },
  signIn: {
    agentsTitle: (service) => `Sign in to ${service}`,
    agentsLead:
      'Enter your work e-mail address: it leads to your administration’s identity provider, where you give your password. Socle never sees it.',
    email: 'Work e-mail address',
    emailHint: 'For example first.last@ministry.example',
    emailWrong: 'Enter a complete e-mail address, such as first.last@ministry.example.',
    next: 'Continue',
    citizensTitle: (service) => `Sign in to ${service}`,
    citizensLead: 'Choose the account with which you want to identify yourself. You need no other one.',
    asksLevel: (level) => `This service asks for a ${level} level of assurance at least.`,
    levelOf: (level) => `Level of assurance: ${level}`,
    belowLevel: 'Does not suit this service: its level of assurance is too low.',
    down: 'Does not answer at the moment',
    choiceTitle: 'Choose your identity provider',
    choiceLead: (domain) => `Several identity providers serve addresses in @${domain}.`,
    noneTitle: 'No identity provider for this address',
    noneLead: (domain) =>
      `No identity provider is connected for addresses in @${domain}. Check the address. If it is right, ask your IT department to connect your administration.`,
    noProviders: 'No identity provider is connected yet.',
    another: 'Enter another address',
    back: (service) => `Go back to ${service} without signing in`,
    providersState: 'State of the identity providers',
    test: 'This service is in test: only people of its organisation and test identities can sign in to it.',
  },
  refusal: {
    title: 'The sign-in did not succeed',
    again: 'Start again',
    code: 'Code to give if you ask for help',
    byCode: {
      'account-closed':
        'This account is closed: your administration reported that you left or closed your access. If this is a mistake, see your HR department.',
      'upstream-blocked':
        'You have blocked this identity provider in your sign-in history. Choose another one, then unblock it if you like.',
      'organisation-unknown':
        'The organisation that your identity provider names is not known to Socle. Give its SIRET to your IT department, which will have it added.',
      'link-waiting':
        'Your link to this organisation waits to be confirmed by it. You will receive a message when it is; start again then.',
      'link-refused':
        'This organisation did not confirm that you are a member of it. If this is a mistake, see your manager.',
      'assurance-too-low':
        'This service asks for a higher level of assurance than that of your sign-in. Choose another identity provider, or a safer means at yours.',
      'not-in-test':
        'This service is in test and open to members of its organisation and to test identities only.',
      'upstream-refused':
        'Your identity provider did not confirm the sign-in. Start again, or choose another one.',
      'upstream-wrong':
        'The identity provider’s answer did not pass the checks and was set aside. Start again; if it happens again, tell your IT department.',
    },
    waitingAt: (organisation) => `Organisation: ${organisation}`,
  },
  screen: {
    title: (service) => `You are about to sign in to ${service}`,
    informationLead: (organisation) => `This service of ${organisation} will receive the following:`,
    consentLead: (organisation) =>
      `Do you accept that this service of ${organisation} receives the following?`,
    nothing: 'This service only receives an identifier of its own, without your name.',
    why: 'Why',
    what: 'Information',
    continue: (service) => `Continue to ${service}`,
    accept: 'Accept and continue',
    refuse: 'Do not sign in',
    own: 'It also receives an identifier that exists for it alone: two services cannot put together what they know of you.',
  },
  signOut: {
    title: 'Sign out',
    lead: 'You will be signed out of every service that you entered with this browser, and of your identity provider.',
    leadFrom: (service) =>
      `You are leaving ${service}. You will be signed out of every service that you entered with this browser, and of your identity provider.`,
    confirm: 'Sign out everywhere',
    stay: 'To stay signed in to the other services, close this page.',
    done: 'You are signed out',
    doneLead: 'You can close this page.',
    doneEverywhere: 'You are signed out of Socle and of your identity provider.',
    again: 'Sign in again',
  },
  protocolErrors: {
    title: 'This sign-in is not possible',
    toTheTeam: 'For the service’s team, the code of the error:',
    other: 'The request that the service sent is not right. Go back to the service and start again.',
    nothingThere: 'There is nothing at this address',
    nothingThereLead: 'Check the address, or go back to the service that you came from.',
    byCode: {
      invalid_client: 'The service that sent you is not known, or its access is suspended. Tell its team.',
      invalid_redirect_uri:
        'The service’s return address is none of those that it registered. For safety, the sign-in stops here. Tell its team.',
      invalid_request:
        'The service’s request is incomplete or malformed. Go back to the service and start again.',
      SessionNotFound:
        'This sign-in has expired or began in another browser. Go back to the service and start again.',
      server_error: 'Something went wrong on our side. It is recorded; start again in a moment.',
    },
  },
  mail: {
    subject: (service) => `First sign-in to ${service}`,
    text: (service, organisation, when, provider) =>
      `Hello,\n\nYou signed in for the first time to “${service}” (${organisation}) on ${when}, through ${provider}.\n\nIf this was not you, see your sign-in history, block this identity provider and tell it.\n`,
  },
};
