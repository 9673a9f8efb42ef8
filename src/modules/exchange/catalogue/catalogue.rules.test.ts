// Rules of the catalogue as tables of cases: fields, documents, the sandbox, what gateways are told.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { fieldTree } from '../gateway/minimise/field-tree.rules.ts';
import { apiEntry } from './api-policy.rules.ts';
import { apiAsTyped, faultsOfApi, isSlug, resourceIdentifierOf, whatOpeningLacks } from './apis.rules.ts';
import { sampleDocument } from './catalogue.fixture.ts';
import { isFieldPattern } from './json-pointers.rules.ts';
import { fieldsOf, operationsOf, resolved } from './openapi.rules.ts';
import { readDocument } from './openapi-reader.ts';
import { LARGEST_DOCUMENT, readOpenApi } from './openapi-text.rules.ts';
import { emptyApiForm } from './producer-forms.rules.ts';
import { filledPath, fitsPath, sandboxAnswer } from './sandbox.rules.ts';
import { faultsOfScopes, scopesAsTyped, unknownFields } from './scopes.rules.ts';
import { curlLine, trialOf } from './try-out.rules.ts';
import { faultsOfEnd, faultsOfUpstream, nextVersionName } from './versions.rules.ts';

describe('fields', () => {
  test('are JSON Pointers that the gateway reads', () => {
    const cases: [string, boolean][] = [
      ['/foyer', true],
      ['/enfants/*/prenom', true],
      ['/a~1b/c~0d', true],
      ['', false],
      ['/', false],
      ['foyer', false],
      ['/a//b', false],
      ['/a~2', false],
      ['/a\u0000', false],
      [`/${'a'.repeat(300)}`, false],
    ];
    for (const [pattern, expected] of cases) assert.equal(isFieldPattern(pattern), expected, pattern);
    fc.assert(
      fc.property(fc.string(), (text) => {
        if (isFieldPattern(text)) assert.deepEqual(fieldTree([text]).patterns, [text]);
      }),
    );
  });

  test('are offered from the schemas of the answers, through references, arrays and circles', () => {
    assert.deepEqual(fieldsOf(sampleDocument()), ['/enfants/*/prenom', '/quotient']);
    const circular = {
      ...sampleDocument(),
      components: {
        schemas: { Foyer: { properties: { nom: {}, parent: { $ref: '#/components/schemas/Foyer' } } } },
      },
    };
    assert.deepEqual(fieldsOf(circular), ['/nom', '/parent']);
  });

  test('end, however often schemas name one another', () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 12 }, (_, at) => [
        at === 0 ? 'Foyer' : `S${at}`,
        { allOf: Array.from({ length: 12 }, () => ({ $ref: `#/components/schemas/S${at + 1}` })) },
      ]),
    );
    const document = { ...sampleDocument(), components: { schemas } };
    const begun = performance.now();
    fieldsOf(document);
    sandboxAnswer(document, [], 'GET', '/quotient');
    assert.ok(performance.now() - begun < 2_000);
    assert.equal(resolved({ a: { $ref: '#/b' }, b: { $ref: '#/a' } }, { $ref: '#/a' }), undefined);
  });

  test('of a scope are each checked, in words that name the place', () => {
    const scope = { name: 'quotient', title: 'Quotient', fields: '/quotient\n/quotient', isSensitive: false };
    assert.deepEqual(faultsOfScopes(scopesAsTyped([scope])), []);
    assert.deepEqual(scopesAsTyped([scope])[0]?.fields, ['/quotient']);
    const wrong = scopesAsTyped([scope, { ...scope, title: 'x' }, { ...scope, name: 'openid', fields: 'x' }]);
    assert.deepEqual(
      faultsOfScopes(wrong).map(({ field }) => field),
      ['scopes.1.name', 'scopes.1.title', 'scopes.2.name', 'scopes.2.fields'],
    );
    assert.deepEqual(
      unknownFields({ fields: ['/enfants', '/quotient/x', '/absent'] }, ['/enfants/*/prenom', '/quotient']),
      ['/absent'],
    );
  });
});

describe('a document', () => {
  test('is read from JSON and YAML, and refused in words otherwise', () => {
    assert.deepEqual(readOpenApi(JSON.stringify(sampleDocument())).document, sampleDocument());
    const yaml = readOpenApi('openapi: 3.0.3\ninfo:\n  title: Essai\npaths:\n  /a: {}\n');
    assert.equal(yaml.fault, null);
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x,x]\n${[...'bcdefghi']
      .map(
        (name, at) =>
          `${name}: &${name} [${Array.from({ length: 10 }, () => `*${'abcdefgh'[at]}`).join(',')}]`,
      )
      .join('\n')}\n`;
    for (const text of [
      '',
      '[]',
      '{"openapi": "2.0"}',
      '{"openapi": "3.1.0", "info": {"title": "x"}, "paths": {}}',
      '{"openapi": "3.1.0", "info": {"title": "x"}, "paths": {"a": {}}}',
      '{"openapi": "3.1.0", "info": {"title": "\\u0000"}, "paths": {"/a": {}}}',
      '{"openapi": "3.1.0", "info": {"title": "\\ud800"}, "paths": {"/a": {}}}',
      `openapi: 3.1.0\n${bomb}`,
      'a: [',
      '['.repeat(5_000),
      ' '.repeat(LARGEST_DOCUMENT + 1),
    ]) {
      assert.notEqual(readOpenApi(text).fault, null, text.slice(0, 60));
    }
    fc.assert(
      fc.property(fc.json(), (text) => readOpenApi(text) !== null),
      { numRuns: 30 },
    );
  });
});

test('a YAML text that would take minutes holds nobody up, and is refused', async () => {
  const keys = Array.from({ length: 100_000 }, (_, at) => `k${at}: 1`).join('\n');
  let turns = 0;
  const clock = setInterval(() => {
    turns += 1;
  }, 50);
  const { fault } = await readDocument(keys, { timeoutMs: 1_000 });
  clearInterval(clock);
  assert.notEqual(fault, null);
  assert.ok(turns > 5, String(turns));
  assert.deepEqual((await readDocument(JSON.stringify(sampleDocument()))).document, sampleDocument());
});

describe('the sandbox', () => {
  test('answers from recorded examples first, else from the document', () => {
    const document = sampleDocument();
    const examples = [
      { method: 'GET', path: '/foyers/{id}', status: 200, body: 'any' },
      { method: 'GET', path: '/foyers/7', status: 404, body: 'seven' },
    ];
    assert.equal(sandboxAnswer(document, examples, 'GET', '/foyers/7')?.body, 'seven');
    assert.equal(sandboxAnswer(document, examples, 'GET', '/foyers/8')?.body, 'any');
    assert.deepEqual(sandboxAnswer(document, [], 'GET', '/foyers/8')?.body, {
      quotient: 1,
      enfants: [{ prenom: 'Lou' }],
    });
    assert.equal(sandboxAnswer(document, examples, 'POST', '/foyers/8'), null);
    assert.equal(sandboxAnswer(document, examples, 'GET', '/foyers/8/9'), null);
    assert.ok(fitsPath('/a/{b}', '/a/x') && !fitsPath('/a/{b}', '/a/'));
  });

  test('is tried with the examples of parameters', () => {
    const [, operation] = operationsOf(sampleDocument());
    assert.equal(operation && filledPath(operation), '/foyers/42');
    const trial = trialOf(sampleDocument(), [], { call: 'GET /foyers/{id}', query: '?a=b' });
    assert.deepEqual(trial.line, { method: 'GET', path: '/foyers/42?a=b' });
    assert.equal(trial.made?.answer?.status, 200);
    assert.equal(trialOf(sampleDocument(), [], { call: 'GET /etc/passwd' }).made, null);
    const line = curlLine('https://x.example', { method: 'POST', path: "/a'b" }, { bearer: true });
    assert.match(line, /--request POST[\s\S]*\$TOKEN[\s\S]*'https:\/\/x\.example\/a'\\''b'/);
  });
});

describe('an API', () => {
  const typed = {
    ...emptyApiForm(''),
    name: 'Quotient',
    summary: 'Le quotient familial.',
    description: 'Le quotient familial.',
    sensitivity: 'internal',
    contactEmail: 'api@cnf.example',
  };
  test('is refused field by field', () => {
    assert.deepEqual(faultsOfApi(apiAsTyped(typed)), []);
    const cases: [object, string][] = [
      [{ name: 'x' }, 'name'],
      [{ summary: 'court' }, 'summary'],
      [{ sensitivity: 'secret' }, 'sensitivity'],
      [{ contactEmail: 'nobody' }, 'contactEmail'],
      [{ defaultQuotaPerMinute: '1e99' }, 'defaultQuotaPerMinute'],
      [{ sensitivity: 'personal' }, 'subjectIn'],
      [{ subjectIn: 'query', subjectKind: 'person', subjectNames: 'a b' }, 'subjectNames'],
      [{ subjectIn: 'query', subjectKind: 'robot', subjectNames: 'a' }, 'subjectKind'],
    ];
    for (const [change, field] of cases) {
      assert.deepEqual(
        faultsOfApi(apiAsTyped({ ...typed, ...change })).map((fault) => fault.field),
        [field],
      );
    }
    assert.ok(isSlug('quotient-familial') && !isSlug('new') && !isSlug('a--b') && !isSlug('A-b-c'));
  });

  test('opens with a version that leads somewhere and a scope', () => {
    const upstream = {
      url: 'https://a.example/',
      timeoutMs: 1000,
      pipelining: false,
      proof: 'none',
      hasSecret: false,
    } as const;
    const lacking = (versions: Parameters<typeof whatOpeningLacks>[0], scopes: { name: string }[]) =>
      whatOpeningLacks(versions, scopes).map(({ field }) => field);
    assert.deepEqual(lacking([], []), ['versions', 'scopes']);
    assert.deepEqual(lacking([{ state: 'retired', upstream }], [{ name: 'a' }]), ['versions']);
    assert.deepEqual(lacking([{ state: 'current', upstream: { ...upstream, url: null } }], [{ name: 'a' }]), [
      'upstream',
    ]);
    assert.deepEqual(lacking([{ state: 'current', upstream }], [{ name: 'a' }]), []);
  });

  test('is told to gateways while it is open, without versions that lead nowhere', () => {
    const api = {
      id: 'i',
      slug: 's',
      producerId: 'p',
      state: 'open',
      sensitivity: 'internal',
      subject: null,
      defaultQuotaPerMinute: 60,
    } as const;
    const upstream = {
      url: 'https://a.example:8443/base/',
      timeoutMs: 5,
      pipelining: true,
      proof: 'none',
      hasSecret: false,
    } as const;
    const version = {
      name: 'v1',
      state: 'current',
      endsOn: null,
      upstream,
      paths: ['/a'],
      sealedSecret: Buffer.from('x'),
    } as const;
    const hollow = { ...version, name: 'v2', upstream: { ...upstream, url: null } };
    const { body } = apiEntry(api, [version, hollow], [{ name: 'sc', fields: ['/x'] }], 'https://r.example/');
    assert.ok(body && 'versions' in body);
    assert.deepEqual(body.scopes, { sc: ['/x'] });
    assert.deepEqual(
      body.versions.map(({ name, upstream: { origin, basePath, sealedSecret } }) => [
        name,
        origin,
        basePath,
        sealedSecret,
      ]),
      [['v1', 'https://a.example:8443', '/base', null]],
    );
    assert.equal(apiEntry({ ...api, state: 'closed' }, [version], [], 'https://r.example/').body, null);
    assert.equal(apiEntry(api, [version], [], null).body, null);
    assert.equal(
      resourceIdentifierOf('https://socle.gouv.example')('s'),
      'https://s.api.socle.gouv.example/',
    );
    assert.equal(resourceIdentifierOf('http://127.0.0.1:3000')('s'), 'https://s.api.valmarie.example/');
  });
});

describe('a version', () => {
  test('ends on a day to come, and is named after the last', () => {
    assert.deepEqual(faultsOfEnd('2026-12-31', '2026-11-24'), []);
    assert.deepEqual(faultsOfEnd('', '2026-11-24'), []);
    for (const day of ['2026-11-23', '2026-02-30', 'demain'])
      assert.equal(faultsOfEnd(day, '2026-11-24').length, 1, day);
    assert.equal(nextVersionName([{ name: 'v2' }, { name: 'v10' }]), 'v11');
    assert.equal(nextVersionName([]), 'v1');
  });

  test('is forwarded over https, and a proof needs its key', () => {
    const upstream = {
      url: 'https://a.example/v1',
      timeoutMs: '',
      pipelining: false,
      proof: 'none',
      privateKeyPem: '',
      certificatePem: '',
      keyId: '',
    };
    const fields = (change: object, more = {}) =>
      faultsOfUpstream(
        { ...upstream, ...change },
        { mayBeLocal: false, hasSecret: false, proofBefore: 'none', ...more },
      ).map(({ field }) => field);
    assert.deepEqual(fields({}), []);
    for (const url of ['http://a.example', 'https://u:p@a.example', 'https://a.example?x', 'ftp://a', ''])
      assert.deepEqual(fields({ url }), ['url'], url);
    assert.deepEqual(fields({ url: 'http://127.0.0.1:4000' }, { mayBeLocal: true }), []);
    assert.deepEqual(fields({ proof: 'mtls' }), ['privateKeyPem', 'certificatePem']);
    assert.deepEqual(fields({ proof: 'signature' }, { hasSecret: true, proofBefore: 'signature' }), []);
    assert.deepEqual(fields({ proof: 'signature' }, { hasSecret: true, proofBefore: 'mtls' }), [
      'privateKeyPem',
      'keyId',
    ]);
  });
});
