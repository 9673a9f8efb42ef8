// The watch over providers: each in use is looked at, what was seen is recorded, changes of state go to the ledger.
import { dayIn, daysBefore } from '#platform/calendar-days.rules.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { sideBySide } from '#platform/side-by-side.ts';
import { reportToCircuit } from './circuit.ts';
import { insertChecks, lockedStates, sweepChecks } from './upstream-checks.repository.ts';
import { lookAtProvider } from './upstream-discovery.ts';
import { LONGEST_SPAN } from './upstream-status.rules.ts';
import { listUpstreams } from './upstreams.repository.ts';
import { effectiveIssuer } from './upstreams.rules.ts';
import type { Upstream, UpstreamCheck } from './upstreams.types.ts';

type Needs = Pick<Kernel, 'db' | 'clock' | 'config' | 'outgoing'>;

const AT_ONCE = 32;
const KEPT_FOR_MS = LONGEST_SPAN * 24 * 60 * 60 * 1000;

/** What one round of the watch came to. */
export interface WatchRound {
  readonly looked: number;
  readonly down: number;
  readonly changed: number;
  readonly swept: number;
}

/**
 * Looks at every provider in use, side by side, each for five seconds at the most. Demonstration providers stand at
 * `origin`; where Socle is reached at another one they cannot be looked at, and nothing is recorded of them.
 */
export async function watchProviders(needs: Needs, origin: string): Promise<WatchRound> {
  const upstreams = await listUpstreams(needs.db, { enabledOnly: true });
  const checks = (await sideBySide(upstreams, AT_ONCE, (upstream) => look(needs, upstream, origin))).filter(
    (check) => check !== null,
  );
  const now = needs.clock.now();
  const day = dayIn(now, needs.config.timeZone);
  return needs.db.transaction().execute(async (trx) => {
    const ids = checks.map(({ upstreamId }) => upstreamId);
    const before = new Map(
      (ids.length === 0 ? [] : await lockedStates(trx, ids)).map(({ id, state }) => [id, state]),
    );
    // Those disabled meanwhile are left out.
    const counted = checks.filter(({ upstreamId }) => before.has(upstreamId));
    await insertChecks(trx, day, counted);
    let changed = 0;
    for (const { upstreamId, isUp, fault } of counted) {
      const from = before.get(upstreamId);
      const to = isUp ? 'up' : 'down';
      if (from === to) continue;
      changed += 1;
      await appendToLedger(trx, now, {
        kind: 'identity.upstream-state-changed',
        subject: `identity/upstream/${upstreamId}`,
        actor: { kind: 'system', name: 'identity' },
        data: { from: from ?? 'unknown', to, ...(fault !== null && { fault: faultWord(fault) }) },
      });
    }
    const swept = await sweepChecks(
      trx,
      new Date(now.getTime() - KEPT_FOR_MS),
      daysBefore(day, LONGEST_SPAN),
    );
    return { looked: counted.length, down: counted.filter(({ isUp }) => !isUp).length, changed, swept };
  });
}

async function look(needs: Needs, upstream: Upstream, origin: string): Promise<UpstreamCheck | null> {
  const { outgoing, config, clock } = needs;
  const issuer = effectiveIssuer(upstream, origin);
  const seen = await lookAtProvider(outgoing, issuer, { mayBeInsecure: config.demo });
  const isUp = seen.fault === null;
  if (!isUp && upstream.isDemonstration) return null;
  // A provider that answers wrongly does answer: only silence opens its circuit.
  reportToCircuit(needs, upstream.id, seen.fault !== 'unreachable', seen.milliseconds);
  return {
    upstreamId: upstream.id,
    checkedAt: clock.now(),
    isUp,
    milliseconds: seen.milliseconds,
    fault: isUp ? null : `${seen.fault}: ${seen.detail}`.slice(0, 500),
  };
}

/** The word before a fault's detail, which may hold what a stranger's server said. */
function faultWord(fault: string): string {
  return fault.split(':')[0] ?? fault;
}
