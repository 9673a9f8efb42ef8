// The ledger as its readers meet it: proofs that verify, bounds that hold, and nothing of a person for the public.
import assert from 'node:assert/strict';
import { before, describe, test } from 'node:test';
import { appendToLedger } from '#platform/ledger/append.ts';
import { verifyConsistency, verifyInclusion } from '#platform/ledger/merkle.ts';
import { openCheckpoint, parseVerifier } from '#platform/ledger/signed-note.ts';
import { verifyExport } from '#platform/ledger/verify.ts';
import { startTestApp } from '#test/support/app.ts';

const AUTHOR = '10000000-0000-4000-8000-00000000000a';
const trial = await startTestApp();
const nobody = trial.client();
const bytes = (text: string) => Buffer.from(text, 'base64');

before(async () => {
  const { db, clock } = trial.kernel;
  await trial.integrate();
  await db.transaction().execute(async (trx) => {
    for (let n = 0; n < 300; n++) {
      await appendToLedger(trx, clock.now(), {
        kind: 'trial.happened',
        subject: `trial/thing/${n}`,
        actor: { kind: 'person', personId: AUTHOR },
        data: { secret: `<b>content-${n}</b>` },
      });
    }
  });
  await trial.integrate();
});

describe('over the API', () => {
  test('the checkpoint is signed with the published key', async () => {
    const key = parseVerifier((await nobody.get('/api/v1/ledger/key')).body);
    assert.ok(key);
    const answer = await nobody.get('/api/v1/ledger/checkpoint');
    assert.match(String(answer.headers['content-type']), /^text\/plain/);
    assert.ok((openCheckpoint(answer.body, key)?.size ?? 0) >= 300);
  });

  test('proofs verify against the checkpoint', async () => {
    const checkpoint = openCheckpoint(
      (await nobody.get('/api/v1/ledger/checkpoint')).body,
      trial.signer.verifier,
    );
    assert.ok(checkpoint);
    const { size, root } = checkpoint;
    for (const index of [0, 255, 256, size - 1]) {
      const { leafHash, proof } = (
        await nobody.getJson(`/api/v1/ledger/proofs/inclusion?index=${index}`)
      ).json<{ leafHash: string; proof: string[] }>();
      assert.ok(verifyInclusion({ index, size, leaf: bytes(leafHash), root }, proof.map(bytes)));
    }
    for (const from of [1, 200, 256, size]) {
      const { oldRoot, proof } = (
        await nobody.getJson(`/api/v1/ledger/proofs/consistency?from=${from}&to=${size}`)
      ).json<{ oldRoot: string; proof: string[] }>();
      assert.ok(
        verifyConsistency({ from, to: size, oldRoot: bytes(oldRoot), newRoot: root }, proof.map(bytes)),
      );
    }
  });

  test('pages of entries follow one another to the first', async () => {
    const indexes: number[] = [];
    let next: string | null = '';
    while (next !== null) {
      const url: string = `/api/v1/ledger/entries?limit=100${next && `&cursor=${next}`}`;
      const page = (await nobody.getJson(url)).json<{ items: { index: number }[]; next: string | null }>();
      indexes.push(...page.items.map(({ index }) => index));
      next = page.next;
    }
    assert.deepEqual(
      indexes.toReversed(),
      indexes.map((_, i) => i),
    );
  });

  test('what is out of bounds is refused with a 4xx', async () => {
    const refused: [url: string, status: number][] = [
      ['entries/999999', 404],
      ['entries/-1', 400],
      ['entries/x', 400],
      ['entries?limit=0', 400],
      ['entries?limit=101', 400],
      ['entries?cursor=-1', 400],
      ['proofs/inclusion', 400],
      ['proofs/inclusion?index=999999', 400],
      ['proofs/inclusion?index=5&size=5', 400],
      ['proofs/inclusion?index=0&size=999999', 400],
      ['proofs/consistency?from=0', 400],
      ['proofs/consistency?from=2&to=1', 400],
      ['proofs/consistency?from=1&to=9007199254740993', 400],
    ];
    for (const [url, status] of refused) {
      assert.equal((await nobody.getJson(`/api/v1/ledger/${url}`)).statusCode, status, url);
    }
  });

  test('the export is for auditors, and verifies', async () => {
    assert.equal((await nobody.getJson('/api/v1/ledger/export')).statusCode, 401);
    const agent = await trial.signedInAs('agent');
    assert.equal((await agent.getJson('/api/v1/ledger/export')).statusCode, 403);
    const auditor = await trial.signedInAs('auditor');
    const { body } = await auditor.getJson('/api/v1/ledger/export');
    const verdict = await verifyExport(body.split('\n'), { verifierKey: trial.signer.verifierKey });
    assert.equal(verdict.fault, null);
    assert.ok(verdict.entries >= 300);
  });
});

describe('who acted and what was decided', () => {
  test('is hidden from the public and from an agent', async () => {
    for (const reader of [nobody, await trial.signedInAs('agent')]) {
      for (const url of [
        '/ledger',
        '/ledger/entries/299',
        '/api/v1/ledger/entries',
        '/api/v1/ledger/entries/299',
      ]) {
        const { statusCode, body } = await reader.get(url);
        assert.equal(statusCode, 200, url);
        assert.doesNotMatch(body, /content-|salt"/, url);
        assert.ok(!body.includes(AUTHOR), url);
      }
    }
  });

  test('is shown to an auditor, as text', async () => {
    const auditor = await trial.signedInAs('auditor');
    const { body: list } = await auditor.getJson('/api/v1/ledger/entries?limit=1');
    const [entry] = JSON.parse(list).items;
    assert.equal(entry.actor.personId, AUTHOR);
    const { body } = await auditor.get(`/ledger/entries/${entry.index}`);
    assert.match(body, /&lt;b&gt;content-/);
    assert.doesNotMatch(body, /<b>content-/);
  });
});

test('the pages stand in both languages, and lead back to the first entry', async () => {
  for (const locale of ['fr', 'en']) {
    nobody.locale = locale;
    const { body } = await nobody.get('/ledger');
    assert.ok(body.includes(trial.signer.verifierKey));
    assert.match(body, /npx socle log verify ledger\.ndjson/);
    assert.match(body, /href="\/ledger\?before=\d+"/);
    assert.equal((await nobody.get('/ledger?before=1')).statusCode, 200);
    assert.equal((await nobody.get('/ledger/entries/999999')).statusCode, 404);
  }
});
