// The `socle hub` commands: which keys the hub signs with, and new ones when one may be known to others. No private part
// of a key is ever printed.
import type { Command } from 'commander';
import { defineError } from '#platform/errors.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import type { CommandLine } from '#platform/module.ts';
import { REALMS, type Realm } from '../hub/realms.ts';
import { readSigningKeys, replaceSigningKeys, withdrawOlderKeys } from '../hub/signing-keys.actions.ts';
import { signingKeyAt } from '../hub/signing-keys.rules.ts';

const BY: LedgerActor = { kind: 'system', name: 'socle hub rotate-keys' };

const unknownRealm = defineError('identity.unknown-realm', 'invalid', {
  fr: 'Indiquez l’un des espaces\u00A0: agents, citizens ou machines.',
  en: 'Give one of the realms: agents, citizens or machines.',
});

function isRealm(word: string): word is Realm {
  return (REALMS as readonly string[]).includes(word);
}

/** Adds `socle hub` and its commands. */
export function hubCommands(socle: Command, line: CommandLine): void {
  const hub = socle.command('hub').description('the identity hub of this installation');

  hub
    .command('keys')
    .description('the signing keys that are published, and which of them sign now')
    .action(async () => {
      const keys = await line.withKernel(async (kernel) => {
        const now = kernel.clock.now();
        const perRealm = REALMS.map(async (realm) => {
          const known = await readSigningKeys(kernel, realm);
          return known.map(({ kid, alg, publishedAt, signsFrom }) => ({
            realm,
            kid,
            alg,
            publishedAt: publishedAt.toISOString(),
            signsFrom: signsFrom.toISOString(),
            signs: signingKeyAt(known, alg, now)?.kid === kid,
          }));
        });
        return (await Promise.all(perRealm)).flat();
      });
      const rows = keys.map(
        ({ realm, kid, alg, signsFrom, signs }) =>
          `${realm}  ${alg}  ${kid}  ${signs ? 'signs' : 'published'} since ${signsFrom}`,
      );
      line.print(
        { keys },
        rows.join('\n') || 'There is no key yet: a realm makes its own when it is first used.',
      );
    });

  hub
    .command('rotate-keys')
    .description(
      'publish new signing keys for a realm that sign in two minutes; for when a key may be known to others',
    )
    .requiredOption('--realm <realm>', `one of ${REALMS.join(', ')}`)
    .option(
      '--withdraw-old',
      'withdraw the old keys at once: what they signed is void; services that keep key sets must read them again',
      false,
    )
    .action(async ({ realm, withdrawOld }: { realm: string; withdrawOld: boolean }) => {
      if (!isRealm(realm)) throw unknownRealm({ detail: { realm } });
      const done = await line.withKernel(async (kernel) =>
        withdrawOld
          ? withdrawOlderKeys(kernel, realm, BY)
          : { published: await replaceSigningKeys(kernel, realm, BY), withdrawn: 0 },
      );
      line.print(
        { realm, ...done },
        withdrawOld
          ? `${done.published} new keys sign for ${realm} from now on; ${done.withdrawn} were withdrawn. Sessions stay.`
          : `${done.published} new keys sign for ${realm} in two minutes. Those before them stay published until nothing bears them.`,
      );
    });
}
