// What the records say of a stop: obeyed, or not. Pure.
import type { EffectVerdict, GatewayEffect, Stop, StopEffect } from './stops.types.ts';

/** Milliseconds without a word after which a gateway refuses every call: its policy is older than its bound. */
const SILENT_MS = 10_000;

/**
 * Judges a stop by the records of its flow. A gateway judges each call under one version of the policy and records which:
 * an allowed call under a version that holds the stop is a breach, whatever clocks say.
 */
export function effectVerdict({ breaches, recordsRead }: StopEffect): EffectVerdict {
  if (breaches.length > 0) return 'breached';
  return recordsRead > 0 ? 'holds' : 'not-yet';
}

/** Milliseconds from the order to the last call that a gateway let through; negative: before it. Null where there is none. */
export function delayOf(
  { orderedAt }: Pick<Stop, 'orderedAt'>,
  { lastAllowed }: GatewayEffect,
): number | null {
  return lastAllowed === null ? null : lastAllowed.at.getTime() - orderedAt.getTime();
}

/** Whether a gateway has not been heard of for longer than the age at which it refuses every call by itself. */
export function isSilent({ seenAt }: GatewayEffect, now: Date): boolean {
  return seenAt !== null && now.getTime() - seenAt.getTime() > SILENT_MS;
}
