// The rule that proposes a team: nobody beyond their days, nobody without the skill, every gap told, as much as possible.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { dayAfter } from '#platform/calendar-days.rules.ts';
import { workingDays, workingDaysPresent } from './calendar.rules.ts';
import { EXPERTISES } from './expertises.data.ts';
import type { BrigadeMember } from './people.types.ts';
import { freeDaysOf, proposeTeam } from './team.rules.ts';

const START = '2027-01-04';
const day = fc.integer({ min: -20, max: 150 }).map((days) => dayAfter(START, days));
const period = fc
  .tuple(day, day)
  .map(([one, other]) => (one < other ? { from: one, to: other } : { from: other, to: one }));
const half = (most: number) => fc.integer({ min: 1, max: most * 2 }).map((halves) => halves / 2);
const skills = fc
  .uniqueArray(fc.constantFrom(...EXPERTISES.slice(0, 4)), { minLength: 0, maxLength: 4 })
  .chain((known) =>
    fc.tuple(
      ...known.map((expertise) =>
        fc.constantFrom(1, 2, 3).map((level) => ({ expertise, level: level as 1 | 2 | 3 })),
      ),
    ),
  );
const person = fc.record({
  skills,
  daysPerWeek: half(5),
  absences: fc.array(period, { maxLength: 3 }),
  loads: fc.array(
    fc.tuple(period, half(30)).map(([over, days]) => ({ ...over, days })),
    { maxLength: 3 },
  ),
});
const people = fc
  .array(person, { maxLength: 6 })
  .map((all): BrigadeMember[] => all.map((one, at) => ({ ...one, personId: `p${at}` })));
const needs = fc
  .uniqueArray(fc.constantFrom(...EXPERTISES.slice(0, 4)), { maxLength: 4 })
  .chain((wished) => fc.tuple(...wished.map((expertise) => half(40).map((days) => ({ expertise, days })))));

/** What a person can give, counted day by day. */
function countedFree(member: BrigadeMember, over: { from: string; to: string }): number {
  const isWorked = (date: string) => ![0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());
  let free = 0;
  for (let date = over.from; date <= over.to; date = dayAfter(date)) {
    const isAway = member.absences.some(({ from, to }) => from <= date && date <= to);
    if (isWorked(date) && !isAway) free += member.daysPerWeek / 5;
    for (const load of member.loads) {
      if (load.from > date || date > load.to) continue;
      const all = workingDays(load);
      if (all > 0 && isWorked(date)) free -= load.days / all;
    }
  }
  for (const load of member.loads)
    if (workingDays(load) === 0 && load.from <= over.to && load.to >= over.from) free -= load.days;
  return Math.max(0, free);
}

describe('the team proposed', () => {
  test('never takes anybody beyond their free days, nor for an expertise that they lack', () => {
    fc.assert(
      fc.property(needs, people, period, (needs, people, period) => {
        const { members } = proposeTeam({ needs, people, period });
        for (const member of people) {
          const mine = members.filter(({ personId }) => personId === member.personId);
          const days = mine.reduce((sum, one) => sum + one.days, 0);
          assert.ok(days <= countedFree(member, period) + 1e-6, `${days} days`);
          for (const { expertise, why, days } of mine) {
            assert.equal(member.skills.find((skill) => skill.expertise === expertise)?.level, why.level);
            assert.ok(days >= 0.5 && Number.isInteger(days * 2));
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  test('covers each need or tells what is left of it, to the half day', () => {
    fc.assert(
      fc.property(needs, people, period, (needs, people, period) => {
        const { members, uncovered } = proposeTeam({ needs, people, period });
        for (const { expertise, days } of needs) {
          const given = members
            .filter((one) => one.expertise === expertise)
            .reduce((sum, one) => sum + one.days, 0);
          const left = uncovered.find((one) => one.expertise === expertise)?.days ?? 0;
          assert.equal(given + left, days);
        }
        assert.ok(members.every(({ expertise }) => needs.some((need) => need.expertise === expertise)));
      }),
      { numRuns: 300 },
    );
  });

  test('covers as many days as any team could (minimum cut over all sets of needs)', () => {
    fc.assert(
      fc.property(needs, people, period, (needs, people, period) => {
        const free = people.map((member) => freeDaysOf(member, period).freeDays);
        let least = Number.POSITIVE_INFINITY;
        for (let set = 0; set < 2 ** needs.length; set++) {
          const inside = needs.filter((_, at) => set & (1 << at));
          const outside = needs.filter((_, at) => !(set & (1 << at)));
          const able = people.map(({ skills }, at) =>
            skills.some(({ expertise }) => inside.some((need) => need.expertise === expertise))
              ? (free[at] ?? 0)
              : 0,
          );
          const cut = [...outside.map(({ days }) => days), ...able].reduce((sum, days) => sum + days, 0);
          least = Math.min(least, cut);
        }
        const { members } = proposeTeam({ needs, people, period });
        assert.equal(
          members.reduce((sum, { days }) => sum + days, 0),
          least,
        );
      }),
      { numRuns: 300 },
    );
  });

  test('is the same whatever the order of people and needs', () => {
    fc.assert(
      fc.property(needs, people, period, (needs, people, period) => {
        assert.deepEqual(
          proposeTeam({ needs: needs.toReversed(), people: people.toReversed(), period }),
          proposeTeam({ needs, people, period }),
        );
      }),
      { numRuns: 100 },
    );
  });

  const full = (personId: string, skills: BrigadeMember['skills']): BrigadeMember => ({
    personId,
    skills,
    daysPerWeek: 5,
    absences: [],
    loads: [],
  });
  const week = { from: '2027-01-04', to: '2027-01-08' };

  test('prefers the best skilled, and says why', () => {
    const team = proposeTeam({
      needs: [{ expertise: 'ux', days: 3 }],
      people: [full('a', [{ expertise: 'ux', level: 1 }]), full('b', [{ expertise: 'ux', level: 3 }])],
      period: week,
    });
    const why = { level: 3, freeDays: 5, loadDays: 0, chosen: 'most-skilled' };
    assert.deepEqual(team, { members: [{ personId: 'b', expertise: 'ux', days: 3, why }], uncovered: [] });
  });

  test('passes days along so that the only one for a need is kept for it', () => {
    const team = proposeTeam({
      needs: [
        { expertise: 'cloud', days: 5 },
        { expertise: 'ux', days: 5 },
      ],
      people: [
        full('a', [
          { expertise: 'cloud', level: 3 },
          { expertise: 'ux', level: 3 },
        ]),
        full('b', [{ expertise: 'cloud', level: 1 }]),
      ],
      period: week,
    });
    assert.deepEqual(team.uncovered, []);
    assert.deepEqual(
      team.members.map(({ personId, expertise }) => `${personId} ${expertise}`),
      ['b cloud', 'a ux'],
    );
  });

  test('tells why a need stays open', () => {
    const away = { ...full('a', [{ expertise: 'data', level: 2 }]), absences: [week] } as BrigadeMember;
    const { uncovered } = proposeTeam({
      needs: [
        { expertise: 'security', days: 1 },
        { expertise: 'data', days: 2 },
        { expertise: 'ux', days: 9 },
      ],
      people: [away, full('b', [{ expertise: 'ux', level: 2 }])],
      period: week,
    });
    assert.deepEqual(uncovered, [
      { expertise: 'ux', days: 4, because: 'not-enough-days' },
      { expertise: 'security', days: 1, because: 'nobody-skilled' },
      { expertise: 'data', days: 2, because: 'nobody-free' },
    ]);
  });

  test('counts overlapping absences once', () => {
    const absences = [
      { from: '2027-01-04', to: '2027-01-06' },
      { from: '2027-01-05', to: '2027-01-05' },
      { from: '2027-01-06', to: '2027-01-07' },
    ];
    assert.equal(workingDaysPresent(week, absences), 1);
  });

  test('is found within a second for five hundred people and every expertise', () => {
    const many = Array.from({ length: 600 }, (_, at) => ({
      ...full(`p${String(at).padStart(3, '0')}`, [
        { expertise: EXPERTISES[at % 9] as never, level: 2 },
        { expertise: EXPERTISES[(at + 1) % 9] as never, level: 3 },
      ]),
    }));
    const needs = EXPERTISES.map((expertise) => ({ expertise, days: 400 }));
    const from = performance.now();
    proposeTeam({ needs, people: many, period: week });
    assert.ok(performance.now() - from < 1000);
  });
});
