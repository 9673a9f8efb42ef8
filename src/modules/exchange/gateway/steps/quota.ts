// Step: how often an accreditation may call an API. A bucket that fills evenly: its size is what a minute allows.

interface Bucket {
  tokens: number;
  at: number;
}

/** Accreditations that are counted at once at most; beyond, the longest unused are forgotten. */
const MOST_BUCKETS = 100_000;
const MINUTE_MS = 60_000;

/** Counts calls. */
export class Quota {
  readonly #buckets = new Map<string, Bucket>();

  /**
   * Takes one call of `perMinute` under `name`. @returns 0 when it may pass, else the seconds after which the next one
   * may. `now` in milliseconds.
   */
  take(name: string, perMinute: number, now: number): number {
    let bucket = this.#buckets.get(name);
    if (!bucket) {
      bucket = { tokens: perMinute, at: now };
      if (this.#buckets.size >= MOST_BUCKETS) this.#forgetFull(now);
      this.#buckets.set(name, bucket);
    }
    const elapsed = Math.max(0, now - bucket.at);
    bucket.tokens = Math.min(perMinute, bucket.tokens + (elapsed * perMinute) / MINUTE_MS);
    bucket.at = now;
    if (bucket.tokens >= 1) {
      bucket.tokens -= 1;
      return 0;
    }
    return Math.max(1, Math.ceil(((1 - bucket.tokens) * MINUTE_MS) / perMinute / 1000));
  }

  /** A bucket unused for a minute is full again: to forget it changes nothing. */
  #forgetFull(now: number): void {
    for (const [name, { at }] of this.#buckets) if (now - at > MINUTE_MS) this.#buckets.delete(name);
    if (this.#buckets.size < MOST_BUCKETS) return;
    for (const name of this.#buckets.keys()) {
      this.#buckets.delete(name);
      if (this.#buckets.size < MOST_BUCKETS / 2) break;
    }
  }
}
