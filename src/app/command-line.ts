// The command line: what every command shares. Each prints a sentence, or with --json one line of JSON; exit code 0 or 1.
import { Command, CommanderError } from 'commander';
import pino from 'pino';
import { loadConfig } from '#platform/config.ts';
import { isSocleError } from '#platform/errors.ts';
import type { CommandLine } from '#platform/module.ts';
import { type InstallationCommandLine, installationCommands } from './installation.commands.ts';
import { type Installation, openInstallation } from './installation.ts';
import { type LedgerCommandLine, ledgerCommands, withPendingIntegrated } from './ledger/ledger.commands.ts';
import { modules } from './modules.ts';
import { serve } from './serve.ts';
import { sentenceOf, TERMINAL_LOCALE } from './terminal.ts';
import { version } from './version.ts';

/** Gives `command` and everything below it the option that every command has. */
function addJsonOption(command: Command): void {
  for (const child of command.commands) {
    const isThere = child.options.some((option) => option.long === '--json');
    if (child.commands.length === 0 && !isThere) child.option('--json', 'print one line of JSON');
    addJsonOption(child);
  }
}

/** Runs the command line `argv`. @returns the exit code. */
export async function runCommandLine(
  argv: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  let exitCode = 0;
  let json = false;

  const write = (result: object, sentence: string) =>
    process.stdout.write(`${json ? JSON.stringify(result) : sentence}\n`);

  async function withInstallation<T>(work: (installation: Installation) => Promise<T>): Promise<T> {
    const log = pino({ level: environment.SOCLE_LOG_LEVEL || 'error' }, pino.destination(2));
    const installation = await openInstallation(loadConfig(environment), { as: 'command', log });
    try {
      return await work(installation);
    } finally {
      await installation.close();
    }
  }

  const line: CommandLine & LedgerCommandLine & InstallationCommandLine = {
    locale: TERMINAL_LOCALE,
    environment,
    withInstallation,
    withKernel: (work) => withInstallation(({ kernel, database }) => work(kernel, database.address)),
    withLedger: (work) =>
      withInstallation(({ kernel, signer }) => withPendingIntegrated(kernel, signer, work)),
    print: write,
    fail(result, sentence) {
      exitCode = 1;
      write(result, sentence);
    },
  };

  const socle = new Command('socle')
    .description('Socle, the operating platform of a State’s digital directorate')
    .version(version)
    .exitOverride()
    .showHelpAfterError()
    .hook('preAction', (_, action) => {
      json = action.opts().json === true;
    });
  socle
    .command('start')
    .description('start everything, as `npm start` does')
    .action(() => serve(environment));
  socle.command('import').description('import published data');
  for (const module of modules) module.commands?.(socle, line);
  ledgerCommands(socle, line);
  installationCommands(socle, line);
  addJsonOption(socle);

  try {
    await socle.parseAsync(argv);
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 1;
    const sentence = sentenceOf(error);
    if (sentence === null) throw error;
    if (json)
      process.stdout.write(
        `${JSON.stringify({ ok: false, code: isSocleError(error) ? error.code : 'configuration', error: sentence })}\n`,
      );
    else process.stderr.write(`${sentence}\n`);
    return 1;
  }
}
