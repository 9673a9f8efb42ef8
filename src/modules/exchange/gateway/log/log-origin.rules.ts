// Names of the gateways' logs: the first line of their checkpoints. Pure.

/** The name of the log of the gateway `name`: a schema-less address of the operator who owns the ledger. */
export function logOriginOf(ledgerOrigin: string, name: string): string {
  return `${ledgerOrigin.split('/', 1)[0]}/gateway/${name}`;
}

/** The gateway's name in its log's. */
export function gatewayNameOf(origin: string): string {
  return origin.split('/').slice(2).join('/');
}
