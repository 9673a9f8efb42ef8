// The portfolio's commands in the terminal: imports, and decisions on proposed matches.
import { basename } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import type { Locale } from '#platform/i18n/locale.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type { CommandLine } from '#platform/module.ts';
import { importDeclaredFigures } from './figures.actions.ts';
import { importPanorama } from './import.actions.ts';
import { importMessages } from './import.messages.ts';
import { type ImportReport, reportIn } from './import.types.ts';
import { acceptMatch, rejectMatch, undoMatch } from './matches.actions.ts';
import { countWaitingMatches, listWaitingMatches } from './matches.repository.ts';
import { wrongNumber } from './panorama.errors.ts';
import { bytesOfFile } from './sheet.reader.ts';

const BY_COMMAND: LedgerActor = { kind: 'system', name: 'command' };

interface PanoramaOptions {
  readonly edition?: string;
  readonly dryRun?: boolean;
  readonly acceptAbove?: number;
}

/** Adds `import panorama`, `import averages` and `matches` to `socle`. */
export function panoramaCommands(socle: Command, line: CommandLine): void {
  const imports =
    socle.commands.find((command) => command.name() === 'import') ??
    socle.command('import').description('Import published data from a file');

  imports
    .command('panorama')
    .description('Import editions of the published table of major projects (CSV, UTF-8); all or nothing')
    .argument('<file>', 'the published table, or a panel with an `edition` column')
    .option('--edition <YYYY-MM>', 'the edition of the table, or the one to pick from a panel')
    .option('--dry-run', 'read, match and count, and write nothing')
    .option('--accept-above <score>', 'accept clear matches above this score (0.5 to 1)', readScore)
    .option('--json', 'print one JSON object')
    .action(async (file: string, options: PanoramaOptions) => {
      await line.withKernel(async (kernel) => {
        const report = await importPanorama(kernel, {
          source: { name: basename(file), bytes: bytesOfFile(file) },
          importedBy: BY_COMMAND,
          ...(options.edition === undefined ? {} : { edition: options.edition }),
          ...(options.dryRun === undefined ? {} : { dryRun: options.dryRun }),
          ...(options.acceptAbove === undefined ? {} : { acceptAbove: options.acceptAbove }),
        });
        printReport(line, report);
      });
    });

  imports
    .command('averages')
    .description('Import the headline figures that the directorate published with its editions (CSV, UTF-8)')
    .argument('<file>', 'one row per edition')
    .option('--json', 'print one JSON object')
    .action(async (file: string) => {
      await line.withKernel(async (kernel) => {
        const report = await importDeclaredFigures(kernel, {
          source: { name: basename(file), bytes: bytesOfFile(file) },
          importedBy: BY_COMMAND,
        });
        printReport(line, report);
      });
    });

  const matches = socle.command('matches').description('Decide which projects of two editions are one');
  matches
    .command('list')
    .description('List the proposals that wait for a decision, the surest first')
    .option('--json', 'print one JSON object')
    .action(async () => {
      await line.withKernel(async ({ db }) => {
        const [waiting, count] = await Promise.all([
          listWaitingMatches(db, { limit: 200 }),
          countWaitingMatches(db),
        ]);
        const items = waiting.map(({ id, score, row, candidate, features }) => ({
          id,
          score,
          edition: row.month,
          name: row.name,
          candidate: candidate.name,
          candidateEdition: candidate.month,
          features,
        }));
        const lines = items.map(
          (one) => `${one.id}\t${one.score}\t${one.edition}\t${one.name} = ${one.candidate}`,
        );
        line.print(
          { waiting: count, items },
          lines.length > 0 ? lines.join('\n') : 'No proposal is waiting.',
        );
      });
    });
  for (const [name, description, decide] of [
    ['accept', 'Accept a proposal: both names are one project', acceptMatch],
    ['reject', 'Reject a proposal: it is never made again', rejectMatch],
    ['undo', 'Undo the decision on a proposal', undoMatch],
  ] as const) {
    matches
      .command(name)
      .description(description)
      .argument('<id>', 'the number that `matches list` shows')
      .option('--json', 'print one JSON object')
      .action(async (text: string) => {
        const id = Number(text);
        if (!/^\d{1,15}$/.test(text)) throw wrongNumber({}, text.slice(0, 40));
        await line.withKernel(async (kernel) => {
          const decided = await decide(kernel, id, BY_COMMAND);
          line.print(
            decided,
            `Proposal ${decided.id} ${decided.decision}; the project is ${decided.projectId}.`,
          );
        });
      });
  }
}

function readScore(text: string): number {
  const score = Number(text.replace(',', '.'));
  if (!(score >= 0.5 && score <= 1)) throw new InvalidArgumentError('It takes a number from 0.5 to 1.');
  return score;
}

function printReport(line: CommandLine, report: ImportReport): void {
  const locale: Locale = 'en';
  const words = importMessages(locale);
  const shown = report.leftOut
    .slice(0, 50)
    .map(({ where, reason }) => words.leftOutLine(where[locale], reason[locale]));
  const sentence = report.dryRun ? words.wouldImport(report) : words.imported(report);
  line.print(reportIn(locale, report), [sentence, ...shown].join('\n'));
}
