import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import type { Kernel } from '#platform/kernel.ts';
import { identityKernel, membershipTyped, SOMEBODY, TEST_NOW } from './identity.fixture.ts';
import { addMembership, endMembership } from './memberships.actions.ts';
import { listMembershipsOf } from './memberships.repository.ts';
import { changeOrganisation, recordOrganisation } from './organisations.actions.ts';
import { eachOrganisation, findOrganisationByWord, pageOfOrganisations } from './organisations.repository.ts';
import type { OrganisationInput } from './organisations.types.ts';
import { changePerson, closeAccount, recordPerson, reopenAccount } from './people.actions.ts';
import { pageOfPeople } from './people.repository.ts';
import { findActor, findPeopleNames } from './public.ts';

const organisationTyped = (more: Partial<OrganisationInput>): OrganisationInput => ({
  kind: 'directorate',
  name: 'Direction',
  code: '',
  siret: '',
  parentId: '',
  existsFrom: '',
  existsUntil: '',
  ...more,
});

const recorded = (kernel: Kernel, more: Partial<OrganisationInput>) =>
  recordOrganisation(kernel, SOMEBODY, organisationTyped(more));

const someone = (kernel: Kernel, email: string, name = 'Ada Lépine') =>
  recordPerson(kernel, SOMEBODY, { name, email, locale: 'fr' });

async function ledgerKinds({ db }: Kernel): Promise<string[]> {
  const { rows } = await sql<{ kind: string }>`select kind from ledger.waiting order by arrival`.execute(db);
  return rows.map(({ kind }) => kind);
}

const refusedFields = (fields: string[]) => (error: unknown) => {
  assert.deepEqual(
    (error as { fields: { field: string }[] }).fields.map(({ field }) => field),
    fields,
  );
  return true;
};

test('a membership gives its role only between its dates', async (t) => {
  const kernel = await identityKernel(t);
  const { id: organisationId } = await recorded(kernel, { code: 'DNE' });
  const { id } = await someone(kernel, 'ada@example.org');
  const typed = membershipTyped({ role: 'agent', organisationId, from: '2026-12-01', until: '2026-12-31' });
  await addMembership(kernel, SOMEBODY, id, typed);
  const rolesAt = async (moment: string) => (await findActor(kernel.db, id, new Date(moment)))?.roles;
  assert.deepEqual(await rolesAt('2026-11-30T23:59:59Z'), []);
  assert.deepEqual(await rolesAt('2026-12-01T00:00:00Z'), [{ role: 'agent', organisationId }]);
  assert.deepEqual(await rolesAt('2026-12-31T23:59:59Z'), [{ role: 'agent', organisationId }]);
  assert.deepEqual(await rolesAt('2027-01-01T00:00:00Z'), []);
});

test('nobody acts for an unknown id, or once the account is closed', async (t) => {
  const kernel = await identityKernel(t);
  const { id } = await someone(kernel, 'ada@example.org');
  await addMembership(kernel, SOMEBODY, id, membershipTyped());
  assert.equal(await findActor(kernel.db, 'not an id', TEST_NOW), null);
  assert.equal(await findActor(kernel.db, '7f0a3b1e-0000-4000-8000-000000000000', TEST_NOW), null);
  await closeAccount(kernel, SOMEBODY, id);
  assert.equal(await findActor(kernel.db, id, TEST_NOW), null);
  await reopenAccount(kernel, SOMEBODY, id);
  assert.deepEqual(await findActor(kernel.db, id, TEST_NOW), {
    personId: id,
    name: 'Ada Lépine',
    roles: [{ role: 'citizen', organisationId: null }],
  });
});

test('a guarded role does not count without a second factor', async (t) => {
  const kernel = await identityKernel(t);
  const { id } = await someone(kernel, 'ada@example.org');
  await addMembership(kernel, SOMEBODY, id, membershipTyped({ role: 'administrator' }));
  assert.deepEqual((await findActor(kernel.db, id, TEST_NOW))?.roles, []);
  await sql`insert into identity.demonstration (loaded_at) values (now())`.execute(kernel.db);
  assert.deepEqual((await findActor(kernel.db, id, TEST_NOW))?.roles, [
    { role: 'administrator', organisationId: null },
  ]);
});

test('a role is not held twice at once, and can be taken up again after its end', async (t) => {
  const kernel = await identityKernel(t);
  const { id } = await someone(kernel, 'ada@example.org');
  const typed = membershipTyped({ role: 'citizen' });
  const first = await addMembership(kernel, SOMEBODY, id, typed);
  await assert.rejects(addMembership(kernel, SOMEBODY, id, typed), { code: 'identity.role-is-held-already' });
  await endMembership(kernel, SOMEBODY, { personId: id, membershipId: first.id });
  await assert.rejects(endMembership(kernel, SOMEBODY, { personId: id, membershipId: first.id }), {
    code: 'identity.membership-has-ended',
  });
  await addMembership(kernel, SOMEBODY, id, typed);
  assert.equal((await listMembershipsOf(kernel.db, [id])).length, 2);
  assert.deepEqual(await ledgerKinds(kernel), [
    'identity.person-recorded',
    'identity.membership-added',
    'identity.membership-ended',
    'identity.membership-added',
  ]);
});

test('the same role asked for ten times at once is given once', async (t) => {
  const kernel = await identityKernel(t);
  const { id } = await someone(kernel, 'ada@example.org');
  const outcomes = await Promise.allSettled(
    Array.from({ length: 10 }, () => addMembership(kernel, SOMEBODY, id, membershipTyped())),
  );
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
});

test('the last administrator is neither ended nor closed, even by two at once', async (t) => {
  const kernel = await identityKernel(t);
  const administrator = membershipTyped({ role: 'administrator' });
  const [ada, bob] = [await someone(kernel, 'ada@example.org'), await someone(kernel, 'bob@example.org')];
  const [one, two] = [
    await addMembership(kernel, SOMEBODY, ada.id, administrator),
    await addMembership(kernel, SOMEBODY, bob.id, administrator),
  ];
  const outcomes = await Promise.allSettled([
    endMembership(kernel, SOMEBODY, { personId: ada.id, membershipId: one.id }),
    endMembership(kernel, SOMEBODY, { personId: bob.id, membershipId: two.id }),
  ]);
  assert.deepEqual(outcomes.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  const last = outcomes[0]?.status === 'rejected' ? ada : bob;
  await assert.rejects(closeAccount(kernel, SOMEBODY, last.id), { code: 'identity.last-administrator' });
});

test('a membership of someone else is not found', async (t) => {
  const kernel = await identityKernel(t);
  const [ada, bob] = [await someone(kernel, 'ada@example.org'), await someone(kernel, 'bob@example.org')];
  const { id } = await addMembership(kernel, SOMEBODY, ada.id, membershipTyped());
  await assert.rejects(endMembership(kernel, SOMEBODY, { personId: bob.id, membershipId: id }), {
    code: 'not-found',
  });
});

test('an organisation is never put under itself or below, even by two moves at once', async (t) => {
  const kernel = await identityKernel(t);
  const a = await recorded(kernel, { name: 'A' });
  const b = await recorded(kernel, { name: 'B', parentId: a.id });
  const c = await recorded(kernel, { name: 'C', parentId: b.id });
  const put = (under: string, id: string, name: string) =>
    changeOrganisation(kernel, SOMEBODY, id, organisationTyped({ name, parentId: under }));
  await assert.rejects(put(c.id, a.id, 'A'), refusedFields(['parentId']));
  await assert.rejects(put(a.id, a.id, 'A'), refusedFields(['parentId']));
  await assert.rejects(put('7f0a3b1e-0000-4000-8000-000000000000', a.id, 'A'), refusedFields(['parentId']));
  const [x, y] = [await recorded(kernel, { name: 'X' }), await recorded(kernel, { name: 'Y' })];
  const moves = await Promise.allSettled([put(x.id, y.id, 'Y'), put(y.id, x.id, 'X')]);
  assert.deepEqual(moves.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
});

test('a code, a SIRET and an address are each held once', async (t) => {
  const kernel = await identityKernel(t);
  await recorded(kernel, { code: 'MEF', siret: '73282932000074' });
  await assert.rejects(
    recorded(kernel, { code: 'mef', siret: '732 829 320 00074' }),
    refusedFields(['code', 'siret']),
  );
  const ada = await someone(kernel, 'Ada@Example.org');
  assert.equal(ada.email, 'ada@example.org');
  await assert.rejects(someone(kernel, ' ADA@example.org '), refusedFields(['email']));
  await changePerson(kernel, SOMEBODY, ada.id, { name: 'Ada L.', email: 'ada@example.org', locale: 'en' });
  assert.deepEqual(await findPeopleNames(kernel.db, [ada.id, 'x']), new Map([[ada.id, 'Ada L.']]));
});

test('search knows no accents, capitals or wildcards; lists are read page by page', async (t) => {
  const kernel = await identityKernel(t);
  for (const name of ['Direction de l’Œuvre', 'Élan vital', '100 % local']) await recorded(kernel, { name });
  await recorded(kernel, { name: 'Numéro', siret: '73282932000074', code: 'NUM' });
  const found = async (search: string) => {
    const { items } = await pageOfOrganisations(kernel.db, { search }, { number: 1, size: 10 });
    return items.map(({ name }) => name);
  };
  assert.deepEqual(await found("L'OEUVRE"), ['Direction de l’Œuvre']);
  assert.deepEqual(await found('elan'), ['Élan vital']);
  assert.deepEqual(await found('%'), ['100 % local']);
  assert.deepEqual(await found('_'), []);
  assert.deepEqual(await found('732 829'), ['Numéro']);
  const second = await pageOfOrganisations(kernel.db, {}, { number: 2, size: 3 });
  assert.deepEqual([second.items.map(({ name }) => name), second.total], [['Numéro'], 4]);
  const all: string[] = [];
  for await (const { name } of eachOrganisation(kernel.db, {})) all.push(name);
  assert.deepEqual(all, ['100 % local', 'Direction de l’Œuvre', 'Élan vital', 'Numéro']);
  assert.equal((await findOrganisationByWord(kernel.db, 'num'))?.name, 'Numéro');
  assert.equal((await findOrganisationByWord(kernel.db, '732 829 320 00074'))?.name, 'Numéro');
  await someone(kernel, 'zoe@example.org', 'Zoé Ébène');
  const people = await pageOfPeople(kernel.db, { search: 'EBENE' }, { number: 1, size: 10 }, TEST_NOW);
  assert.equal(people.items[0]?.name, 'Zoé Ébène');
});
