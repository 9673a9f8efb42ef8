// What must hold for a service as its team writes it. Pure: what production asks for beyond is in production.rules.ts.
import type { FieldError } from '#platform/errors.ts';
import type { Translated } from '#platform/i18n/locale.ts';
import { hasControlCharacter, tidied } from '#platform/typed-text.ts';
import { claimsOf, isAssurance, REALMS, type Realm } from '../hub/realms.ts';
import { emailAsStored, isEmail } from '../people.rules.ts';
import { addressFault, leadsToLoopback } from './addresses.rules.ts';
import {
  CLIENT_AUTHENTICATIONS,
  SCREENS,
  type Service,
  type ServiceFields,
  type ServiceInput,
  type ServiceState,
  SIGNATURE_ALGS,
} from './services.types.ts';

/** Most addresses of each list. */
export const MOST_ADDRESSES = 20;

/** Most live keys of a service. */
export const MOST_KEYS = 20;

/** Most live secrets: the one in use and the one that replaces it. */
export const MOST_SECRETS = 2;

/** Tells whether `value` names a realm. */
export function isRealm(value: string): value is Realm {
  return (REALMS as readonly string[]).includes(value);
}

/** A text of several lines as typed: control characters but line ends gone, spaces tidied, no empty line at its ends. */
export function tidiedLines(text: string): string {
  return text
    .normalize('NFC')
    .split(/\r\n|\r|\n/)
    .map((line) => tidied(line))
    .join('\n')
    .trim();
}

function typedList(items: readonly string[]): string[] {
  return items.map((item) => item.trim()).filter((item) => item !== '');
}

/**
 * What was typed, tidied and with null for empty fields; to be kept only if `faultsOfService` finds none.
 * What a program that acts for itself has no use for (addresses, claims, screen) is left out.
 */
export function serviceAsTyped(realm: Realm, input: ServiceInput): ServiceFields {
  const isMachine = realm === 'machines';
  const method = input.clientAuthentication as Service['clientAuthentication'];
  return {
    name: tidied(input.name),
    purpose: tidiedLines(input.purpose),
    contactEmail: emailAsStored(input.contactEmail),
    homeUrl: input.homeUrl.trim() || null,
    redirectUris: isMachine ? [] : typedList(input.redirectUris),
    postLogoutRedirectUris: isMachine ? [] : typedList(input.postLogoutRedirectUris),
    backchannelLogoutUri: isMachine ? null : input.backchannelLogoutUri.trim() || null,
    clientAuthentication: method,
    jwksUri: method === 'private_key_jwt' ? input.jwksUri.trim() || null : null,
    tlsSubject: method === 'tls_client_auth' ? input.tlsSubject.trim() || null : null,
    idTokenAlg: isMachine ? 'ES256' : (input.idTokenAlg as Service['idTokenAlg']),
    userinfoAlg: isMachine ? null : ((input.userinfoAlg || null) as Service['userinfoAlg']),
    leastAssurance: isMachine ? null : ((input.leastAssurance || null) as Service['leastAssurance']),
    screen: isMachine ? 'information' : (input.screen as Service['screen']),
    mayRefresh: !isMachine && input.mayRefresh,
    dpopBound: input.dpopBound,
    certificateBound: input.certificateBound,
    claims: isMachine
      ? []
      : input.claims.map(({ claim, reason }) => ({ claim: claim.trim(), reason: tidied(reason) })),
  };
}

/** Every fault of a service of `realm` in `state`, each in words that say what to do; empty when it may be kept. */
export function faultsOfService(realm: Realm, state: ServiceState, service: ServiceFields): FieldError[] {
  return [
    ...faultsOfDescription(service),
    ...faultsOfAddresses(service, state === 'test'),
    ...faultsOfProtocol(realm, service),
    ...faultsOfClaims(realm, service.claims),
  ];
}

function faultsOfDescription({ name, purpose, contactEmail }: ServiceFields): FieldError[] {
  const faults: FieldError[] = [];
  if (name === '' || name.length > 120 || hasControlCharacter(name)) {
    faults.push({
      field: 'name',
      text: {
        fr: 'Saisissez le nom que les personnes verront, de 1 à 120 caractères.',
        en: 'Enter the name that people will see, of 1 to 120 characters.',
      },
    });
  }
  if (purpose === '' || purpose.length > 1000 || hasControlCharacter(purpose.replaceAll('\n', ''))) {
    faults.push({
      field: 'purpose',
      text: {
        fr: 'Dites à quoi sert le service, en 1\u00A0000 caractères au plus.',
        en: 'Say what the service is for, in at most 1,000 characters.',
      },
    });
  }
  if (!isEmail(contactEmail)) {
    faults.push({
      field: 'contactEmail',
      text: {
        fr: 'Saisissez une adresse électronique complète, celle d’une équipe plutôt que d’une personne.',
        en: 'Enter a complete e-mail address, a team’s rather than a person’s.',
      },
    });
  }
  return faults;
}

type Addresses = Pick<
  ServiceFields,
  'redirectUris' | 'postLogoutRedirectUris' | 'backchannelLogoutUri' | 'homeUrl' | 'jwksUri'
>;

/** The faults of a service's addresses; in test, http leads to loopback. */
export function faultsOfAddresses(service: Addresses, inTest: boolean): FieldError[] {
  const { redirectUris, postLogoutRedirectUris, backchannelLogoutUri, homeUrl, jwksUri } = service;
  const how = { loopbackMayBeHttp: inTest };
  const faults = [
    ...faultsOfList('redirectUris', redirectUris, inTest),
    ...faultsOfList('postLogoutRedirectUris', postLogoutRedirectUris, inTest),
  ];
  for (const [field, address] of Object.entries({ homeUrl, backchannelLogoutUri, jwksUri })) {
    if (address === null) continue;
    const text = addressFault(address, how) ?? loopbackFault(address, inTest);
    if (text) faults.push({ field, text });
  }
  return faults;
}

function faultsOfList(field: string, addresses: readonly string[], inTest: boolean): FieldError[] {
  if (addresses.length > MOST_ADDRESSES) {
    return [
      {
        field,
        text: {
          fr: `Gardez ${MOST_ADDRESSES} adresses au plus.`,
          en: `Keep at most ${MOST_ADDRESSES} addresses.`,
        },
      },
    ];
  }
  for (const [at, address] of addresses.entries()) {
    const text =
      addressFault(address, { loopbackMayBeHttp: inTest }) ??
      loopbackFault(address, inTest) ??
      (addresses.indexOf(address) === at
        ? null
        : {
            fr: `Retirez la seconde ligne «\u00A0${address}\u00A0»\u00A0: elle y est deux fois.`,
            en: `Remove the second line “${address}”: it is there twice.`,
          });
    if (text) return [{ field, text }];
  }
  return [];
}

function loopbackFault(address: string, inTest: boolean): Translated | null {
  if (inTest || !leadsToLoopback(address)) return null;
  return {
    fr: `Retirez «\u00A0${address}\u00A0»\u00A0: en production, une adresse ne mène pas à la machine de la personne.`,
    en: `Remove “${address}”: in production, no address leads to the person’s own machine.`,
  };
}

const choose: Translated = {
  fr: 'Choisissez une des valeurs proposées.',
  en: 'Choose one of the values offered.',
};

function faultsOfProtocol(realm: Realm, service: ServiceFields): FieldError[] {
  const faults: FieldError[] = [];
  const { clientAuthentication, tlsSubject, idTokenAlg, userinfoAlg, leastAssurance, screen } = service;
  const isOf = (choices: readonly string[], value: string) => choices.includes(value);
  if (!isOf(CLIENT_AUTHENTICATIONS, clientAuthentication)) {
    faults.push({ field: 'clientAuthentication', text: choose });
  } else if (clientAuthentication === 'none' && realm === 'machines') {
    faults.push({
      field: 'clientAuthentication',
      text: {
        fr: 'Choisissez un moyen de preuve\u00A0: un programme qui agit pour lui-même doit prouver qui il est.',
        en: 'Choose a way of proof: a program that acts for itself must prove who it is.',
      },
    });
  }
  if (clientAuthentication === 'tls_client_auth' && !isSubject(tlsSubject)) {
    faults.push({
      field: 'tlsSubject',
      text: {
        fr: 'Saisissez le sujet du certificat, par exemple CN=service.exemple,O=Ministère,C=FR (RFC 4514).',
        en: 'Enter the subject of the certificate, such as CN=service.example,O=Ministry,C=FR (RFC 4514).',
      },
    });
  }
  if (!isOf(SIGNATURE_ALGS, idTokenAlg)) faults.push({ field: 'idTokenAlg', text: choose });
  if (userinfoAlg !== null && !isOf(SIGNATURE_ALGS, userinfoAlg))
    faults.push({ field: 'userinfoAlg', text: choose });
  if (leastAssurance !== null && !isAssurance(leastAssurance))
    faults.push({ field: 'leastAssurance', text: choose });
  if (!isOf(SCREENS, screen)) faults.push({ field: 'screen', text: choose });
  if (service.dpopBound && service.certificateBound) {
    faults.push({
      field: 'dpopBound',
      text: {
        fr: 'Liez les jetons à une clé DPoP ou à un certificat, pas aux deux.',
        en: 'Bind tokens to a DPoP key or to a certificate, not to both.',
      },
    });
  }
  return faults;
}

/** Tells whether `subject` looks like a distinguished name (RFC 4514) of printable characters. */
function isSubject(subject: string | null): boolean {
  return (
    subject !== null &&
    subject.length <= 500 &&
    !hasControlCharacter(subject) &&
    /^[A-Za-z0-9.]+=[^,]+(,\s?[A-Za-z0-9.]+=.+)*$/.test(subject)
  );
}

/** A claim's field in a form: its reason. */
export function claimField(claim: string): string {
  return `reason_${claim}`;
}

function faultsOfClaims(realm: Realm, claims: ServiceFields['claims']): FieldError[] {
  const offered = claimsOf(realm);
  const faults: FieldError[] = [];
  const seen = new Set<string>();
  for (const { claim, reason } of claims) {
    if (!offered.includes(claim) || seen.has(claim)) {
      faults.push({
        field: 'claims',
        text: {
          fr: `Retirez «\u00A0${claim.slice(0, 60)}\u00A0»\u00A0: ce n’est pas une donnée de cet espace, ou elle est demandée deux fois.`,
          en: `Remove “${claim.slice(0, 60)}”: it is no claim of this realm, or it is asked for twice.`,
        },
      });
    } else if (reason === '' || reason.length > 500 || hasControlCharacter(reason)) {
      faults.push({
        field: claimField(claim),
        text: {
          fr: 'Dites pourquoi le service a besoin de cette donnée, en 500 caractères au plus.',
          en: 'Say why the service needs this claim, in at most 500 characters.',
        },
      });
    }
    seen.add(claim);
  }
  return faults;
}
