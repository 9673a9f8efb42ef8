// The typed client: types narrowed to what is granted, a file that tsc takes and that works against a server, whatever the document.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { sampleDocument } from '../catalogue/catalogue.fixture.ts';
import type { OpenApiDocument } from '../catalogue/catalogue.types.ts';
import { clientClassName, firstMethod, typedClient } from './typed-client.rules.ts';

const folder = mkdtempSync(join(tmpdir(), 'typed-client-'));
after(() => rmSync(folder, { recursive: true }));

const source = {
  apiName: 'Quotients */ familiaux',
  slug: 'quotients-familiaux',
  version: 'v1',
  resource: 'https://quotients.example/',
  scopes: ['quotient.read'],
  fields: ['/quotient', '/enfants/*/prenom'],
  accreditation: 12,
  clientId: 'client-1',
  tokenUrl: 'http://localhost:1/token',
  gatewayUrl: 'http://localhost:1',
};

function checkTypes(files: Readonly<Record<string, string>>): string {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const tsc = fileURLToPath(new URL('../../../../node_modules/.bin/tsc', import.meta.url));
  const options = [
    '--noEmit',
    '--strict',
    '--erasableSyntaxOnly',
    '--noUncheckedIndexedAccess',
    '--target',
    'es2024',
  ];
  const more = [
    '--module',
    'nodenext',
    '--lib',
    'es2024,dom,dom.iterable',
    '--types',
    '',
    '--allowImportingTsExtensions',
  ];
  try {
    execFileSync(tsc, [...options, ...more, ...Object.keys(files)], { cwd: folder, stdio: 'pipe' });
    return '';
  } catch (error) {
    return String((error as { stdout: Buffer }).stdout);
  }
}

describe('the typed client', { concurrency: false }, () => {
  test('holds the granted fields and no others', () => {
    const text = typedClient({ ...source, document: sampleDocument(), fields: ['/quotient'] });
    assert.match(
      text,
      /export type LireFoyerAnswer = \{\n {2}\/\*\* Quotient familial \*\/\n {2}readonly quotient\?: number;\n\};/,
    );
    assert.doesNotMatch(text, /prenom|enfants/);
    assert.match(text, /export interface LireFoyerArguments \{\n {2}readonly id: string;\n\}/);
  });

  test('is taken by tsc, works on first copy, and throws typed refusals', { timeout: 120_000 }, async () => {
    const asked: string[] = [];
    let tokens = 0;
    const server = createServer((request, response) => {
      const { url = '', headers } = request;
      asked.push(`${request.method} ${url} ${headers.authorization} ${headers.accreditation ?? ''}`);
      if (url === '/token') {
        tokens += 1;
        let body = '';
        request.on('data', (chunk) => {
          body += chunk;
        });
        request.on('end', () => {
          asked.push(body);
          response.setHeader('content-type', 'application/json');
          response.end(JSON.stringify({ access_token: `t${tokens}`, expires_in: 600 }));
        });
        return;
      }
      const isOld = headers.authorization === 'Bearer t1';
      if (url.endsWith('/foyers/0')) {
        response.writeHead(429, { 'content-type': 'application/problem+json', 'retry-after': '7' });
        response.end(JSON.stringify({ title: 'Quota exceeded', code: 'quota-exceeded', traceId: 'ab' }));
      } else if (isOld) {
        response.writeHead(401, { 'content-type': 'application/problem+json' });
        response.end(JSON.stringify({ title: 'Token expired', code: 'token-expired' }));
      } else response.end(JSON.stringify({ quotient: 621, enfants: [{ prenom: 'Lou' }] }));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    after(() => server.close());
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const client = typedClient({
      ...source,
      document: sampleDocument(),
      gatewayUrl: origin,
      tokenUrl: `${origin}/token`,
    });
    const use = `import { ExchangeError, QuotientsFamiliauxClient } from './client.ts';
export async function run(): Promise<readonly [number | undefined, string | undefined, string | null, number | null]> {
  const client = new QuotientsFamiliauxClient({ secret: 'se:cret' });
  const [foyer] = await Promise.all([client.lireFoyer({ id: 'a/b' }), client.lireQuotient()]);
  const name: string | undefined = foyer.enfants?.[0]?.prenom;
  try {
    await client.lireFoyer({ id: '0' });
  } catch (error) {
    if (!(error instanceof ExchangeError)) throw error;
    return [foyer.quotient, name, error.code, error.retryAfterSeconds];
  }
  return [undefined, undefined, null, null];
}
`;
    assert.equal(checkTypes({ 'client.ts': client, 'use.ts': use }), '');
    assert.match(
      checkTypes({ 'wrong.ts': use.replace('foyer.quotient', 'foyer.revenus') }),
      /Property 'revenus' does not exist/,
    );
    const { run } = (await import(pathToFileURL(join(folder, 'use.ts')).href)) as { run(): Promise<unknown> };
    assert.deepEqual(await run(), [621, 'Lou', 'quota-exceeded', 7]);
    const basic = `Basic ${Buffer.from('client-1:se%3Acret').toString('base64')}`;
    assert.equal(asked[0], `POST /token ${basic} `);
    assert.equal(
      asked[1],
      'grant_type=client_credentials&resource=https%3A%2F%2Fquotients.example%2F&scope=quotient.read',
    );
    assert.ok(asked.includes('GET /quotients-familiaux/v1/foyers/a%2Fb Bearer t2 12'), asked.join('\n'));
    assert.equal(tokens, 2, 'calls at once share a token; a refused one is asked anew once');
  });

  test('whatever a document says, the file is TypeScript', { timeout: 120_000 }, () => {
    const nasty = fc.constantFrom(
      '*/ evil()',
      '__proto__',
      "'; throw 1; '",
      `\`\${1}\``,
      'a\u2028b',
      '\ud800',
      'constructor',
      '0',
      '$&',
    );
    const leaf = fc.oneof(
      fc.record({
        type: fc.constantFrom('string', 'integer', 'nothing', ['string', 'null']),
        description: nasty,
      }),
      fc.record({ enum: fc.array(fc.oneof(nasty, fc.integer()), { maxLength: 3 }) }),
      fc.constant({ $ref: '#/components/schemas/Self' }),
    );
    const { schema } = fc.letrec<{ schema: unknown }>((tie) => ({
      schema: fc.oneof(
        { maxDepth: 4 },
        leaf,
        fc.record({
          properties: fc.dictionary(nasty, tie('schema'), { maxKeys: 3 }),
          nullable: fc.boolean(),
        }),
        fc.record({ type: fc.constant('array'), items: tie('schema') }),
        fc.record({
          allOf: fc.array(tie('schema'), { maxLength: 2 }),
          oneOf: fc.array(tie('schema'), { maxLength: 2 }),
        }),
      ),
    }));
    const documents = fc.sample(
      fc.record({
        answer: schema,
        self: schema,
        id: nasty,
        path: nasty,
        parameter: nasty,
        fields: fc.boolean(),
      }),
      12,
    );
    const files = documents.map(({ answer, self, id, path, parameter, fields }, at) => {
      const document: OpenApiDocument = {
        openapi: '3.1.0',
        paths: {
          [`/${path}`]: {
            get: {
              operationId: id,
              summary: id,
              parameters: [{ name: parameter, in: 'query', description: parameter, schema: self }],
              responses: { 200: { content: { 'application/json': { schema: answer } } } },
            },
            post: { requestBody: { content: { 'application/json': { schema: self } } } },
          },
        },
        components: { schemas: { Self: self } },
      };
      const patterns = fields ? ['/constructor', '/0/*/0'] : [];
      return [`any${at}.ts`, typedClient({ ...source, document, fields: patterns, apiName: id })] as const;
    });
    const faults = checkTypes(Object.fromEntries(files));
    assert.equal(faults, '', `${faults}\n${files.map(([, text]) => text.slice(0, 3000)).join('\n---\n')}`);
  });

  test('names what it is called by', () => {
    assert.equal(clientClassName('2d-doc'), 'Api2dDocClient');
    assert.deepEqual(firstMethod(sampleDocument()), { name: 'lireQuotient', arguments: [] });
    assert.equal(firstMethod({}), null);
    assert.ok(readFileSync(join(folder, 'client.ts'), 'utf8').includes('class QuotientsFamiliauxClient'));
  });
});
