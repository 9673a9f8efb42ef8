import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isSiret, luhnKey, siretAsRead, siretAsStored } from './siret.rules.ts';

const digits = (length: number) =>
  fc
    .array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length })
    .map((list) => list.join(''));

const madeSiret = fc.tuple(digits(8), digits(4)).map(([company, establishment]) => {
  const siren = company + luhnKey(company);
  return siren + establishment + luhnKey(siren + establishment);
});

test('a SIRET of the register is right, and a wrong digit is seen', () => {
  assert.equal(isSiret('73282932000074'), true);
  assert.equal(isSiret('73282932000075'), false);
  assert.equal(isSiret('73282932100074'), false, 'the SIREN has a key of its own');
});

test('La Poste: head office by the common key, others by the sum of their digits', () => {
  assert.equal(isSiret('35600000000048'), true);
  assert.equal(isSiret('35600000049837'), true, 'digits add up to 45');
  assert.equal(isSiret('35600000049838'), false);
  assert.equal(isSiret('73282932000054'), false, 'a sum of 45 helps nobody else');
});

test('any made SIRET is right, and any one digit changed makes it wrong', () => {
  fc.assert(
    fc.property(
      madeSiret,
      fc.integer({ min: 0, max: 13 }),
      fc.integer({ min: 1, max: 9 }),
      (siret, place, change) => {
        fc.pre(!siret.startsWith('356000000'));
        assert.equal(isSiret(siret), true);
        const other = String((Number(siret[place]) + change) % 10);
        const changed = siret.slice(0, place) + other + siret.slice(place + 1);
        fc.pre(!changed.startsWith('356000000'));
        assert.equal(isSiret(changed), false);
      },
    ),
  );
});

test('the groups in which a SIRET is read are put in and taken out', () => {
  assert.equal(siretAsRead('73282932000074'), '732\u00A0829\u00A0320\u00A000074');
  fc.assert(fc.property(madeSiret, (siret) => siretAsStored(` ${siretAsRead(siret)}. `) === siret));
  assert.equal(isSiret('7328293200007٤'), false, 'digits of other scripts are not digits of a SIRET');
});
