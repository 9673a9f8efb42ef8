// The form of a service as text, to and from what actions take. Pure.
import { claimsOf, type Realm } from '../hub/realms.ts';
import { claimField } from './services.rules.ts';
import type { NewServiceInput, Service } from './services.types.ts';

/** The fields of the form, as typed. */
export type ServiceForm = Readonly<Record<string, string>>;

/** An empty form for a service of `realm`, with what is usual chosen. */
export function emptyForm(organisationId: string): ServiceForm {
  return {
    organisationId,
    clientAuthentication: 'private_key_jwt',
    idTokenAlg: 'ES256',
    screen: 'information',
    binding: 'none',
    mayRefresh: '',
  };
}

/** The form as it shows a service. */
export function asForm(service: Service): ServiceForm {
  return {
    organisationId: service.organisationId,
    name: service.name,
    purpose: service.purpose,
    contactEmail: service.contactEmail,
    homeUrl: service.homeUrl ?? '',
    redirectUris: service.redirectUris.join('\n'),
    postLogoutRedirectUris: service.postLogoutRedirectUris.join('\n'),
    backchannelLogoutUri: service.backchannelLogoutUri ?? '',
    clientAuthentication: service.clientAuthentication,
    jwksUri: service.jwksUri ?? '',
    tlsSubject: service.tlsSubject ?? '',
    idTokenAlg: service.idTokenAlg,
    userinfoAlg: service.userinfoAlg ?? '',
    leastAssurance: service.leastAssurance ?? '',
    screen: service.screen,
    mayRefresh: service.mayRefresh ? 'on' : '',
    binding: service.dpopBound ? 'dpop' : service.certificateBound ? 'certificate' : 'none',
    ...Object.fromEntries(service.claims.map(({ claim, reason }) => [claimField(claim), reason])),
  };
}

/** What was typed one a line. */
export function linesOf(text: string): string[] {
  return text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '');
}

/** What actions take of the form: a claim is asked for where its reason is given. */
export function inputOf(realm: Realm, typed: ServiceForm): NewServiceInput {
  const text = (name: string) => typed[name] ?? '';
  return {
    realm,
    organisationId: text('organisationId'),
    name: text('name'),
    purpose: text('purpose'),
    contactEmail: text('contactEmail'),
    homeUrl: text('homeUrl'),
    redirectUris: linesOf(text('redirectUris')),
    postLogoutRedirectUris: linesOf(text('postLogoutRedirectUris')),
    backchannelLogoutUri: text('backchannelLogoutUri'),
    clientAuthentication: text('clientAuthentication'),
    jwksUri: text('jwksUri'),
    tlsSubject: text('tlsSubject'),
    idTokenAlg: text('idTokenAlg'),
    userinfoAlg: text('userinfoAlg'),
    leastAssurance: text('leastAssurance'),
    screen: text('screen'),
    mayRefresh: text('mayRefresh') !== '',
    dpopBound: text('binding') === 'dpop',
    certificateBound: text('binding') === 'certificate',
    claims: claimsOf(realm)
      .map((claim) => ({ claim, reason: text(claimField(claim)) }))
      .filter(({ reason }) => reason.trim() !== ''),
  };
}
