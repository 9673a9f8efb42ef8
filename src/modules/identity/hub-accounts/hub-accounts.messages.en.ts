// The words of people's own sign-ins and of organisation links in English.
import type { fr } from './hub-accounts.messages.fr.ts';

/** In English. */
export const en: typeof fr = {
  connections: {
    title: 'My sign-ins through the hub',
    account: 'My account',
    lead: 'The services that you entered through your identity provider, the browsers in which you are signed in, and what you can stop.',
    none: 'You never came in through an identity provider. Your history will begin the first time.',
    history: 'History',
    historyLead: 'Every sign-in and every refusal, the newest first. The history is kept for one year.',
    at: 'When',
    service: 'Service',
    provider: 'Identity provider',
    level: (level) => `Level of assurance: ${level}`,
    result: 'Result',
    signedIn: 'Signed in',
    refused: 'Refused',
    ownService: 'Socle',
    goneService: (clientId) => `Service withdrawn (${clientId})`,
    nothing: 'No sign-in in this period.',
    realms: { agents: 'agents', citizens: 'citizens', machines: 'programs' },
  },
  refusals: {
    other:
      'The sign-in did not succeed. Go back to the service and start again; if it happens again, give it this code:',
    byCode: {
      access_denied: 'You gave up signing in, or refused to pass on your information.',
      login_required:
        'The service asked for a sign-in without showing you a page, and you were no longer signed in.',
      consent_required:
        'The service asked for a sign-in without showing you a page, while you first had to see what it receives.',
      interaction_required:
        'The service asked for a sign-in without showing you a page, while a step with you was necessary.',
      unmet_authentication_requirements:
        'The service asked for a higher level of assurance than that of your sign-in.',
      'email-missing': 'Your identity provider passed on no e-mail address. Ask it to complete your account.',
      'email-domain-not-allowed':
        'Your identity provider passed on an address of a domain that is not its own. Tell it.',
      'siret-missing':
        'Your identity provider did not pass on your organisation’s SIRET. Tell your IT department.',
      'siret-wrong': 'The SIRET that your identity provider passed on is not valid. Tell your IT department.',
      'identity-incomplete':
        'Your identity provider did not pass on a complete identity. Check your account there.',
      server_error: 'Something went wrong on our side. Start again.',
    },
  },
  sessions: {
    title: 'Open sessions',
    lead: 'Ending a session signs you out, in that browser, of every service that it led to.',
    device: 'Browser',
    unknownDevice: 'Unknown browser',
    by: (provider, realm) => `Through ${provider}, realm ${realm}`,
    since: 'Since',
    lastSeen: 'Last sign-in',
    present: 'This session',
    end: 'End',
    endPresent: 'End and leave',
    endOthers: 'End all others',
    nothing: 'No open session.',
    ended: 'Done: the services concerned were told.',
  },
  providers: {
    title: 'Identity providers',
    lead: 'Block an identity provider that you do not use: nobody can enter in your name through it any more.',
    name: 'Identity provider',
    lastUsed: 'Last used',
    never: 'Never',
    state: 'State',
    allowed: 'Allowed',
    blockedSince: (day) => `Blocked since ${day}`,
    notOffered: 'No longer on offer',
    action: 'Action',
    block: 'Block',
    unblock: 'Unblock',
    blockTitle: (name) => `Block ${name}`,
    blockLead: (name) =>
      `You will no longer be able to sign in through ${name}, to any service. The sessions that it opened end at once; the others stay. You can unblock it here at any time.`,
    presentWarning:
      'You are signed in through this identity provider at the moment: you will be signed out at once.',
    onlyWarning:
      'This is the only identity provider through which you came in so far. Keep the message that you are about to receive: its link unblocks it without coming in.',
    onlyWarningNoMail:
      'This is the only identity provider through which you came in so far, and it gives no address to write to you. To unblock it, you will have to come in through another one that vouches for the same identity.',
    blockConfirm: 'Block this identity provider',
    unblockTitle: (name) => `Unblock ${name}`,
    unblockLead: (name) => `You will be able to sign in through ${name} again.`,
    unblockConfirm: 'Unblock this identity provider',
    unblockAndSignIn: 'Unblock, then sign in',
    cancel: 'Cancel',
    blocked: 'This identity provider is blocked.',
    unblocked: 'This identity provider is unblocked.',
  },
  providerMail: {
    subject: {
      blocked: (name) => `You blocked ${name}`,
      unblocked: (name) => `You unblocked ${name}`,
    },
    text: {
      blocked: (name, when, link) =>
        `Hello,\n\nOn ${when}, the identity provider “${name}” was blocked in your account: it can no longer sign you in to any service.\n\nTo unblock it, even when you cannot come in: ${link}\n\nIf this was not you, unblock it and, in “My sign-ins through the hub”, end the sessions that you do not recognise.\n`,
      unblocked: (name, when) =>
        `Hello,\n\nOn ${when}, the identity provider “${name}” was unblocked in your account: it can sign you in to services again.\n\nIf this was not you, block it again in “My sign-ins through the hub” and end the sessions that you do not recognise.\n`,
    },
  },
  links: {
    navigation: 'Links',
    title: 'Links to confirm',
    lead: 'Agents signed in through an identity provider that does not vouch for their organisation. Until you confirm them, they can enter nowhere.',
    waiting: 'Waiting',
    decided: 'Decided',
    lists: 'Lists of links',
    who: 'Agent',
    organisation: 'Organisation',
    provider: 'Identity provider',
    waitsSince: 'Has waited for',
    overdue: 'Late',
    action: 'Action',
    decide: 'Decide',
    count: (count) => `Waiting: ${count}`,
    nothingWaiting: 'No link is waiting.',
    nothingDecided: 'No decision yet.',
    days: (days) => (days === '1' ? '1\u00A0day' : `${days}\u00A0days`),
    hours: (hours) => (hours === '1' ? '1\u00A0hour' : `${hours}\u00A0hours`),
    lessThanAnHour: 'less than an hour',
    decision: 'Decision',
    decidedAt: 'Decided on',
    by: 'By',
    reason: 'Reason',
    nobody: 'Nobody answered in time',
    accepted: 'Confirmed',
    refused: 'Refused',
    expiredReason: 'Nobody answered within 30 days.',
    one: (name) => `Link of ${name}`,
    email: 'E-mail address',
    siret: 'SIRET given',
    unit: 'Unit',
    askedAt: 'Asked on',
    check:
      'Confirm only if this person really works in this organisation. The name and address are those that their identity provider gives.',
    legend: 'Your decision',
    accept: 'Confirm',
    acceptHint: 'The agent gets in at their next sign-in, and receives a message.',
    refuse: 'Refuse',
    refuseHint: 'The agent cannot enter for this organisation. You can still confirm later.',
    reasonLabel: 'Reason',
    reasonHint: 'Required for a refusal. The agent reads it as it stands.',
    send: 'Record the decision',
    acceptAfterAll: 'Confirm after all',
    acceptAfterAllLead:
      'This link was refused. If that was a mistake, confirm it: the agent receives a message and gets in at their next sign-in.',
    cancel: 'Cancel',
    done: 'The decision is recorded and the agent was told.',
  },
  linkMail: {
    acceptedSubject: (organisation) => `Your link to ${organisation} is confirmed`,
    accepted: (organisation, reason) =>
      `Hello,\n\nYour link to “${organisation}” is confirmed. Go back to the service that you wanted to enter and sign in again.${reason}\n`,
    refusedSubject: (organisation) => `Your link to ${organisation} is not confirmed`,
    refused: (organisation, reason) =>
      `Hello,\n\n“${organisation}” did not confirm that you are a member of it.${reason}\n\nIf this is a mistake, see your manager or your HR department: they can still confirm you.\n`,
    expired: (organisation) =>
      `Hello,\n\nNobody at “${organisation}” confirmed your link within 30 days: the request is closed.\n\nSee your manager or your HR department: they can still confirm you.\n`,
    reason: (reason) => `\n\nReason given: ${reason}`,
    reminderSubject: (count) =>
      count === '1' ? 'A link waits for your decision' : `${count} links wait for your decision`,
    reminder: (count, organisation, since, where) =>
      `Hello,\n\n${count === '1' ? 'One agent waits' : `${count} agents wait`} for “${organisation}” to confirm their link, the first since ${since}. They can enter nowhere until then; without an answer, the request is closed after 30 days.\n\nDecide here: ${where}\n`,
  },
  desk: {
    waiting: (count) =>
      count === '1' ? 'A link waits for your decision' : `${count} links wait for your decision`,
    overdue: (count) =>
      count === '1'
        ? 'A link has waited for more than two working days'
        : `${count} links have waited for more than two working days`,
    since: (day) => `the first since ${day}`,
  },
};
