// A provider that hangs, fails or refuses: who waits, for how long, and that nobody else notices.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { openOutgoing } from '#platform/http/outgoing.ts';
import { identityKernel } from '../identity.fixture.ts';
import {
  newSignIn,
  ORIGIN,
  REDIRECT_URI,
  recordedUpstream,
  refusal,
  startTestProvider,
  type TestProvider,
} from './upstream.fixture.ts';
import { startUpstreamSignIn, upstreamSignOutUrl } from './upstream-sign-in.ts';
import type { Upstream } from './upstreams.types.ts';

const PATIENCE_MS = 400;

const kernel = await identityKernel();
const provider = await startTestProvider({ redirectUri: REDIRECT_URI });
after(() => provider.stop());

const upstream = await recordedUpstream(kernel, provider);

describe('a provider that does not answer', () => {
  let hanging: TestProvider;
  let at: Upstream;
  // A way out of its own: shorter patience, and circuits that other tests do not see.
  const impatient = { ...kernel, outgoing: openOutgoing({ allowPrivate: true, timeoutMs: PATIENCE_MS }) };
  before(async () => {
    hanging = await startTestProvider({ redirectUri: REDIRECT_URI });
    at = await recordedUpstream(kernel, hanging);
  });
  after(() => hanging.stop());

  test('is waited for no longer than told, then not asked, then tried once; others go on', async () => {
    const unavailable = refusal('identity.upstream-unavailable', {});
    const start = () => startUpstreamSignIn(impatient, at, newSignIn());
    hanging.fail('hang');
    for (let attempt = 0; attempt < 3; attempt++) {
      await assert.rejects(start(), unavailable);
    }
    const asked = () => hanging.asked.get('/.well-known/openid-configuration');
    assert.equal(asked(), 3);

    await assert.rejects(start(), unavailable);
    assert.equal(asked(), 3, 'an open circuit asks nothing');
    await startUpstreamSignIn(impatient, upstream, newSignIn());

    hanging.fail(null);
    kernel.clock.moveTo(new Date(kernel.clock.now().getTime() + 29_000));
    await assert.rejects(start(), unavailable);
    kernel.clock.moveTo(new Date(kernel.clock.now().getTime() + 1_000));
    await Promise.allSettled([start(), start(), start()]);
    assert.equal(asked(), 4, 'one trial goes out, whoever waits for it');
    await start();
  });

  test('is a failure when it answers 500, not when it refuses', async () => {
    const { outgoing: _outgoing, ...rest } = impatient;
    const fresh = { ...rest, outgoing: openOutgoing({ allowPrivate: true, timeoutMs: PATIENCE_MS }) };
    hanging.fail(404);
    for (let attempt = 0; attempt < 5; attempt++) {
      await assert.rejects(
        startUpstreamSignIn(fresh, at, newSignIn()),
        refusal('identity.upstream-answer-wrong', { check: 'discovery: not-found' }),
      );
    }
    hanging.fail(503);
    const before = hanging.asked.get('/.well-known/openid-configuration') ?? 0;
    for (let attempt = 0; attempt < 5; attempt++) {
      await assert.rejects(
        startUpstreamSignIn(fresh, at, newSignIn()),
        refusal('identity.upstream-unavailable', {}),
      );
    }
    hanging.fail(null);
    assert.equal(hanging.asked.get('/.well-known/openid-configuration'), before + 3);
  });

  test('never holds up a sign-out', async () => {
    const fresh = { ...kernel, outgoing: openOutgoing({ allowPrivate: true, timeoutMs: PATIENCE_MS }) };
    hanging.fail(500);
    const asked = { origin: ORIGIN, idToken: 'x', postLogoutRedirectUri: REDIRECT_URI, state: 's' };
    assert.equal(await upstreamSignOutUrl(fresh, at, asked), null);
    hanging.fail(null);
  });
});
