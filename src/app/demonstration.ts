// Loads the demonstration State: each module's part, in the order of the graph, on an empty database.
import { demonstrationIsLoaded, hasAnyPerson } from '#modules/identity/public.ts';
import type { Kernel } from '#platform/kernel.ts';
import { modules } from './modules.ts';

/**
 * Loads the demonstration State when the configuration wants it and nobody lives here yet.
 * An installation that has people, the demonstration's or real ones, is left as it is.
 * @returns true when it was loaded now.
 */
export async function loadDemonstrationWhereEmpty(kernel: Kernel): Promise<boolean> {
  if (!kernel.config.demo) return false;
  if ((await demonstrationIsLoaded(kernel.db)) || (await hasAnyPerson(kernel.db))) return false;
  for (const module of modules) await module.demonstration?.(kernel);
  return true;
}
