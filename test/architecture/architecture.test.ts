// The house's rules, checked on the tree as it is, and each shown to catch a violation planted in a small tree.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { modules } from '#app/modules.ts';
import { graphRules, HOUSE_RULES } from './rules.ts';

/** The graph as the design draws it. A module that exists must import no more than this. */
const DESIGNED: Record<string, readonly string[]> = {
  identity: [],
  impact: ['identity'],
  support: ['identity', 'impact'],
  portfolio: ['identity', 'impact', 'support'],
  incubator: ['identity', 'impact', 'support'],
  exchange: ['identity'],
  procedures: ['identity', 'exchange'],
  observatory: ['identity', 'support', 'procedures'],
  datalab: ['identity', 'exchange', 'support'],
  commons: ['identity', 'impact'],
  talent: ['identity'],
};

const ROOT = new URL('../../', import.meta.url).pathname;

async function violations(baseDir: string, graph: readonly { name: string; imports: readonly string[] }[]) {
  const { output } = await cruise(['src'], {
    baseDir,
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.test\\.ts$' },
    validate: true,
    ruleSet: { forbidden: [...HOUSE_RULES, ...graphRules(graph)] },
    enhancedResolveOptions: {
      conditionNames: ['import', 'node', 'default', 'types'],
      exportsFields: ['exports'],
    },
  } as never);
  return (output as ICruiseResult).summary.violations.map(({ rule, from, to }) => ({
    rule: rule.name,
    from,
    to,
  }));
}

/** Files whose text breaks a rule that imports do not show. */
async function impureTexts(baseDir: string): Promise<string[]> {
  const found: string[] = [];
  for await (const file of glob('src/**/*.{rules,pages}.ts', { cwd: baseDir })) {
    const text = await readFile(join(baseDir, file), 'utf8');
    if (/\bDate\.now\(|\bnew Date\(\)|\bMath\.random\(|\bprocess\.|\bperformance\.now\(/.test(text))
      found.push(file);
  }
  return found;
}

describe('the architecture', () => {
  test('holds in the tree', async () => {
    assert.deepEqual(await violations(ROOT, modules), []);
    assert.deepEqual(await impureTexts(ROOT), []);
  });

  test('is the one that the design draws, in the order of its graph', () => {
    const before = new Set<string>();
    for (const { name, imports } of modules) {
      for (const imported of imports) {
        assert.ok(DESIGNED[name]?.includes(imported), `${name} may not import ${imported}`);
        assert.ok(before.has(imported), `${name} stands before ${imported}, which it imports`);
      }
      before.add(name);
    }
  });
});

describe('a planted violation is caught', () => {
  const GRAPH = [
    { name: 'ground', imports: [] },
    { name: 'tower', imports: ['ground'] },
  ];
  const SOUND: Record<string, string> = {
    'package.json': JSON.stringify({
      type: 'module',
      imports: {
        '#platform/*': './src/platform/*',
        '#ui/*': './src/ui/*',
        '#modules/*': './src/modules/*',
        '#app/*': './src/app/*',
        '#test/*': './test/*',
      },
    }),
    'src/platform/clock.ts': 'export const now = () => 0;',
    'src/platform/database/connection.ts': 'export const db = 1;',
    'src/ui/html.ts': 'export const html = 1;',
    'src/app/app.ts': "import '#modules/tower/module.ts';",
    'src/modules/ground/public.ts': "export { stone } from './stones.repository.ts';",
    'src/modules/ground/stones.tables.ts': 'export const stones = 1;',
    'src/modules/ground/stones.repository.ts': "export { stones as stone } from './stones.tables.ts';",
    'src/modules/ground/stones.rules.ts': 'export const isHeavy = 1;',
    'src/modules/tower/module.ts': "import '#modules/ground/public.ts';",
    'src/modules/tower/stairs.pages.ts': "import '#ui/html.ts';",
    'src/modules/tower/stairs.rules.ts': 'export const isSteep = 1;',
    'test/support.ts': 'export const support = 1;',
  };
  const planted: [rule: string, file: string, text: string][] = [
    ['graph-ground', 'src/modules/ground/stones.actions.ts', "import '#modules/tower/public.ts';"],
    ['only-public', 'src/modules/tower/stairs.actions.ts', "import '#modules/ground/stones.repository.ts';"],
    ['app-enters-by-the-front', 'src/app/peek.ts', "import '#modules/ground/stones.repository.ts';"],
    ['rules-are-pure', 'src/modules/ground/stones.rules.ts', "import '#platform/clock.ts';"],
    ['rules-are-pure', 'src/modules/tower/stairs.rules.ts', "import 'node:fs';"],
    ['pages-only-render', 'src/modules/tower/stairs.pages.ts', "import '#platform/database/connection.ts';"],
    ['tables-behind-repositories', 'src/modules/ground/stones.actions.ts', "import './stones.tables.ts';"],
    ['platform-knows-no-module', 'src/platform/clock.ts', "import '#modules/ground/public.ts';"],
    ['platform-knows-no-module', 'src/ui/html.ts', "import '#modules/ground/public.ts';"],
    ['ui-knows-no-platform', 'src/ui/html.ts', "import '#platform/clock.ts';"],
    ['modules-know-no-app', 'src/modules/tower/module.ts', "import '#app/app.ts';"],
    ['no-circle', 'src/modules/ground/stones.rules.ts', "import './stones.more.ts';"],
    ['product-knows-no-test', 'src/platform/clock.ts', "import '#test/support.ts';"],
    ['everything-resolves', 'src/platform/clock.ts', "import './no-such-file.ts';"],
  ];

  const folders: string[] = [];
  function plant(files: Record<string, string>): string {
    const folder = mkdtempSync(join(tmpdir(), 'socle-architecture-'));
    folders.push(folder);
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    return folder;
  }
  after(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  test('the small tree is sound before', async () => {
    assert.deepEqual(await violations(plant(SOUND), GRAPH), []);
  });

  for (const [rule, file, text] of planted) {
    test(`${rule}: ${file} with ${text}`, async () => {
      const more: Record<string, string> = {
        'src/modules/ground/stones.more.ts': "import './stones.rules.ts';",
        'src/modules/tower/public.ts': 'export const t = 1;',
      };
      const found = await violations(plant({ ...SOUND, ...more, [file]: text }), GRAPH);
      assert.ok(
        found.some((violation) => violation.rule === rule),
        `expected ${rule}, found ${JSON.stringify(found)}`,
      );
    });
  }

  test('a rule that reads the time', async () => {
    const folder = plant({
      ...SOUND,
      'src/modules/ground/stones.rules.ts': 'export const isOld = () => Date.now() > 0;',
    });
    assert.deepEqual(await impureTexts(folder), ['src/modules/ground/stones.rules.ts']);
  });
});
