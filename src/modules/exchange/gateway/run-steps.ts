// Takes a call through the steps, and counts what each step costs.
import type { Call } from './call.types.ts';
import { type GatewayParts, LAST_STEPS, STEPS, type Step } from './steps.ts';

/** One call in so many is timed: a clock read for each step of each call would cost more than some steps do. */
const TIMED_ONE_IN = 16;

/** What steps took, by their names. */
export class StepTimes {
  readonly seconds = new Map<string, number>();
  readonly calls = new Map<string, number>();
  #count = 0;

  /** Tells whether this call is one that is timed. */
  chooses(): boolean {
    this.#count = (this.#count + 1) % TIMED_ONE_IN;
    return this.#count === 0;
  }

  /** Adds one run of a step. */
  add(step: string, ms: number): void {
    this.seconds.set(step, (this.seconds.get(step) ?? 0) + ms / 1000);
    this.calls.set(step, (this.calls.get(step) ?? 0) + 1);
  }
}

/** Runs the steps of a call to its end. */
export async function runSteps(call: Call, parts: GatewayParts, times: StepTimes): Promise<void> {
  const timed = times.chooses() ? times : null;
  for (const step of STEPS) {
    const outcome = timed ? await timedRun(step, call, parts, timed) : step.run(call, parts);
    const refusal = outcome instanceof Promise ? await outcome : outcome;
    if (refusal) {
      call.refusal = refusal;
      break;
    }
  }
  await runLastSteps(call, parts, timed);
}

/** Records a call and answers it, by its refusal where it has one. */
export async function runLastSteps(call: Call, parts: GatewayParts, timed: StepTimes | null): Promise<void> {
  for (const step of LAST_STEPS) {
    const outcome = timed ? await timedRun(step, call, parts, timed) : step.run(call, parts);
    const refusal = outcome instanceof Promise ? await outcome : outcome;
    if (refusal) call.refusal = refusal;
  }
}

async function timedRun(step: Step, call: Call, parts: GatewayParts, times: StepTimes) {
  const start = performance.now();
  const outcome = await step.run(call, parts);
  times.add(step.name, performance.now() - start);
  return outcome;
}
