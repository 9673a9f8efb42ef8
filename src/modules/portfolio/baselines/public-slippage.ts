// The slippage that everyone may see, whoever asks: the State's averages, and that of the panorama's projects.
import type { Db } from '#platform/database/connection.ts';
import type { FileReach } from '../files/files.types.ts';
import { type SlippingProject, slippageSummary, slippingProject } from './averages.rules.ts';
import { listSlippageFacts } from './baselines.repository.ts';

const EVERYONE: FileReach = { organisationIds: [], beside: 'published' };

/** Every public project with a first baseline, and the averages over them. */
export async function publicSlippage(db: Db) {
  const projects = (await listSlippageFacts(db, EVERYONE)).map(slippingProject);
  return { projects, summary: slippageSummary(projects) };
}

/** The slippage to this day of those of the panorama's projects that have a public file with a baseline, by their id. */
export async function slippageOfProjects(
  db: Db,
  projectIds: readonly string[],
): Promise<ReadonlyMap<string, SlippingProject>> {
  const facts = await listSlippageFacts(db, EVERYONE, projectIds);
  return new Map(facts.map((one) => [one.projectId ?? '', slippingProject(one)]));
}
