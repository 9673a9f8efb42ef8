// A gateway that closes: nobody who has asked for nothing holds it up.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { openTestGateway } from './gateway.fixture.ts';

const { gateway } = await openTestGateway();

test('a connection on which nothing was said does not hold up the end', async () => {
  const client = connect(gateway.port, '127.0.0.1');
  await once(client, 'connect');
  // The gateway has accepted it once it answers on a later one.
  await fetch(`http://127.0.0.1:${gateway.port}/`);
  const ended = once(client, 'close');
  const late = wait(5_000, 'late', { ref: false });
  assert.notEqual(await Promise.race([gateway.close(), late]), 'late');
  await ended;
});
