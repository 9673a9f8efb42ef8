// `socle gateway`: a gateway in this process, until it is told to stop or whoever started it is gone.
import { join } from 'node:path';
import type { Command } from 'commander';
import type { CommandLine } from '#platform/module.ts';
import { publishMachineKeys } from '../policy/machine-policy.ts';
import { openGateway } from './gateway.ts';
import { GATEWAYS_FOLDER } from './log/hold-log.ts';
import { logOriginOf } from './log/log-origin.rules.ts';

interface Options {
  readonly name?: string;
  readonly port?: string;
  readonly privatePort?: string;
  readonly siteUrl?: string;
}

/** Adds `socle gateway`. */
export function gatewayCommands(socle: Command, line: CommandLine): void {
  socle
    .command('gateway')
    .description('serve the data exchange: a gateway, with a log of its own')
    .option('--name <name>', 'its name among the gateways, instead of SOCLE_GATEWAY_NAME')
    .option('--port <port>', 'its port, instead of SOCLE_GATEWAY_PORT; 0 takes a free one')
    .option('--private-port <port>', 'port of its /metrics, instead of SOCLE_GATEWAY_PRIVATE_PORT')
    .option('--site-url <url>', 'address of the site, instead of SOCLE_PUBLIC_URL')
    .action((options: Options) =>
      line.withKernel(async (kernel, address) => {
        const { config, db, secret, log } = kernel;
        const { gateway } = config;
        const name = options.name ?? gateway.name;
        await publishMachineKeys(kernel);
        const running = await openGateway({
          name,
          host: config.host,
          port: Number(options.port ?? gateway.port),
          privatePort: Number(options.privatePort ?? gateway.privatePort),
          folder: join(config.dataFolder, GATEWAYS_FOLDER, name),
          siteUrl: config.publicUrl ?? options.siteUrl ?? `http://localhost:${config.port}`,
          publicUrl: gateway.publicUrl,
          issuer: config.publicUrl === null ? null : `${config.publicUrl}/connect/machines`,
          logOrigin: logOriginOf(config.ledgerOrigin, name),
          policyBoundMs: gateway.policySeconds * 1000,
          db,
          address,
          secret,
          log,
        });
        line.print(
          { port: running.port, privatePort: running.privatePort, name },
          `  The gateway ${name} of the data exchange answers at http://localhost:${running.port}`,
        );
        await askedToStop();
        await running.close();
      }),
    );
}

/** Waits for SIGINT, SIGTERM, or the end of the process that started this one. */
function askedToStop(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve());
    process.once('SIGTERM', () => resolve());
    if (process.connected) process.once('disconnect', () => resolve());
  });
}
