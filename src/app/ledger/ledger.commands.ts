// `socle log`: export and verify the ledger. Verifying a file needs no installation at all.
import { createReadStream, createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Command } from 'commander';
import { type LogVerdict, verifyGatewayLog } from '#modules/exchange/public.ts';
import { defineError } from '#platform/errors.ts';
import { formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import { exportLedger } from '#platform/ledger/export.ts';
import { integratePending } from '#platform/ledger/integrator.ts';
import { findLatestCheckpoint, listLatestEntries } from '#platform/ledger/ledger.repository.ts';
import type { LedgerSigner } from '#platform/ledger/signer.ts';
import { type LedgerVerdict, verifyExport } from '#platform/ledger/verify.ts';
import { verifyDatabase } from '#platform/ledger/verify-database.ts';
import { ledgerMessages } from './ledger.messages.ts';

const unreadableFile = defineError<[file: string]>('ledger-file-unreadable', 'invalid', {
  fr: (file) => `Le fichier ${file} ne peut pas être lu.`,
  en: (file) => `The file ${file} cannot be read.`,
});

/** What the ledger's commands need of the command line. */
export interface LedgerCommandLine {
  readonly locale: Locale;
  /** Runs `work` on the installation, its pending entries integrated. */
  withLedger<T>(work: (kernel: Kernel, signer: LedgerSigner) => Promise<T>): Promise<T>;
  print(result: object, sentence: string): void;
  /** Prints like `print`, and makes the command exit with 1. */
  fail(result: object, sentence: string): void;
}

function report(line: LedgerCommandLine, verdict: LedgerVerdict): void {
  const words = ledgerMessages(line.locale);
  const { fault, entries, checkpoints, erased } = verdict;
  const result = {
    ok: fault === null,
    entries,
    checkpoints,
    erased,
    firstFault: fault && { ...fault, reason: fault.reason.en },
  };
  const number = (value: number) => formatNumber(line.locale, value);
  if (fault === null) {
    line.print(result, words.verified(number(entries), number(checkpoints)));
    return;
  }
  const reason = fault.reason[line.locale];
  line.fail(result, fault.index === null ? words.fault(reason) : words.faultAt(String(fault.index), reason));
}

/** Says what came of a gateway's log or slice. */
function reportLog(line: LedgerCommandLine, { fault, ...verdict }: LogVerdict): void {
  const words = ledgerMessages(line.locale);
  const result = {
    ok: fault === null,
    ...verdict,
    firstFault: fault && { ...fault, reason: fault.reason.en },
  };
  const number = (value: number) => formatNumber(line.locale, value);
  if (fault) {
    const reason = fault.reason[line.locale];
    const { index } = fault;
    line.fail(result, index === null ? words.logFault(reason) : words.logFaultAt(String(index), reason));
  } else if (verdict.slices.length === 0) {
    line.print(result, words.logVerified(verdict.origin, number(verdict.entries), number(verdict.read)));
  } else {
    const sentences = verdict.slices.map(({ origin, entries, first, last, signed }) =>
      words.sliceVerified(origin, number(entries), number(first), number(last), signed && number(signed)),
    );
    line.print(result, sentences.join('\n'));
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw unreadableFile({ cause }, file);
  }
}

/** Verifies a gateway's log or slice; null when it is neither, but a file that may be an export. */
async function verifyLog(
  path: string,
  options: { kept: string | null; verifierKey: string | null },
): Promise<LogVerdict | null> {
  try {
    return await verifyGatewayLog(path, options);
  } catch (cause) {
    throw unreadableFile({ cause }, path);
  }
}

async function verifyFile(
  file: string,
  options: { kept: string | null; verifierKey: string | null },
): Promise<LedgerVerdict> {
  const stream = createReadStream(file, 'utf8');
  try {
    await new Promise((resolve, reject) => stream.once('open', resolve).once('error', reject));
    return await verifyExport(createInterface({ input: stream, crlfDelay: Infinity }), options);
  } catch (cause) {
    throw unreadableFile({ cause }, file);
  } finally {
    stream.destroy();
  }
}

/** Adds `socle log …`. */
export function ledgerCommands(socle: Command, line: LedgerCommandLine): void {
  const log = socle.command('log').description('read, export and verify the ledger of decisions');
  const words = ledgerMessages(line.locale);

  log
    .command('verify')
    .description(
      'verify offline an exported ledger, the folder of a gateway’s log or a producer’s slice of one; without FILE the ledger in the database',
    )
    .argument('[file]', 'an export made by `socle log export`, a slice, or the folder of a gateway’s log')
    .option('--checkpoint <file>', 'a signed checkpoint that you kept: the ledger or log must extend it')
    .option('--key <verifier>', 'the verifier key that you know; by default the one in the export')
    .action(async (file: string | undefined, options: { checkpoint?: string; key?: string }) => {
      const kept = options.checkpoint ? await readText(options.checkpoint) : null;
      const known = { kept, verifierKey: options.key ?? null };
      const ofGateway = file === undefined ? null : await verifyLog(file, known);
      if (ofGateway) {
        reportLog(line, ofGateway);
        return;
      }
      const verdict = file
        ? await verifyFile(file, known)
        : await line.withLedger((kernel, signer) => verifyDatabase(kernel.db, signer, kept));
      report(line, verdict);
    });

  log
    .command('export')
    .description('write the whole ledger to FILE, for offline verification')
    .argument('<file>')
    .action(async (file: string) => {
      let entries = 0;
      await line.withLedger(async (kernel, signer) => {
        async function* lines() {
          for await (const item of exportLedger(kernel, signer)) {
            if (item.type === 'entry') entries += 1;
            yield `${JSON.stringify(item)}\n`;
          }
        }
        await pipeline(Readable.from(lines()), createWriteStream(file, { mode: 0o600 }));
      });
      line.print({ entries, file }, words.exported(formatNumber(line.locale, entries), file));
    });

  log
    .command('checkpoint')
    .description('print the latest signed checkpoint: keep it elsewhere')
    .action(async () => {
      const checkpoint = await line.withLedger(({ db }) => findLatestCheckpoint(db));
      line.print(
        { size: checkpoint?.size ?? 0, note: checkpoint?.note ?? null },
        checkpoint?.note.trimEnd() ?? words.empty,
      );
    });

  log
    .command('list')
    .description('print the latest entries')
    .option(
      '--limit <n>',
      'how many, 20 unless told',
      (text) => Math.min(Math.max(Number.parseInt(text, 10) || 20, 1), 1_000),
      20,
    )
    .action(async ({ limit }: { limit: number }) => {
      const entries = await line.withLedger(({ db }) => listLatestEntries(db, { before: null, limit }));
      const rows = entries.map(({ index, at, kind, subject }) => ({
        index,
        at: at.toISOString(),
        kind,
        subject,
      }));
      line.print(
        { entries: rows },
        rows.map((row) => `${row.index}\t${row.at}\t${row.kind}\t${row.subject}`).join('\n') || words.empty,
      );
    });
}

/** Opens what `withLedger` needs: pending entries get their place first, so that what is read is whole. */
export async function withPendingIntegrated<T>(
  kernel: Kernel,
  signer: LedgerSigner,
  work: (kernel: Kernel, signer: LedgerSigner) => Promise<T>,
): Promise<T> {
  await integratePending(kernel.db, signer, kernel.clock);
  return work(kernel, signer);
}
