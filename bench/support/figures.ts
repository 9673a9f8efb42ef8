// What every benchmark prints: the machine, a table, what is not covered, and one line of JSON at the end.
import { cpus, totalmem } from 'node:os';

/** The middle value; the lower of two. NaN of nothing. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/** Prints the machine and the versions that a figure depends on. */
export function printMachine(more: Record<string, string> = {}): void {
  const [cpu] = cpus();
  const facts = {
    machine: `${cpus().length} × ${cpu?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${process.platform} ${process.arch}`,
    node: process.version,
    ...more,
  };
  for (const [name, value] of Object.entries(facts)) process.stdout.write(`${name}: ${value}\n`);
}

/** Prints the table, what it does not cover, and the figures as the last line. */
export function printFigures(
  rows: readonly Record<string, string | number>[],
  notCovered: string,
  figures: Record<string, number>,
): void {
  console.table(rows);
  process.stdout.write(`Not covered: ${notCovered}\n${JSON.stringify(figures)}\n`);
}

/** A figure with few digits, for tables and the last line. */
export function round(value: number, digits = 1): number {
  return Number(value.toFixed(digits));
}
