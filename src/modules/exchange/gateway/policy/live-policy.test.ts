// The policy in a gateway's memory: what is older changes nothing, and a call that holds an API as it was leaves nothing.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { AccreditationPolicy, PolicyEntry, StopPolicy } from '../../policy/policy.types.ts';
import { accreditationOf, apiOn, upstreamAt } from '../gateway.fixture.ts';
import { LivePolicy } from './live-policy.ts';

const api = (scopes: Record<string, string[]>): PolicyEntry => ({
  kind: 'api',
  id: 'api',
  body: apiOn(upstreamAt('http://producer.example'), { scopes }),
});
const stop = (body: StopPolicy | null): PolicyEntry => ({ kind: 'stop', id: 's', body });
const STOP: StopPolicy = {
  apiId: 'api',
  organisationId: null,
  accreditationId: null,
  scope: null,
  endsAt: null,
};

describe('the policy', () => {
  test('that is told twice, or late, changes nothing', () => {
    const policy = new LivePolicy();
    policy.apply({ version: 1, entries: [stop(null)] });
    policy.apply({ version: 2, entries: [stop(STOP)] });
    // What a question brings back late: the entries as they stood before the stop.
    policy.apply({ version: 1, entries: [stop(null)] });
    policy.apply({ version: 2, entries: [stop(null)] });
    assert.equal(policy.version, 2);
    assert.equal(policy.stopsOf('api').length, 1);
    policy.apply({ version: 3, entries: [stop(null)] });
    assert.equal(policy.stopsOf('api').length, 0);
  });

  test('lets a call that holds an API as it was leave no fields behind', () => {
    const policy = new LivePolicy();
    policy.apply({ version: 1, entries: [api({ read: ['/a', '/b'] })] });
    const before = policy.apiAt('quotient');
    assert.ok(before);
    policy.apply({ version: 2, entries: [api({ read: ['/a'] })] });
    assert.deepEqual(policy.treeOf(before, ['read']).patterns, ['/a', '/b']);
    const now = policy.apiAt('quotient');
    assert.ok(now);
    assert.deepEqual(policy.treeOf(now, ['read']).patterns, ['/a']);
  });

  test('follows an API that takes another word, and one that takes its word', () => {
    const policy = new LivePolicy();
    const named = (id: string, slug: string): PolicyEntry => ({
      kind: 'api',
      id,
      body: apiOn(upstreamAt('http://producer.example'), { slug }),
    });
    policy.apply({ version: 1, entries: [named('one', 'quotient')] });
    policy.apply({ version: 2, entries: [named('one', 'renamed'), named('two', 'quotient')] });
    assert.equal(policy.apiAt('quotient')?.id, 'two');
    policy.apply({ version: 3, entries: [{ kind: 'api', id: 'one', body: null }] });
    assert.equal(policy.apiAt('renamed'), undefined);
    assert.equal(policy.apiAt('quotient')?.id, 'two');
  });

  test('forgets clients that an accreditation no longer names', () => {
    const policy = new LivePolicy();
    const held = (body: AccreditationPolicy | null): PolicyEntry => ({
      kind: 'accreditation',
      id: 'a',
      body,
    });
    policy.apply({ version: 1, entries: [held(accreditationOf({ clients: ['one', 'two'] }))] });
    policy.apply({ version: 2, entries: [held(accreditationOf({ clients: ['two'] }))] });
    assert.equal(policy.accreditationsOf('one', 'api').length, 0);
    assert.equal(policy.accreditationsOf('two', 'api').length, 1);
    policy.apply({ version: 3, entries: [held(null)] });
    assert.equal(policy.accreditationsOf('two', 'api').length, 0);
  });

  test('is confirmed by the latest moment alone', () => {
    const policy = new LivePolicy();
    policy.confirm(2);
    policy.confirm(1);
    assert.equal(policy.confirmedAt, 2);
  });
});
