// Providers as they are found: by domain, by realm, in pages; with their marks, in one query each.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { describe, test } from 'node:test';
import { sql } from 'kysely';
import { identityKernel } from '../identity.fixture.ts';
import { insertOrganisation } from '../organisations.repository.ts';
import { sealedClientSecret, unsealedClientSecret } from './client-credentials.ts';
import { daysSince, insertChecks, lastFaults, sweepChecks } from './upstream-checks.repository.ts';
import {
  citizenUpstreams,
  domainsServedByOthers,
  findUpstream,
  insertUpstream,
  isIssuerTaken,
  listUpstreams,
  organisationsNamed,
  pageOfUpstreams,
  sealedCredentialsOf,
  updateUpstream,
  upstreamsAfter,
  upstreamsForDomain,
} from './upstreams.repository.ts';
import type { Upstream, UpstreamSettings } from './upstreams.types.ts';

const { db, secret } = await identityKernel();

const organisation = await db.transaction().execute((trx) =>
  insertOrganisation(trx, {
    kind: 'ministry',
    name: 'Ministère de l’Économie',
    code: 'MEF',
    siret: '11000401300012',
    parentId: null,
    existsFrom: null,
    existsUntil: null,
  }),
);

function settings(name: string, more: Partial<UpstreamSettings> = {}): UpstreamSettings {
  return {
    realm: 'agents',
    name,
    issuer: `https://${name.toLowerCase()}.example`,
    clientId: 'socle',
    clientAuthentication: 'client_secret_basic',
    scopes: 'openid',
    vouchesForOrganisation: false,
    vouchesForSecondFactor: false,
    bestAssurance: 'eidas1',
    isEnabled: true,
    isDemonstration: false,
    domains: [],
    organisationIds: [],
    ...more,
  };
}

function insert(name: string, more: Partial<UpstreamSettings> = {}): Promise<Upstream> {
  const id = randomUUID();
  const sealed = { sealedClientSecret: sealedClientSecret(secret, id, 'secret'), sealedClientKey: null };
  return db.transaction().execute((trx) => insertUpstream(trx, id, settings(name, more), sealed));
}

const b = await insert('B', {
  domains: ['shared.example', 'b.example'],
  organisationIds: [organisation.id],
});
const a = await insert('A', { domains: ['shared.example', 'sub.b.example'] });
const off = await insert('Off', { domains: ['shared.example'], isEnabled: false });
const citizens = await insert('Citizens', { realm: 'citizens' });

const names = (upstreams: readonly Upstream[]) => upstreams.map(({ name }) => name);

describe('providers', () => {
  test('are found with their domains and organisations', async () => {
    const found = await findUpstream(db, b.id);
    assert.deepEqual(found, b);
    assert.deepEqual(b.domains, ['b.example', 'shared.example']);
    assert.deepEqual(b.organisationIds, [organisation.id]);
    assert.deepEqual([b.state, b.stateSince, b.checkedAt], ['unknown', null, null]);
    assert.deepEqual(a.organisationIds, []);
    assert.equal(await findUpstream(db, randomUUID()), undefined);
  });

  test('of a domain are those in use that list exactly it, by name', async () => {
    assert.deepEqual(names(await upstreamsForDomain(db, 'shared.example')), ['A', 'B']);
    assert.deepEqual(names(await upstreamsForDomain(db, 'B.example')), ['B']);
    assert.deepEqual(names(await upstreamsForDomain(db, 'sub.b.example')), ['A']);
    assert.deepEqual(await upstreamsForDomain(db, 'other.b.example'), []);
    assert.deepEqual(await upstreamsForDomain(db, '%'), []);
    const [found] = await upstreamsForDomain(db, 'b.example');
    assert.deepEqual(found, b, 'all its domains come along');
  });

  test('are listed by realm and name', async () => {
    assert.deepEqual(names(await citizenUpstreams(db)), ['Citizens']);
    assert.deepEqual(names(await listUpstreams(db)), ['A', 'B', 'Off', 'Citizens']);
    assert.deepEqual(names(await listUpstreams(db, { realm: 'agents', enabledOnly: true })), ['A', 'B']);
    const page = await pageOfUpstreams(db, { realm: 'agents' }, { number: 2, size: 2 });
    assert.deepEqual([names(page.items), page.total], [['Off'], 3]);
    const after = await upstreamsAfter(db, {}, { after: a.id, limit: 2 });
    assert.deepEqual(names(after), ['B', 'Off']);
    assert.deepEqual(await upstreamsAfter(db, {}, { after: citizens.id, limit: 2 }), []);
  });

  test('share domains and never an issuer', async () => {
    assert.deepEqual(await domainsServedByOthers(db, b.id), [
      { domain: 'shared.example', others: ['A', 'Off'] },
    ]);
    assert.deepEqual(await domainsServedByOthers(db, citizens.id), []);
    assert.equal(await isIssuerTaken(db, b.issuer, null), true);
    assert.equal(await isIssuerTaken(db, b.issuer, b.id), false);
  });

  test('keep their secret sealed, for themselves alone', async () => {
    const sealed = (await sealedCredentialsOf(db, b.id))?.sealedClientSecret ?? null;
    assert.ok(sealed && !sealed.includes('secret'));
    assert.equal(unsealedClientSecret(secret, b.id, sealed), 'secret');
    assert.throws(() => unsealedClientSecret(secret, a.id, sealed));
    assert.equal(await sealedCredentialsOf(db, randomUUID()), undefined);
  });

  test('are written anew; a secret that is not given stays', async () => {
    const before = await sealedCredentialsOf(db, off.id);
    const after = await db
      .transaction()
      .execute((trx) => updateUpstream(trx, off.id, settings('Off', { domains: ['new.example'] }), {}));
    assert.deepEqual(after.domains, ['new.example']);
    assert.deepEqual(await sealedCredentialsOf(db, off.id), before);
    await db
      .transaction()
      .execute((trx) =>
        updateUpstream(trx, off.id, settings('Off', { isEnabled: false }), { sealedClientSecret: null }),
      );
    assert.equal((await sealedCredentialsOf(db, off.id))?.sealedClientSecret, null);
  });

  test('assert organisations that are named by SIRET, code or id', async () => {
    for (const word of ['mef', 'MEF', '11000401300012', organisation.id]) {
      assert.deepEqual(
        (await organisationsNamed(db, [word, 'none'])).map(({ id }) => id),
        [organisation.id],
        word,
      );
    }
    assert.deepEqual(await organisationsNamed(db, []), []);
  });
});

describe('what was watched', () => {
  const at = (iso: string) => new Date(iso);
  const check = (upstreamId: string, checkedAt: string, isUp: boolean) => ({
    upstreamId,
    checkedAt: at(checkedAt),
    isUp,
    milliseconds: 12,
    fault: isUp ? null : 'unreachable: refused',
  });

  test('is counted by day and shown as a state that knows since when', async () => {
    const { id } = await insert('Watched');
    const write = (day: string, moment: string, isUp: boolean) =>
      db.transaction().execute((trx) => insertChecks(trx, day, [check(id, moment, isUp)]));
    await write('2026-11-22', '2026-11-22T10:00:00Z', true);
    await write('2026-11-23', '2026-11-23T10:00:00Z', true);
    let found = await findUpstream(db, id);
    assert.deepEqual([found?.state, found?.stateSince], ['up', at('2026-11-22T10:00:00Z')]);
    await write('2026-11-23', '2026-11-23T10:01:00Z', false);
    await write('2026-11-23', '2026-11-23T10:02:00Z', false);
    found = await findUpstream(db, id);
    assert.deepEqual([found?.state, found?.stateSince], ['down', at('2026-11-23T10:01:00Z')]);
    assert.deepEqual(found?.checkedAt, at('2026-11-23T10:02:00Z'));
    assert.deepEqual(await daysSince(db, [id], '2026-11-23'), [
      { upstreamId: id, day: '2026-11-23', checks: 3, up: 1 },
    ]);
    assert.equal((await daysSince(db, [id], '2026-11-01')).length, 2);
    const faults = await lastFaults(db, id, 10);
    assert.deepEqual(
      faults.map(({ checkedAt }) => checkedAt),
      [at('2026-11-23T10:02:00Z'), at('2026-11-23T10:01:00Z')],
    );

    const swept = await db
      .transaction()
      .execute((trx) => sweepChecks(trx, at('2026-11-23T00:00:00Z'), '2026-11-23'));
    assert.equal(swept, 1);
    assert.equal((await daysSince(db, [id], '2026-11-01')).length, 1);
  });

  test('finds its rows by an index', async () => {
    const plan = async (query: string) => {
      const { rows } = await db.transaction().execute(async (trx) => {
        await sql`set local enable_seqscan = off`.execute(trx);
        return sql<{ 'QUERY PLAN': string }>`explain ${sql.raw(query)}`.execute(trx);
      });
      return rows.map((row) => row['QUERY PLAN']).join('\n');
    };
    const faults = `select * from identity.upstream_checks where upstream_id = '${a.id}' and not is_up order by checked_at desc limit 20`;
    assert.match(await plan(faults), /upstream_checks_failed/);
    assert.match(
      await plan("select * from identity.upstream_domains where domain = 'a.example'"),
      /upstream_domains_pkey/,
    );
  });
});
