import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { isSocleError } from '#platform/errors.ts';
import { isWithinDepth, userAsSent, withBooleans } from './scim-attributes.rules.ts';
import { maskFilter } from './scim-filter.rules.ts';
import { filterInQuery, patchInBody, userInBody } from './scim-messages.ts';
import type { ScimUser } from './scim-users.types.ts';

const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
const PATCH = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

const user = {
  userName: 'ana@mef.example',
  externalId: '42',
  isActive: true,
  attributes: {
    name: { givenName: 'Ana', familyName: 'Roy' },
    emails: [{ value: 'ana@mef.example', type: 'work', primary: true }],
    [ENTERPRISE]: { department: 'DGI' },
  },
} as unknown as ScimUser;

async function patched(...operations: object[]): Promise<Record<string, unknown>> {
  const change = await patchInBody({ schemas: [PATCH], Operations: operations });
  return change(user);
}

/** Runs what must be refused. @returns its scimType, or the code of the refusal. */
async function refusal(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (isSocleError(error)) return error.code;
    const { name, scimType } = error as { name: string; scimType: string };
    assert.equal(name, 'SCIMError', String(error));
    return scimType;
  }
  return 'accepted';
}

describe('PATCH, as directories send it', () => {
  const cases: [string, object[], Record<string, unknown>][] = [
    ['Okta deactivates', [{ op: 'replace', value: { active: false } }], { active: false }],
    ['Entra deactivates', [{ op: 'Replace', path: 'active', value: 'False' }], { active: false }],
    [
      'Entra deactivates, as text in an object',
      [{ op: 'Replace', value: { active: 'False' } }],
      { active: false },
    ],
    [
      'a path under the schema',
      [{ op: 'replace', path: 'urn:ietf:params:scim:schemas:core:2.0:User:ACTIVE', value: false }],
      { active: false },
    ],
    [
      'a part of the name',
      [{ op: 'Replace', path: 'name.familyName', value: 'Lys' }],
      { name: { givenName: 'Ana', familyName: 'Lys' } },
    ],
    [
      'a part of the name in an object',
      [{ op: 'replace', value: { name: { familyName: 'Lys' } } }],
      { name: { givenName: 'Ana', familyName: 'Lys' } },
    ],
    [
      'a dotted key',
      [{ op: 'replace', value: { 'name.familyName': 'Lys' } }],
      { name: { givenName: 'Ana', familyName: 'Lys' } },
    ],
    [
      'a work address that is there',
      [{ op: 'Replace', path: 'emails[type eq "work"].value', value: 'a@b.example' }],
      { emails: [{ value: 'a@b.example', type: 'work', primary: true }] },
    ],
    [
      'a number that is not there',
      [{ op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+33 1' }],
      { phoneNumbers: [{ value: '+33 1', type: 'mobile' }] },
    ],
    [
      'addresses replaced are not added',
      [{ op: 'replace', value: { emails: [{ value: 'a@b.example' }] } }],
      { emails: [{ value: 'a@b.example' }] },
    ],
    [
      'the extension by its path',
      [{ op: 'Add', path: `${ENTERPRISE}:employeeNumber`, value: '7' }],
      { [ENTERPRISE]: { department: 'DGI', employeeNumber: '7' } },
    ],
    [
      'the extension in an object',
      [{ op: 'replace', value: { [ENTERPRISE]: { employeeNumber: '7' } } }],
      { [ENTERPRISE]: { department: 'DGI', employeeNumber: '7' } },
    ],
    [
      'what is removed',
      [
        { op: 'remove', path: 'externalId' },
        { op: 'Remove', path: ENTERPRISE },
      ],
      { externalId: undefined, [ENTERPRISE]: undefined },
    ],
    [
      'the last part of the extension',
      [{ op: 'remove', path: `${ENTERPRISE}:department` }],
      { [ENTERPRISE]: undefined },
    ],
    [
      'attributes that are not kept',
      [
        { op: 'add', path: 'photos', value: [{ value: 'x' }] },
        { op: 'replace', value: { nickName: 'A', unheardOf: 1, active: false } },
      ],
      { active: false, photos: undefined, nickName: undefined },
    ],
    ['nothing new', [{ op: 'replace', value: { active: true } }], { active: true }],
  ];
  for (const [name, operations, expected] of cases) {
    test(name, async () => {
      const result = await patched(...operations);
      for (const [attribute, value] of Object.entries(expected))
        assert.deepEqual(result[attribute], value, attribute);
      assert.equal(result.userName, 'ana@mef.example');
    });
  }

  test('what is wrong is refused with its scimType', async () => {
    const wrong: [object[], string][] = [
      [[{ op: 'replace', path: 'noSuch', value: 1 }], 'invalidPath'],
      [[{ op: 'replace', path: '__proto__', value: {} }], 'invalidPath'],
      [[{ op: 'replace', path: 'emails[type eq "\n\n\n', value: 'x' }], 'identity.scim-path-refused'],
      [[{ op: 'replace', path: `emails[${'('.repeat(50)}`, value: 'x' }], 'identity.scim-path-refused'],
      [
        [{ op: 'add', path: 'emails', value: [{ value: `"${'\\a'.repeat(40)}` }] }],
        'identity.scim-path-refused',
      ],
      [[{ op: 'remove', path: 'emails', value: [{ value: 'x' }] }], 'identity.scim-path-refused'],
      [[{ op: 'move', path: 'active' }], 'invalidSyntax'],
      [[{ op: 'remove' }], 'noTarget'],
      [[{ op: 'remove', path: 'userName' }], 'invalidValue'],
      [[{ op: 'replace', path: 'active', value: 'perhaps' }], 'invalidValue'],
      [[null as unknown as object], 'invalid-input'],
      [[], 'invalidValue'],
      [Array(101).fill({ op: 'replace', path: 'active', value: true }), 'identity.scim-syntax'],
    ];
    for (const [operations, expected] of wrong) {
      assert.equal(
        await refusal(() => patched(...operations)),
        expected,
        JSON.stringify(operations).slice(0, 80),
      );
    }
    assert.equal(await refusal(() => patchInBody({ Operations: [] })), 'invalidSyntax');
    assert.equal(await refusal(() => patchInBody([])), 'identity.scim-syntax');
  });
});

describe('a whole user', () => {
  test('is read whatever the capitals, without what is unknown or not kept', async () => {
    const read = await userInBody({
      USERNAME: 'a',
      displayname: 'A',
      password: 'secret',
      photos: [],
      x: 1,
      active: 'True',
    });
    assert.equal(read.userName, 'a');
    assert.equal(read.displayName, 'A');
    assert.equal(read.active, true);
    assert.ok(!('password' in read) && !('photos' in read) && !('x' in read));
  });

  test('is refused when it is none', async () => {
    assert.equal(await refusal(() => userInBody({ displayName: 'A' })), 'invalid-input');
    assert.equal(await refusal(() => userInBody({ userName: { a: 1 } })), 'invalid-input');
    assert.equal(await refusal(() => userInBody({ userName: 'a', emails: 'a@b.c' })), 'invalid-input');
    assert.equal(
      await refusal(() => userInBody({ userName: 'a', schemas: ['urn:x'] })),
      'identity.scim-syntax',
    );
    assert.equal(await refusal(() => userInBody('a')), 'identity.scim-syntax');
    const deep = JSON.parse(`${'{"name":'.repeat(2_000)}1${'}'.repeat(2_000)}`);
    assert.equal(await refusal(() => userInBody(deep)), 'identity.scim-syntax');
  });

  test('its work address is the primary one, else the first of type work, else the first, else the userName', () => {
    const emailOf = (resource: object) => userAsSent({ userName: 'n@x.example', ...resource }).sent.email;
    const [home, work, first] = [
      { value: 'H@x.example', type: 'home', primary: true },
      { value: 'w@x.example', type: 'work' },
      { value: 'f@x.example' },
    ];
    assert.equal(emailOf({ emails: [first, work, home] }), 'h@x.example');
    assert.equal(emailOf({ emails: [first, work] }), 'w@x.example');
    assert.equal(emailOf({ emails: [first] }), 'f@x.example');
    assert.equal(emailOf({}), 'n@x.example');
    assert.deepEqual(
      userAsSent({ userName: 'nobody' }).faults.map(({ field }) => field),
      ['emails'],
    );
  });

  test('its name is the first that is given', () => {
    const nameOf = (resource: object) => userAsSent({ userName: 'n@x.example', ...resource }).sent.name;
    assert.equal(nameOf({ displayName: ' Ana  Roy ', name: { formatted: 'B' } }), 'Ana Roy');
    assert.equal(nameOf({ name: { formatted: 'Mme Roy', familyName: 'Roy' } }), 'Mme Roy');
    assert.equal(nameOf({ name: { givenName: 'Ana', familyName: 'Roy' } }), 'Ana Roy');
    assert.equal(nameOf({}), 'n@x.example');
  });

  test('every bound is held', () => {
    const faultsOf = (resource: object) =>
      userAsSent({ userName: 'a@x.example', ...resource }).faults.map(({ field }) => field);
    assert.deepEqual(faultsOf({}), []);
    assert.deepEqual(faultsOf({ userName: 'é'.repeat(255), emails: [{ value: 'a@x.example' }] }), [
      'userName',
      'name',
    ]);
    assert.deepEqual(faultsOf({ externalId: 'x'.repeat(255) }), ['externalId']);
    assert.deepEqual(faultsOf({ displayName: 'x'.repeat(121) }), ['name']);
    assert.deepEqual(faultsOf({ title: 'x'.repeat(501) }), ['title']);
    assert.deepEqual(faultsOf({ title: 'a\u0000b' }), ['title']);
    assert.deepEqual(faultsOf({ title: 'a\ud800b' }), ['title']);
    assert.deepEqual(faultsOf({ emails: Array(11).fill({ value: 'a@x.example' }) }), ['emails']);
    assert.ok(
      isWithinDepth({ a: [{ b: 1 }] }) && !isWithinDepth(JSON.parse('['.repeat(12) + ']'.repeat(12))),
    );
  });

  test('words for booleans are read where booleans are meant, and nowhere else', () => {
    assert.deepEqual(withBooleans({ active: 'FALSE', title: 'True', emails: [{ primary: 'true' }] }), {
      active: false,
      title: 'True',
      emails: [{ primary: true }],
    });
  });
});

describe('filters', () => {
  const one = (field: string, operator: string, value: unknown, isNegated = false) => ({
    field,
    operator,
    value,
    isNegated,
  });
  const read: [string, unknown[][]][] = [
    ['userName eq "Ana"', [[one('userName', 'eq', 'Ana')]]],
    ['USERNAME Eq "x"', [[one('userName', 'eq', 'x')]]],
    ['externalId eq "a\\"b\\\\c\\u00e9"', [[one('externalId', 'eq', 'a"b\\cé')]]],
    ['userName eq "x) and (active eq true"', [[one('userName', 'eq', 'x) and (active eq true')]]],
    ['active eq true', [[one('active', 'eq', true)]]],
    ['active eq "False"', [[one('active', 'eq', false)]]],
    ['emails[type eq "work"].value eq "a@b.c"', [[one('email', 'eq', 'a@b.c')]]],
    ['emails.value eq "a@b.c"', [[one('email', 'eq', 'a@b.c')]]],
    ['userName sw "a" and userName ew "b"', [[one('userName', 'sw', 'a'), one('userName', 'ew', 'b')]]],
    ['userName eq "a" or externalId eq "b"', [[one('userName', 'eq', 'a')], [one('externalId', 'eq', 'b')]]],
    ['not (active eq true)', [[one('active', 'eq', true, true)]]],
    ['externalId pr', [[one('externalId', 'pr', null)]]],
    ['externalId eq null', [[one('externalId', 'eq', null)]]],
    [
      'meta.lastModified gt "2026-11-24T10:00:00Z"',
      [[one('lastModified', 'gt', new Date('2026-11-24T10:00:00Z'))]],
    ],
    ['urn:ietf:params:scim:schemas:core:2.0:User:userName eq "a"', [[one('userName', 'eq', 'a')]]],
  ];
  for (const [filter, expected] of read) {
    test(filter, async () => assert.deepEqual(await filterInQuery(filter), expected));
  }

  test('what is not offered, unclear or too much is refused, and soon', async () => {
    const many = (count: number, word: string) => Array(count).fill('active eq true').join(` ${word} `);
    const began = performance.now();
    for (const filter of [
      '',
      ' ',
      'userName',
      'userName eq',
      'userName eq bob',
      'userName zz "a"',
      'userName gt "a"',
      'active co "t"',
      'active eq 1',
      'title eq "x"',
      'name.familyName eq "x"',
      'meta.created gt "soon"',
      'userName eq "a',
      'userName eq "a\\"',
      `userName eq "${'\n'.repeat(200)}`,
      `userName eq "${'\\a'.repeat(200)}`,
      'userName eq "\\u0000"',
      "userName eq 'a'; drop table identity.people; --",
      '(',
      ')',
      'and and',
      '__proto__ eq "a"',
      'constructor.name eq "a"',
      'not (active eq true and userName eq "a")',
      many(11, 'and'),
      Array(6).fill('(active eq true or active eq false)').join(' and '),
      '§0 eq "a"',
    ]) {
      assert.equal(await refusal(() => filterInQuery(filter)), 'identity.scim-filter-refused', filter);
    }
    assert.ok(performance.now() - began < 1_000);
  });

  test('whatever is sent is read or refused, within a moment', async () => {
    const word = fc.constantFrom(
      'userName',
      'active',
      'eq',
      'and',
      'or',
      'not',
      '(',
      ')',
      '[',
      ']',
      '"',
      '\\',
      '\n',
      'true',
      '"a"',
      ' ',
      '.',
      'null',
      '1',
      'emails',
      'pr',
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.array(word, { maxLength: 40 }).map((words) => words.join(' ')),
          fc.array(word, { maxLength: 60 }).map((words) => words.join('')),
          fc.string(),
        ),
        async (filter) => {
          const began = performance.now();
          const outcome = await refusal(() => filterInQuery(filter));
          assert.ok(['accepted', 'identity.scim-filter-refused'].includes(outcome), outcome);
          assert.ok(performance.now() - began < 500, filter);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('no text of a filter reaches the parser', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const masked = maskFilter(`userName eq ${JSON.stringify(text)}`);
        if (!masked.ok) return;
        assert.equal(masked.value.expression, 'userName eq "§0"');
        assert.deepEqual(masked.value.texts, [text]);
      }),
    );
  });
});
