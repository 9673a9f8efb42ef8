// The policy as a part of the module.
import { watchMachines } from '#modules/identity/public.ts';
import type { Part } from '#platform/parts.ts';
import { machinePolicy } from './machine-policy.ts';

/** What gateways enforce. */
export const policyPart: Part = {
  permissions: [],
  attach({ db }) {
    // Whoever suspends a service or changes a key tells the gateways.
    watchMachines(db, machinePolicy);
  },
};
