// Statements that come often are prepared; those that come rarely are not, and all answer the same.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { freshDatabase } from '#test/support/database.ts';
import { connect } from './connection.ts';

const { address } = await freshDatabase(undefined, []);

/** The statements prepared on the one connection of `db`. */
async function preparedOn(db: ReturnType<typeof connect>['db']): Promise<string[]> {
  const { rows } = await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(db);
  return rows.map(({ statement }) => statement);
}

test('a statement that comes often is prepared once on its connection, and answers as before', async (t) => {
  const { db, close } = connect(address, { max: 1 });
  t.after(close);
  for (let i = 0; i < 60; i++) {
    const { rows } = await sql<{ twice: number }>`select ${i}::int * 2 as twice`.execute(db);
    assert.equal(rows[0]?.twice, i * 2);
  }
  const prepared = await preparedOn(db);
  assert.equal(prepared.filter((text) => text.includes('* 2 as twice')).length, 1);
});

test('a statement that comes rarely, or without values, is not', async (t) => {
  const { db, close } = connect(address, { max: 1 });
  t.after(close);
  for (let i = 0; i < 5; i++) await sql`select ${i}::int + 3 as rarely`.execute(db);
  for (let i = 0; i < 60; i++) await sql`select 4 as constant`.execute(db);
  const prepared = await preparedOn(db);
  assert.ok(!prepared.some((text) => text.includes('as rarely') || text.includes('as constant')));
});

test('a prepared statement survives the loss of its connection', async (t) => {
  const { db, pool, close } = connect(address, { max: 1 });
  t.after(close);
  const ask = (value: number) => sql<{ kept: number }>`select ${value}::int - 1 as kept`.execute(db);
  for (let i = 0; i < 40; i++) await ask(i);
  const { rows } = await pool.query('select pg_backend_pid() as pid');
  const other = connect(address, { max: 1 });
  t.after(other.close);
  await other.pool.query('select pg_terminate_backend($1)', [rows[0].pid]);
  await new Promise((done) => setTimeout(done, 100));
  assert.equal((await ask(8)).rows[0]?.kept, 7);
});
