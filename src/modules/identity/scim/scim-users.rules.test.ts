import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { asResource, attributeNames } from './scim-resource.rules.ts';
import {
  changesBetween,
  closesAccount,
  isActiveAfter,
  mayChangePerson,
  mayReopenAccount,
  namesVersion,
} from './scim-users.rules.ts';
import type { ScimUser } from './scim-users.types.ts';

const AT = new Date('2026-11-24T10:00:00Z');

const user: ScimUser = {
  id: '7f0a3b1e-0000-4000-8000-000000000000',
  organisationId: '7f0a3b1e-0000-4000-8000-000000000001',
  personId: '7f0a3b1e-0000-4000-8000-000000000002',
  userName: 'ana',
  externalId: 'x-1',
  email: 'ana@mef.example',
  isActive: true,
  attributes: { displayName: 'Ana', name: { givenName: 'Ana', familyName: 'Roy' } },
  version: 3,
  recordedPerson: true,
  accountClosedAt: null,
  createdAt: AT,
  changedAt: AT,
};

describe('whose details a directory may change', () => {
  const cases = [
    { recorded: true, others: 0, roles: 0, may: true },
    { recorded: false, others: 0, roles: 0, may: false },
    { recorded: true, others: 1, roles: 0, may: false },
    { recorded: true, others: 0, roles: 1, may: false },
    { recorded: false, others: 2, roles: 3, may: false },
  ];
  for (const { recorded, others, roles, may } of cases) {
    test(`recorded by SCIM: ${recorded}, other directories: ${others}, roles elsewhere: ${roles}`, () => {
      const asked = { wasRecordedByScim: recorded, otherDirectories: others, ties: { roles } };
      assert.equal(mayChangePerson(asked), may);
    });
  }
});

describe('whose account closes and opens', () => {
  test('it closes only when nothing else holds the person', () => {
    fc.assert(
      fc.property(fc.nat(2), fc.nat(2), fc.nat(2), (roles, activeDirectories, confirmedLinks) => {
        const closes = closesAccount({ roles, activeDirectories, confirmedLinks });
        assert.equal(closes, roles + activeDirectories + confirmedLinks === 0);
      }),
    );
  });

  test('it opens only where a directory’s word had closed it', () => {
    const later = new Date(AT.getTime() + 1);
    assert.equal(mayReopenAccount(null, [AT]), false);
    assert.equal(mayReopenAccount(AT, []), false);
    assert.equal(mayReopenAccount(AT, [later]), false, 'an administrator closed it since');
    assert.equal(mayReopenAccount(AT, [later, new Date(AT)]), true);
  });

  test('what a directory does not say of activity stays', () => {
    assert.equal(isActiveAfter(null, { active: null }), true);
    assert.equal(isActiveAfter({ isActive: false }, { active: null }), false);
    assert.equal(isActiveAfter({ isActive: false }, { active: true }), true);
    assert.equal(isActiveAfter(null, { active: false }), false);
  });
});

describe('versions and changes', () => {
  test('only what differs has changed, whatever the order of keys', () => {
    const same = {
      ...user,
      attributes: { name: { familyName: 'Roy', givenName: 'Ana' }, displayName: 'Ana' },
    };
    assert.deepEqual(changesBetween(user, same), []);
    const other = { ...user, isActive: false, attributes: { name: user.attributes.name, title: 'x' } };
    assert.deepEqual(changesBetween(user, other).sort(), ['displayName', 'isActive', 'title']);
  });

  test('headers name versions, weak or strong, one of several, or any', () => {
    for (const header of ['W/"3"', '"3"', '*', '"1", W/"3"']) assert.ok(namesVersion(header, user), header);
    for (const header of ['W/"2"', '3', '', '"33"']) assert.ok(!namesVersion(header, user), header);
  });
});

describe('the resource', () => {
  const base = 'https://socle.example/scim/v2';

  test('holds what RFC 7643 asks, and the extension’s schema only where it is used', () => {
    const resource = asResource(user, base) as {
      schemas: string[];
      meta: { location: string; version: string };
    };
    assert.equal(resource.schemas.length, 1);
    assert.equal(resource.meta.location, `${base}/Users/${user.id}`);
    assert.equal(resource.meta.version, 'W/"3"');
    const extension = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
    const withExtension = asResource({ ...user, attributes: { [extension]: { department: 'd' } } }, base);
    assert.deepEqual((withExtension as { schemas: string[] }).schemas[1], extension);
  });

  test('attributes are chosen without regard to capitals; id and schemas always stay', () => {
    const only = attributeNames('username, name.familyName');
    assert.deepEqual(Object.keys(asResource(user, base, { only, without: [] })).sort(), [
      'id',
      'name',
      'schemas',
      'userName',
    ]);
    const without = attributeNames('urn:ietf:params:scim:schemas:core:2.0:User:NAME,id,meta');
    const left = Object.keys(asResource(user, base, { only: [], without }));
    assert.ok(left.includes('id') && !left.includes('name') && !left.includes('meta'));
  });
});
