// The settings of a service's software, as text to copy. Pure. Secrets and private keys stand as names of variables.
import { claimsAllowed } from '../hub/passed-claims.rules.ts';
import { claimsOf, issuerOf } from '../hub/realms.ts';
import type { Service } from './services.types.ts';

/** A text to copy, and for what. */
export interface ConfigurationText {
  readonly stack: 'anyStack' | 'apache' | 'node' | 'curl';
  readonly text: string;
}

/** Where a realm says what it can do (OpenID Connect Discovery 1.0, section 4). */
export function discoveryOf(issuer: string): string {
  return `${issuer}/.well-known/openid-configuration`;
}

function scopesOfRequest(service: Service): string {
  const allowed = claimsAllowed(service);
  const claims = claimsOf(service.realm).filter((claim) => allowed.has(claim));
  return ['openid', ...claims, ...(service.mayRefresh ? ['offline_access'] : [])].join(' ');
}

/** The texts to copy for a service under `origin`; `resources` are those that a machine was granted. */
export function configurationsOf(
  service: Service,
  origin: string,
  resources: readonly { readonly identifier: string; readonly scopes: readonly string[] }[],
): ConfigurationText[] {
  const issuer = issuerOf(origin, service.realm);
  if (service.realm === 'machines') {
    return [
      { stack: 'curl', text: curlOf(service, issuer, resources[0]) },
      { stack: 'anyStack', text: machineSettings(service, issuer, resources) },
    ];
  }
  const texts: ConfigurationText[] = [{ stack: 'anyStack', text: peopleSettings(service, issuer) }];
  if (service.clientAuthentication !== 'tls_client_auth') {
    texts.push({ stack: 'apache', text: apacheSettings(service, issuer) });
  }
  if (
    ['client_secret_basic', 'client_secret_post', 'private_key_jwt'].includes(service.clientAuthentication)
  ) {
    texts.push({ stack: 'node', text: nodeSettings(service, issuer) });
  }
  return texts;
}

function lines(...rows: readonly (string | false)[]): string {
  return rows.filter((row) => row !== false).join('\n');
}

function peopleSettings(service: Service, issuer: string): string {
  return lines(
    `issuer: ${issuer}`,
    `discovery: ${discoveryOf(issuer)}`,
    `client_id: ${service.clientId}`,
    `token_endpoint_auth_method: ${service.clientAuthentication}`,
    'response_type: code',
    'code_challenge_method: S256',
    `scope: ${scopesOfRequest(service)}`,
    `redirect_uri: ${service.redirectUris[0] ?? '…'}`,
    service.postLogoutRedirectUris.length > 0 &&
      `post_logout_redirect_uri: ${service.postLogoutRedirectUris[0]}`,
    service.backchannelLogoutUri !== null && `backchannel_logout_uri: ${service.backchannelLogoutUri}`,
    `id_token_signed_response_alg: ${service.idTokenAlg}`,
    service.userinfoAlg !== null && `userinfo_signed_response_alg: ${service.userinfoAlg}`,
    service.leastAssurance !== null && `acr_values: ${service.leastAssurance}`,
    service.dpopBound && 'dpop_bound_access_tokens: true',
    service.certificateBound && 'tls_client_certificate_bound_access_tokens: true',
  );
}

function machineSettings(
  service: Service,
  issuer: string,
  resources: readonly { readonly identifier: string; readonly scopes: readonly string[] }[],
): string {
  return lines(
    `issuer: ${issuer}`,
    `discovery: ${discoveryOf(issuer)}`,
    `token_endpoint: ${issuer}/token`,
    `client_id: ${service.clientId}`,
    `token_endpoint_auth_method: ${service.clientAuthentication}`,
    'grant_type: client_credentials',
    ...resources.map(({ identifier, scopes }) => `resource: ${identifier} (scope: ${scopes.join(' ')})`),
    service.dpopBound && 'dpop_bound_access_tokens: true',
    service.certificateBound && 'tls_client_certificate_bound_access_tokens: true',
  );
}

function apacheSettings(service: Service, issuer: string): string {
  const method = service.clientAuthentication;
  return lines(
    `OIDCProviderMetadataURL ${discoveryOf(issuer)}`,
    `OIDCClientID ${service.clientId}`,
    // Debian's 2.4.12 needs both files, the `kid` in their names, and before the line that chooses the proof.
    method === 'private_key_jwt' && 'OIDCPublicKeyFiles <kid>#/etc/apache2/oidc/public.pem',
    method === 'private_key_jwt' && 'OIDCPrivateKeyFiles <kid>#/etc/apache2/oidc/private.pem',
    // A file of one line, `OIDCClientSecret …`: 2.4.12 takes what follows the word literally.
    method.startsWith('client_secret') && 'Include /etc/apache2/oidc/client-secret.conf',
    method !== 'none' && `OIDCProviderTokenEndpointAuth ${method}`,
    `OIDCRedirectURI ${service.redirectUris[0] ?? '…'}`,
    'OIDCCryptoPassphrase "exec:/bin/cat /etc/apache2/oidc/passphrase"',
    `OIDCScope "${scopesOfRequest(service)}"`,
    'OIDCPKCEMethod S256',
    `OIDCIDTokenSignedResponseAlg ${service.idTokenAlg}`,
    service.userinfoAlg !== null && `OIDCUserInfoSignedResponseAlg ${service.userinfoAlg}`,
    service.leastAssurance !== null && `OIDCAuthRequestParams acr_values=${service.leastAssurance}`,
  );
}

function nodeSettings(service: Service, issuer: string): string {
  const proof = {
    client_secret_basic: 'client.ClientSecretBasic(clientSecret)',
    client_secret_post: 'client.ClientSecretPost(clientSecret)',
    private_key_jwt: 'client.PrivateKeyJwt(privateKey)',
  }[service.clientAuthentication as 'private_key_jwt'];
  return lines(
    "import * as client from 'openid-client';",
    '',
    'const config = await client.discovery(',
    `  new URL('${issuer}'),`,
    `  '${service.clientId}',`,
    `  { id_token_signed_response_alg: '${service.idTokenAlg}'${service.userinfoAlg === null ? '' : `, userinfo_signed_response_alg: '${service.userinfoAlg}'`} },`,
    `  ${proof},`,
    ');',
    'const verifier = client.randomPKCECodeVerifier();',
    'const address = client.buildAuthorizationUrl(config, {',
    `  redirect_uri: '${service.redirectUris[0] ?? '…'}',`,
    `  scope: '${scopesOfRequest(service)}',`,
    '  code_challenge: await client.calculatePKCECodeChallenge(verifier),',
    "  code_challenge_method: 'S256',",
    '  state: client.randomState(),',
    '  nonce: client.randomNonce(),',
    '});',
  );
}

/** Text between single quotes of a shell. */
function quoted(value: string): string {
  return `'${value.replaceAll("'", "'\\''")}'`;
}

function curlOf(
  service: Service,
  issuer: string,
  resource: { readonly identifier: string; readonly scopes: readonly string[] } | undefined,
): string {
  const proof: Record<Service['clientAuthentication'], readonly string[]> = {
    client_secret_basic: [`--user "${service.clientId}:$CLIENT_SECRET"`],
    client_secret_post: [
      `--data-urlencode client_id=${service.clientId}`,
      '--data-urlencode "client_secret=$CLIENT_SECRET"',
    ],
    private_key_jwt: [
      `--data-urlencode client_id=${service.clientId}`,
      '--data-urlencode client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
      '--data-urlencode "client_assertion=$CLIENT_ASSERTION"',
    ],
    tls_client_auth: [
      `--data-urlencode client_id=${service.clientId}`,
      '--cert client.pem',
      '--key client.key',
    ],
    none: [`--data-urlencode client_id=${service.clientId}`],
  };
  return [
    `curl ${quoted(`${issuer}/token`)}`,
    ...proof[service.clientAuthentication],
    '--data grant_type=client_credentials',
    ...(resource
      ? [
          `--data-urlencode ${quoted(`resource=${resource.identifier}`)}`,
          `--data-urlencode ${quoted(`scope=${resource.scopes.join(' ')}`)}`,
        ]
      : []),
  ].join(' \\\n  ');
}
