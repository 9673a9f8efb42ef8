// The score that follows from what the technical doctrine finds in a document. Pure.
import type { DoctrineFinding, FindingSeverity } from './catalogue.types.ts';
import { DOCTRINE } from './doctrine.rules.ts';

const WEIGHTS: Readonly<Record<FindingSeverity, number>> = { error: 10, warning: 6, advice: 3 };

/** Weight of the rule that a document has the shape that OpenAPI asks for. */
const STRUCTURE_WEIGHT = 20;

/** Name of the rule that a document has the shape that OpenAPI asks for. */
export const STRUCTURE = 'valid-structure';

/** What a rule weighs in the score; 0 for a name that is none. */
export function weightOf(name: string): number {
  if (name === STRUCTURE) return STRUCTURE_WEIGHT;
  const severity = DOCTRINE[name]?.severity;
  return severity === undefined ? 0 : WEIGHTS[severity];
}

/**
 * The score of a document, 0 to 100: what its rules weigh (an error 10, a warning 6, an advice 3, the structure 20) less
 * what those that it breaks cost: four fifths of their weight at the first finding, a twentieth more for each further one.
 */
export function doctrineScore(findings: readonly Pick<DoctrineFinding, 'rule'>[]): number {
  const counts = new Map<string, number>();
  for (const { rule } of findings) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  let weights = 0;
  let cost = 0;
  for (const name of [STRUCTURE, ...Object.keys(DOCTRINE)]) {
    weights += weightOf(name);
    cost += costOf(weightOf(name), counts.get(name) ?? 0);
  }
  return Math.round(100 * (1 - cost / weights));
}

function costOf(weight: number, findings: number): number {
  return findings === 0 ? 0 : weight * Math.min(1, 0.8 + (findings - 1) / 20);
}
