// Loads the demonstration State's alerts from what really fires on its files: a dozen open, a few decided.
import { inventedId } from '#modules/identity/public.ts';
import { dayAfter, dayIn } from '#platform/calendar-days.rules.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendAllToLedger, appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { insertAlertDecision, insertAlerts } from './alerts.repository.ts';
import { firingsNow } from './watch.actions.ts';
import { restsUntil, WATCH_VERSION } from './watch.rules.ts';
import { type AlertDecision, type Firing, WATCH_RULES } from './watch.types.ts';

const DAY_MS = 86_400_000;
const OPEN = 12;
const BY: LedgerActor = { kind: 'system', name: 'portfolio.watch' };
const JUDGE: LedgerActor = {
  kind: 'person',
  personId: inventedId('person', 'Anaïs Kerbrat'),
  role: 'auditor',
};

/** What was decided on some. */
const DECIDED: readonly {
  readonly decision: AlertDecision;
  readonly reason: string;
  readonly days?: number;
}[] = [
  {
    decision: 'accepted-risk',
    reason:
      'Le marché d’appui s’achève en mars et l’internalisation est financée\u00A0: le dépassement est connu et borné.',
    days: 120,
  },
  {
    decision: 'accepted-risk',
    reason:
      'Le ministère a suspendu ses points le temps du changement de direction\u00A0; le prochain est fixé.',
    days: 45,
  },
  {
    decision: 'reorientation',
    reason: 'Le projet recentre sa première mise en service et proposera une nouvelle référence avant l’été.',
  },
  {
    decision: 'support',
    reason:
      'L’équipe n’a pas de profil de données\u00A0: une brigade l’aidera à mesurer ses objectifs d’impact.',
  },
];

/** Loads them. */
export async function loadDemonstrationAlerts({
  db,
  clock,
  config,
}: Pick<Kernel, 'db' | 'clock' | 'config'>): Promise<void> {
  const now = clock.now();
  const today = dayIn(now, config.timeZone);
  await db.transaction().execute(async (trx) => {
    const { firings } = await firingsNow(trx, today, config.timeZone);
    const chosen = spread(firings, OPEN + DECIDED.length);
    const opened = await insertAlerts(
      trx,
      now,
      WATCH_VERSION,
      chosen.map((firing, at) => ({ ...firing, openedAt: new Date(now.getTime() - (2 + at * 4) * DAY_MS) })),
    );
    await appendAllToLedger(
      trx,
      now,
      opened.map(({ id, fileId, rule, facts }) => ({
        kind: 'portfolio.alert-opened',
        subject: `portfolio/alert/${id}`,
        actor: BY,
        data: { fileId, rule, version: WATCH_VERSION, facts, demonstration: true },
      })),
    );
    const last = opened.slice(OPEN);
    for (const [at, { decision, reason, days }] of DECIDED.entries()) {
      const alert = last[at];
      if (!alert) break;
      const until = days === undefined ? null : dayAfter(today, days);
      const { fileId, rule } = alert;
      const ledgerEntry = await appendToLedger(trx, now, {
        kind: 'portfolio.alert-decided',
        subject: `portfolio/alert/${alert.id}`,
        actor: JUDGE,
        data: { fileId, rule, decision, reason, until, demonstration: true },
      });
      await insertAlertDecision(trx, new Date(now.getTime() - (3 + at * 5) * DAY_MS), {
        alert,
        decision,
        reason,
        until,
        actor: JUDGE,
        conferenceId: null,
        auditId: null,
        ledgerEntry,
        restsUntil: restsUntil(until, today),
      });
    }
  });
}

/** Some of what fires, each rule by turns. */
function spread(firings: readonly Firing[], most: number): Firing[] {
  const queues = WATCH_RULES.map((rule) => firings.filter((firing) => firing.rule === rule));
  const found: Firing[] = [];
  for (let at = 0; found.length < most && queues.some((queue) => queue.length > at); at++)
    found.push(...queues.flatMap((queue) => queue.slice(at, at + 1)));
  return found.slice(0, most);
}
