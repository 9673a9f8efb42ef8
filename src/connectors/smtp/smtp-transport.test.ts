// The SMTP connector against a server that speaks on a real socket.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { fakeSmtp } from './fake-smtp.ts';
import { type SmtpResponder, startSmtpResponder } from './smtp-responder.ts';
import { smtpTransport } from './smtp-transport.ts';

const FROM = 'Socle <socle@etat.example>';
const envelope = {
  id: '5f0c9f5e-36a8-4c4a-9e0c-0d4a3a3b2f10',
  to: 'marie@ministere.example',
  locale: 'fr' as const,
  subject: 'Réunion à préparer',
  text: 'Bonjour,\n.\nÀ demain.',
};

let responder: SmtpResponder;
before(async () => {
  responder = await startSmtpResponder();
});
after(() => responder.close());
beforeEach(() => responder.reply({}));

test('a message arrives with its sender, its only recipient, its subject and its text', async () => {
  const delivery = await smtpTransport(responder.url, FROM).deliver(envelope);
  assert.deepEqual(delivery, { outcome: 'accepted' });
  const mail = responder.received.at(-1);
  assert.equal(mail?.sender, 'socle@etat.example');
  assert.deepEqual(mail?.recipients, ['marie@ministere.example']);
  assert.match(mail?.source ?? '', /^Message-ID: <5f0c9f5e-36a8-4c4a-9e0c-0d4a3a3b2f10@etat\.example>$/im);
  assert.match(mail?.source ?? '', /^Subject: =\?UTF-8\?/m);
  const body = mail?.source.split('\n\n').slice(1).join('\n\n') ?? '';
  const encoding = /^Content-Transfer-Encoding: (\S+)/im.exec(mail?.source ?? '')?.[1];
  const text = encoding === 'base64' ? Buffer.from(body, 'base64').toString() : unquote(body);
  assert.equal(text.trimEnd(), envelope.text);
});

test('text after a line break in an address or a subject never becomes a header or a recipient', async () => {
  const transport = smtpTransport(responder.url, FROM);
  await transport.deliver({ ...envelope, subject: 'Bonjour\r\nBcc: eve@example.org\r\n\r\nautre texte' });
  const mail = responder.received.at(-1);
  assert.deepEqual(mail?.recipients, ['marie@ministere.example']);
  assert.doesNotMatch(mail?.source ?? '', /^Bcc:/im);
  const before = responder.received.length;
  for (const to of ['a@b.example, eve@example.org', 'a@b.example>\r\nRCPT TO:<eve@example.org']) {
    await transport.deliver({ ...envelope, to }).catch(() => {});
  }
  for (const { recipients } of responder.received.slice(before)) {
    assert.ok(!recipients.includes('eve@example.org'), `eve got a message: ${recipients}`);
  }
});

test('a refused recipient is refused for good, with what the server said', async () => {
  responder.reply({ recipient: '550 5.1.1 no such person' });
  const delivery = await smtpTransport(responder.url, FROM).deliver(envelope);
  assert.equal(delivery.outcome, 'refused');
  assert.match(delivery.outcome === 'refused' ? delivery.reason : '', /no such person/);
});

test('a temporary refusal or a server that is away is worth another attempt', async () => {
  responder.reply({ recipient: '451 4.7.1 come back later' });
  await assert.rejects(smtpTransport(responder.url, FROM).deliver(envelope), /come back later/);
  responder.reply({ data: '452 4.3.1 no room' });
  await assert.rejects(smtpTransport(responder.url, FROM).deliver(envelope), /no room/);
  const gone = await startSmtpResponder();
  await gone.close();
  await assert.rejects(smtpTransport(gone.url, FROM).deliver(envelope));
});

test('the password is in no error', async () => {
  assert.throws(
    () => smtpTransport('http://name:s3cr3t@mail.example', FROM),
    (error: Error) => !error.message.includes('s3cr3t') && error.message.includes('smtp://'),
  );
  responder.reply({ greeting: '554 we know s3cr3t' });
  await assert.rejects(
    smtpTransport(responder.url.replace('//', '//name:s3cr3t@'), FROM).deliver(envelope),
    (error: Error) => !error.message.includes('s3cr3t'),
  );
});

test('the fake refuses until it is told to accept', async () => {
  const fake = fakeSmtp();
  assert.equal((await fake.deliver(envelope)).outcome, 'refused');
  fake.answer({ outcome: 'accepted' });
  assert.equal((await fake.deliver(envelope)).outcome, 'accepted');
  assert.equal(fake.accepted.length, 1);
});

function unquote(text: string): string {
  const bytes = text
    .replace(/=\n/g, '')
    .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, 'latin1').toString();
}
