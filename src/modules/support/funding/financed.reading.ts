// What a window financed and what it brought, for everyone: each project with its contract's verdict and savings.
import { type ContractResult, findContractResults } from '#modules/impact/public.ts';
import type { Db } from '#platform/database/connection.ts';
import { listApplicationsOf } from './applications.repository.ts';
import type { Application } from './funding.types.ts';

/** A project that a window financed; its contract is null until both parties have signed it. */
export interface FinancedProject extends Application {
  readonly result: ContractResult | null;
}

/** The projects of a window, those that were awarded most first: two queries, however many there are. */
export async function listFinanced(db: Db, windowId: string): Promise<FinancedProject[]> {
  const applications = await listApplicationsOf(db, windowId, 'financed');
  const results = await findContractResults(
    db,
    applications.flatMap(({ contractId }) => contractId ?? []),
  );
  return applications.map((one) => ({
    ...one,
    result: one.contractId === null ? null : (results.get(one.contractId) ?? null),
  }));
}

/** Savings in euros, by kind; null where nobody gave a figure of that kind. */
export type Savings = ContractResult['savings'];

/** The savings of these projects together, by kind: a contract that stands behind several counts once. */
export function savingsOf(projects: readonly Pick<FinancedProject, 'result'>[]): Savings {
  const contracts = new Map(
    projects.flatMap(({ result }) => (result === null ? [] : [[result.contractId, result.savings] as const])),
  );
  const total = (kind: keyof Savings): number | null => {
    const given = [...contracts.values()].flatMap((savings) => savings[kind] ?? []);
    return given.length === 0 ? null : given.reduce((sum, euros) => sum + euros, 0);
  };
  return { declared: total('declared'), audited: total('audited'), cashed: total('cashed') };
}
