// What an upstream provider may assert, and what of it the hub believes. Pure.
import type { Translated } from '#platform/i18n/locale.ts';
import { emailAsStored, isEmail } from '../people.rules.ts';
import { isSiret, siretAsStored } from '../siret.rules.ts';
import type { AssertedIdentity, IdentityClaims } from './accounts.types.ts';
import {
  AGENT_CLAIMS,
  ASSURANCES,
  type Assurance,
  CITIZEN_CLAIMS,
  isAssurance,
  isAtLeast,
} from './realms.ts';

/** What the rules need to know of the provider that asserts. */
export interface Asserter {
  readonly id: string;
  readonly name: string;
  readonly domains: readonly string[];
  readonly vouchesForSecondFactor: boolean;
  readonly bestAssurance: Assurance;
}

/** What came back from the provider, its ID token already checked. */
export interface Assertion {
  readonly issuer: string;
  readonly subject: string;
  readonly acr: string | null;
  readonly amr: readonly string[];
  readonly claims: Readonly<Record<string, unknown>>;
}

/** Why an assertion is not accepted: a stable code for log and history, and what the person can do. */
export interface AssertionFault {
  readonly code:
    | 'email-missing'
    | 'email-domain-not-allowed'
    | 'siret-missing'
    | 'siret-wrong'
    | 'identity-incomplete';
  readonly text: Translated;
}

const LONGEST_CLAIM = 500;

/** Ways of proving oneself that are a second factor (RFC 8176, section 2; `mfa` says it outright). */
const SECOND_FACTORS: ReadonlySet<string> = new Set(['mfa', 'otp', 'hwk', 'swk', 'sc', 'fpt', 'face']);

/** The domain of an address, in lower case; empty when it has none. */
export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf('@') + 1).toLowerCase();
}

function textsOf(claims: Assertion['claims'], names: readonly string[]): Record<string, string> {
  const texts: Record<string, string> = {};
  for (const name of names) {
    const value = claims[name];
    if (typeof value === 'string' && value.length <= LONGEST_CLAIM)
      texts[name] = value.normalize('NFC').trim();
  }
  return texts;
}

/**
 * What is believed of an agent's assertion, or why it is refused. The e-mail's domain must be one of the provider's;
 * the SIRET must bear a right key, and `onlySiret` stands in where the provider serves one organisation and says none.
 */
export function agentAsserted(
  asserter: Asserter,
  assertion: Assertion,
  onlySiret: string | null,
): AssertedIdentity | AssertionFault {
  const { claims } = assertion;
  const email = typeof claims.email === 'string' ? emailAsStored(claims.email) : '';
  if (!isEmail(email)) {
    return fault('email-missing', {
      fr: `${asserter.name} n’a pas transmis votre adresse électronique professionnelle. Demandez à votre service informatique de la transmettre au moment de la connexion.`,
      en: `${asserter.name} did not pass on your work e-mail address. Ask your IT department to have it passed on at sign-in.`,
    });
  }
  if (!asserter.domains.includes(domainOf(email))) {
    return fault('email-domain-not-allowed', {
      fr: `${asserter.name} n’est pas habilité pour les adresses en @${domainOf(email)}. Recommencez avec l’adresse que ce fournisseur vous a donnée, ou choisissez celui de votre administration.`,
      en: `${asserter.name} may not speak for addresses in @${domainOf(email)}. Start again with the address that this provider gave you, or choose your administration’s own.`,
    });
  }
  const given = typeof claims.siret === 'string' ? siretAsStored(claims.siret) : '';
  const siret = given === '' ? onlySiret : given;
  if (siret === null) {
    return fault('siret-missing', {
      fr: `${asserter.name} n’a pas transmis le SIRET de votre organisation. Signalez-le à votre service informatique\u00A0: le fournisseur d’identité doit l’envoyer.`,
      en: `${asserter.name} did not pass on your organisation’s SIRET. Tell your IT department: the identity provider must send it.`,
    });
  }
  if (!isSiret(siret)) {
    return fault('siret-wrong', {
      fr: `Le SIRET transmis par ${asserter.name} n’est pas valable. Signalez-le à votre service informatique.`,
      en: `The SIRET that ${asserter.name} passed on is not valid. Tell your IT department.`,
    });
  }
  const texts = textsOf(claims, AGENT_CLAIMS);
  // Providers outside the administration's own conventions say it in the words of OpenID Connect Core, 5.1.
  const { family_name: familyName, phone_number: phoneNumber } = textsOf(claims, [
    'family_name',
    'phone_number',
  ]);
  if (!texts.usual_name && familyName) texts.usual_name = familyName;
  if (!texts.phone && phoneNumber) texts.phone = phoneNumber;
  const secondFactor =
    asserter.vouchesForSecondFactor &&
    (assertion.amr.some((way) => SECOND_FACTORS.has(way)) ||
      (isAssurance(assertion.acr) && isAtLeast(assertion.acr, 'eidas2')));
  return {
    issuer: assertion.issuer,
    subject: assertion.subject,
    acr: secondFactor ? 'eidas2' : 'eidas1',
    secondFactor,
    claims: { ...texts, email, email_verified: true, siret, idp_id: asserter.id },
    siret,
    verifiedIdentity: null,
  };
}

/** The parts of a complete verified identity (FranceConnect's "identité pivot"), in the order in which they are written. */
const VERIFIED = ['given_name', 'family_name', 'birthdate', 'gender', 'birthplace', 'birthcountry'] as const;

/** France in INSEE's code of countries. */
const FRANCE = '99100';

/**
 * What is believed of a citizen's assertion, or why it is refused. The level of assurance is the one asserted, never
 * more than what is believed of this provider, and the lowest when it says none.
 */
export function citizenAsserted(asserter: Asserter, assertion: Assertion): AssertedIdentity | AssertionFault {
  const texts = textsOf(assertion.claims, CITIZEN_CLAIMS);
  const email = emailAsStored(texts.email ?? '');
  const said: Assurance = isAssurance(assertion.acr) ? assertion.acr : 'eidas1';
  const acr = ASSURANCES[Math.min(ASSURANCES.indexOf(said), ASSURANCES.indexOf(asserter.bestAssurance))];
  const isComplete =
    !!texts.given_name &&
    !!texts.family_name &&
    /^\d{4}-\d{2}-\d{2}$/.test(texts.birthdate ?? '') &&
    ['male', 'female', 'unspecified'].includes(texts.gender ?? '') &&
    /^(?:|[0-9][0-9AB][0-9]{3})$/.test(texts.birthplace ?? '') &&
    /^99\d{3}$/.test(texts.birthcountry ?? '') &&
    // Only who was born abroad has no commune of birth.
    (!!texts.birthplace || texts.birthcountry !== FRANCE);
  if (!isComplete || acr === undefined) {
    return fault('identity-incomplete', {
      fr: `${asserter.name} n’a pas transmis votre identité complète (prénoms, nom de naissance, date et lieu de naissance, sexe). Choisissez un autre fournisseur d’identité, ou signalez-le au vôtre.`,
      en: `${asserter.name} did not pass on your complete identity (given names, birth name, date and place of birth, sex). Choose another identity provider, or tell yours.`,
    });
  }
  const claims: IdentityClaims = { ...texts, ...(isEmail(email) ? { email } : { email: '' }) };
  return {
    issuer: assertion.issuer,
    subject: assertion.subject,
    acr,
    secondFactor: isAtLeast(acr, 'eidas2'),
    claims,
    siret: null,
    // A low level does not verify the identity: it must not lead to an account that a higher one has made.
    verifiedIdentity: isAtLeast(acr, 'eidas2')
      ? JSON.stringify(VERIFIED.map((name) => (texts[name] ?? '').toUpperCase()))
      : null,
  };
}

/** Tells an accepted assertion from a refused one. */
export function isFault(outcome: AssertedIdentity | AssertionFault): outcome is AssertionFault {
  return 'code' in outcome;
}

function fault(code: AssertionFault['code'], text: Translated): AssertionFault {
  return { code, text };
}
