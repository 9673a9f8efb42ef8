// A process of its own for the tests: opens a data folder as told, says what happened, and stays until its input ends.
import { openDatabase } from '#platform/database/open.ts';
import { silentLog } from '#test/support/silent-log.ts';

const [dataFolder = '', as = 'server', work = ''] = process.argv.slice(2);

try {
  const log = silentLog;
  const open = await openDatabase({
    dataFolder,
    databaseUrl: null,
    log,
    as: as as 'server' | 'command',
    patience: 20_000,
  });
  if (work) await open.pool.query(work);
  const { rows } = await open.pool.query('select pg_postmaster_start_time() as started');
  console.log(JSON.stringify({ joined: open.joined, address: open.address, started: rows[0].started }));
  if (as === 'server') {
    await new Promise((resolve) => process.stdin.once('end', resolve).resume());
  }
  await open.close();
} catch (error) {
  console.log(JSON.stringify({ error: (error as Error).message }));
  process.exitCode = 1;
}
