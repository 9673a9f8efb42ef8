import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ROLES } from '#platform/access.ts';
import { demonstrationIsLoaded, listDemonstrationPeople } from './demonstration.repository.ts';
import { inventedState, loadDemonstration } from './demonstration.ts';
import { identityKernel, TEST_NOW } from './identity.fixture.ts';
import { faultsOfOrganisation } from './organisations.rules.ts';
import { faultsOfPerson } from './people.rules.ts';
import { findActor, listOrganisations } from './public.ts';

test('the invented State is the same at every load and has no fault', () => {
  const state = inventedState(TEST_NOW);
  assert.deepEqual(state, inventedState(TEST_NOW));
  for (const organisation of state.organisations)
    assert.deepEqual(faultsOfOrganisation(organisation), [], organisation.name);
  for (const person of state.people) assert.deepEqual(faultsOfPerson(person), [], person.name);
  const distinct = (values: readonly unknown[]) => assert.equal(new Set(values).size, values.length);
  distinct(state.organisations.map(({ id }) => id));
  distinct(state.organisations.map(({ siret }) => siret));
  distinct(state.people.map(({ id }) => id));
  distinct(state.people.map(({ email }) => email));
  distinct(state.memberships.map(({ id }) => id));
});

test('it has 15 ministries, the digital directorate, and organisations of every kind', async (t) => {
  const kernel = await identityKernel(t);
  assert.equal(await demonstrationIsLoaded(kernel.db), false);
  await loadDemonstration(kernel);
  assert.equal(await demonstrationIsLoaded(kernel.db), true);
  assert.equal((await listOrganisations(kernel.db, { kind: 'ministry' })).length, 15);
  const organisations = await listOrganisations(kernel.db);
  assert.equal(new Set(organisations.map(({ kind }) => kind)).size, 7);
  assert.equal(organisations.find(({ code }) => code === 'DNE')?.name, 'Direction du numérique de l’État');
  await assert.rejects(loadDemonstration(kernel), 'it is loaded once');
});

test('every role is held by somebody, and each person acts with what the list says', async (t) => {
  const kernel = await identityKernel(t);
  await loadDemonstration(kernel);
  const people = await listDemonstrationPeople(kernel.db, TEST_NOW);
  assert.ok(people.length >= 49, String(people.length));
  const firsts = people.slice(0, 9).map(({ roles }) => roles[0]?.role);
  assert.deepEqual([...firsts].sort(), [...ROLES].sort(), 'the first nine hold one role each');
  for (const { personId, name, roles } of people) {
    const actor = await findActor(kernel.db, personId, TEST_NOW);
    assert.equal(actor?.name, name);
    assert.deepEqual(
      actor?.roles,
      roles.map(({ role, organisationId }) => ({ role, organisationId })),
    );
  }
});
