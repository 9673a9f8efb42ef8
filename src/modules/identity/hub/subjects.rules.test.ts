// Subjects: another for each service, the same at each sign-in, and nothing to compare them by.
import assert from 'node:assert/strict';
import { createSecretKey } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { pairwiseSubject } from './subjects.rules.ts';

const KEY = createSecretKey(Buffer.alloc(32, 1));
const who = { realm: 'agents', clientId: 'service-a', subjectRoot: '0b7c9f0e-0000-4000-8000-000000000001' };

test('the subject is stable: a service knows people again after an update of Socle', () => {
  // Written down once. If this changes, every service takes everybody for a new person.
  assert.equal(pairwiseSubject(KEY, who), '0a4d13671ffd1c1713641ed754fc81c2fdd1fe564ed009ee3915420e25e37eac');
});

test('it differs for each service, realm, person and installation', () => {
  const subjects = [
    pairwiseSubject(KEY, who),
    pairwiseSubject(KEY, { ...who, clientId: 'service-b' }),
    pairwiseSubject(KEY, { ...who, realm: 'citizens' }),
    pairwiseSubject(KEY, { ...who, subjectRoot: '0b7c9f0e-0000-4000-8000-000000000002' }),
    pairwiseSubject(createSecretKey(Buffer.alloc(32, 2)), who),
  ];
  assert.equal(new Set(subjects).size, subjects.length);
  for (const subject of subjects) assert.match(subject, /^[0-9a-f]{64}$/);
});

test('whoever the people and services are, two pairs share a subject only when they are the same pair', () => {
  const id = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
  const pair = fc.record({ realm: fc.constantFrom('agents', 'citizens'), clientId: id, subjectRoot: id });
  fc.assert(
    fc.property(pair, pair, (one, two) => {
      const isSame =
        one.realm === two.realm && one.clientId === two.clientId && one.subjectRoot === two.subjectRoot;
      assert.equal(pairwiseSubject(KEY, one) === pairwiseSubject(KEY, two), isSame);
      assert.equal(pairwiseSubject(KEY, one), pairwiseSubject(KEY, { ...one }));
    }),
  );
});
