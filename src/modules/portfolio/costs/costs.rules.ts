// What must hold of a cost table, and its sums. Pure: the project's dates are given. Amounts are whole cents throughout.
import type { FieldError } from '#platform/errors.ts';
import type { Translated } from '#platform/i18n/locale.ts';
import {
  ACTIVITIES,
  type Activity,
  type CostLine,
  type CostTotals,
  NATURES,
  RESOURCES,
  type TypedCostLine,
} from './costs.types.ts';

/** Most lines of a table. */
export const MOST_COST_LINES = 600;
/** Years of running that count in the full cost after the planned end (decree no. 2019-1088, article 3: 24 months). */
const RUNNING_YEARS = 2;
/** Largest amount of a line and of a table, in cents: 100 billion euros would be a typing error. */
const LARGEST_CENTS = 10_000_000_000_000;

const NAMES: Readonly<Record<keyof TypedCostLine, Translated>> = {
  year: { fr: 'année', en: 'year' },
  activity: { fr: 'activité', en: 'activity' },
  resource: { fr: 'ressource', en: 'resource' },
  nature: { fr: 'nature', en: 'nature' },
  commitment: { fr: 'engagement', en: 'commitment' },
  payment: { fr: 'paiement', en: 'payment' },
};

/**
 * An amount in euros as people type it (spaces between thousands, comma or point, at most two decimals), in whole cents;
 * NaN when it is none. An empty one is 0.
 */
export function centsAsTyped(text: string): number {
  const plain = text.replace(/[\s\u00A0\u202F€]/gu, '').replace(',', '.');
  if (plain === '') return 0;
  const parts = /^([+-]?)(\d{1,13})(?:\.(\d{1,2}))?$/.exec(plain);
  if (!parts) return Number.NaN;
  const [, sign, euros = '0', cents = ''] = parts;
  const whole = Number(euros) * 100 + Number(cents.padEnd(2, '0'));
  return sign === '-' && whole !== 0 ? -whole : whole;
}

/** An amount in cents as a form shows it: euros with a point, without useless decimals. */
export function centsAsInput(cents: number): string {
  const euros = Math.trunc(cents / 100);
  const rest = Math.abs(cents % 100);
  return rest === 0 ? String(euros) : `${euros}.${String(rest).padStart(2, '0')}`;
}

/** A line as a form shows it. */
export function costLineAsInput(line: CostLine): TypedCostLine {
  return {
    year: String(line.year),
    activity: line.activity,
    resource: line.resource,
    nature: line.nature,
    commitment: centsAsInput(line.commitmentCents),
    payment: centsAsInput(line.paymentCents),
  };
}

/** Tells whether nothing was typed in a line: it is then left out. */
export function isEmptyCostLine(line: TypedCostLine): boolean {
  return [line.year, line.commitment, line.payment, line.activity, line.resource].every(
    (cell) => cell.trim() === '',
  );
}

function fault(at: number, column: keyof TypedCostLine, fr: string, en: string): FieldError {
  const name = NAMES[column];
  return {
    field: `${column}_${at}`,
    text: {
      fr: `Ligne ${at + 1}, ${name.fr}\u00A0: ${fr}`,
      en: `Line ${at + 1}, ${name.en}: ${en}`,
    },
  };
}

function isOne<T extends string>(all: readonly T[], text: string): text is T {
  return (all as readonly string[]).includes(text);
}

/**
 * The lines as typed, checked; empty ones are left out and `at` of a fault is the place in the list given. A table holds
 * when no amount is below zero, each key is there once, and each nature's commitments are its payments.
 */
export function checkedCosts(
  typed: readonly TypedCostLine[],
  project: { readonly startedOn: string; readonly plannedEndOn: string },
): { readonly lines: readonly CostLine[]; readonly faults: readonly FieldError[] } {
  const first = Number(project.startedOn.slice(0, 4));
  const last = Number(project.plannedEndOn.slice(0, 4)) + RUNNING_YEARS;
  const lines: CostLine[] = [];
  const faults: FieldError[] = [];
  const seen = new Map<string, number>();
  for (const [at, line] of typed.entries()) {
    if (isEmptyCostLine(line)) continue;
    const mine: FieldError[] = [];
    const yearText = line.year.trim();
    const year = /^\d{4}$/.test(yearText) ? Number(yearText) : Number.NaN;
    if (!(year >= first && year <= last)) {
      mine.push(
        fault(
          at,
          'year',
          `donnez une année de ${first} à ${last} (du début du projet à deux ans après sa fin).`,
          `give a year from ${first} to ${last} (from the project’s start to two years after its end).`,
        ),
      );
    }
    const { activity, resource, nature } = line;
    if (!isOne(ACTIVITIES, activity)) {
      mine.push(
        fault(
          at,
          'activity',
          'choisissez une des treize activités.',
          'choose one of the thirteen activities.',
        ),
      );
    }
    if (!isOne(RESOURCES, resource)) {
      mine.push(
        fault(at, 'resource', 'choisissez une des six ressources.', 'choose one of the six resources.'),
      );
    }
    if (!isOne(NATURES, nature)) {
      mine.push(fault(at, 'nature', 'ponctuel ou récurrent\u00A0?', 'one-time or recurring?'));
    }
    const amounts = { commitment: centsAsTyped(line.commitment), payment: centsAsTyped(line.payment) };
    for (const column of ['commitment', 'payment'] as const) {
      const cents = amounts[column];
      if (Number.isNaN(cents)) {
        mine.push(
          fault(
            at,
            column,
            'donnez un montant en euros, comme 1250000.',
            'give an amount in euros, such as 1250000.',
          ),
        );
      } else if (cents < 0) {
        mine.push(fault(at, column, 'un montant n’est jamais négatif.', 'an amount is never negative.'));
      } else if (cents > LARGEST_CENTS) {
        mine.push(fault(at, column, 'ce montant est trop grand.', 'this amount is too large.'));
      }
    }
    const key = `${yearText}/${activity}/${resource}/${nature}`;
    const before = seen.get(key);
    if (mine.length === 0 && before !== undefined) {
      mine.push(
        fault(
          at,
          'year',
          `même année, activité, ressource et nature que la ligne ${before + 1}\u00A0: additionnez-les.`,
          `same year, activity, resource and nature as line ${before + 1}: add them up.`,
        ),
      );
    }
    faults.push(...mine);
    if (
      mine.length > 0 ||
      !isOne(ACTIVITIES, activity) ||
      !isOne(RESOURCES, resource) ||
      !isOne(NATURES, nature)
    ) {
      continue;
    }
    seen.set(key, at);
    lines.push({
      year,
      activity,
      resource,
      nature,
      commitmentCents: amounts.commitment,
      paymentCents: amounts.payment,
    });
  }
  return { lines, faults };
}

const sumOf = (lines: readonly CostLine[], amount: (line: CostLine) => number) =>
  lines.reduce((sum, line) => sum + amount(line), 0);

/** The sums of a table, or of some of its lines. */
export function totalsOf(lines: readonly CostLine[]): CostTotals {
  const of = (nature: CostLine['nature']) => lines.filter((line) => line.nature === nature);
  const committed = (some: readonly CostLine[]) => sumOf(some, (line) => line.commitmentCents);
  const paid = (some: readonly CostLine[]) => sumOf(some, (line) => line.paymentCents);
  return {
    commitmentCents: committed(lines),
    paymentCents: paid(lines),
    oneTimeCents: committed(of('one-time')),
    recurringCents: committed(of('recurring')),
    oneTimePaidCents: paid(of('one-time')),
    recurringPaidCents: paid(of('recurring')),
  };
}

/** What does not add up in a table whose lines are each right: payments, and the full cost that is declared with it. */
export function faultsOfSums(
  lines: readonly CostLine[],
  declaredTotal: string,
  write: { readonly fr: (cents: number) => string; readonly en: (cents: number) => string },
): FieldError[] {
  const faults: FieldError[] = [];
  for (const nature of NATURES) {
    const of = lines.filter((line) => line.nature === nature);
    const commitments = sumOf(of, (line) => line.commitmentCents);
    const payments = sumOf(of, (line) => line.paymentCents);
    if (commitments === payments) continue;
    const name = {
      'one-time': { fr: 'ponctuels', en: 'one-time' },
      recurring: { fr: 'récurrents', en: 'recurring' },
    }[nature];
    faults.push({
      field: 'sums',
      text: {
        fr: `Coûts ${name.fr}\u00A0: ${write.fr(commitments)} engagés et ${write.fr(payments)} payés. Sur toute la durée, les deux sommes sont égales.`,
        en: `${name.en === 'recurring' ? 'Recurring' : 'One-time'} costs: ${write.en(commitments)} committed and ${write.en(payments)} paid. Over the whole time, both sums are equal.`,
      },
    });
  }
  const declared = centsAsTyped(declaredTotal);
  const { commitmentCents } = totalsOf(lines);
  if (declaredTotal.trim() === '' || declared !== commitmentCents) {
    faults.push({
      field: 'declaredTotal',
      text: {
        fr: `Le coût complet déclaré doit être la somme du tableau\u00A0: ${write.fr(commitmentCents)}.`,
        en: `The full cost that is declared must be the sum of the table: ${write.en(commitmentCents)}.`,
      },
    });
  }
  if (commitmentCents > LARGEST_CENTS) {
    faults.push({
      field: 'declaredTotal',
      text: { fr: 'La somme est trop grande.', en: 'The sum is too large.' },
    });
  }
  return faults;
}

/** A row of sums: of a year or of an activity. */
export interface CostSums<K> extends CostTotals {
  readonly of: K;
}

/** The sums of each year, the first year first. */
export function sumsByYear(lines: readonly CostLine[]): CostSums<number>[] {
  const years = [...new Set(lines.map(({ year }) => year))].sort((a, b) => a - b);
  return years.map((year) => ({ of: year, ...totalsOf(lines.filter((line) => line.year === year)) }));
}

/** The sums of each activity that the table has, in the order of the thirteen. */
export function sumsByActivity(lines: readonly CostLine[]): CostSums<Activity>[] {
  return ACTIVITIES.filter((one) => lines.some(({ activity }) => activity === one)).map((one) => ({
    of: one,
    ...totalsOf(lines.filter(({ activity }) => activity === one)),
  }));
}
