// The command lines that call an API under an accreditation. Pure. Secrets stand as names of shell variables.
import { quoted } from '../catalogue/try-out.rules.ts';

/** Who asks for a token, where and for what. */
export interface TokenCall {
  readonly tokenUrl: string;
  readonly clientId: string;
  /** How the client proves itself at the hub. */
  readonly authentication: string;
  readonly resource: string;
  readonly scopes: readonly string[];
}

/** Tells whether a client proves itself by a secret, which a command line and a small program can send. */
export function provesBySecret(authentication: string): boolean {
  return authentication === 'client_secret_basic' || authentication === 'client_secret_post';
}

const PROOFS: Readonly<Record<string, (clientId: string) => readonly string[]>> = {
  client_secret_basic: (clientId) => [`--user "${clientId}:$CLIENT_SECRET"`],
  client_secret_post: (clientId) => [
    `--data-urlencode ${quoted(`client_id=${clientId}`)}`,
    '--data-urlencode "client_secret=$CLIENT_SECRET"',
  ],
  private_key_jwt: (clientId) => [
    `--data-urlencode ${quoted(`client_id=${clientId}`)}`,
    '--data-urlencode client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    '--data-urlencode "client_assertion=$CLIENT_ASSERTION"',
  ],
  tls_client_auth: (clientId) => [
    `--data-urlencode ${quoted(`client_id=${clientId}`)}`,
    '--cert client.pem',
    '--key client.key',
  ],
};

/** Gets an access token into `$TOKEN` (RFC 6749, 4.4; RFC 8707). */
export function tokenLine({ tokenUrl, clientId, authentication, resource, scopes }: TokenCall): string {
  const parts = [
    'curl --silent --show-error',
    ...(PROOFS[authentication]?.(clientId) ?? []),
    '--data grant_type=client_credentials',
    `--data-urlencode ${quoted(`resource=${resource}`)}`,
    `--data-urlencode ${quoted(`scope=${scopes.join(' ')}`)}`,
    quoted(tokenUrl),
  ];
  return `TOKEN=$(${parts.join(' \\\n  ')} \\\n  | sed -n 's/.*"access_token": *"\\([^"]*\\)".*/\\1/p')`;
}
