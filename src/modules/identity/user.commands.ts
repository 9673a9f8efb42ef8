// The `socle user` commands: administrators by command line, before anybody can sign in. No password passes on a command
// line, where other users of the machine would read it: a link that serves once does.
import type { Command } from 'commander';
import { ROLES } from '#platform/access.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type { CommandLine } from '#platform/module.ts';
import { listMembershipsOf } from './memberships.repository.ts';
import { givesItsRole } from './memberships.rules.ts';
import { pageOfPeople } from './people.repository.ts';
import { addRole, createAdministrator, endRole, resetUser } from './user.actions.ts';

const by = (command: string): LedgerActor => ({ kind: 'system', name: `socle user ${command}` });

const MOST_LISTED = 10_000;

function linkSentence(email: string, { link, expiresAt }: { link: string; expiresAt: Date }): string {
  return `Give this link to ${email}; it serves once, until ${expiresAt.toISOString()}:\n${link}`;
}

/** Adds `socle user` and its commands. */
export function userCommands(socle: Command, line: CommandLine): void {
  const user = socle.command('user').description('people of this installation, and their roles');

  user
    .command('create-admin')
    .description('record an administrator and print the link by which they choose a password')
    .requiredOption('--email <address>', 'their e-mail address')
    .requiredOption('--name <name>', 'their name')
    .option(
      '--organisation <word>',
      'id, code or SIRET of their organisation; the whole installation without it',
    )
    .action(async (options: { email: string; name: string; organisation?: string }) => {
      const made = await line.withKernel((kernel) =>
        createAdministrator(kernel, by('create-admin'), options),
      );
      line.print(made, linkSentence(options.email, made));
    });

  user
    .command('list')
    .description('everybody, with the roles that they hold now')
    .option('--search <words>', 'only those whose name or address holds these words')
    .action(async (options: { search?: string }) => {
      const people = await line.withKernel(async ({ db, clock }) => {
        const now = clock.now();
        const filter = options.search ? { search: options.search } : {};
        const { items } = await pageOfPeople(db, filter, { number: 1, size: MOST_LISTED }, now);
        const held = await listMembershipsOf(
          db,
          items.map(({ id }) => id),
        );
        return items.map((person) => ({
          ...person,
          roles: held
            .filter((membership) => membership.personId === person.id && givesItsRole(membership, now))
            .map(({ role, organisationId, organisationName }) => ({
              role,
              organisationId,
              organisationName,
            })),
        }));
      });
      const rows = people.map(
        ({ name, email, closedAt, roles }) =>
          `${email}  ${name}  ${closedAt ? 'closed' : roles.map(({ role, organisationName }) => (organisationName ? `${role} (${organisationName})` : role)).join(', ') || 'no role'}`,
      );
      line.print(
        { people },
        rows.join('\n') || 'There is nobody yet. "socle user create-admin" records the first.',
      );
    });

  user
    .command('add-role')
    .description('give a person a role')
    .requiredOption('--email <address>', 'their e-mail address')
    .requiredOption('--role <role>', `one of ${ROLES.join(', ')}`)
    .option('--organisation <word>', 'id, code or SIRET of the organisation in which they hold it')
    .option('--from <day>', 'first day, YYYY-MM-DD; now without it')
    .option('--until <day>', 'last day, YYYY-MM-DD; no end without it')
    .action(
      async (options: {
        email: string;
        role: string;
        organisation?: string;
        from?: string;
        until?: string;
      }) => {
        const membership = await line.withKernel((kernel) => addRole(kernel, by('add-role'), options));
        line.print(
          membership,
          `${options.email} holds the role ${membership.role} from ${membership.startsAt.toISOString()}${membership.endsAt ? ` to ${membership.endsAt.toISOString()}` : ''}.`,
        );
      },
    );

  user
    .command('end-role')
    .description('end a role of a person at this moment')
    .requiredOption('--email <address>', 'their e-mail address')
    .requiredOption('--role <role>', `one of ${ROLES.join(', ')}`)
    .option(
      '--organisation <word>',
      'id, code or SIRET of the organisation; wherever they hold it without it',
    )
    .action(async (options: { email: string; role: string; organisation?: string }) => {
      const ended = await line.withKernel((kernel) => endRole(kernel, by('end-role'), options));
      line.print({ ended }, `${options.email} no longer holds the role ${options.role}.`);
    });

  user
    .command('reset')
    .description('print a new link by which a person chooses a password')
    .requiredOption('--email <address>', 'their e-mail address')
    .option('--second-factors', 'also remove every second factor: they have lost them', false)
    .action(async (options: { email: string; secondFactors: boolean }) => {
      const made = await line.withKernel((kernel) =>
        resetUser(kernel, by('reset'), { email: options.email, resetSecondFactors: options.secondFactors }),
      );
      line.print(made, linkSentence(options.email, made));
    });
}
