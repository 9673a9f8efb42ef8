// How money moves within a window's budget, and how amounts are typed. Whole euro cents throughout.
import type { Balance, MoveKind } from './funding.types.ts';

/** The largest amount, in cents: a thousand billion euros, well within what a number holds exactly. */
export const MOST_CENTS = 100_000_000_000_000;

/** What a movement of `cents` adds to what is committed and paid. */
export function changeOf(kind: MoveKind, cents: number): Balance {
  switch (kind) {
    case 'awarded':
      return { committedCents: cents, paidCents: 0 };
    case 'paid':
      return { committedCents: -cents, paidCents: cents };
    case 'clawed-back':
      return { committedCents: 0, paidCents: -cents };
    case 'released':
      return { committedCents: -cents, paidCents: 0 };
  }
}

/** The balance after a movement; null where it would pass the budget, or pay or take back what is not there. */
export function moved(budgetCents: number, before: Balance, kind: MoveKind, cents: number): Balance | null {
  if (!Number.isSafeInteger(cents) || cents < 0) return null;
  const change = changeOf(kind, cents);
  const committedCents = before.committedCents + change.committedCents;
  const paidCents = before.paidCents + change.paidCents;
  if (committedCents < 0 || paidCents < 0 || committedCents + paidCents > budgetCents) return null;
  return { committedCents, paidCents };
}

/** What is left of a budget. */
export function leftOf(budgetCents: number, { committedCents, paidCents }: Balance): number {
  return budgetCents - committedCents - paidCents;
}

/** Cents of an amount in euros as people type it (`12 500,50`); null when it is none, is zero or is too large. */
export function centsOf(typed: string): number | null {
  const [, euros = '', cents = ''] =
    /^(\d{1,13})(?:[.,](\d{1,2}))?$/.exec(typed.replace(/[\s€]/gu, '')) ?? [];
  if (euros === '') return null;
  const amount = Number(euros) * 100 + Number(cents.padEnd(2, '0'));
  return amount > 0 && amount <= MOST_CENTS ? amount : null;
}
