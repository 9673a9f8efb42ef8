// Support of a test: a process that starts a long job, prints the run's id, and waits to be killed.
import { setTimeout as sleep } from 'node:timers/promises';
import { Type } from 'typebox';
import { connect } from '../database/connection.ts';
import { eventually, tryJobs } from './job-trial.ts';
import { findRun } from './runs.repository.ts';

const address = JSON.parse(process.env.TRIAL_ADDRESS ?? '{}');
const { db } = connect(address);
const trial = tryJobs({ after() {} }, { db, address }, [
  {
    name: 'trial.casualty',
    input: Type.Object({}),
    async run(_input, run) {
      run.progress(7, 10);
      await sleep(600_000);
    },
  },
]);
await trial.jobs.work(trial.kernel);
const id = await trial.enqueue('trial.casualty');
await eventually(async () => (await findRun(db, id, { personId: '', seesAll: true }))?.done === 7);
process.stdout.write(`${id}\n`);
