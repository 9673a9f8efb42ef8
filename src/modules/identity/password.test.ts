import assert from 'node:assert/strict';
import { scryptSync } from 'node:crypto';
import { test } from 'node:test';
import { faultOfPassword, isCommonPassword } from './password.rules.ts';
import { hashPassword, isHashedTheOldWay, isPassword } from './password-hash.ts';

test('the right password is known again, whichever way its accents were typed', async () => {
  const hash = await hashPassword('déjà vu à Épinal');
  assert.match(hash, /^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  assert.equal(await isPassword('déjà vu à Épinal'.normalize('NFD'), hash), true);
  assert.equal(await isPassword('deja vu a Epinal', hash), false);
  assert.equal(isHashedTheOldWay(hash), false);
});

test('two people with one password have two hashes', async () => {
  assert.notEqual(await hashPassword('quatre mots sans lien'), await hashPassword('quatre mots sans lien'));
});

test('nobody has the dummy hash', async () => {
  assert.equal(await isPassword('', null), false);
});

test('a hash with other parameters is read and recognised as old', async () => {
  const salt = Buffer.from('0123456789abcdef');
  const key = scryptSync('quatre mots sans lien', salt, 32, { N: 2 ** 10, r: 8, p: 1 });
  const text = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
  const hash = `$scrypt$ln=10,r=8,p=1$${text(salt)}$${text(key)}`;
  assert.equal(await isPassword('quatre mots sans lien', hash), true);
  assert.equal(isHashedTheOldWay(hash), true);
  await assert.rejects(isPassword('x', '$md5$x$y$z'), /not readable/);
});

test('more sign-ins than the machine can check are refused, and it recovers', async () => {
  const outcomes = await Promise.allSettled(
    Array.from({ length: 70 }, () => isPassword('x', '$scrypt$ln=1,r=1,p=1$eA$eHh4eHh4eHg')),
  );
  const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
  assert.equal(refused.length, 70 - 62);
  assert.ok(refused.every((outcome) => outcome.reason.code === 'identity.too-busy'));
  assert.equal(await isPassword('x', '$scrypt$ln=1,r=1,p=1$eA$eHh4eHh4eHg'), false);
});

test('length counts, kinds of characters do not', () => {
  const accepted = (password: string) =>
    faultOfPassword(password, ['Maëlle Quéré', 'maelle.quere@example.org']) === null;
  assert.equal(accepted('onze lettre'), false);
  assert.equal(accepted('cheval agrafe pile juste'), true);
  assert.equal(accepted('é'.normalize('NFD').repeat(6)), false, 'six characters, not twelve');
  assert.equal(accepted(`${'🦉'.repeat(3)}hiboux la nuit`), true);
  assert.equal(accepted('x7'.repeat(3) + 'k9 loutre '.repeat(13)), false, 'too long');
});

test('what guessers try first is refused', () => {
  for (const password of [
    'MotDePasse123',
    'aaaaaaaaaaaaa',
    'abcabcabcabc',
    '123456789012',
    'azertyuiopqsd',
    '098765432109',
  ]) {
    assert.equal(isCommonPassword(password), true, password);
  }
  assert.equal(isCommonPassword('cheval agrafe pile juste'), false);
  assert.notEqual(
    faultOfPassword('maelle.quere@example.org', ['Maëlle Quéré', 'maelle.quere@example.org']),
    null,
  );
  assert.notEqual(faultOfPassword('Maëlle Quéré1', ['Maëlle Quéré']), null);
});
