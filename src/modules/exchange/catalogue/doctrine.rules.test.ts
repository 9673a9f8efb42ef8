// The technical doctrine: each rule finds its fault, an exemplary document has none, and nothing is fetched.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { sampleDocument } from './catalogue.fixture.ts';
import { DOCTRINE_MESSAGES } from './doctrine.messages.ts';
import { DOCTRINE, pointerOf } from './doctrine.rules.ts';
import { checkDoctrine } from './doctrine-check.ts';
import { EXPLAINED_RULES } from './doctrine-rules.messages.ts';
import { doctrineScore, STRUCTURE } from './doctrine-score.rules.ts';

const PROBLEM = {
  description: 'Refus',
  content: { 'application/problem+json': { schema: { type: 'object' } } },
};

/** A document that keeps to every rule; `change` is laid over its one operation, `more` over the whole. */
function exemplary(change: object = {}, more: object = {}) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Quotient familial',
      version: '1.0.0',
      description: 'Donne le quotient familial d’un foyer à un mois donné.',
      contact: { email: 'api@cnf.example' },
    },
    servers: [{ url: 'https://api.cnf.example/v1' }],
    security: [{ jeton: [] }],
    paths: {
      '/quotients': {
        get: {
          operationId: 'listerQuotients',
          summary: 'Liste les quotients',
          parameters: [
            { name: 'limit', in: 'query', description: 'Nombre au plus', schema: { type: 'integer' } },
          ],
          responses: {
            200: {
              description: 'La liste',
              content: {
                'application/json': {
                  example: [{ dateEffet: '2026-01-01' }],
                  schema: { type: 'array', items: { $ref: '#/components/schemas/Quotient' } },
                },
              },
            },
            400: PROBLEM,
          },
          ...change,
        },
      },
    },
    components: {
      securitySchemes: { jeton: { type: 'http', scheme: 'bearer' } },
      schemas: {
        Quotient: {
          type: 'object',
          properties: { dateEffet: { type: 'string', format: 'date', description: 'Premier jour' } },
        },
      },
    },
    ...more,
  };
}

test('an exemplary document has nothing to mend', async () => {
  assert.deepEqual(await checkDoctrine(exemplary()), { score: 100, findings: [] });
});

test('each rule finds its fault, alone', () => {
  const { get } = exemplary().paths['/quotients'];
  const { info, components } = exemplary();
  const field = (schema: object) => ({
    components: {
      ...components,
      schemas: { Quotient: { type: 'object', properties: { dateEffet: schema } } },
    },
  });
  const cases: Record<string, object> = {
    'readable-title': exemplary({}, { info: { ...info, title: 'api' } }),
    description: exemplary({}, { info: { ...info, description: 'Rien' } }),
    contact: exemplary({}, { info: { ...info, contact: {} } }),
    'https-servers': exemplary({}, { servers: [{ url: 'http://api.cnf.example/v1' }] }),
    'versioned-address': exemplary({}, { servers: [{ url: 'https://api.cnf.example' }] }),
    'readable-paths': exemplary({}, { paths: { '/GetQuotients': { get } } }),
    'no-identifier-in-path': exemplary({}, { paths: { '/quotients/{numeroSecuriteSociale}': { get } } }),
    'stable-operation-ids': exemplary({ operationId: undefined }),
    'explained-operations': exemplary({ summary: '' }),
    'explained-parameters': exemplary({ parameters: [{ name: 'limit', in: 'query' }] }),
    'explained-fields': exemplary({}, field({ type: 'string', format: 'date' })),
    'rfc3339-dates': exemplary({}, field({ type: 'string', description: 'Premier jour' })),
    examples: exemplary({
      responses: { 200: { content: { 'application/json': { schema: { type: 'string' } } } }, 400: PROBLEM },
    }),
    'problem-errors': exemplary({ responses: { 200: get.responses[200] } }),
    'declared-security': exemplary({}, { security: [] }),
    pagination: exemplary({ parameters: [] }),
    'self-contained': exemplary(
      {},
      {
        components: {
          ...components,
          schemas: { ...components.schemas, X: { $ref: 'http://127.0.0.1:1/x' } },
        },
      },
    ),
  };
  assert.deepEqual(Object.keys(cases).sort(), Object.keys(DOCTRINE).sort());
  assert.deepEqual(Object.keys(DOCTRINE_MESSAGES).sort(), [...Object.keys(DOCTRINE), STRUCTURE].sort());
  for (const [rule, document] of Object.entries(cases)) {
    const broken = Object.entries(DOCTRINE)
      .filter(([, { find }]) => [...find(document as never)].length > 0)
      .map(([name]) => name);
    assert.deepEqual(broken, [rule]);
  }
});

test('the check says where, in both languages, the worst first, and scores', async () => {
  const { score, findings } = await checkDoctrine(sampleDocument());
  assert.ok(score > 0 && score < 60, String(score));
  assert.equal(findings[0]?.severity, 'error');
  assert.equal(findings.at(-1)?.severity, 'advice');
  assert.ok(findings.every(({ message }) => message.fr !== '' && message.en !== ''));
  assert.ok(findings.some(({ path }) => path === '/paths/~1quotient/get'));
});

test('a broken structure and a reference that leaves are findings, and nothing is fetched', async () => {
  const broken = exemplary({ parameters: 'none' }, {});
  assert.ok((await checkDoctrine(broken)).findings.some(({ rule }) => rule === STRUCTURE));
  const outer = exemplary({}, { components: { schemas: { A: { $ref: 'file:///etc/passwd' } } } });
  assert.ok((await checkDoctrine(outer)).findings.some(({ rule }) => rule === 'self-contained'));
});

test('the score falls with each broken rule, more with errors than with advice', () => {
  assert.equal(doctrineScore([]), 100);
  const one = doctrineScore([{ rule: 'contact' }]);
  assert.ok(one < doctrineScore([{ rule: 'explained-fields' }]));
  assert.ok(doctrineScore([{ rule: 'contact' }, { rule: 'contact' }]) <= one);
  assert.equal(
    doctrineScore([STRUCTURE, ...Object.keys(DOCTRINE)].flatMap((rule) => Array(9).fill({ rule }))),
    0,
  );
  assert.equal(pointerOf(['a/b', 0, '~']), '/a~1b/0/~0');
});

test('each rule is explained, on the page and in the document', () => {
  const names = [STRUCTURE, ...Object.keys(DOCTRINE)].sort();
  assert.deepEqual(Object.keys(EXPLAINED_RULES).sort(), names);
  const guide = readFileSync(new URL('../../../../docs/api-doctrine.md', import.meta.url), 'utf8');
  for (const name of names) assert.ok(guide.includes(`\`${name}\``), name);
});
