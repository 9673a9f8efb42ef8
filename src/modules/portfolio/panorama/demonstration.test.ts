// The demonstration State's panorama: the same each time, in the proportions that it claims.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FIRST_PROJECTS, INVENTED_PROJECTS } from './demonstration.data.ts';
import { DEMONSTRATION_MONTHS, drawEditions } from './demonstration.rules.ts';
import { loadPanorama } from './demonstration.ts';
import { glance } from './glance.ts';
import { listDecidedMatches, listWaitingMatches } from './matches.repository.ts';
import { nameKey } from './names.rules.ts';
import { findDefaultEdition, readEvolution, readPanorama } from './panorama.repository.ts';
import { portfolioDatabase } from './panorama.test-support.ts';
import { findProject } from './projects.repository.ts';

test('the editions are the same each time and end with sixty projects', () => {
  const editions = drawEditions();
  assert.deepEqual(editions, drawEditions());
  assert.deepEqual(
    editions.map(({ month }) => month),
    [...DEMONSTRATION_MONTHS],
  );
  assert.equal(editions[0]?.states.length, FIRST_PROJECTS);
  assert.equal(editions.at(-1)?.states.length, 60);
});

test('the proportions are those of real portfolios', () => {
  const editions = drawEditions();
  let still = 0;
  let both = 0;
  for (const [index, { states }] of editions.entries()) {
    const share = (phase: string) => states.filter((state) => state.phase === phase).length / states.length;
    assert.ok(share('build') > 0.35 && share('build') < 0.8, 'most are in design and build');
    assert.ok(share('scoping') > 0.02 && share('scoping') < 0.15, 'a few are in scoping');
    const before = new Map(editions[index - 1]?.states.map((state) => [state.project, state]));
    for (const state of states) {
      const was = before.get(state.project);
      if (!was) continue;
      both += 1;
      if (was.costMeur === state.costMeur && was.durationYears === state.durationYears) still += 1;
    }
    for (const state of states) assert.equal(state.costMeur === null, state.phase === 'scoping');
  }
  assert.ok(still / both > 0.3 && still / both < 0.5, `${still} of ${both} did not move`);
  const costs = (editions.at(-1)?.states ?? [])
    .flatMap(({ costMeur }) => costMeur ?? [])
    .sort((a, b) => b - a);
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  const dearest = costs.slice(0, 6).reduce((sum, cost) => sum + cost, 0);
  assert.ok(dearest / total > 0.35, 'a tenth of the projects costs more than a third of the whole');
});

test('every invented project has a name of its own', () => {
  const names = INVENTED_PROJECTS.flatMap(({ name, renamed }) => (renamed ? [name, renamed.to] : [name]));
  assert.equal(new Set(names.map(nameKey)).size, names.length);
});

test('it loads with decided and waiting matches, declared headlines, and its own mark', async (t) => {
  const parts = await portfolioDatabase(t);
  await loadPanorama(parts, [{ short: 'SPM', name: 'Services de la Première ministre' }]);
  const edition = await findDefaultEdition(parts.db);
  assert.ok(edition);
  assert.deepEqual([edition.origin, edition.month, edition.rowCount], ['demonstration', '2026-06', 60]);
  const panorama = await readPanorama(parts.db, edition);
  assert.deepEqual(panorama.discrepancies, []);
  assert.ok(panorama.changes && panorama.changes.entries.length > 0 && panorama.changes.exits.length > 0);
  const waiting = (await listWaitingMatches(parts.db)).map(({ row }) => row.name);
  assert.deepEqual(waiting.sort(), ['ENAP', 'SANTÉ ANIMALE ET VÉGÉTALE', 'VIGIE']);
  const decided = (await listDecidedMatches(parts.db)).map(({ row, status }) => `${row.name} ${status}`);
  assert.deepEqual(decided.sort(), [
    'GREFFE 3 rejected',
    'RCE accepted',
    'RH ÉDUCATION accepted',
    'SYSTÈME D’ACHAT DE L’ÉTAT accepted',
  ]);
  const renamed = await findProject(parts.db, 'rce');
  assert.deepEqual(
    renamed?.names.map(({ name }) => name),
    ['Réseau commun de l’État', 'RCE'],
  );
  const flagged = (await readEvolution(parts.db, 'demonstration')).filter(
    (point) => point.discrepancies.length > 0,
  );
  assert.deepEqual(
    flagged.map(({ month }) => month),
    ['2024-12'],
  );
  const figure = await glance(parts, 'fr');
  assert.equal(figure?.origin, 'demonstration');
  assert.equal(figure?.trend.length, 8);
});
