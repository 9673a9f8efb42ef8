// Signs that projects stay under the threshold on purpose: siblings of one organisation whose costs add up to it, and
// clusters just under it. They are proposed with their reasons; a person decides. Pure.
import { nameWords } from '../panorama/names.rules.ts';
import { addMonths } from './clock.rules.ts';
import type { Signal, SignalReason } from './opinions.types.ts';

/** What of a file is looked at. */
export interface SignalFile {
  readonly id: string;
  readonly organisationId: string;
  readonly name: string;
  readonly programmes: readonly string[];
  readonly startedOn: string;
  readonly fullCostCents: number;
}

/** The limits in force. */
export interface SignalLimits {
  readonly thresholdCents: number;
  readonly nearShare: number;
  readonly splittingMonths: number;
}

/** Words that every second project bears: they make no two of them alike. */
const COMMON = new Set(
  'de du des le la les et a au aux en pour par sur un une d l projet systeme si information numerique service services plateforme refonte outil lot phase tranche volet i ii iii iv'.split(
    ' ',
  ),
);

function tellingWords(name: string): Set<string> {
  const words = nameWords(name);
  const telling = words.filter((word) => !COMMON.has(word) && !/^\d+$/.test(word));
  return new Set(telling.length > 0 ? telling : words);
}

/** How alike two names are, from 0 to 1: telling words in common over those of the shorter name. */
export function nameLikeness(one: string, other: string): number {
  const [x, y] = [tellingWords(one), tellingWords(other)];
  const common = [...x].filter((word) => y.has(word)).length;
  return common / Math.max(1, Math.min(x.size, y.size));
}

const ALIKE = 0.5;

interface Tie {
  readonly name: number;
  readonly programmes: readonly string[];
}

/** Why two files of one organisation may be one project: names alike, or some likeness and a programme in common. */
function tieOf(one: SignalFile, other: SignalFile): Tie | null {
  const name = nameLikeness(one.name, other.name);
  const programmes = one.programmes.filter((code) => other.programmes.includes(code));
  return name >= ALIKE || (name > 0 && programmes.length > 0) ? { name, programmes } : null;
}

/** Tells whether both days lie within a window of `months`. */
function within(one: string, other: string, months: number): boolean {
  const [first, last] = one < other ? [one, other] : [other, one];
  return last <= addMonths(first, months);
}

/**
 * Every sign in `files`, which all are under the threshold or are left out. Siblings: tied files of one organisation begun
 * within the window whose costs together reach the threshold. Near: files from the near share up to the threshold, those of
 * one organisation within the window together.
 */
export function signalsOf(files: readonly SignalFile[], limits: SignalLimits): Signal[] {
  const below = files.filter(
    ({ fullCostCents }) => fullCostCents > 0 && fullCostCents < limits.thresholdCents,
  );
  const byOrganisation = Map.groupBy(below, ({ organisationId }) => organisationId);
  return [...byOrganisation.values()].flatMap((own) => [...siblingsOf(own, limits), ...nearOf(own, limits)]);
}

/** Groups of files in which each is joined with one before it by `joins`, begun within the window of the first. */
function groups(
  files: readonly SignalFile[],
  months: number,
  joins: (one: SignalFile, other: SignalFile) => boolean,
): SignalFile[][] {
  const sorted = [...files].sort(
    (x, y) => x.startedOn.localeCompare(y.startedOn) || x.id.localeCompare(y.id),
  );
  const taken = new Set<string>();
  const found: SignalFile[][] = [];
  for (const first of sorted) {
    if (taken.has(first.id)) continue;
    const group = [first];
    // Grown until nothing more joins: a chain of likeness is a family.
    for (let at = 0; at < group.length; at += 1) {
      const from = group[at] as SignalFile;
      for (const other of sorted) {
        if (taken.has(other.id) || group.includes(other) || other.startedOn < first.startedOn) continue;
        if (within(first.startedOn, other.startedOn, months) && joins(from, other)) group.push(other);
      }
    }
    for (const { id } of group) taken.add(id);
    found.push(group);
  }
  return found;
}

function factsOf(group: readonly SignalFile[], { thresholdCents }: SignalLimits) {
  const totalCents = group.reduce((sum, { fullCostCents }) => sum + fullCostCents, 0);
  return {
    organisationId: group[0]?.organisationId ?? '',
    fileIds: group.map(({ id }) => id).sort(),
    totalCents,
    thresholdCents,
  };
}

function datesReason(group: readonly SignalFile[], months: number): SignalReason {
  const days = group.map(({ startedOn }) => startedOn).sort();
  return { kind: 'dates', from: days[0] ?? '', to: days.at(-1) ?? '', months };
}

function siblingsOf(files: readonly SignalFile[], limits: SignalLimits): Signal[] {
  return groups(files, limits.splittingMonths, (one, other) => tieOf(one, other) !== null)
    .filter((group) => group.length > 1 && factsOf(group, limits).totalCents >= limits.thresholdCents)
    .map((group) => {
      const facts = factsOf(group, limits);
      const pairs = group.flatMap((one, at) => group.slice(at + 1).map((other) => tieOf(one, other)));
      const ties = pairs.filter((tie) => tie !== null);
      const programmes = [...new Set(ties.flatMap((tie) => tie.programmes))].sort();
      const names = Math.max(0, ...ties.map(({ name }) => name));
      const reasons: SignalReason[] = [
        { kind: 'total', share: facts.totalCents / limits.thresholdCents },
        { kind: 'names', likeness: names },
        ...(programmes.length > 0 ? [{ kind: 'programmes', programmes } as const] : []),
        datesReason(group, limits.splittingMonths),
      ];
      return { kind: 'splitting', ...facts, reasons };
    });
}

function nearOf(files: readonly SignalFile[], limits: SignalLimits): Signal[] {
  const near = files.filter(({ fullCostCents }) => fullCostCents >= limits.nearShare * limits.thresholdCents);
  return groups(near, limits.splittingMonths, () => true).map((group) => ({
    kind: 'near-threshold',
    ...factsOf(group, limits),
    reasons: [
      {
        kind: 'near',
        shares: group.map(({ fullCostCents }) => fullCostCents / limits.thresholdCents),
      },
      ...(group.length > 1 ? [datesReason(group, limits.splittingMonths)] : []),
    ],
  }));
}
