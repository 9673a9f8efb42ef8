// The rules of requests: who may take which step from which state, what a submission lacks, checks, history and times.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import type { Actor, Role } from '#platform/access.ts';
import { checksOf } from './request-checks.rules.ts';
import {
  blockState,
  changesBetween,
  faultsOfDraft,
  faultsOfSubmission,
  formAsTyped,
} from './request-form.rules.ts';
import { comparisonsOf, type Happening, timesOfDecision } from './request-history.rules.ts';
import { mayTake, type RequestStep, stateAfter, TRANSITIONS } from './request-states.rules.ts';
import { isLate, timesSentence } from './request-times.rules.ts';
import type { RequestedScope, RequestSnapshot, RequestState } from './requests.types.ts';
import { REQUEST_TEMPLATES } from './templates.data.ts';

const actor = (personId: string, role: Role, organisationId = 'org'): Actor => ({
  personId,
  name: personId,
  roles: [{ role, organisationId }],
});
const people = {
  applicant: actor('applicant', 'api-consumer'),
  colleague: actor('colleague', 'product-team'),
  stranger: actor('stranger', 'api-consumer', 'elsewhere'),
  producer: actor('producer', 'data-producer', 'producer-org'),
  instructor: actor('instructor', 'auditor', 'dne'),
};
const standing = (state: RequestState, reopened = false, applicantId: string | null = 'applicant') => ({
  state,
  reopenedAt: reopened ? new Date(0) : null,
  applicantId,
  organisationId: 'org',
  producerIds: ['producer-org'],
  claimableByEmail: null,
});

const scope: RequestedScope = {
  scopeId: 's1',
  name: 'quotient',
  title: 'Le quotient',
  isSensitive: false,
  apiId: 'a1',
  apiSlug: 'quotient-familial',
  apiName: 'Quotient familial',
  apiState: 'open',
  legalBasisRequired: 'Code des relations entre le public et l’administration, art. L. 114-8',
  quotaPerMinute: 10,
  producerId: 'producer-org',
  producerName: 'CNF',
  contactEmail: 'api@cnf.example',
};

const complete = formAsTyped({
  title: 'Cantine',
  purpose: 'Calculer le tarif',
  description: 'Une description assez longue.',
  legalBasis: 'CRPA, article L114-8',
  retention: 'Un an',
  recipients: 'Le service',
  callsPerDay: '100',
  fromHour: '8',
  toHour: '18',
  modality: 'agent-tool',
  securityState: 'certified',
  certifiedOn: '2025-01-01',
  ...Object.fromEntries(
    ['dpo', 'controller', 'technical', 'business'].flatMap((who) => [
      [`${who}Name`, `${who} Name`],
      [`${who}Email`, `${who}@org.example`],
    ]),
  ),
});

describe('steps', () => {
  const cases: [
    who: keyof typeof people,
    step: RequestStep,
    state: RequestState,
    reopened: boolean,
    may: boolean,
  ][] = [
    ['applicant', 'edit', 'draft', false, true],
    ['applicant', 'edit', 'submitted', false, false],
    ['colleague', 'edit', 'draft', false, false],
    ['colleague', 'copy', 'refused', false, true],
    ['stranger', 'copy', 'refused', false, false],
    ['applicant', 'submit', 'changes-requested', false, true],
    ['instructor', 'submit', 'draft', false, false],
    ['instructor', 'validate', 'submitted', false, true],
    ['applicant', 'validate', 'submitted', false, false],
    ['producer', 'validate', 'submitted', false, false],
    ['producer', 'message', 'submitted', false, false],
    ['instructor', 'validate', 'draft', false, false],
    ['applicant', 'reopen', 'validated', false, true],
    ['applicant', 'cancel-reopening', 'draft', true, true],
    ['applicant', 'cancel-reopening', 'draft', false, false],
    ['applicant', 'archive', 'draft', true, false],
    ['applicant', 'archive', 'refused', false, true],
    ['instructor', 'revoke', 'submitted', true, true],
    ['instructor', 'revoke', 'submitted', false, false],
    ['applicant', 'revoke', 'validated', false, false],
  ];
  for (const [who, step, state, reopened, may] of cases) {
    test(`${who} ${may ? 'may' : 'may not'} ${step} a request ${state}${reopened ? ' reopened' : ''}`, () =>
      assert.equal(mayTake(people[who], step, standing(state, reopened)), may));
  }

  test('refusing a reopened request leaves it validated, another one refused', () => {
    assert.equal(stateAfter('refuse', standing('submitted', true)), 'validated');
    assert.equal(stateAfter('refuse', standing('submitted', false)), 'refused');
  });

  test('nobody decides on their own request, and an instructor fills in what waits for a claim', () => {
    const both: Actor = {
      ...people.applicant,
      roles: [...people.applicant.roles, { role: 'auditor', organisationId: 'dne' }],
    };
    assert.equal(mayTake(both, 'validate', standing('submitted')), false);
    assert.equal(mayTake(people.instructor, 'edit', standing('draft', false, null)), true);
    assert.equal(mayTake(people.instructor, 'edit', standing('draft')), false);
    assert.equal(mayTake(people.instructor, 'hand-over', standing('draft')), false);
  });

  test('archived and revoked requests stay so', () => {
    for (const state of ['archived', 'revoked'] as const)
      for (const { step, to } of TRANSITIONS)
        if (to !== null) assert.equal(stateAfter(step, standing(state)), undefined, step);
  });
});

describe('form', () => {
  test('a complete form may be submitted, each missing field is named', () => {
    assert.deepEqual(faultsOfSubmission(complete, 'production', [scope]), []);
    for (const field of [
      'title',
      'legalBasis',
      'retention',
      'callsPerDay',
      'dpoEmail',
      'certifiedOn',
    ] as const) {
      const faults = faultsOfSubmission({ ...complete, [field]: '' }, 'production', [scope]);
      assert.deepEqual(
        faults.map((one) => one.field),
        [field],
      );
    }
    assert.equal(faultsOfSubmission(complete, 'production', [])[0]?.field, 'scopes');
    assert.equal(
      faultsOfSubmission(complete, 'production', [{ ...scope, apiState: 'closed' }])[0]?.field,
      'scopes',
    );
  });

  test('the sandbox asks for less', () => {
    const { title, purpose, description, callsPerDay, fromHour, toHour, modality } = complete;
    const { technicalName, technicalEmail, businessName, businessEmail } = complete;
    const short = { title, purpose, description, callsPerDay, fromHour, toHour, modality };
    const form = { ...short, technicalName, technicalEmail, businessName, businessEmail } as typeof complete;
    assert.deepEqual(faultsOfSubmission(form, 'sandbox', [scope]), []);
    assert.ok(faultsOfSubmission(form, 'production', [scope]).length > 3);
    assert.equal(blockState('legal-basis', { form, stage: 'sandbox' }, [scope]), 'optional');
    assert.equal(blockState('legal-basis', { form, stage: 'production' }, [scope]), 'empty');
  });

  const wrong: [field: string, text: string][] = [
    ['dpoEmail', 'nobody'],
    ['legalBasisUrl', 'javascript:alert(1)'],
    ['callsPerDay', '-3'],
    ['callsPerDay', '1e9'],
    ['fromHour', '24'],
    ['certifiedOn', '2025-02-30'],
    ['modality', 'magic'],
    ['technicalPhone', 'call me'],
  ];
  for (const [field, text] of wrong)
    test(`${field} may not be ${text}`, () =>
      assert.equal(
        faultsOfSubmission({ ...complete, [field]: text }, 'production', [scope])[0]?.field,
        field,
      ));

  test('whatever is typed, what is kept has no control character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        const form = formAsTyped({ title: text, __proto__: text, nothing: text });
        assert.deepEqual(Object.keys(form), ['title']);
        if (faultsOfDraft(form).length === 0) assert.doesNotMatch(form.title ?? '', /\p{Cc}/u);
      }),
    );
  });

  test('use cases fill in what may be submitted', () => {
    for (const { form, word } of REQUEST_TEMPLATES) {
      assert.deepEqual(faultsOfDraft(form), [], word);
      const asked = new Set(faultsOfSubmission(form, 'production', [scope]).map(({ field }) => field));
      for (const field of Object.keys(form)) assert.ok(!asked.has(field), `${word}: ${field}`);
    }
  });
});

describe('history', () => {
  const day = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * 86_400_000);
  const snapshot = (title: string): RequestSnapshot => ({
    organisationId: 'org',
    applicantId: 'applicant',
    form: { title },
    scopes: [],
  });
  const at = (n: number, kind: Happening['kind'], title?: string): Happening => ({
    kind,
    at: day(n),
    data: title === undefined ? {} : { snapshot: snapshot(title) },
  });

  test('the distributor’s time is apart from the applicant’s, and a reopening counts anew', () => {
    const first = [at(0, 'create'), at(1, 'submit', 'a'), at(4, 'request-changes'), at(14, 'submit', 'b')];
    assert.deepEqual(timesOfDecision(first, day(16)), { days: 15, distributorDays: 5, applicantDays: 10 });
    const second = [...first, at(16, 'validate'), at(100, 'reopen'), at(110, 'submit', 'c')];
    assert.deepEqual(timesOfDecision(second, day(111)), { days: 1, distributorDays: 1, applicantDays: 0 });
    assert.equal(timesOfDecision([at(0, 'create')], day(1)), null);
  });

  test('what changed is told since the submission before and since the version in force', () => {
    const events = [
      at(1, 'submit', 'a'),
      at(2, 'validate'),
      at(3, 'reopen'),
      at(4, 'submit', 'b'),
      at(5, 'request-changes'),
      at(6, 'submit', 'c'),
    ];
    const found = comparisonsOf(events).map(({ since, changes }) => [
      since,
      changes[0]?.before,
      changes[0]?.after,
    ]);
    assert.deepEqual(found, [
      ['submission', 'b', 'c'],
      ['validation', 'a', 'c'],
    ]);
    assert.deepEqual(comparisonsOf(events.slice(0, 1)), []);
  });

  test('a scope that was added is a change', () => {
    const [change] = changesBetween(snapshot('a'), { ...snapshot('a'), scopes: [scope] });
    assert.equal(change?.field, 'scopes');
    assert.match(change?.after ?? '', /Quotient familial/);
  });

  test('a request is late after seven days', () => {
    const submitted = { state: 'submitted', submittedAt: day(0) } as const;
    assert.equal(isLate(submitted, day(6)), false);
    assert.equal(isLate(submitted, day(8)), true);
    assert.equal(isLate({ ...submitted, state: 'draft' }, day(8)), false);
    const times = { decided: 3, medianDays: 1.25, ninetiethDays: 12.3, distributorMedianDays: 1 };
    assert.match(timesSentence('fr', times), /1,3\u00A0jour, .*12\u00A0jours/);
  });
});

describe('checks', () => {
  const base = {
    form: complete,
    scopes: [scope],
    template: REQUEST_TEMPLATES[0] ?? null,
    organisation: {
      id: 'org',
      kind: 'local-authority',
      name: 'Commune',
      code: null,
      siret: '73282932000074',
      parentId: null,
      existsFrom: '2000-01-01',
      existsUntil: null,
    },
    applicant: { name: 'Marie Roy', email: 'marie@org.example', isMember: true },
    today: '2026-01-01',
  } as const;
  const levelOf = (check: string, change: object) =>
    checksOf({ ...base, ...change }).find((one) => one.check === check)?.level;

  test('a sound request passes them all', () => {
    assert.deepEqual(
      checksOf(base).filter(({ level }) => level !== 'good'),
      [],
    );
  });

  const cases: [check: string, change: object, level: string][] = [
    ['siret', { organisation: { ...base.organisation, siret: '73282932000075' } }, 'bad'],
    ['siret', { organisation: { ...base.organisation, siret: null } }, 'warning'],
    ['active', { organisation: { ...base.organisation, existsUntil: '2020-01-01' } }, 'bad'],
    ['membership', { applicant: { ...base.applicant, isMember: false } }, 'bad'],
    ['contacts', { form: { ...complete, dpoEmail: 'dpo@gmail.com' } }, 'warning'],
    ['contacts', { form: { ...complete, dpoEmail: 'dpo@other.example' } }, 'warning'],
    ['dpo', { form: { ...complete, dpoEmail: 'marie@org.example' } }, 'bad'],
    ['dpo', { form: { ...complete, dpoName: 'MARIE ROY' } }, 'bad'],
    ['legalBasis', { form: { ...complete, legalBasis: 'Délibération' } }, 'warning'],
    ['template', { scopes: [{ ...scope, name: 'adresse' }] }, 'warning'],
    ['sensitive', { scopes: [{ ...scope, isSensitive: true }] }, 'warning'],
    ['apis', { scopes: [{ ...scope, apiState: 'closed' }] }, 'bad'],
    ['volume', { form: { ...complete, callsPerDay: '1000000' } }, 'warning'],
  ];
  for (const [check, change, level] of cases)
    test(`${check} is ${level} for ${JSON.stringify(change).slice(0, 60)}`, () =>
      assert.equal(levelOf(check, change), level));
});
