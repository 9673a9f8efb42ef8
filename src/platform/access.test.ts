// Who is let in.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Actor, definePermissions, isAllowed } from './access.ts';

const permissions = definePermissions('trial', {
  read: 'everyone',
  see: 'signed-in',
  decide: ['auditor', 'administrator'],
});

function actor(...roles: Actor['roles'][number]['role'][]): Actor {
  return { personId: 'p', name: 'P', roles: roles.map((role) => ({ role, organisationId: null })) };
}

const cases: [permission: keyof typeof permissions, who: Actor | null, allowed: boolean][] = [
  ['read', null, true],
  ['read', actor(), true],
  ['see', null, false],
  ['see', actor(), true],
  ['decide', null, false],
  ['decide', actor(), false],
  ['decide', actor('citizen', 'agent'), false],
  ['decide', actor('agent', 'auditor'), true],
];

for (const [name, who, allowed] of cases) {
  test(`${name} is ${allowed ? 'open' : 'closed'} to ${who ? who.roles.map((r) => r.role).join('+') || 'no role' : 'nobody'}`, () => {
    assert.equal(isAllowed(permissions[name], who), allowed);
  });
}

test('a permission is named after its module', () => assert.equal(permissions.read.name, 'trial.read'));
