// The only door of the exchange module: what the command line asks it.
export type { LogVerdict } from './gateway/log/log-verdict.types.ts';
export { verifyGatewayLog } from './gateway/log/verify-log.ts';
