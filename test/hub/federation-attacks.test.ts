// Attacks on a sign-in under way: answers of providers that lie, answers in the wrong browser, and interactions that
// belong to somebody else. None lets anybody in; each page says what to do, and the log says why.
import assert from 'node:assert/strict';
import { createSecretKey } from 'node:crypto';
import { beforeEach, describe, test } from 'node:test';
import { generateKeyPair, UnsecuredJWT } from 'jose';
import { type Answer, Browser } from './browser.ts';
import { type Answering, type FakeUpstream, signed, startFakeUpstream } from './fake-upstream.ts';
import {
  authorizationOf,
  CALLBACK,
  redeem,
  signIn,
  startHub,
  type TestService,
  textIn,
  userinfo,
} from './hub.support.ts';

const hub = await startHub();
const service = await hub.register();
const citizens = await hub.register({ realm: 'citizens' });
const ministry = await startFakeUpstream(hub);

beforeEach(() => {
  hub.log.length = 0;
  ministry.answer({});
});

const now = () => Math.floor(Date.now() / 1000);
const isCallback = ({ pathname }: URL) => /^\/connect\/\w+\/callback$/.test(pathname);
const isInteraction = ({ url }: Answer) => url.includes('/interaction/');

/** A page of Socle in words, that leads nowhere by itself and that nobody frames. */
function assertPage(answer: Answer, statuses: readonly number[], says: RegExp): void {
  assert.ok(statuses.includes(answer.status), `${answer.status} ${textIn(answer)}`);
  assert.equal(answer.location, null);
  assert.match(answer.body, /<h1/);
  assert.match(textIn(answer), says);
  assert.doesNotMatch(answer.body, /node_modules|\.ts:\d|\bat \w+ \(/);
  assert.match(String(answer.headers['content-security-policy']), /frame-ancestors 'none'/);
}

/** Walks until the provider sends the browser back, and stops there. */
async function untilComingBack(browser: Browser, to: TestService = service, email?: string): Promise<URL> {
  const end = await browser.walk(authorizationOf(hub, to).url, {
    email: email ?? `ada@${ministry.domain}`,
    until: isCallback,
  });
  assert.ok(end.location && isCallback(end.location), `${end.url} ${end.status} ${textIn(end)}`);
  return end.location;
}

async function accountsAt({ issuer }: FakeUpstream): Promise<number> {
  return (await hub.query('select 1 from identity.accounts where issuer = $1', [issuer])).length;
}

async function assertNobodyIn(browser: Browser, to: TestService = service): Promise<void> {
  const silent = await browser.send(authorizationOf(hub, to, { prompt: 'none' }).url);
  assert.equal(silent.location?.searchParams.get('error'), 'login_required');
}

describe('providers that lie', () => {
  test('an honest one lets its agent in', async () => {
    const provider = await startFakeUpstream(hub);
    const asked = await signIn(hub, new Browser(), service, { steps: { email: `ada@${provider.domain}` } });
    assert.ok(asked.code, asked.callback.href);
    assert.equal(await accountsAt(provider), 1);
  });

  test('an ID token that fails a check lets nobody in, and the log names the check', async () => {
    const liar = await startFakeUpstream(hub);
    const { privateKey: otherKey } = await generateKeyPair('RS256');
    const hmac = (secret: string | Uint8Array) => createSecretKey(Buffer.from(secret)) as never;
    const cases: [string, Answering, RegExp][] = [
      ['signed by nobody', { sign: (claims) => new UnsecuredJWT(claims).encode() }, /algorithm|signature/],
      [
        'signed by nobody, in other letters',
        {
          sign: (claims) => {
            const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
            return `${part({ alg: 'nOnE' })}.${part(claims)}.`;
          },
        },
        /algorithm|signature|id-token|answer/,
      ],
      ['signed by another key', { sign: (claims) => signed(otherKey, claims) }, /signature/],
      [
        'signed with the client’s secret',
        { sign: (claims, { clientSecret }) => signed(hmac(clientSecret), claims, { alg: 'HS256' }) },
        /algorithm/,
      ],
      [
        'signed with the public key as a secret',
        { sign: (claims, { publicPem }) => signed(hmac(publicPem), claims, { alg: 'HS256', kid: 'fake' }) },
        /algorithm/,
      ],
      ['with another nonce', { claims: { nonce: 'other' } }, /nonce/],
      ['without nonce', { claims: { nonce: undefined } }, /nonce/],
      ['for another audience', { claims: { aud: 'somebody' } }, /audience/],
      ['for several audiences without saying for whom', { claims: { aud: ['hub', 'somebody'] } }, /audience/],
      ['of another issuer', { claims: { iss: ministry.issuer } }, /issuer/],
      ['expired', { claims: { iat: now() - 900, exp: now() - 600 } }, /exp/],
      ['of the future', { claims: { iat: now() + 900, exp: now() + 1_200 } }, /iat/],
      ['not valid yet', { claims: { nbf: now() + 900 } }, /nbf/],
      ['without subject', { claims: { sub: undefined } }, /sub/],
      ['with userinfo of somebody else', { userinfo: { sub: 'somebody-else' } }, /subject|sub/],
    ];
    for (const [name, how, why] of cases) {
      liar.answer(how);
      hub.log.length = 0;
      const browser = new Browser();
      const end = await browser.walk(authorizationOf(hub, service).url, { email: `ada@${liar.domain}` });
      assert.equal(end.status, 403, `${name}: ${end.status} ${textIn(end)}`);
      assertPage(end, [403], /did not pass the checks.*Start again.*upstream-wrong/);
      const line = hub.log.find(({ message }) => /answer does not hold/.test(message));
      assert.match(JSON.stringify(line?.about.detail ?? {}), why, name);
      await assertNobodyIn(browser);
    }
    assert.equal(await accountsAt(liar), 0);
  });

  test('an answer that fails a check stands in the history of the service', async () => {
    const one = await hub.register();
    ministry.answer({ claims: { nonce: 'other' } });
    await new Browser().walk(authorizationOf(hub, one).url, { email: `ada@${ministry.domain}` });
    ministry.answer({
      comeBack: (address) => {
        address.searchParams.delete('code');
        address.searchParams.set('error', 'access_denied');
      },
    });
    await new Browser().walk(authorizationOf(hub, one).url, { email: `ada@${ministry.domain}` });
    const lines = await hub.query(
      'select refusal from identity.connections where client_id = $1 order by id',
      [one.clientId],
    );
    assert.deepEqual(lines, [{ refusal: 'upstream-wrong' }, { refusal: 'upstream-refused' }]);
  });

  test('an answer in the name of another provider, or of none, is set aside', async () => {
    const mixed: Answering[] = [
      { comeBack: (address) => address.searchParams.set('iss', 'https://evil.example') },
      { comeBack: (address) => address.searchParams.set('iss', `${hub.origin}/demonstration/ministry`) },
      { comeBack: (address) => address.searchParams.delete('iss') },
    ];
    for (const how of mixed) {
      ministry.answer(how);
      hub.log.length = 0;
      const browser = new Browser();
      const end = await browser.walk(authorizationOf(hub, service).url, { email: `ada@${ministry.domain}` });
      assertPage(end, [403], /did not pass the checks/);
      assert.match(hub.logText(), /"check":"issuer"/);
      await assertNobodyIn(browser);
    }
  });

  test('an agent’s provider speaks only for its domain, a right SIRET, and organisations that are known', async () => {
    const provider = await startFakeUpstream(hub, { organisations: 2 });
    const cases: [Answering, string, RegExp][] = [
      [{ claims: { email: hub.email } }, 'email-domain-not-allowed', /may not speak for addresses in @/],
      [{ claims: { email: `ada@x.${provider.domain}` } }, 'email-domain-not-allowed', /may not speak/],
      [{ claims: { email: `ada@${provider.domain}@evil.example` } }, 'email', /./],
      [{ claims: { email: undefined } }, 'email-missing', /did not pass on your work e-mail/],
      [{ claims: { email: [hub.email] } }, 'email-missing', /did not pass on your work e-mail/],
      [{ claims: { siret: undefined } }, 'siret-missing', /did not pass on your organisation/],
      [{ claims: { siret: '12345678901234' } }, 'siret-wrong', /SIRET.*is not valid/],
      [{ claims: { siret: '73282932000074' } }, 'organisation-unknown', /not known to Socle/],
    ];
    for (const [how, refusal, says] of cases) {
      provider.answer(how);
      hub.log.length = 0;
      const browser = new Browser();
      const end = await browser.walk(authorizationOf(hub, service).url, { email: `ada@${provider.domain}` });
      assertPage(end, [403], says);
      assert.match(textIn(end), new RegExp(refusal));
      assert.match(hub.logText(), new RegExp(`a sign-in was refused.*${refusal}`));
      await assertNobodyIn(browser);
    }
    const lines = await hub.query(
      'select distinct refusal from identity.connections where upstream_id = $1',
      [provider.id],
    );
    assert.ok(lines.length >= 4, JSON.stringify(lines));
    // The demonstration's agent whose address was claimed is untouched.
    const people = await hub.query(
      'select 1 from identity.accounts where issuer = $1 and person_id is not null',
      [provider.issuer],
    );
    assert.deepEqual(people, []);
  });

  test('a provider that does not vouch for the organisation leaves its agent waiting', async () => {
    const provider = await startFakeUpstream(hub, { vouchesForOrganisation: false });
    const browser = new Browser();
    const end = await browser.walk(authorizationOf(hub, service).url, { email: `ada@${provider.domain}` });
    assertPage(end, [403], /waits to be confirmed/);
    await assertNobodyIn(browser);
  });

  test('a provider that lets in somebody whose proof is older than the service allows is refused', async () => {
    const provider = await startFakeUpstream(hub);
    for (const authTime of [now() - 3_600, undefined]) {
      provider.answer({ claims: { auth_time: authTime } });
      const { url } = authorizationOf(hub, service, { max_age: '60' });
      const end = await new Browser().walk(url, { email: `ada@${provider.domain}` });
      assertPage(end, [403], /did not pass the checks/);
    }
    provider.answer({ claims: { auth_time: now() } });
    const fresh = await signIn(hub, new Browser(), service, {
      more: { max_age: '60' },
      steps: { email: `ada@${provider.domain}` },
    });
    assert.ok(fresh.code);
  });

  test('a provider that says “second factor” without being believed gives no higher level', async () => {
    const provider = await startFakeUpstream(hub);
    provider.answer({ claims: { acr: 'eidas3', amr: ['mfa', 'hwk'] } });
    const strict = await hub.register({ leastAssurance: 'eidas2' });
    const end = await new Browser().walk(authorizationOf(hub, strict).url, {
      email: `ada@${provider.domain}`,
    });
    assertPage(end, [403], /higher level of assurance/);
    const lax = await signIn(hub, new Browser(), service, {
      more: { acr_values: 'eidas1' },
      steps: { email: `ada@${provider.domain}` },
    });
    const { id_token: idToken = '' } = (await redeem(hub, service, lax)).body;
    const claims = JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString());
    assert.equal(claims.acr, 'eidas1');
  });

  test('a citizen’s level below the one asked for is refused, and no request asks for less than registered', async () => {
    const strict = await hub.register({ realm: 'citizens', leastAssurance: 'eidas2' });
    for (const more of [{}, { acr_values: 'eidas1' }, { acr_values: 'eidas3' }]) {
      const end = await new Browser().walk(authorizationOf(hub, strict, more).url, { level: 'eidas1' });
      assertPage(end, [403], /higher level of assurance.*assurance-too-low/);
    }
    const lines = await hub.query('select refusal from identity.connections where client_id = $1', [
      strict.clientId,
    ]);
    assert.deepEqual([...new Set(lines.map(({ refusal }) => refusal))], ['assurance-too-low']);
  });

  test('a provider of citizens never signs anybody in as an agent, nor the other way round', async () => {
    const browser = new Browser();
    const page = await browser.walk(authorizationOf(hub, service).url, { untilPage: isInteraction });
    const [citizenProvider] = await hub.query<{ id: string }>(
      `select id from identity.upstreams where realm = 'citizens'`,
    );
    const answer = await browser.send(`${page.url}/provider`, {
      form: { upstream: citizenProvider?.id ?? '', email: '' },
    });
    assertPage(answer, [404], /expired|another browser/);
  });

  test('a provider that was disabled while the person was there lets nobody in any more', async () => {
    const provider = await startFakeUpstream(hub);
    const browser = new Browser();
    const back = await untilComingBack(browser, service, `ada@${provider.domain}`);
    await hub.query('update identity.upstreams set is_enabled = false where id = $1', [provider.id]);
    const end = await browser.walk(back);
    assertPage(end, [403, 404, 422, 503], /./);
    await assertNobodyIn(browser);
  });
});

describe('answers in the wrong place', () => {
  test('an answer opened in another browser lets nobody in, and is used up', async () => {
    const attacker = new Browser();
    const victim = new Browser();
    const back = await untilComingBack(attacker);
    const planted = await victim.send(back);
    assertPage(planted, [403], /began in this browser.*start again/i);
    assert.match(hub.logText(), /another browser began this sign-in/);
    await assertNobodyIn(victim);
    assertPage(await attacker.send(back), [403], /start again/i);
    assert.equal(await accountsAt(ministry), 0);
  });

  test('an answer counts once', async () => {
    const browser = new Browser();
    const provider = await startFakeUpstream(hub);
    const back = await untilComingBack(browser, service, `ada@${provider.domain}`);
    const first = await browser.send(back);
    assert.equal(first.status, 303);
    const second = await browser.send(back);
    assertPage(second, [403], /was used before/);
    assert.match(hub.logText(), /no sign-in waits for this state/);
    const atOnce = await untilComingBack(new Browser(), service, `ada@${provider.domain}`).then(
      async (url) => {
        const other = new Browser();
        return Promise.all([1, 2, 3].map(() => other.send(url)));
      },
    );
    assert.ok(atOnce.every(({ status }) => status === 403));
  });

  test('an answer for one realm is nothing in the other', async () => {
    const browser = new Browser();
    const back = await untilComingBack(browser);
    const elsewhere = new URL(back);
    elsewhere.pathname = '/connect/citizens/callback';
    assertPage(await browser.send(elsewhere), [403], /start again/i);
    await assertNobodyIn(browser, citizens);
    // It was not used up there: the realm that asked still takes it.
    const end = await browser.send(back);
    assert.equal(end.status, 303, textIn(end));
  });

  test('two tabs do not mix: each answer belongs to its own sign-in', async () => {
    const provider = await startFakeUpstream(hub);
    const browser = new Browser();
    const [one, two] = [
      await untilComingBack(browser, service, `ada@${provider.domain}`),
      await untilComingBack(browser, service, `ada@${provider.domain}`),
    ];
    const crossed = new URL(one);
    crossed.searchParams.set('code', two.searchParams.get('code') ?? '');
    assertPage(await browser.send(crossed), [403], /did not pass the checks/);
    assert.equal(await accountsAt(provider), 0);
    const end = await browser.walk(two);
    assert.ok(end.location?.searchParams.get('code'), textIn(end));
  });

  test('an answer without state, with one invented, or with several, is set aside', async () => {
    for (const search of [
      '',
      '?state=',
      '?state=invented&code=x',
      '?code=x',
      `?state=${'x'.repeat(5_000)}`,
    ]) {
      for (const realm of ['agents', 'citizens'] as const) {
        const answer = await new Browser().send(`${hub.issuer(realm)}/callback${search}`);
        assertPage(answer, [403], /start again/i);
      }
    }
  });

  test('an attacker’s answer to Socle itself, opened by a victim, signs the victim in as nobody', async () => {
    const attacker = new Browser();
    const end = await attacker.walk(`${hub.origin}/sign-in/with/agents`, {
      email: hub.email,
      until: ({ pathname }) => pathname.startsWith('/sign-in/callback/'),
    });
    assert.ok(end.location?.searchParams.get('code'));
    const { location: answer } = end;
    assert.ok(answer);
    const victim = new Browser();
    const planted = await victim.send(answer);
    assertPage(planted, [422], /start again/);
    const me = await victim.send(`${hub.origin}/api/v1/identity/me`, {
      headers: { accept: 'application/json' },
    });
    assert.equal(me.status, 401);
    // Also when the victim is just signing in themselves.
    await victim.walk(`${hub.origin}/sign-in/with/agents`, { email: hub.email, until: isCallback });
    const swapped = new URL(answer);
    assertPage(await victim.send(swapped), [422], /start again/);
    // And of the other realm.
    const elsewhere = new URL(answer);
    elsewhere.pathname = '/sign-in/callback/citizens';
    assertPage(await attacker.send(elsewhere), [422], /start again/);
  });
});

describe('interactions of somebody else', () => {
  test('no other browser opens, answers, ends or turns a sign-in by its address', async () => {
    const victim = new Browser();
    const page = await victim.walk(authorizationOf(hub, service).url, { untilPage: isInteraction });
    const attackers = [new Browser(), new Browser()];
    // One of them has a sign-in of its own under way.
    await attackers[1]?.walk(authorizationOf(hub, service).url, { untilPage: isInteraction });
    for (const attacker of attackers) {
      hub.log.length = 0;
      assertPage(await attacker.send(page.url), [404], /began in another browser/);
      for (const [what, form] of [
        ['email', { email: hub.email }],
        ['provider', { upstream: ministry.id, email: '' }],
        ['accept', {}],
        ['abort', { reason: '' }],
      ] as const) {
        const answer = await attacker.send(`${page.url}/${what}`, {
          form,
          headers: { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
        });
        assertPage(answer, [404], /began in another browser/);
      }
      assert.match(hub.logText(), /no interaction of this browser|another interaction/);
    }
    // A cookie of one's own, carried to the other's address, opens neither.
    const own = await attackers[1]?.walk(authorizationOf(hub, service).url, { untilPage: isInteraction });
    assert.ok(own);
    const cookies = [...(attackers[1]?.cookiesFor(own.url) ?? [])];
    const cookie = cookies.map(([name, value]) => `${name}=${value}`).join('; ');
    assert.match(cookie, /hub-agents-interaction=/);
    const carried = await new Browser().send(page.url, { headers: { cookie } });
    assertPage(carried, [404], /began in another browser/);
    const end = await victim.walkOn(page, { email: hub.email });
    assert.ok(end.location?.searchParams.get('code'), textIn(end));
  });

  test('a sign-in is taken up again only in its own browser', async () => {
    const browser = new Browser();
    const end = await browser.walk(authorizationOf(hub, service).url, {
      email: hub.email,
      until: ({ pathname }) => /^\/connect\/agents\/authorize\/[^/]+$/.test(pathname),
    });
    assert.ok(end.location);
    const elsewhere = await new Browser().send(end.location);
    assertPage(elsewhere, [400], /expired or began in another browser/);
    const own = await browser.walk(end.location);
    assert.ok(own.location?.href.startsWith(CALLBACK), textIn(own));
  });

  test('the last yes of one person does not let another take over in the same browser', async () => {
    const provider = await startFakeUpstream(hub);
    const browser = new Browser();
    const first = await signIn(hub, browser, service, { steps: { email: `ada@${provider.domain}` } });
    const second = await signIn(hub, browser, service, {
      more: { prompt: 'login' },
      steps: { email: hub.email },
    });
    const [one, two] = [await redeem(hub, service, first), await redeem(hub, service, second)];
    const subjectOf = (idToken = '') =>
      JSON.parse(Buffer.from(idToken.split('.')[1] ?? '', 'base64url').toString()).sub as string;
    if (one.status === 200) assert.notEqual(subjectOf(one.body.id_token), subjectOf(two.body.id_token));
    const silent = await signIn(hub, browser, service, { more: { prompt: 'none' } });
    const { body } = await redeem(hub, service, silent);
    assert.equal(subjectOf(body.id_token), subjectOf(two.body.id_token));
  });

  test('the cookies that bind a sign-in to its browser reach no script and no other site', async () => {
    const browser = new Browser();
    const lines: string[] = [];
    const note = ({ headers }: Answer) => lines.push(...[headers['set-cookie'] ?? []].flat());
    let answer = await browser.send(authorizationOf(hub, service).url);
    note(answer);
    answer = await browser.send(answer.location as URL);
    note(answer);
    answer = await browser.send(`${answer.url}/email`, { form: { email: hub.email } });
    note(answer);
    const hubLines = lines.filter((line) => line.startsWith('hub-'));
    assert.ok(hubLines.length >= 3, lines.join('\n'));
    for (const line of hubLines) {
      assert.match(line, /httponly/i);
      assert.match(line, /samesite=lax/i);
      assert.match(line, /path=\/connect\/agents/i);
    }
  });
});

describe('people who have left', () => {
  test('a closed person’s live session, tokens and refresh tokens are worth nothing from then on', async () => {
    const refreshable = await hub.register({ mayRefresh: true });
    const browser = new Browser();
    const more = { scope: 'openid email offline_access', prompt: 'consent' };
    const [leaving] = await hub.query<{ id: string; email: string }>(
      `select p.id, p.email from identity.people p join identity.memberships m on m.person_id = p.id
       where m.role = 'agent' and p.email like '%valmarie.example' order by p.email desc limit 1`,
    );
    assert.ok(leaving && leaving.email !== hub.email);
    const steps = { email: leaving.email };
    const { body } = await redeem(hub, refreshable, await signIn(hub, browser, refreshable, { more, steps }));
    const waiting = await signIn(hub, browser, refreshable, { more, steps });
    assert.equal((await userinfo(hub, 'agents', body.access_token ?? '')).status, 200);
    await hub.query('update identity.people set closed_at = $2 where id = $1', [
      leaving.id,
      hub.app.kernel.clock.now(),
    ]);
    assert.equal((await userinfo(hub, 'agents', body.access_token ?? '')).status, 401);
    assert.deepEqual((await redeem(hub, refreshable, waiting)).body.error, 'invalid_grant');
    const refreshed = await new Browser().send(`${hub.issuer('agents')}/token`, {
      form: {
        grant_type: 'refresh_token',
        refresh_token: body.refresh_token ?? '',
        client_id: refreshable.clientId,
        client_secret: refreshable.clientSecret,
      },
      headers: { accept: 'application/json' },
    });
    assert.notEqual(refreshed.status, 200, refreshed.body);
    // Whoever sits at that browser is asked who they are, and cannot enter as the one who left.
    const silent = await browser.send(authorizationOf(hub, refreshable, { prompt: 'none' }).url);
    assert.equal(silent.location?.searchParams.get('code') ?? null, null, silent.location?.href);
    const again = await browser.walk(authorizationOf(hub, refreshable).url, steps);
    assert.equal(again.location?.searchParams.get('code') ?? null, null);
    assert.ok(again.status >= 400 && again.status < 500, `${again.status} ${textIn(again)}`);
  });

  test('a service in test lets in only its organisation and test identities', async () => {
    const provider = await startFakeUpstream(hub, { organisations: 2 });
    const trial = await hub.register({ state: 'test' });
    const [own, other] = await hub.query<{ siret: string }>(
      `select o.siret from identity.organisations o join identity.upstream_organisations u on u.organisation_id = o.id
       where u.upstream_id = $1 order by (o.id = (select organisation_id from identity.services where id = $2)) desc`,
      [provider.id, trial.id],
    );
    provider.answer({ claims: { siret: other?.siret } });
    const outside = await new Browser().walk(authorizationOf(hub, trial).url, {
      email: `ada@${provider.domain}`,
    });
    assertPage(outside, [403], /in test.*not-in-test/);
    provider.answer({ claims: { siret: own?.siret, sub: 'inside' } });
    const inside = await new Browser().walk(authorizationOf(hub, trial).url, {
      email: `ada@${provider.domain}`,
    });
    assert.ok(inside.location?.searchParams.get('code'), textIn(inside));
  });

  test('somebody outside who is signed in at the hub already does not slip into a service in test', async () => {
    const provider = await startFakeUpstream(hub, { organisations: 2 });
    const trial = await hub.register({ state: 'test' });
    const [outside] = await hub.query<{ siret: string }>(
      `select o.siret from identity.organisations o join identity.upstream_organisations u on u.organisation_id = o.id
       where u.upstream_id = $1 and o.id <> (select organisation_id from identity.services where id = $2)`,
      [provider.id, trial.id],
    );
    provider.answer({ claims: { siret: outside?.siret } });
    const browser = new Browser();
    await signIn(hub, browser, service, { steps: { email: `ada@${provider.domain}` } });
    const end = await browser.walk(authorizationOf(hub, trial).url, { email: `ada@${provider.domain}` });
    assert.equal(end.location?.searchParams.get('code') ?? null, null, 'they got a code');
  });
});
