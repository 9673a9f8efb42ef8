// Mail from an action to a mail server: queued with the caller's transaction, delivered by a job, tried again, kept.
import assert from 'node:assert/strict';
import { after, beforeEach, type TestContext, test } from 'node:test';
import { fakeSmtp } from '#connectors/smtp/fake-smtp.ts';
import { startSmtpResponder } from '#connectors/smtp/smtp-responder.ts';
import { smtpTransport } from '#connectors/smtp/smtp-transport.ts';
import { freshDatabase } from '#test/support/database.ts';
import { clockStandingAt } from '../clock.ts';
import { eventually, type JobTrial, tryJobs } from '../jobs/job-trial.ts';
import { MAIL_KEPT_DAYS, mailJobs } from './delivery.ts';
import { listMessages, mailCounts } from './messages.repository.ts';
import type { MessageState, OutboxMessage } from './messages.types.ts';
import { outboxMailer } from './outbox-mailer.ts';
import type { MailTransport } from './transport.ts';

const SOURCES = ['jobs', 'mail'].map((name) => ({
  name,
  folder: new URL(`../${name}/migrations/`, import.meta.url),
}));
const START = new Date('2030-03-04T08:00:00Z');
const clock = clockStandingAt(START);
const greeting = {
  to: 'marie@ministere.example',
  locale: 'fr' as const,
  subject: 'Bienvenue',
  text: 'Bonjour Marie.',
};

const database = await freshDatabase(undefined, SOURCES);
const responder = await startSmtpResponder();
after(() => responder.close());
beforeEach(async () => {
  clock.moveTo(START);
  await database.pool.query('delete from mail.messages');
});

function open(
  t: TestContext,
  transport: MailTransport | null,
): JobTrial & { send(message: typeof greeting): Promise<void> } {
  const trial = tryJobs(t, database, mailJobs(transport), clock);
  const mailer = outboxMailer({ jobs: trial.jobs.queue, clock, delivers: transport !== null });
  return {
    ...trial,
    send: (message) => database.db.transaction().execute((trx) => mailer.send(trx, message)),
  };
}

function firstMessage(state?: MessageState): Promise<OutboxMessage> {
  return eventually(async () => {
    const [message] = await listMessages(database.db, { limit: 1 });
    return message && (!state || message.state === state) ? message : null;
  });
}

/** Runs `mail.deliver-due` as its schedule does. */
async function deliverDue(trial: JobTrial): Promise<void> {
  await trial.kernel.jobs.definition('mail.deliver-due')?.run({} as never, {
    id: '',
    kernel: trial.kernel,
    requestedBy: null,
    progress() {},
    signal: new AbortController().signal,
  });
}

test('a message arrives at a real mail server once its transaction commits', async (t) => {
  const trial = open(t, smtpTransport(responder.url, 'Socle <socle@etat.example>'));
  await trial.jobs.work(trial.kernel);
  await trial.send(greeting);
  const message = await firstMessage('sent');
  assert.equal(message.attempts, 1);
  assert.equal(responder.received.length, 1);
  assert.deepEqual(responder.received[0]?.recipients, ['marie@ministere.example']);
  assert.match(responder.received[0]?.source ?? '', /^Subject: Bienvenue$/m);
});

test('a message of a transaction that rolls back never leaves', async (t) => {
  const fake = fakeSmtp();
  fake.answer({ outcome: 'accepted' });
  const trial = open(t, fake);
  const mailer = outboxMailer({ jobs: trial.jobs.queue, clock, delivers: true });
  await trial.jobs.work(trial.kernel);
  await assert.rejects(
    database.db.transaction().execute(async (trx) => {
      await mailer.send(trx, greeting);
      throw new Error('no');
    }),
  );
  await trial.send({ ...greeting, subject: 'Seconde' });
  await firstMessage('sent');
  assert.deepEqual(
    fake.accepted.map(({ subject }) => subject),
    ['Seconde'],
  );
});

test('a refused message is abandoned at once, with what the server said', async (t) => {
  const trial = open(t, fakeSmtp());
  await trial.jobs.work(trial.kernel);
  await trial.send(greeting);
  const message = await firstMessage('abandoned');
  assert.match(message.lastError ?? '', /refused by the fake/);
});

test('while the server is away a message waits, is tried ever later, and is given up after the last attempt', async (t) => {
  const fake = fakeSmtp();
  fake.answer('unreachable');
  const trial = open(t, fake);
  await trial.jobs.work(trial.kernel);
  await trial.send(greeting);
  await eventually(async () => ((await firstMessage()).lastError ? true : null));
  await deliverDue(trial);
  assert.equal((await firstMessage()).attempts, 1, 'it was tried before it was due');
  for (let day = 1; day <= 12; day++) {
    clock.moveTo(new Date(clock.now().getTime() + 86_400_000));
    await deliverDue(trial);
  }
  const message = await firstMessage();
  assert.equal(message.state, 'abandoned');
  assert.equal(message.attempts, 12);
  assert.doesNotMatch(JSON.stringify(trial.lines), /Bonjour Marie/);
});

test('a message that was tried in vain leaves once the server is back', async (t) => {
  const fake = fakeSmtp();
  fake.answer('unreachable');
  const trial = open(t, fake);
  await trial.jobs.work(trial.kernel);
  await trial.send(greeting);
  await eventually(async () => ((await firstMessage()).lastError ? true : null));
  fake.answer({ outcome: 'accepted' });
  clock.moveTo(new Date(START.getTime() + 5 * 60_000));
  await Promise.all([deliverDue(trial), deliverDue(trial)]);
  assert.equal((await firstMessage()).state, 'sent');
  assert.equal(fake.accepted.length, 1);
});

test('without a mail server nothing is lost: messages leave once one is configured', async (t) => {
  const without = open(t, null);
  await without.send(greeting);
  await without.jobs.stop();
  assert.deepEqual(await mailCounts(database.db), { waiting: 1, sent: 0, abandoned: 0 });
  const fake = fakeSmtp();
  fake.answer({ outcome: 'accepted' });
  await deliverDue(open(t, fake));
  assert.deepEqual(await mailCounts(database.db), { waiting: 0, sent: 1, abandoned: 0 });
});

test('sent messages are forgotten after a month, waiting ones never', async (t) => {
  const without = open(t, null);
  await without.send(greeting);
  await without.send({ ...greeting, subject: 'Envoyée' });
  await database.pool.query(
    `update mail.messages set state = 'sent', ended_at = next_attempt_at where subject = 'Envoyée'`,
  );
  const sweep = without.kernel.jobs.definition('mail.sweep');
  const run = {
    id: '',
    kernel: without.kernel,
    requestedBy: null,
    progress() {},
    signal: new AbortController().signal,
  };
  clock.moveTo(new Date(START.getTime() + (MAIL_KEPT_DAYS - 1) * 86_400_000));
  assert.deepEqual(await sweep?.run({} as never, run), { deleted: 0 });
  clock.moveTo(new Date(START.getTime() + (MAIL_KEPT_DAYS + 1) * 86_400_000));
  assert.deepEqual(await sweep?.run({} as never, run), { deleted: 1 });
  assert.deepEqual(await mailCounts(database.db), { waiting: 1, sent: 0, abandoned: 0 });
});
