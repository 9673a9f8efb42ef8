// The demonstration State's missions: one for each signed contract, none without, each counted in the public figures.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { loadDemonstration } from '#modules/identity/demonstration.ts';
import { startTestApp } from '#test/support/app.ts';
import { loadDemonstrationBrigades } from './brigades.demonstration.ts';
import { insertTestContract } from './brigades.fixture.ts';
import { listMissionFigures, listMissions } from './missions.repository.ts';
import { listHelpRequests } from './requests.repository.ts';
import { HELP_STATES } from './requests.types.ts';

const { kernel } = await startTestApp({ demonstration: false });
const { db } = kernel;
const everything = { everything: true, organisations: [], personId: '00000000-0000-0000-0000-000000000000' };

test('missions are given against the signed contracts that are there, and every state of a request is shown', async () => {
  await loadDemonstration(kernel);
  await insertTestContract(kernel, false);
  for (let at = 0; at < 6; at++) await insertTestContract(kernel, true);
  await loadDemonstrationBrigades(kernel);
  const missions = await listMissions(db, everything, { after: null, limit: 50 });
  assert.equal(missions.length, 5);
  for (const { daysSpent, title } of missions) assert.ok(daysSpent > 0, title);
  const requests = await listHelpRequests(db, everything, {}, { after: null, limit: 50 });
  assert.deepEqual([...new Set(requests.map(({ state }) => state))].sort(), [...HELP_STATES].sort());
  const figures = await listMissionFigures(db);
  const spent = figures.reduce((sum, one) => sum + one.daysSpent, 0);
  assert.ok(Math.abs(spent - missions.reduce((sum, one) => sum + one.daysSpent, 0)) < 0.5);
  // No week holds more of one person than its working days.
  const { rows } = await sql`
    select person_id from support.mission_weeks group by person_id, week having sum(days) > 5`.execute(db);
  assert.deepEqual(rows, []);
});
