// What a public project carries stays true: the description for catalogues, the settings in the README, the decisions.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { modules } from '#app/modules.ts';
import { version } from '#app/version.ts';
import { VARIABLES } from '#platform/config.ts';

const root = new URL('../', import.meta.url);
const read = (path: string) => readFileSync(new URL(path, root), 'utf8');

describe('publiccode.yml', () => {
  // The keys and bounds of the standard, version 0.5 (yml.publiccode.tools).
  const code = parse(read('publiccode.yml'));

  test('has the keys that the standard asks for', () => {
    for (const key of [
      'publiccodeYmlVersion',
      'name',
      'url',
      'platforms',
      'developmentStatus',
      'softwareType',
    ]) {
      assert.ok(code[key], key);
    }
    assert.equal(code.legal.license, 'MIT');
    assert.ok(['internal', 'contract', 'community', 'none'].includes(code.maintenance.type));
    assert.ok(code.maintenance.contacts.every((contact: { name?: string }) => contact.name));
    assert.ok(['concept', 'development', 'beta', 'stable', 'obsolete'].includes(code.developmentStatus));
    assert.equal(code.localisation.localisationReady, true);
    assert.match(code.releaseDate, /^\d{4}-\d{2}-\d{2}$/);
    assert.ok(URL.canParse(code.url));
  });

  test('is of this version', () => assert.equal(code.softwareVersion, version));

  for (const locale of ['fr', 'en']) {
    test(`describes the software in ${locale} within the bounds`, () => {
      const text = code.description[locale];
      assert.ok(text.genericName.length <= 35, 'genericName');
      assert.ok(
        text.shortDescription.trim().length <= 150,
        `shortDescription: ${text.shortDescription.trim().length}`,
      );
      const long = text.longDescription.trim().length;
      assert.ok(long >= 150 && long <= 10_000, `longDescription: ${long}`);
      assert.ok(text.features.length > 0);
    });
  }
});

test('the README names every setting', () => {
  const readme = read('README.md');
  for (const name of Object.keys(VARIABLES)) assert.ok(readme.includes(`\`${name}\``), name);
});

test('every decision is in the list, and every one of the list is there', () => {
  const listed = [...read('docs/decisions/README.md').matchAll(/\]\((\d{4}-[\w-]+\.md)\)/g)].map(
    (match) => match[1],
  );
  const there = readdirSync(new URL('docs/decisions/', root)).filter((file) => file !== 'README.md');
  assert.deepEqual(listed.toSorted(), there.toSorted());
});

test('every module says what it is for', () => {
  for (const { name } of modules) assert.ok(existsSync(new URL(`src/modules/${name}/README.md`, root)), name);
});

test('nothing names a package registry or a machine', () => {
  for (const file of ['package-lock.json', 'package.json', 'README.md', '.npmrc', '.ci/run']) {
    assert.ok(!/"resolved"|registry\./.test(read(file)), file);
  }
});
