// The import of a file sent through the web page: kept in pieces, imported by the job, removed after.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { sql } from 'kysely';
import { isSocleError } from '#platform/errors.ts';
import type { JobRun } from '#platform/jobs/job.ts';
import { silentLog } from '#test/support/silent-log.ts';
import { importJob, requestImport } from './import.jobs.ts';
import { fileOf, portfolioDatabase } from './panorama.test-support.ts';
import { findUpload, keepUpload } from './uploads.repository.ts';

const PERSON = '6f1c2c8e-5f6a-4f5e-9d0a-000000000001';

/** What a queue would do: it remembers what was queued, and runs it when told. */
async function withQueue(t: Parameters<typeof portfolioDatabase>[0]) {
  const parts = await portfolioDatabase(t);
  const queued: { name: string; input: { uploadId: string } }[] = [];
  const jobs = {
    enqueue: async (_trx: unknown, name: string, input: object) => {
      queued.push({ name, input: input as { uploadId: string } });
      return 'run-1';
    },
    definition: () => null,
  };
  const kernel = { ...parts, jobs, log: silentLog } as unknown as JobRun['kernel'];
  const run: JobRun = {
    id: 'run-1',
    kernel,
    requestedBy: PERSON,
    progress: () => {},
    signal: new AbortController().signal,
  };
  return { parts, kernel, queued, run };
}

test('an uploaded file is imported and then removed', async (t) => {
  const { parts, kernel, queued, run } = await withQueue(t);
  const content = await readFile(new URL('./fixtures/panel.csv', import.meta.url));
  await requestImport(kernel, {
    fileName: 'panel.csv',
    bytes: fileOf(content, { size: 7 }).bytes,
    personId: PERSON,
  });
  const input = queued[0]?.input;
  assert.ok(input);
  const report = await importJob.run(input, run);
  assert.equal(report.written, 7);
  assert.equal(await findUpload(parts.db, input.uploadId), undefined);
  const outcome = importJob.describe?.(JSON.parse(JSON.stringify(report)), 'fr');
  assert.match(outcome?.sentence ?? '', /7 lignes lues : 7 enregistrées/);
  await assert.rejects(
    importJob.run(input, run),
    (error) => isSocleError(error) && error.code === 'portfolio.upload-gone',
  );
});

test('a refused file is removed too, a stopped run keeps it', async (t) => {
  const { parts, kernel, queued, run } = await withQueue(t);
  for (const content of [
    'not a table\n',
    'edition,project,ministry,start,duration_years,phase,cost_meur\n2016-11,A,M,2015-01,1,Cadrage,\n',
  ]) {
    await requestImport(kernel, { fileName: 'x.csv', bytes: fileOf(content).bytes, personId: PERSON });
  }
  const [refused, stopped] = queued.map(({ input }) => input);
  assert.ok(refused && stopped);
  await assert.rejects(importJob.run(refused, run), isSocleError);
  assert.equal(await findUpload(parts.db, refused.uploadId), undefined);
  const stop = new AbortController();
  stop.abort();
  await assert.rejects(importJob.run(stopped, { ...run, signal: stop.signal }));
  assert.ok(await findUpload(parts.db, stopped.uploadId));
  assert.equal((await importJob.run(stopped, run)).written, 1);
});

test('what is kept is what was sent, and nothing is kept of a file that is empty', async (t) => {
  const { db, clock } = await portfolioDatabase(t);
  const content = Buffer.alloc(2_500_000, 'abcdefg');
  const id = await keepUpload(db, {
    fileName: 'f',
    bytes: fileOf(content, { size: 70_001 }).bytes,
    personId: PERSON,
    now: clock.now(),
  });
  const pieces: Uint8Array[] = [];
  for await (const piece of (await findUpload(db, id))?.bytes ?? []) pieces.push(piece);
  assert.ok(Buffer.concat(pieces).equals(content));
  assert.equal(pieces.length, 3);
  await assert.rejects(
    keepUpload(db, { fileName: 'e', bytes: fileOf('').bytes, personId: PERSON, now: clock.now() }),
    isSocleError,
  );
  const later = new Date(clock.now().getTime() + 25 * 3_600_000);
  await keepUpload(db, { fileName: 'g', bytes: fileOf('x').bytes, personId: PERSON, now: later });
  const { rows } = await sql<{ name: string }>`select file_name as name from portfolio.uploads`.execute(db);
  assert.deepEqual(rows, [{ name: 'g' }], 'a file that nobody imported goes after a day');
});
