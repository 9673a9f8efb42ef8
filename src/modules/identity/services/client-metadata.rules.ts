// A service in the words of the protocol: the client metadata that the provider takes (OpenID Connect Dynamic Client
// Registration 1.0, section 2; RFC 7591). Pure. Secrets are compared elsewhere: none is in here.
import { claimsAllowed, scopesOf } from '../hub/passed-claims.rules.ts';
import type { ServiceAsClient } from './services.types.ts';

const SECRET_METHODS: readonly string[] = ['client_secret_basic', 'client_secret_post'];

/**
 * The sector that a service's pairwise subjects are made for (OpenID Connect Core 1.0, section 8.1): the service
 * itself, so that people stay who they are to it when its redirect addresses change, and so that two services on one
 * host cannot compare them. The address is never fetched (`sectorIdentifierUriValidate` must answer false).
 */
export function sectorOf({ id }: Pick<ServiceAsClient, 'id'>): string {
  return `https://${id}.service.invalid/`;
}

/**
 * The metadata of a service as the provider's `Client` takes it.
 * A service without a redirect address has no response type: nobody signs in to it yet. One that has no secret or key
 * yet has no way to prove itself. `client_secret` is a placeholder: the provider must compare with `secretHashes`.
 * A machine's scopes are its resources' (RFC 8707), so that `scope`, which names the realm's own, is left out.
 */
export function clientMetadataOf(service: ServiceAsClient): Record<string, unknown> {
  const isMachine = service.realm === 'machines';
  return {
    client_id: service.clientId,
    client_name: service.name,
    application_type: 'web',
    ...authenticationOf(service),
    ...(isMachine ? machineMetadata() : peopleMetadata(service)),
    dpop_bound_access_tokens: service.dpopBound,
    tls_client_certificate_bound_access_tokens: service.certificateBound,
  };
}

function authenticationOf(service: ServiceAsClient): Record<string, unknown> {
  const { clientAuthentication: method, jwksUri, keys, secretHashes, tlsSubject } = service;
  const published = jwksUri === null ? { jwks: { keys: [...keys] } } : { jwks_uri: jwksUri };
  if (SECRET_METHODS.includes(method)) {
    const [first] = secretHashes;
    // Without a secret there is none to guess either: a constant in its place would be one.
    if (!first) return { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [] } };
    return { token_endpoint_auth_method: method, client_secret: first.toString('hex') };
  }
  if (method === 'private_key_jwt') return { token_endpoint_auth_method: method, ...published };
  if (method === 'tls_client_auth' && tlsSubject !== null) {
    return { token_endpoint_auth_method: method, tls_client_auth_subject_dn: tlsSubject };
  }
  return method === 'none'
    ? { token_endpoint_auth_method: method }
    : { token_endpoint_auth_method: 'private_key_jwt', jwks: { keys: [] } };
}

function machineMetadata(): Record<string, unknown> {
  return {
    redirect_uris: [],
    response_types: [],
    grant_types: ['client_credentials'],
    subject_type: 'public',
  };
}

function peopleMetadata(service: ServiceAsClient): Record<string, unknown> {
  const signsIn = service.redirectUris.length > 0;
  return {
    redirect_uris: [...service.redirectUris],
    post_logout_redirect_uris: [...service.postLogoutRedirectUris],
    response_types: signsIn ? ['code'] : [],
    grant_types: [
      ...(signsIn ? ['authorization_code'] : []),
      ...(signsIn && service.mayRefresh ? ['refresh_token'] : []),
    ],
    subject_type: 'pairwise',
    sector_identifier_uri: sectorOf(service),
    scope: ['openid', ...scopesAllowed(service), ...(service.mayRefresh ? ['offline_access'] : [])].join(' '),
    id_token_signed_response_alg: service.idTokenAlg,
    ...(service.userinfoAlg === null ? {} : { userinfo_signed_response_alg: service.userinfoAlg }),
    ...(service.backchannelLogoutUri === null
      ? {}
      : {
          backchannel_logout_uri: service.backchannelLogoutUri,
          backchannel_logout_session_required: true,
        }),
  };
}

/** The scopes that lead to at least one claim that the service may be told. */
function scopesAllowed(service: ServiceAsClient): string[] {
  if (service.realm === 'machines') return [];
  const allowed = claimsAllowed(service);
  return Object.entries(scopesOf(service.realm))
    .filter(([, claims]) => claims.some((claim) => allowed.has(claim)))
    .map(([scope]) => scope);
}
