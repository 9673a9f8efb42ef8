// Proposals decided, undone, decided at once by two people, and never made again once rejected.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { sql } from 'kysely';
import type { Db } from '#platform/database/connection.ts';
import { isSocleError } from '#platform/errors.ts';
import { acceptMatch, rejectMatch, undoMatch } from './matches.actions.ts';
import {
  countWaitingMatches,
  findMatch,
  listDecidedMatches,
  listWaitingMatches,
} from './matches.repository.ts';
import { BY_TEST, fileOf, fixture, importFile, portfolioDatabase } from './panorama.test-support.ts';
import { findProject, findProjectId } from './projects.repository.ts';

/** Which project each row is, and which project was merged into which: all that a decision changes of identity. */
async function identityOf(db: Db) {
  const rows =
    await sql`select row_id, member_id, project_id from portfolio.row_identity order by row_id`.execute(db);
  const projects = await sql`select id, merged_into from portfolio.projects order by id`.execute(db);
  return { rows: rows.rows, projects: projects.rows };
}

/** How many rows are linked to another project than the one at the end of their own project's merges. */
async function rowsOffTheirChain(db: Db): Promise<number> {
  const { rows } = await sql`
    with recursive chain as (
      select id as member, id, merged_into from portfolio.projects
      union all
      select c.member, p.id, p.merged_into from chain c join portfolio.projects p on p.id = c.merged_into
    )
    select 1 from portfolio.row_identity i join chain c on c.member = i.member_id and c.merged_into is null
    where c.id <> i.project_id`.execute(db);
  return rows.length;
}

const codeOf = (error: unknown) => (isSocleError(error) ? error.code : String(error));

async function idOf(db: Db, name: string): Promise<number> {
  const found = (await listWaitingMatches(db)).find(({ row }) => row.name === name);
  assert.ok(found, `a proposal for ${name}`);
  return found.id;
}

test('an accepted match makes one project of two, and its old address leads to it', async (t) => {
  const parts = await portfolioDatabase(t);
  await importFile(parts, fixture('panel.csv'));
  const before = await findProjectId(parts.db, 'rpe');
  assert.ok(before);
  const decided = await acceptMatch(parts, await idOf(parts.db, 'RPE'), BY_TEST);
  const project = await findProject(parts.db, before.id);
  assert.equal(project?.id, decided.projectId);
  assert.notEqual(project?.id, before.id);
  assert.equal((await findProject(parts.db, 'rpe'))?.id, project?.id);
  assert.deepEqual(
    project?.names.map(({ name }) => name),
    ["Réseau des Phares de l'Etat", 'RPE'],
  );
  assert.equal(project?.matches[0]?.decisions[0]?.ledgerEntry, decided.ledgerEntry);
  assert.equal(project?.costChange?.first, 59.5);
  const { rows } = await sql<{
    kind: string;
  }>`select kind from ledger.waiting where id = ${decided.ledgerEntry}`.execute(parts.db);
  assert.equal(rows[0]?.kind, 'portfolio.match-accepted');
});

test('an undone match splits the project exactly, with the rows that came since', async (t) => {
  const parts = await portfolioDatabase(t);
  await importFile(parts, fixture('panel.csv'));
  const untouched = await identityOf(parts.db);
  const id = await idOf(parts.db, 'RPE');
  await acceptMatch(parts, id, BY_TEST);
  await undoMatch(parts, id, BY_TEST);
  assert.deepEqual(await identityOf(parts.db), untouched);
  await acceptMatch(parts, id, BY_TEST);
  const header = 'edition,project,ministry,start,duration_years,phase,cost_meur\n';
  await importFile(parts, fileOf(`${header}2018-03,RPE,Services des Phares,2011-05,7,Déploiement,61\n`));
  assert.equal((await findProject(parts.db, 'rpe'))?.states.length, 3);
  await undoMatch(parts, id, BY_TEST);
  assert.deepEqual(
    (await findProject(parts.db, 'rpe'))?.states.map(({ month }) => month),
    ['2017-06', '2018-03'],
  );
  assert.deepEqual(
    (await findMatch(parts.db, id))?.decisions.map(({ decision }) => decision),
    ['accepted', 'undone', 'accepted', 'undone'],
  );
});

test('a project that is split off takes along what was merged into it', async (t) => {
  const parts = await portfolioDatabase(t);
  const header = 'edition,project,ministry,start,duration_years,phase,cost_meur,zone\n';
  const names = ['PHARE', 'PHARE DES CÔTES', 'PHARE DES CÔTES DU NORD'];
  const rows = names.map((name, index) => `201${index}-01,${name},M,2009-05,5,Déploiement,10,Côtes\n`);
  await importFile(parts, fileOf(header + rows.join('')));
  const proposals = await listWaitingMatches(parts.db);
  const idBetween = (name: string, candidate: string) =>
    proposals.find((one) => one.row.name === name && one.candidate.name === candidate)?.id ?? 0;
  const outer = idBetween('PHARE DES CÔTES', 'PHARE');
  await acceptMatch(parts, idBetween('PHARE DES CÔTES DU NORD', 'PHARE DES CÔTES'), BY_TEST);
  await acceptMatch(parts, outer, BY_TEST);
  assert.equal((await findProject(parts.db, 'phare'))?.states.length, 3);
  await undoMatch(parts, outer, BY_TEST);
  assert.equal(await rowsOffTheirChain(parts.db), 0);
  assert.equal((await findProject(parts.db, 'phare'))?.states.length, 1);
  assert.deepEqual(
    (await findProject(parts.db, 'phare-des-cotes-du-nord'))?.states.map(({ name }) => name),
    names.slice(1),
  );
});

test('whatever is decided and undone in whatever order, undoing all gives back what was', async (t) => {
  const parts = await portfolioDatabase(t);
  const header = 'edition,project,ministry,start,duration_years,phase,cost_meur,zone\n';
  // A name that changes with each edition: later proposals meet projects that were merged before.
  const names = ['PHARE', 'PHARE CYCLE 1', 'PHARE : lots et cycles', 'PROJET PHARE', 'PHARE DES CÔTES'];
  const rows = names.map((name, index) => `201${index}-01,${name},M,2009-05,5,Déploiement,10,Côtes\n`);
  await importFile(parts, fileOf(header + rows.join('')));
  const proposals = await listWaitingMatches(parts.db, { limit: 200 });
  assert.ok(proposals.length >= 6);
  const untouched = await identityOf(parts.db);
  const ids = proposals.map(({ id }) => id);
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom(...ids), fc.boolean()), { maxLength: 12 }),
      async (steps) => {
        for (const [id, accepts] of steps) {
          await (accepts ? acceptMatch : undoMatch)(parts, id, BY_TEST).catch((error) => {
            assert.match(
              codeOf(error),
              /^portfolio\.(?:match-decided|match-waiting|already-merged|both-in-edition)$/,
            );
          });
          assert.equal(await rowsOffTheirChain(parts.db), 0, 'every row is where its merges lead');
        }
        const decided = await listDecidedMatches(parts.db, { limit: 200 });
        for (const { id } of decided) await undoMatch(parts, id, BY_TEST);
        assert.deepEqual(await identityOf(parts.db), untouched);
      },
    ),
    { numRuns: 25 },
  );
});

test('of two people who decide at once, one decides and the other is told', async (t) => {
  const parts = await portfolioDatabase(t);
  await importFile(parts, fixture('panel.csv'));
  const id = await idOf(parts.db, 'RPE');
  const outcomes = await Promise.allSettled([
    acceptMatch(parts, id, BY_TEST),
    rejectMatch(parts, id, BY_TEST),
    acceptMatch(parts, id, BY_TEST),
  ]);
  assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
  for (const outcome of outcomes) {
    if (outcome.status === 'rejected') assert.equal(codeOf(outcome.reason), 'portfolio.match-decided');
  }
  assert.equal((await findMatch(parts.db, id))?.decisions.length, 1);
});

test('decisions that make no sense are refused with a sentence', async (t) => {
  const parts = await portfolioDatabase(t);
  await importFile(parts, fixture('panel.csv'));
  const id = await idOf(parts.db, 'RPE');
  const refused = async (work: Promise<unknown>) =>
    codeOf(
      await work.then(
        () => 'done',
        (error) => error,
      ),
    );
  assert.equal(await refused(acceptMatch(parts, 999_999, BY_TEST)), 'portfolio.match-missing');
  assert.equal(await refused(undoMatch(parts, id, BY_TEST)), 'portfolio.match-waiting');
  await rejectMatch(parts, id, BY_TEST);
  assert.equal(await refused(acceptMatch(parts, id, BY_TEST)), 'portfolio.match-decided');
  await undoMatch(parts, id, BY_TEST);
  assert.equal((await acceptMatch(parts, id, BY_TEST)).decision, 'accepted');
});

test('two names that were rejected are never proposed again, in whatever edition', async (t) => {
  const parts = await portfolioDatabase(t);
  const header = 'edition,project,ministry,start,duration_years,phase,cost_meur\n';
  const line = (month: string, name: string, ministry: string) =>
    `${month},${name},${ministry},2011-05,5,Déploiement,10\n`;
  await importFile(
    parts,
    fileOf(header + line('2016-11', 'PHARE', 'A') + line('2017-06', 'PHARE DES CÔTES', 'A')),
  );
  await rejectMatch(parts, await idOf(parts.db, 'PHARE DES CÔTES'), BY_TEST);
  assert.equal(
    (await importFile(parts, fileOf(header + line('2017-06', 'PHARE DES CÔTES', 'A')))).unchanged,
    1,
  );
  const later = await importFile(parts, fileOf(header + line('2018-03', 'Phare des côtes', 'A')));
  assert.deepEqual([later.matched, later.proposed], [1, 0]);
  // Elsewhere and at another time the same name is a project of its own, and may be the one of that name alone.
  const elsewhere = line('2018-11', 'Phare des côtes', 'B').replace('2011-05', '2018-01');
  assert.equal((await importFile(parts, fileOf(header + elsewhere))).proposed, 1);
  assert.deepEqual(
    (await listWaitingMatches(parts.db)).map(({ candidate }) => candidate.name),
    ['Phare des côtes'],
  );
});

test('a proposal is closed once one edition holds both', async (t) => {
  const parts = await portfolioDatabase(t);
  const header = 'edition,project,ministry,start,duration_years,phase,cost_meur\n';
  const line = (month: string, name: string) => `${month},${name},A,2011-05,5,Déploiement,10\n`;
  await importFile(parts, fileOf(header + line('2016-11', 'PHARE') + line('2017-06', 'PHARE DES CÔTES')));
  const id = await idOf(parts.db, 'PHARE DES CÔTES');
  await importFile(parts, fileOf(header + line('2018-03', 'PHARE') + line('2018-03', 'PHARE DES CÔTES')));
  assert.equal(await countWaitingMatches(parts.db), 0);
  await assert.rejects(
    acceptMatch(parts, id, BY_TEST),
    (error) => codeOf(error) === 'portfolio.both-in-edition',
  );
});
