// A cost table is written whole, at the version of the file that was read, in one transaction with its ledger entry.
import type { Actor } from '#platform/access.ts';
import { invalidInput } from '#platform/errors.ts';
import { formatEuroCents } from '#platform/i18n/format.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { fileActorOf } from '../files/file-access.rules.ts';
import { editedFileAt } from '../files/file-at.ts';
import { checkedReason } from '../files/file-input.rules.ts';
import { estimateAnew } from '../files/files.actions.ts';
import { writeCosts } from './costs.repository.ts';
import { checkedCosts, faultsOfSums, totalsOf } from './costs.rules.ts';
import type { TypedCostLine } from './costs.types.ts';

/** How amounts are written in the sentences of faults. */
export const WRITTEN = {
  fr: (cents: number) => formatEuroCents('fr', cents),
  en: (cents: number) => formatEuroCents('en', cents),
} as const;

/**
 * Saves a file's cost table. Once the file is submitted, a table with another sum needs a reason and makes an estimate.
 * Throws as `editedFileAt` does, and `invalid-input` with a fault for each wrong cell or sum.
 */
export async function saveCosts(
  { db, clock }: Pick<Kernel, 'db' | 'clock'>,
  actor: Actor,
  fileId: string,
  {
    version,
    lines: typed,
    declaredTotal,
    reason: typedReason,
  }: {
    readonly version: number;
    readonly lines: readonly TypedCostLine[];
    readonly declaredTotal: string;
    readonly reason: string;
  },
): Promise<void> {
  const now = clock.now();
  await db.transaction().execute(async (trx) => {
    const file = await editedFileAt(trx, actor, fileId, version);
    const { lines, faults } = checkedCosts(typed, file);
    const sums = faults.length > 0 ? [] : faultsOfSums(lines, declaredTotal, WRITTEN);
    const totals = totalsOf(lines);
    const moves = file.state !== 'draft' && totals.commitmentCents !== file.fullCostCents;
    const reason = moves ? checkedReason(typedReason) : { reason: '', faults: [] };
    const all = [...faults, ...sums, ...reason.faults];
    if (all.length > 0) throw invalidInput({ fields: all });
    const by = fileActorOf(actor, file);
    await writeCosts(trx, now, fileId, lines, totals);
    if (moves) {
      await estimateAnew(trx, now, file, { costCents: totals.commitmentCents, reason: reason.reason }, by);
    }
    await appendToLedger(trx, now, {
      kind: 'portfolio.file-costs-written',
      subject: `portfolio/project-file/${fileId}`,
      actor: by,
      data: { before: file.fullCostCents, ...totals, lines: lines.length, reason: reason.reason },
    });
  });
}
