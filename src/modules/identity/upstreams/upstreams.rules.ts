// What must hold for an upstream provider to be recorded, and where its issuer stands. Pure: others' marks are given.
import type { FieldError } from '#platform/errors.ts';
import type { Translated } from '#platform/i18n/locale.ts';
import { hasControlCharacter, tidied } from '#platform/typed-text.ts';
import { type Assurance, isAssurance, type PeopleRealm } from '../hub/realms.ts';
import { asDomain, wordsOfLines } from './domains.rules.ts';
import {
  CLIENT_AUTHENTICATIONS,
  type ClientAuthentication,
  type Upstream,
  type UpstreamInput,
  type UpstreamSettings,
} from './upstreams.types.ts';

/** Domains, and organisations, of one provider at the most. */
export const MARKS_AT_MOST = 500;

/** Where an OpenID provider describes itself, under its issuer; people paste this address for the issuer. */
const DISCOVERY_PATH = /\/\.well-known\/openid-configuration$/;

/** What was typed of a provider, tidied; to be recorded only if `faultsOfUpstream` finds none. */
export interface UpstreamDraft {
  readonly settings: Omit<UpstreamSettings, 'organisationIds'>;
  /** Lines that are no e-mail domain, as typed. */
  readonly wrongDomains: readonly string[];
  /** Organisations as typed: by SIRET, code or id. */
  readonly organisationWords: readonly string[];
  /** Null: the one that is kept stays. */
  readonly clientSecret: string | null;
}

/**
 * The issuer as the protocol knows it. A demonstration provider stands on Socle's own site, under whichever `origin`
 * that is reached at, so that only its path is recorded.
 */
export function effectiveIssuer({ issuer }: Pick<Upstream, 'issuer'>, origin: string): string {
  return issuer.startsWith('/') ? `${origin}${issuer}` : issuer;
}

/** What was typed, tidied; whether it is a demonstration provider nobody types, so `before` says (null: none). */
export function upstreamAsTyped(input: UpstreamInput, before: Upstream | null): UpstreamDraft {
  const domains = wordsOfLines(input.domains);
  return {
    settings: {
      realm: input.realm as PeopleRealm,
      name: tidied(input.name),
      issuer: input.issuer.trim().replace(DISCOVERY_PATH, ''),
      clientId: input.clientId.trim(),
      clientAuthentication: input.clientAuthentication as ClientAuthentication,
      scopes: [...new Set(tidied(input.scopes).split(' '))].join(' '),
      vouchesForOrganisation: input.vouchesForOrganisation,
      vouchesForSecondFactor: input.vouchesForSecondFactor,
      bestAssurance: input.bestAssurance as Assurance,
      isEnabled: input.isEnabled,
      isDemonstration: before?.isDemonstration ?? false,
      domains: [...new Set(domains.map(asDomain).filter((domain) => domain !== null))].sort(),
    },
    wrongDomains: domains.filter((domain) => asDomain(domain) === null),
    organisationWords: wordsOfLines(input.organisations, /[\n,;]+/).map((word) =>
      /^[\d\s.]+$/.test(word) ? word.replace(/[\s.]/g, '') : word,
    ),
    clientSecret: input.clientSecret.trim() || null,
  };
}

/** Tells whether `issuer` may be recorded: an https address without query or fragment (OpenID Connect Discovery, 3). */
export function isIssuer(issuer: string, { mayBeInsecure }: { mayBeInsecure: boolean }): boolean {
  const url = URL.parse(issuer);
  return (
    url !== null &&
    issuer.length <= 500 &&
    (url.protocol === 'https:' || (mayBeInsecure && url.protocol === 'http:')) &&
    !/[?#\s]/.test(issuer) &&
    url.username === '' &&
    url.password === ''
  );
}

/** Every fault of a provider's own fields, each in words that say what to do; empty when it may be recorded. */
export function faultsOfUpstream(
  { settings, wrongDomains, organisationWords, clientSecret }: UpstreamDraft,
  given: { before: Upstream | null; hasSecret: boolean; mayBeInsecure: boolean },
): FieldError[] {
  const { before } = given;
  const faults: FieldError[] = [];
  const fault = (field: keyof UpstreamInput, text: Translated) => faults.push({ field, text });
  const { realm, name, issuer, clientId, clientAuthentication, scopes, bestAssurance, domains } = settings;

  if (realm !== 'agents' && realm !== 'citizens') {
    fault('realm', {
      fr: 'Choisissez qui ce fournisseur connecte.',
      en: 'Choose whom this provider signs in.',
    });
  } else if (before && before.realm !== realm) {
    fault('realm', {
      fr: 'Un fournisseur ne change pas de public\u00A0: désactivez-le et enregistrez-en un autre.',
      en: 'A provider does not change its public: disable it and record another one.',
    });
  }
  if (name === '' || name.length > 120 || hasControlCharacter(name)) {
    fault('name', {
      fr: 'Saisissez un nom de 1 à 120 caractères.',
      en: 'Enter a name of 1 to 120 characters.',
    });
  }
  const staysAsItIs = before?.isDemonstration === true && before.issuer === issuer;
  if (!staysAsItIs && !isIssuer(issuer, given)) {
    fault('issuer', {
      fr: 'Saisissez l’adresse de l’émetteur\u00A0: elle commence par https:// et n’a ni «\u00A0?\u00A0» ni «\u00A0#\u00A0».',
      en: 'Enter the address of the issuer: it starts with https:// and has neither “?” nor “#”.',
    });
  }
  if (clientId === '' || clientId.length > 200 || hasControlCharacter(clientId)) {
    fault('clientId', {
      fr: 'Saisissez l’identifiant que le fournisseur a donné à Socle, de 1 à 200 caractères.',
      en: 'Enter the identifier that the provider gave to Socle, of 1 to 200 characters.',
    });
  }
  if (!CLIENT_AUTHENTICATIONS.includes(clientAuthentication)) {
    fault('clientAuthentication', {
      fr: 'Choisissez comment Socle prouve son identité au fournisseur.',
      en: 'Choose how Socle proves itself to the provider.',
    });
  } else if (clientAuthentication !== 'private_key_jwt' && clientSecret === null && !given.hasSecret) {
    fault('clientSecret', {
      fr: 'Saisissez le secret que le fournisseur a donné à Socle.',
      en: 'Enter the secret that the provider gave to Socle.',
    });
  }
  if (clientSecret !== null && (clientSecret.length > 1000 || hasControlCharacter(clientSecret))) {
    fault('clientSecret', {
      fr: 'Saisissez un secret de 1000 caractères au plus, sur une ligne.',
      en: 'Enter a secret of at most 1000 characters, on one line.',
    });
  }
  // RFC 6749, 3.3: what a scope is made of; OpenID Connect Core, 3.1.2.1: openid is always among them.
  if (
    !scopes.split(' ').includes('openid') ||
    scopes.length > 500 ||
    !/^[\x21\x23-\x5B\x5D-\x7E ]+$/.test(scopes)
  ) {
    fault('scopes', {
      fr: 'Saisissez les portées séparées par des espaces, dont «\u00A0openid\u00A0».',
      en: 'Enter the scopes separated by spaces, “openid” among them.',
    });
  }
  if (!isAssurance(bestAssurance)) {
    fault('bestAssurance', { fr: 'Choisissez un niveau de garantie.', en: 'Choose a level of assurance.' });
  }
  faults.push(...faultsOfMarks({ realm, domains, wrongDomains, organisationWords }));
  return faults;
}

function faultsOfMarks({
  realm,
  domains,
  wrongDomains,
  organisationWords,
}: {
  realm: string;
  domains: readonly string[];
  wrongDomains: readonly string[];
  organisationWords: readonly string[];
}): FieldError[] {
  const faults: FieldError[] = [];
  if (wrongDomains.length > 0) {
    const some = named(wrongDomains);
    faults.push({
      field: 'domains',
      text: {
        fr: `Corrigez ces lignes, qui ne sont pas des domaines comme «\u00A0ministere.gouv.fr\u00A0»\u00A0: ${some}.`,
        en: `Correct these lines, which are no domains such as “ministry.gov”: ${some}.`,
      },
    });
  } else if (domains.length > MARKS_AT_MOST) {
    faults.push({ field: 'domains', text: tooMany('domaines', 'domains') });
  } else if (realm === 'citizens' && domains.length > 0) {
    faults.push({
      field: 'domains',
      text: {
        fr: 'Laissez les domaines vides\u00A0: les usagers choisissent leur fournisseur, leur adresse n’y mène pas.',
        en: 'Leave the domains empty: citizens choose their provider, their address does not lead to it.',
      },
    });
  }
  if (organisationWords.length > MARKS_AT_MOST) {
    faults.push({ field: 'organisations', text: tooMany('organisations', 'organisations') });
  }
  return faults;
}

function tooMany(fr: string, en: string): Translated {
  return {
    fr: `Saisissez ${MARKS_AT_MOST} ${fr} au plus.`,
    en: `Enter at most ${MARKS_AT_MOST} ${en}.`,
  };
}

/** The fault of organisations that nothing is called like. */
export function faultOfUnknownOrganisations(unknown: readonly string[]): FieldError {
  const some = named(unknown);
  return {
    field: 'organisations',
    text: {
      fr: `Corrigez ces lignes, qu’aucune organisation ne porte comme SIRET ou code\u00A0: ${some}.`,
      en: `Correct these lines, which no organisation carries as SIRET or code: ${some}.`,
    },
  };
}

/** The first ten of what somebody typed, each short enough to be shown back. */
function named(words: readonly string[]): string {
  const some = words.slice(0, 10).map((word) => (word.length > 60 ? `${word.slice(0, 60)}…` : word));
  return `${some.join(', ')}${words.length > 10 ? ', …' : ''}`;
}

/** Tells whether a change makes it worth looking at the provider before it is believed to be in use. */
export function mustAnswerFirst(
  after: Omit<UpstreamSettings, 'organisationIds'>,
  before: Upstream | null,
): boolean {
  if (!after.isEnabled || after.isDemonstration) return false;
  return before === null || !before.isEnabled || before.issuer !== after.issuer;
}

/** Tells whether what was watched so far says nothing of the provider as it is now. */
export function isWatchVoid(after: Pick<Upstream, 'issuer' | 'isEnabled'>, before: Upstream): boolean {
  return before.issuer !== after.issuer || before.isEnabled !== after.isEnabled;
}
