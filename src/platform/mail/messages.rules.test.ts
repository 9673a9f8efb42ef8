// What may be sent and when it is tried again: every sort of text, no database.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { anyText } from '#test/support/any-text.ts';
import { isMailAddress, nextAttemptAfter, sendableMessage } from './messages.rules.ts';

const message = { to: 'marie@ministere.example', locale: 'fr' as const, subject: 'Objet', text: 'Texte' };

test('whatever the subject is, it stays one line of bounded length', () => {
  fc.assert(
    fc.property(anyText({ maxLength: 400 }), (subject) => {
      const sent = sendableMessage({ ...message, subject }).subject;
      assert.doesNotMatch(sent, /[\r\n\0\u2028\u2029\u0085]/);
      assert.ok(sent.length <= 200);
    }),
  );
  assert.equal(
    sendableMessage({ ...message, subject: 'a\r\nBcc: b@c.example' }).subject,
    'a Bcc: b@c.example',
  );
});

test('an address is one plain address, or the message is refused with the field named', () => {
  for (const to of ['marie@ministere.example', "o'neil+x@sous.domaine.example", 'é@exemple.fr']) {
    assert.ok(isMailAddress(to), to);
  }
  for (const to of [
    '',
    'marie',
    'a@b.example,c@d.example',
    'Marie <marie@b.example>',
    'a@b.example\r\nBcc: c@d.example',
    'a b@c.example',
    'a@b@c.example',
    `${'a'.repeat(65)}@b.example`,
  ]) {
    assert.throws(() => sendableMessage({ ...message, to }), { code: 'invalid-input' });
  }
});

test('attempts come ever later and end within five days', () => {
  const start = new Date('2030-01-01T00:00:00Z');
  let now: Date | null = start;
  let attempts = 0;
  let wait = 0;
  while (now) {
    attempts++;
    const next: Date | null = nextAttemptAfter(attempts, now);
    if (next) {
      assert.ok(next.getTime() - now.getTime() >= wait);
      wait = next.getTime() - now.getTime();
      assert.ok(next.getTime() - start.getTime() < 5 * 86_400_000);
    }
    now = next;
  }
  assert.equal(attempts, 12);
});
