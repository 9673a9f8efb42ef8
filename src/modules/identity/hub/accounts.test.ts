// What a checked assertion does to an account: recorded once, found by issuer and subject alone, refused for a reason.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import { secretOf } from '#platform/secret.ts';
import { identityKernel, kernelOver, TEST_NOW } from '../identity.fixture.ts';
import {
  type AccountOutcome,
  readAccount,
  receiveAccount,
  subjectRootOf,
  type Voucher,
} from './accounts.actions.ts';
import { isInTestCircle } from './accounts.repository.ts';
import type { AssertedIdentity } from './accounts.types.ts';
import { insertBlock } from './blocks.repository.ts';

const SIRET = '73282932000074';
const OTHER_SIRET = '11000201100044';

const kernel = await identityKernel();
const { db } = kernel;

async function idOf(query: ReturnType<typeof sql<{ id: string }>>): Promise<string> {
  const { rows } = await query.execute(db);
  return String(rows[0]?.id);
}

const organisationAt = (siret: string, name: string) =>
  idOf(sql<{ id: string }>`
    insert into identity.organisations (kind, name, siret, search_text)
    values ('ministry', ${name}, ${siret}, lower(${name})) returning id`);
const mer = await organisationAt(SIRET, 'Ministère de la Mer');
const other = await organisationAt(OTHER_SIRET, 'Ministère de la Terre');

async function upstream(
  realm: 'agents' | 'citizens',
  more: Partial<Voucher> = {},
): Promise<Voucher & { issuer: string }> {
  const issuer = `https://${randomUUID()}.example`;
  const id = await idOf(sql<{ id: string }>`
    insert into identity.upstreams (realm, name, issuer, client_id, client_authentication)
    values (${realm}, 'Fournisseur', ${issuer}, 'socle', 'private_key_jwt') returning id`);
  return { id, realm, vouchesForOrganisation: true, organisationIds: [mer], ...more, issuer };
}

const person = (email: string, closedAt: Date | null = null) =>
  idOf(sql<{ id: string }>`
    insert into identity.people (name, email, locale, created_at, closed_at, search_text)
    values ('Zoé Martin', ${email}, 'fr', now(), ${closedAt}, 'zoe martin') returning id`);

function agent(
  at: { issuer: string },
  claims: Record<string, string> = {},
  subject: string = randomUUID(),
): AssertedIdentity {
  const email = claims.email ?? `${randomUUID()}@mer.example`;
  const siret = claims.siret ?? SIRET;
  return {
    issuer: at.issuer,
    subject,
    acr: 'eidas1',
    secondFactor: false,
    siret,
    verifiedIdentity: null,
    claims: { given_name: 'Zoé', usual_name: 'Martin', email_verified: true, ...claims, email, siret },
  };
}

function citizen(
  at: { issuer: string },
  verifiedIdentity: string | null,
  more: Partial<AssertedIdentity> = {},
): AssertedIdentity {
  return {
    issuer: at.issuer,
    subject: randomUUID(),
    acr: verifiedIdentity ? 'eidas2' : 'eidas1',
    secondFactor: verifiedIdentity !== null,
    siret: null,
    verifiedIdentity,
    claims: { given_name: 'Zoé', family_name: 'Martin', email: 'zoe@courrier.example' },
    ...more,
  };
}

function signedIn(outcome: AccountOutcome): { accountId: string; isNew: boolean } {
  if ('refusal' in outcome) assert.fail(outcome.refusal);
  return outcome;
}
const refusalOf = (outcome: AccountOutcome) => ('refusal' in outcome ? outcome.refusal : null);
const rootOf = async (id: string) => (await readAccount(kernel, id))?.subjectRoot;

describe('an agent', async () => {
  const ministry = await upstream('agents');

  test('is recorded at the first sign-in, and is the same account at the next', async () => {
    const asserted = agent(ministry);
    const first = signedIn(await receiveAccount(kernel, ministry, asserted));
    assert.equal(first.isNew, true);
    assert.deepEqual(await receiveAccount(kernel, ministry, asserted), {
      accountId: first.accountId,
      isNew: false,
    });
    assert.deepEqual(await readAccount(kernel, first.accountId), {
      id: first.accountId,
      realm: 'agents',
      upstreamId: ministry.id,
      issuer: ministry.issuer,
      subject: asserted.subject,
      subjectRoot: first.accountId,
      personId: null,
      claims: asserted.claims,
    });
    const { rows } = await sql<{ kind: string; data: unknown }>`
      select kind, data from ledger.waiting where subject = ${`identity/account/${first.accountId}`} order by arrival`.execute(
      db,
    );
    assert.deepEqual(rows.map(({ kind }) => kind).sort(), [
      'identity.account-recorded',
      'identity.organisation-link-vouched',
    ]);
    assert.ok(!/Martin|mer\.example/.test(JSON.stringify(rows)), 'the ledger names somebody');
  });

  test('is the person whom Socle knows by this address', async () => {
    const email = 'connue@mer.example';
    const personId = await person(email);
    const { accountId } = signedIn(await receiveAccount(kernel, ministry, agent(ministry, { email })));
    assert.equal((await readAccount(kernel, accountId))?.personId, personId);
  });

  test('who is not known yet becomes the person who is recorded later, and stays that person', async () => {
    const [email, later] = ['future@mer.example', 'autre@mer.example'];
    const asserted = agent(ministry, { email });
    const { accountId } = signedIn(await receiveAccount(kernel, ministry, asserted));
    const personOf = async () => (await readAccount(kernel, accountId))?.personId;
    assert.equal(await personOf(), null);
    const [personId] = [await person(email), await person(later)];
    await receiveAccount(kernel, ministry, asserted);
    assert.equal(await personOf(), personId);
    // The address of somebody else does not make them somebody else.
    await receiveAccount(kernel, ministry, { ...asserted, claims: { ...asserted.claims, email: later } });
    assert.equal(await personOf(), personId);
  });

  test('is somebody else at another provider, or as another subject there, whatever the address', async () => {
    const email = 'meme@mer.example';
    const elsewhere = await upstream('agents');
    const ids = [];
    for (const [at, subject] of [
      [ministry, 'subject-1'],
      [ministry, 'subject-2'],
      [elsewhere, 'subject-1'],
    ] as const) {
      ids.push(signedIn(await receiveAccount(kernel, at, agent(at, { email }, subject))).accountId);
    }
    assert.equal(new Set(ids).size, 3);
    assert.equal(new Set(await Promise.all(ids.map(rootOf))).size, 3);
  });

  test('whose claims changed has the new ones, sealed under the account', async () => {
    const asserted = agent(ministry);
    const { accountId } = signedIn(await receiveAccount(kernel, ministry, asserted));
    const married = { ...asserted, claims: { ...asserted.claims, usual_name: 'Durand-Secrète' } };
    await receiveAccount(kernel, ministry, married);
    assert.equal((await readAccount(kernel, accountId))?.claims.usual_name, 'Durand-Secrète');
    const { rows } = await sql<{ text: string; sealed: Buffer }>`
      select to_jsonb(a)::text as text, sealed_claims as sealed from identity.accounts a where id = ${accountId}`.execute(
      db,
    );
    assert.ok(!/Durand|mer\.example/.test(`${rows[0]?.text}${rows[0]?.sealed.toString('latin1')}`));
    await assert.rejects(readAccount({ db, secret: secretOf(Buffer.alloc(32, 2)) }, accountId));
    const victim = signedIn(await receiveAccount(kernel, ministry, agent(ministry))).accountId;
    await sql`update identity.accounts set sealed_claims = ${rows[0]?.sealed} where id = ${victim}`.execute(
      db,
    );
    await assert.rejects(readAccount(kernel, victim), 'claims of another account were read as this one’s');
  });

  test('who signs in twice at the same moment, at two processes, is one account', async () => {
    for (let round = 0; round < 5; round += 1) {
      const asserted = agent(ministry);
      const outcomes = await Promise.all(
        Array.from({ length: 4 }, () => receiveAccount(kernelOver(db), ministry, asserted)),
      );
      const accounts = outcomes.map(signedIn);
      assert.equal(new Set(accounts.map(({ accountId }) => accountId)).size, 1);
      assert.equal(accounts.filter(({ isNew }) => isNew).length, 1);
    }
  });

  test('of an organisation that Socle does not know is refused, and nothing is kept', async () => {
    const asserted = agent(ministry, { siret: '40483304800022' });
    assert.deepEqual(await receiveAccount(kernel, ministry, asserted), { refusal: 'organisation-unknown' });
    const { rows } = await sql`select from identity.accounts where subject = ${asserted.subject}`.execute(db);
    assert.equal(rows.length, 0);
  });

  test('who has left is refused, by the person’s end and by the account’s', async () => {
    const gone = await person('partie@mer.example', TEST_NOW);
    assert.ok(gone);
    assert.equal(
      refusalOf(await receiveAccount(kernel, ministry, agent(ministry, { email: 'partie@mer.example' }))),
      'account-closed',
    );
    const email = 'part@mer.example';
    const personId = await person(email);
    const asserted = agent(ministry, { email });
    const { accountId } = signedIn(await receiveAccount(kernel, ministry, asserted));
    await sql`update identity.people set closed_at = now() where id = ${personId}`.execute(db);
    assert.deepEqual(await receiveAccount(kernel, ministry, asserted), {
      refusal: 'account-closed',
      accountId,
    });
    // Under another address of theirs as well: the account is still theirs.
    const renamed = { ...asserted, claims: { ...asserted.claims, email: 'nouvelle@mer.example' } };
    assert.equal(refusalOf(await receiveAccount(kernel, ministry, renamed)), 'account-closed');
    assert.equal(await readAccount(kernel, accountId), undefined);
    // Its subjects can still be told: a logout names them.
    assert.equal(await subjectRootOf(db, accountId), accountId);

    const closed = agent(ministry);
    const second = signedIn(await receiveAccount(kernel, ministry, closed)).accountId;
    await sql`update identity.accounts set closed_at = now() where id = ${second}`.execute(db);
    assert.deepEqual(await receiveAccount(kernel, ministry, closed), {
      refusal: 'account-closed',
      accountId: second,
    });
  });

  test('is of an organisation only as far as the provider was checked to speak for it', async () => {
    const cases: [Partial<Voucher>, string, string | null][] = [
      [{}, SIRET, null],
      [{}, OTHER_SIRET, 'link-waiting'],
      [{ vouchesForOrganisation: false }, SIRET, 'link-waiting'],
      [{ organisationIds: [mer, other] }, OTHER_SIRET, null],
      [{ organisationIds: [] }, SIRET, 'link-waiting'],
    ];
    for (const [more, siret, refusal] of cases) {
      const at = await upstream('agents', more);
      assert.equal(
        refusalOf(await receiveAccount(kernel, at, agent(at, { siret }))),
        refusal,
        JSON.stringify(more),
      );
    }
  });

  test('waits until somebody decides, and what they decide stands, whatever the provider says after', async () => {
    const at = await upstream('agents', { vouchesForOrganisation: false });
    const vouching = { ...at, vouchesForOrganisation: true };
    const links = (state: string, accountId: string) =>
      sql`update identity.organisation_links set state = ${state} where account_id = ${accountId}`.execute(
        db,
      );
    const asserted = agent(at);
    const outcome = await receiveAccount(kernel, at, asserted);
    assert.ok('refusal' in outcome && outcome.accountId);
    assert.deepEqual(outcome, {
      refusal: 'link-waiting',
      organisationName: 'Ministère de la Mer',
      accountId: outcome.accountId,
    });
    const { accountId } = outcome;
    assert.equal(refusalOf(await receiveAccount(kernel, at, asserted)), 'link-waiting');
    await links('accepted', accountId);
    assert.equal(refusalOf(await receiveAccount(kernel, at, asserted)), null);
    await links('refused', accountId);
    for (const voucher of [at, vouching]) {
      assert.equal(refusalOf(await receiveAccount(kernel, voucher, asserted)), 'link-refused');
    }
    const { rows } = await sql<{ kind: string }>`
      select kind from ledger.waiting where subject = ${`identity/account/${accountId}`}
        and kind like '%link%'`.execute(db);
    assert.deepEqual(
      rows.map(({ kind }) => kind),
      ['identity.organisation-link-asked'],
      'asked once',
    );

    // One that waits is accepted when the provider comes to vouch.
    const patient = agent(at);
    await receiveAccount(kernel, at, patient);
    assert.equal(refusalOf(await receiveAccount(kernel, vouching, patient)), null);
  });

  test('belongs to the test circle of their own organisation alone, test identities to each', async () => {
    const { accountId } = signedIn(await receiveAccount(kernel, ministry, agent(ministry)));
    assert.deepEqual(
      [await isInTestCircle(db, accountId, mer), await isInTestCircle(db, accountId, other)],
      [true, false],
    );
    await sql`update identity.organisation_links set state = 'waiting' where account_id = ${accountId}`.execute(
      db,
    );
    assert.equal(await isInTestCircle(db, accountId, mer), false);
    const demonstration = await upstream('agents');
    await sql`update identity.upstreams set is_demonstration = true where id = ${demonstration.id}`.execute(
      db,
    );
    const made = signedIn(await receiveAccount(kernel, demonstration, agent(demonstration))).accountId;
    assert.equal(await isInTestCircle(db, made, other), true);
  });
});

describe('a citizen', async () => {
  const [post, bank] = [await upstream('citizens'), await upstream('citizens')];

  test('of one verified identity is one person to every service, at whichever provider', async () => {
    const identity = `identity ${randomUUID()}`;
    const first = signedIn(await receiveAccount(kernel, post, citizen(post, identity))).accountId;
    const second = signedIn(await receiveAccount(kernel, bank, citizen(bank, identity))).accountId;
    assert.notEqual(first, second);
    assert.deepEqual([await rootOf(first), await rootOf(second)], [first, first]);
    const another = signedIn(
      await receiveAccount(kernel, bank, citizen(bank, `identity ${randomUUID()}`)),
    ).accountId;
    assert.equal(await rootOf(another), another);
  });

  test('whose identity is not verified is nobody else, whatever name and address they give', async () => {
    const identity = `identity ${randomUUID()}`;
    const verified = signedIn(await receiveAccount(kernel, post, citizen(post, identity))).accountId;
    const low = [
      signedIn(await receiveAccount(kernel, post, citizen(post, null))).accountId,
      signedIn(await receiveAccount(kernel, bank, citizen(bank, null))).accountId,
    ];
    for (const id of low) assert.equal(await rootOf(id), id);
    assert.equal(await rootOf(verified), verified);
  });

  test('who shows a higher level later keeps the subject that services know', async () => {
    const identity = `identity ${randomUUID()}`;
    const elsewhere = signedIn(await receiveAccount(kernel, bank, citizen(bank, identity))).accountId;
    const low = citizen(post, null);
    const { accountId } = signedIn(await receiveAccount(kernel, post, low));
    const high = { ...low, acr: 'eidas2' as const, verifiedIdentity: identity };
    assert.equal(signedIn(await receiveAccount(kernel, post, high)).accountId, accountId);
    assert.equal(await rootOf(accountId), accountId);
    assert.equal(await rootOf(elsewhere), elsewhere);
  });

  test('who blocked a provider is refused there, known there before or not, and not elsewhere', async () => {
    const identity = `identity ${randomUUID()}`;
    const atPost = citizen(post, identity);
    const { accountId } = signedIn(await receiveAccount(kernel, post, atPost));
    const block = (voucher: Voucher) =>
      db.transaction().execute((trx) => insertBlock(trx, accountId, voucher.id, TEST_NOW));
    await block(bank);
    const atBank = citizen(bank, identity);
    assert.deepEqual(await receiveAccount(kernel, bank, atBank), { refusal: 'upstream-blocked' });
    const { rows } = await sql`select from identity.accounts where subject = ${atBank.subject}`.execute(db);
    assert.equal(rows.length, 0, 'an account was made at a blocked provider');
    assert.equal(signedIn(await receiveAccount(kernel, post, atPost)).accountId, accountId);
    await block(post);
    assert.deepEqual(await receiveAccount(kernel, post, atPost), { refusal: 'upstream-blocked', accountId });
  });

  test('who has left does not come back by another provider', async () => {
    const identity = `identity ${randomUUID()}`;
    const { accountId } = signedIn(await receiveAccount(kernel, post, citizen(post, identity)));
    await sql`update identity.accounts set closed_at = now() where id = ${accountId}`.execute(db);
    assert.equal(refusalOf(await receiveAccount(kernel, bank, citizen(bank, identity))), 'account-closed');
  });

  test('whose verified identity is in the table only as a keyed hash', async () => {
    const { accountId } = signedIn(await receiveAccount(kernel, post, citizen(post, 'MARTIN 1984-02-29')));
    const { rows } = await sql<{ text: string; sealed: Buffer; hash: Buffer }>`
      select to_jsonb(a)::text as text, sealed_claims as sealed, identity_hash as hash
      from identity.accounts a where id = ${accountId}`.execute(db);
    assert.equal(rows[0]?.hash.length, 32);
    const all = `${rows[0]?.text}${rows[0]?.sealed.toString('latin1')}`;
    assert.ok(!/MARTIN|Martin|courrier/.test(all));
    const plain = (await import('node:crypto'))
      .createHash('sha256')
      .update('MARTIN 1984-02-29')
      .digest('hex');
    assert.ok(!all.includes(plain));
  });

  test('who meet for the first time at two providers at the same moment are one person', async () => {
    for (let round = 0; round < 5; round += 1) {
      const identity = `identity ${randomUUID()}`;
      const outcomes = await Promise.all([
        receiveAccount(kernelOver(db), post, citizen(post, identity)),
        receiveAccount(kernelOver(db), bank, citizen(bank, identity)),
      ]);
      const roots = await Promise.all(outcomes.map((outcome) => rootOf(signedIn(outcome).accountId)));
      assert.equal(new Set(roots).size, 1);
    }
  });
});

test('an account that is not there is nobody', async () => {
  assert.equal(await readAccount(kernel, randomUUID()), undefined);
  await assert.rejects(subjectRootOf(db, randomUUID()), /not there/);
});
