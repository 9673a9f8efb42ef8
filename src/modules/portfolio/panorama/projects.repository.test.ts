// Lists of projects: search, filters, sorts, pages and cursors.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findDefaultEdition } from './panorama.repository.ts';
import { fileOf, importFile, portfolioDatabase } from './panorama.test-support.ts';
import {
  eachProject,
  eachState,
  listFilterChoices,
  listProjects,
  listProjectsAfter,
} from './projects.repository.ts';
import { PROJECT_SORTS } from './projects.types.ts';

const HEADER =
  'edition,project,ministry,interministerial,description,start,duration_years,phase,cost_meur,zone\n';
const ROWS = Array.from({ length: 23 }, (_, index) => {
  const cost = index % 4 === 0 ? '' : index * 3;
  const phase = index % 4 === 0 ? 'Cadrage' : 'Déploiement';
  return `2016-11,Projet n° ${index},Ministère ${index % 3},${index % 2 ? 'Oui' : 'Non'},Gère l’éducation 100% à ${index},201${index % 9}-02,${index % 5 ? index : ''},${phase},${cost},Zone ${index % 2}\n`;
});

async function withProjects(t: Parameters<typeof portfolioDatabase>[0]) {
  const parts = await portfolioDatabase(t);
  await importFile(parts, fileOf(HEADER + ROWS.join('')));
  const edition = await findDefaultEdition(parts.db);
  assert.ok(edition);
  return { db: parts.db, edition };
}

async function countOf(items: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of items) count += 1;
  return count;
}

test('each sort walks over every project once, by pages and by cursor alike', async (t) => {
  const { db, edition } = await withProjects(t);
  for (const sort of PROJECT_SORTS) {
    for (const direction of ['asc', 'desc'] as const) {
      const byPage: string[] = [];
      for (let page = 1; page <= 5; page += 1) {
        byPage.push(
          ...(await listProjects(db, edition, {}, { sort, direction, limit: 5, page })).items.map(
            ({ id }) => id,
          ),
        );
      }
      const byCursor: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await listProjectsAfter(db, edition, {}, { sort, direction, limit: 4 }, cursor);
        byCursor.push(...page.items.map(({ id }) => id));
        cursor = page.next ?? undefined;
      } while (cursor);
      assert.equal(new Set(byPage).size, 23, `${sort} ${direction}`);
      assert.deepEqual(byCursor, byPage, `${sort} ${direction}`);
    }
  }
  const dearest = await listProjects(db, edition, {}, { sort: 'cost', direction: 'desc' });
  assert.equal(dearest.items[0]?.costMeur, 66);
  assert.equal(dearest.items.at(-1)?.costMeur, null, 'unknown costs come last');
});

test('a search finds words whatever their accents, and takes signs for what they are', async (t) => {
  const { db, edition } = await withProjects(t);
  const found = async (search: string) => (await listProjects(db, edition, { search })).total;
  assert.equal(await found('EDUCATION'), 23);
  assert.equal(await found('éducation projet'), 23);
  assert.equal(await found('100%'), 23);
  assert.equal(await found('1_0'), 0);
  assert.equal(await found('%'), 23);
  assert.equal(await found('\\'), 0);
  assert.equal(await found('nowhere'), 0);
  assert.equal(await found("'; drop table portfolio.editions; --"), 0);
});

test('filters are combined, and their choices are counted', async (t) => {
  const { db, edition } = await withProjects(t);
  const total = async (filter: Parameters<typeof listProjects>[2]) =>
    (await listProjects(db, edition, filter)).total;
  assert.equal(await total({ phase: 'scoping' }), 6);
  assert.equal(await total({ band: 'unknown' }), 6);
  assert.equal(await total({ ministry: 'Ministère 1', interministerial: true }), 4);
  assert.equal(await total({ zone: 'Zone 1', phase: 'rollout', interministerial: false }), 0);
  const choices = await listFilterChoices(db, edition);
  assert.deepEqual(choices.zones, [
    { value: 'Zone 0', count: 12 },
    { value: 'Zone 1', count: 11 },
  ]);
  assert.equal(
    choices.ministries.reduce((sum, { count }) => sum + count, 0),
    23,
  );
  assert.deepEqual(choices.phases.map(({ value }) => value).sort(), ['rollout', 'scoping']);
});

test('a page past the end gives the last one, and a broken cursor the first', async (t) => {
  const { db, edition } = await withProjects(t);
  const page = await listProjects(db, edition, {}, { limit: 10, page: 99 });
  assert.deepEqual([page.page, page.pages, page.items.length], [3, 3, 3]);
  const first = await listProjectsAfter(db, edition, {}, { limit: 3 }, undefined);
  for (const cursor of [
    'x',
    '',
    '%%%',
    Buffer.from('["cost","asc",1,2]').toString('base64url'),
    Buffer.from('["name","asc",{},"1"]').toString('base64url'),
  ]) {
    assert.deepEqual(await listProjectsAfter(db, edition, {}, { limit: 3 }, cursor), first, cursor);
  }
});

test('exports give every project and every state', async (t) => {
  const { db, edition } = await withProjects(t);
  assert.equal(await countOf(eachProject(db, edition, { zone: 'Zone 1' })), 11);
  assert.equal(await countOf(eachState(db, 'published')), 23);
});
