// The architecture as rules that dependency-cruiser checks: who may import whom. The test beside it shows that each
// rule can fail.
import type { IForbiddenRuleType } from 'dependency-cruiser';

/** Tests, and what stands beside them for tests alone. */
const NOT_TESTS = '(\\.test|\\.test-support|\\.fixture|[.-]trial|-casualty|-responder)\\.ts$';

/** Files that reach outside: a pure rule or a page has no business with them. */
const REACHES_OUT = [
  '\\.(repository|actions|routes|api|commands)\\.ts$',
  '^src/platform/(database|jobs(?!/[^/]+\\.types)|mail|ledger/append|kernel|clock|http/(?!page\\.ts))',
  '^src/app/',
  '^src/connectors/',
  '(^|node_modules/)(kysely|pg|pg-boss|fastify|undici|nodemailer)(/|$)',
  '^(node:)?(fs|fs/promises|http|https|net|child_process|worker_threads|dns|timers|timers/promises)$',
];

/** The part of the application that only says or shows something. */
const ONLY_WORDS = '^src/app/(gallery/|.*\\.(pages|rules|messages|types)\\.ts$)';

/** Every rule but those of the module graph. */
export const HOUSE_RULES: readonly IForbiddenRuleType[] = [
  {
    name: 'only-public',
    comment: 'A module enters another one through its public.ts alone.',
    severity: 'error',
    from: { path: '^src/modules/([^/]+)/', pathNot: NOT_TESTS },
    to: { path: '^src/modules/([^/]+)/', pathNot: ['^src/modules/$1/', '/public\\.ts$'] },
  },
  {
    name: 'app-enters-by-the-front',
    comment: 'The application mounts a module through module.ts and asks it through public.ts.',
    severity: 'error',
    from: { path: '^src/(app/|main\\.ts|cli\\.ts)', pathNot: NOT_TESTS },
    to: { path: '^src/modules/[^/]+/', pathNot: '/(public|module)\\.ts$' },
  },
  {
    name: 'rules-are-pure',
    comment: 'A rule gets data and `now` as arguments; never a database, a request or a clock.',
    severity: 'error',
    from: { path: '\\.rules\\.ts$' },
    to: { path: REACHES_OUT, dependencyTypesNot: ['type-only'], pathNot: ONLY_WORDS },
  },
  {
    name: 'pages-only-render',
    comment: 'A page gets what it shows as an argument.',
    severity: 'error',
    from: { path: '\\.pages\\.ts$' },
    to: {
      path: REACHES_OUT,
      dependencyTypesNot: ['type-only'],
      pathNot: ONLY_WORDS,
    },
  },
  {
    name: 'tables-behind-repositories',
    comment: 'Only a repository knows the columns of a table.',
    severity: 'error',
    from: { path: '^src/', pathNot: ['\\.(repository|tables)\\.ts$', NOT_TESTS] },
    to: { path: '\\.tables\\.ts$' },
  },
  {
    name: 'platform-knows-no-module',
    severity: 'error',
    from: { path: '^src/(platform|ui|connectors)/' },
    to: { path: '^src/(modules|app)/' },
  },
  {
    name: 'ui-knows-no-platform',
    comment: 'The interface knows the languages and the shape of a page, nothing else of the platform.',
    severity: 'error',
    from: { path: '^src/ui/', pathNot: NOT_TESTS },
    to: { path: '^src/platform/', pathNot: '^src/platform/(i18n/|http/page\\.ts)' },
  },
  {
    name: 'modules-know-no-app',
    severity: 'error',
    from: { path: '^src/modules/', pathNot: NOT_TESTS },
    to: { path: '^src/app/' },
  },
  {
    name: 'no-circle',
    severity: 'error',
    from: {},
    to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
  },
  {
    name: 'product-knows-no-test',
    severity: 'error',
    from: { path: '^src/', pathNot: NOT_TESTS },
    to: { path: '^(test|bench)/' },
  },
  {
    name: 'everything-resolves',
    comment: 'Scripts of the browser name each other by their address.',
    severity: 'error',
    from: { path: '^src/', pathNot: '\\.js$' },
    to: { couldNotResolve: true },
  },
];

/** The rules of the module graph: each module may import those that its module.ts names, and no other. */
export function graphRules(
  modules: readonly { name: string; imports: readonly string[] }[],
): IForbiddenRuleType[] {
  return modules.map(({ name, imports }) => ({
    name: `graph-${name}`,
    severity: 'error',
    from: { path: `^src/modules/${name}/`, pathNot: NOT_TESTS },
    to: { path: '^src/modules/', pathNot: [name, ...imports].map((allowed) => `^src/modules/${allowed}/`) },
  }));
}
