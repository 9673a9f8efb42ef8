// Which agents the ministry's provider finds, in a real database.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { inventedId, loadDemonstration } from '../demonstration.ts';
import { identityKernel, TEST_NOW } from '../identity.fixture.ts';
import { isSiret } from '../siret.rules.ts';
import { findAgent, findAgentByEmail, searchAgents } from './agents.repository.ts';
import { demonstrationUpstreams } from './upstreams.ts';

const kernel = await identityKernel();
await loadDemonstration(kernel);
const { db } = kernel;
const namesFound = async (typed: string, limit = 100) =>
  (await searchAgents(db, TEST_NOW, typed, limit)).agents.map(({ name }) => name);

test('without a search, the first agents hold one role each, and no more come than are asked for', async () => {
  const { agents, forTrial } = await searchAgents(db, TEST_NOW, '', 8);
  assert.equal(agents.length, 8);
  assert.equal(new Set(agents.map(({ roles }) => roles[0])).size, 8);
  assert.deepEqual(forTrial.map(({ trialOf }) => trialOf).sort(), ['foreign-domain', 'missing-siret']);
});

test('all hold a role in an organisation at present, and none is a citizen', async () => {
  const { agents } = await searchAgents(db, TEST_NOW, '', 1000);
  assert.ok(agents.length >= 45, String(agents.length));
  for (const { name, roles, siret, organisationName } of agents) {
    assert.ok(!roles.includes('citizen'), name);
    assert.ok(siret !== null && isSiret(siret), name);
    assert.ok(organisationName, name);
  }
  const names = agents.map(({ name }) => name);
  assert.ok(!names.includes('Théo Garance'), 'a citizen');
  assert.ok(!names.includes('Brigitte Sauvage'), 'whose role is over');
});

test('every agent has an address of a domain that the provider may speak for', async () => {
  const [upstream] = demonstrationUpstreams(kernel.secret);
  const { agents } = await searchAgents(db, TEST_NOW, '', 1000);
  for (const { email } of agents) assert.ok(upstream?.domains.includes(email.split('@')[1] ?? ''), email);
});

for (const [typed, found] of [
  ['chabrol', ['Noémie Chabrol']],
  ['NOEMIE', ['Noémie Chabrol']],
  ['d’arcy', ['Louise d’Arcy']],
  ['louise.darcy@', ['Louise d’Arcy']],
  ['%', []],
  ['nobody of this name', []],
] as const) {
  test(`a search for “${typed}” finds ${found.length}`, async () => {
    assert.deepEqual(await namesFound(typed), found);
  });
}

test('an agent who held another role before works where they do now', async () => {
  const agent = await findAgent(db, TEST_NOW, inventedId('person', 'Anaïs Kerbrat'));
  assert.deepEqual(agent?.roles, ['auditor']);
  assert.equal(agent?.organisationName, 'Direction du numérique de l’État');
});

test('an agent is found by address, however it is typed', async () => {
  const agent = await findAgentByEmail(db, TEST_NOW, ' Noemie.Chabrol@DES.valmarie.example ');
  assert.equal(agent?.name, 'Noémie Chabrol');
  assert.equal(await findAgentByEmail(db, TEST_NOW, 'theo.garance@courriel.example'), undefined);
  const trial = await findAgentByEmail(db, TEST_NOW, 'odile.sansnumero@dne.valmarie.example');
  assert.equal(trial?.siret, null);
  assert.deepEqual(await findAgent(db, TEST_NOW, trial?.id ?? ''), trial);
});

test('an agent is gone once the account is closed or the role is over', async () => {
  const id = inventedId('person', 'Régis Malaval');
  assert.ok(await findAgent(db, TEST_NOW, id));
  await sql`update identity.people set closed_at = ${TEST_NOW} where id = ${id}`.execute(db);
  assert.equal(await findAgent(db, TEST_NOW, id), undefined);
  const other = inventedId('person', 'Cécile Arnoux');
  await sql`update identity.memberships set ends_at = ${TEST_NOW} where person_id = ${other}`.execute(db);
  assert.equal(await findAgent(db, TEST_NOW, other), undefined);
  assert.equal(await findAgent(db, TEST_NOW, 'not an id'), undefined);
});

test('a real person is never among them', async () => {
  const id = inventedId('person', 'Valérie Bénichou');
  await sql`update identity.people set is_fictitious = false where id = ${id}`.execute(db);
  assert.equal(await findAgent(db, TEST_NOW, id), undefined);
});
