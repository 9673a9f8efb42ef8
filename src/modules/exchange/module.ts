// The exchange module, as the application mounts it: the policy that gateways enforce, and the gateway.
import { watchMachines } from '#modules/identity/public.ts';
import type { Module } from '#platform/module.ts';
import { gatewayCommands } from './gateway/gateway.commands.ts';
import { machinePolicy } from './policy/machine-policy.ts';

/** The exchange of data between administrations: accredit once, trace always, stop at once. */
export const exchange: Module = {
  name: 'exchange',
  imports: ['identity'],
  migrations: new URL('./migrations/', import.meta.url),
  permissions: [],
  attach({ db }) {
    // Whoever suspends a service or changes a key tells the gateways.
    watchMachines(db, machinePolicy);
  },
  commands(socle, line) {
    gatewayCommands(socle, line);
  },
};
