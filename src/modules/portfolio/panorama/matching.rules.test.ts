// Which names are taken for one project: cases from the editions published from 2016 to 2019.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  type ComparedRow,
  familiesOf,
  isCertainMatch,
  jaroWinkler,
  ministrySimilarity,
  nameSimilarity,
  scoreOf,
  zoneSimilarity,
} from './matching.rules.ts';

const row = (
  name: string,
  ministry: string | null,
  startedOn: string | null,
  costMeur: number | null,
  zone: string | null,
): ComparedRow => ({ name, ministry, startedOn, costMeur, zone });

const FINANCES = 'Ministères de l’Économie et des Finances';
const COMPTES = 'Ministère de l’Action et des Comptes Publics';
const INTERIEUR = 'Ministère de l’Intérieur';
const SOCIAL = 'Ministères Chargés des Affaires Sociales';

const RENAMES: [string, ComparedRow, ComparedRow][] = [
  [
    'initials',
    row("Réseau Interministériel de l'Etat", 'Premier ministre', '2011-05-01', 59.5, 'SIC'),
    row('RIE', 'Services du Premier Ministre', '2011-05-01', 60.1, 'SIC'),
  ],
  [
    'initials',
    row("Compte Personnel d'Activité", SOCIAL, '2015-12-01', 24, 'Emploi'),
    row('CPA', 'Ministère chargé des Affaires Sociales', '2015-12-01', 24.8, 'Emploi'),
  ],
  [
    'shortened',
    row('SÉGUR-FONTENOY', 'Premier ministre', '2015-01-01', 18.8, 'Immobilier'),
    row('SEGUR', 'Services du Premier Ministre', '2015-01-01', 18.8, 'Immobilier'),
  ],
  [
    'abbreviated',
    row('Regroupement des centres informatiques', FINANCES, '2015-01-01', 11.9, 'SIC'),
    row('Regroup. centres info.', COMPTES, '2015-01-01', 11.9, 'SIC'),
  ],
  [
    'other words',
    row(
      "Déploiement de l'application RenoiRH et adaptations liées",
      SOCIAL,
      '2012-01-01',
      27.1,
      'Ressources Humaines',
    ),
    row('Dépl. PESE, Winpaie, RenoiRH + évol.SI connexes', SOCIAL, '2012-01-01', 27.1, 'Ressources Humaines'),
  ],
  [
    'a sign for a letter',
    row('PIB/MISTRAL', FINANCES, '2014-06-01', 26.2, 'Gestion publique'),
    row('MISTR@L', FINANCES, '2014-06-01', 26.6, 'Gestion publique'),
  ],
  [
    'turned round',
    row('Concentrateur DSN', FINANCES, '2016-11-01', null, 'RH'),
    row('DSN FPE (concentrateur)', COMPTES, '2016-11-01', null, 'Ressources Humaines'),
  ],
  [
    'a word of it',
    row(
      'Généralisation - Equipement numérique mobile du primo-intervenant  NEOGEND/NEOPOL',
      INTERIEUR,
      '2014-09-01',
      81.6,
      'SIC',
    ),
    row('MOBILITE', INTERIEUR, '2014-09-01', 81.6, 'SIC'),
  ],
  [
    'all but the name',
    row(
      'Montée de version du SIRH',
      'Ministère de la Transition écologique et solidaire',
      '2016-10-01',
      null,
      'Ressources Humaines',
    ),
    row(
      'REHUCIT',
      'Ministère de la Transition écologique et solidaire',
      '2016-10-01',
      null,
      'Ressources Humaines',
    ),
  ],
];

for (const [how, before, after] of RENAMES) {
  test(`a project renamed is proposed (${how}): ${before.name} = ${after.name}`, () => {
    assert.ok((scoreOf(before, after)?.score ?? 0) >= 0.55);
    assert.deepEqual(scoreOf(before, after)?.score, scoreOf(after, before)?.score, 'whichever comes first');
  });
}

test('the next phase of a project scores below its renames', () => {
  const phase2 = scoreOf(
    row('FRANCE CONNECT', 'Premier ministre', '2013-07-01', 7, 'Gestion et contrôle des accès'),
    row('FRANCECONNECT PHASE II', 'Premier ministre', '2017-01-01', null, 'Gestion et contrôle des accès'),
  );
  assert.ok(phase2 && phase2.score < 0.7);
});

test('unlike projects are not proposed', () => {
  for (const [a, b] of [
    [
      row('PAS', FINANCES, '2016-01-01', 159.7, 'Fiscalité'),
      row('PAYSAGE', FINANCES, '2014-10-01', 41.7, 'Ressources Humaines'),
    ],
    [
      row('RenoiRH', FINANCES, '2011-01-01', 20, 'Ressources Humaines'),
      row('SOURCE SOLDE', 'Ministère de la Défense', '2014-04-01', 122.2, 'Ressources Humaines'),
    ],
    [
      row('GENESIS', 'Ministère de la Justice', '2007-01-01', 47.5, 'Peines'),
      row('IRHIS', 'Ministère de la Justice', '2014-12-01', 5.4, 'Ressources Humaines'),
    ],
    [
      row('ROC', 'Ministère des Armées', '2016-03-01', null, 'RH'),
      row('PROJET SOLDE', INTERIEUR, '2014-10-01', 10, 'RH'),
    ],
  ] as const) {
    assert.equal(scoreOf(a, b), null, `${a.name} and ${b.name}`);
  }
});

test('a name alone is not enough: another ministry at another time is no certain match', () => {
  const here = row('PORTAIL RH', 'Ministère de la Justice', '2014-01-01', 5, null);
  assert.equal(
    isCertainMatch(here, { ...here, ministry: 'Ministère de la Culture', startedOn: '2018-01-01' }),
    false,
  );
  assert.equal(isCertainMatch(here, { ...here, ministry: 'Ministère de la Culture' }), true);
  assert.equal(isCertainMatch(here, { ...here, startedOn: '2018-01-01' }), true);
  assert.equal(
    isCertainMatch(here, { ...here, startedOn: null, ministry: 'Ministère de la Culture' }),
    false,
  );
  assert.equal(
    isCertainMatch({ ...here, ministry: null }, { ...here, ministry: null, startedOn: null }),
    true,
  );
});

test('ministries are followed through their names', () => {
  for (const [a, b] of [
    ['Ministère de la Défense', 'Ministère des Armées'],
    [FINANCES, COMPTES],
    [
      'Ministère de l’Environnement, de l’Énergie et de la Mer',
      'Ministère de la Transition écologique et solidaire',
    ],
    ['Ministère de la Culture et de la Communication', 'Ministère de la Culture'],
    ['Premier ministre', 'Services du Premier Ministre'],
    [
      'Ministère des Affaires étrangères et du Développement international',
      'Ministère de l’Europe et des Affaires étrangères',
    ],
  ] as const) {
    assert.equal(ministrySimilarity(a, b), 1, `${a} / ${b}`);
  }
  assert.equal(ministrySimilarity('Ministère de la Justice', 'Ministère de la Culture'), 0);
  assert.equal(ministrySimilarity(SOCIAL, 'Ministère de l’Europe et des Affaires étrangères'), 0);
  assert.equal(ministrySimilarity(null, 'Ministère de la Culture'), null);
  assert.equal(ministrySimilarity('Office des Phares', 'Service des Phares'), 0.5);
  assert.deepEqual(familiesOf('Ministère de la Transition écologique / Ministère de l’Agriculture'), [
    'agriculture',
    'ecology',
  ]);
});

test('zones are followed through short forms', () => {
  assert.equal(zoneSimilarity('Ressources Humaines', 'RH'), 1);
  assert.equal(
    zoneSimilarity('Gestion et contrôle des accès', 'Gestion et contrôle des accès / Identification'),
    1,
  );
  assert.equal(zoneSimilarity('Fiscalité', 'Travail'), 0);
});

test('Jaro-Winkler gives its authors’ values', () => {
  assert.equal(jaroWinkler('MARTHA', 'MARHTA').toFixed(4), '0.9611');
  assert.equal(jaroWinkler('DWAYNE', 'DUANE').toFixed(4), '0.8400');
  assert.equal(jaroWinkler('DIXON', 'DICKSONX').toFixed(4), '0.8133');
  assert.equal(jaroWinkler('', 'A'), 0);
});

test('scores stay between 0 and 1, whatever the names', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 40 });
  fc.assert(
    fc.property(text, text, (a, b) => {
      const { score } = nameSimilarity(a, b);
      assert.ok(score >= 0 && score <= 1);
      assert.equal(score, nameSimilarity(b, a).score);
      assert.equal(nameSimilarity(a, a).score, 1);
    }),
  );
});
