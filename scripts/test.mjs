// Runs the tests: all of them, or the files and folders named as arguments. One database server serves the whole run.
// Ends with the line `N passed, N failed` and the exit code that fits it.
import { globSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { run } from 'node:test';
import { spec } from 'node:test/reporters';

const ROOT = resolve(import.meta.dirname, '..');
// Test files of this kind share two cores with the database and a browser.
const CONCURRENCY = 2;
const FILE_PATIENCE_MS = 15 * 60_000;
// The longest come first, so that at the end no core stands idle beside the last of them.
const LONGEST = [
  'test/scenarios/process.test.ts',
  'test/route-walk.test.ts',
  'test/scenarios/oversight.browser.test.ts',
  'test/scenarios/exchange.browser.test.ts',
  'test/scenarios/contracts.browser.test.ts',
  'test/scenarios/support.browser.test.ts',
  'test/scenarios/reader.browser.test.ts',
  'src/app/gallery/gallery.browser.test.ts',
  'src/platform/database/embedded.test.ts',
  'src/modules/identity/upstreams/upstreams.browser.test.ts',
  'test/scenarios/auditor.browser.test.ts',
].map((file) => resolve(ROOT, file));

const files = testFiles(process.argv.slice(2));
if (files.length === 0) {
  console.error('No test file there: a test is a file named *.test.ts under src or test.');
  process.exit(1);
}

const { startTestServer, TEST_DATABASE_VARIABLE } = await import('../test/support/database.ts');
const server = await startTestServer();
process.env[TEST_DATABASE_VARIABLE] = JSON.stringify(server.address);
// Each test file is a process of its own: what one compiled the others need not.
process.env.NODE_COMPILE_CACHE ??= resolve(ROOT, 'node_modules/.cache/compiled');

const tests = run({ files, cwd: ROOT, concurrency: CONCURRENCY, timeout: FILE_PATIENCE_MS });
const counts = { passed: 0, failed: 0, skipped: 0 };
tests.on('test:pass', (event) => count(event, 'passed'));
tests.on('test:fail', (event) => count(event, 'failed'));
for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => stop(signal));

const output = tests.compose(spec);
output.pipe(process.stdout);
await new Promise((resolve, reject) => output.on('end', resolve).on('error', reject));
await server.stop();

const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
console.log(`\n${counts.passed} passed, ${counts.failed} failed${skipped}`);
process.exit(counts.failed === 0 && counts.passed > 0 ? 0 : 1);

/** Suites are counted through their tests; a file that breaks before its first test counts as a failed one. */
function count({ details, skip, todo }, outcome) {
  if (details.type === 'suite' && !brokeByItself(details)) return;
  const isSkipped = (skip !== undefined && skip !== false) || (todo !== undefined && todo !== false);
  counts[isSkipped ? 'skipped' : outcome] += 1;
}

function brokeByItself({ error }) {
  return error !== undefined && error.failureType !== 'subtestsFailed';
}

function testFiles(named) {
  const all = globSync(['src/**/*.test.ts', 'test/**/*.test.ts'], { cwd: ROOT }).map((file) =>
    resolve(ROOT, file),
  );
  if (named.length === 0) return longestFirst(all);
  return named.flatMap((name) => {
    const path = resolve(name);
    if (!statSync(path, { throwIfNoEntry: false })) {
      console.error(`${relative(process.cwd(), path)} does not exist.`);
      process.exit(1);
    }
    return all.filter((file) => file === path || file.startsWith(`${path}/`)).sort();
  });
}

function longestFirst(paths) {
  const rest = paths.filter((file) => !LONGEST.includes(file)).sort();
  return [...LONGEST.filter((file) => paths.includes(file)), ...rest];
}

async function stop(signal) {
  await server.stop();
  console.error(`\nStopped by ${signal}.`);
  process.exit(130);
}
