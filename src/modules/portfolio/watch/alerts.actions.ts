// Decisions on alerts: recorded with what they set off (an event of the file, an audit) in one transaction and the ledger.

import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Db, Trx } from '#platform/database/connection.ts';
import { invalidInput, notFound } from '#platform/errors.ts';
import { roleRequired } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { isUuid, tidiedLines } from '#platform/typed-text.ts';
import { requestAudit } from '../audits/requests.actions.ts';
import { recordFileEvent } from '../files/events.actions.ts';
import { fileActorOf, instructsFile } from '../files/file-access.rules.ts';
import { filesFollowedBy } from '../recommendations/follow-up-access.rules.ts';
import { findAlert, insertAlertDecision, lockOpenAlertsOf } from './alerts.repository.ts';
import { faultsOfDecision, type TypedDecision } from './decisions.rules.ts';
import { alertIsDecided } from './watch.errors.ts';
import { restsUntil } from './watch.rules.ts';
import type { Alert } from './watch.types.ts';

/** The alert with this id. Throws `not-found` when there is none that the actor sees. */
export async function alertAt(db: Db, actor: Actor, id: string): Promise<Alert> {
  const found = isUuid(id) ? await findAlert(db, filesFollowedBy(actor), id) : undefined;
  if (!found) throw notFound();
  return found;
}

/** The file on which something is decided. */
type DecidedFile = Pick<Alert, 'fileId' | 'fileName' | 'organisationId' | 'organisationParentId'>;

/**
 * Records one decision on a project and on these of its open alerts (none: on the project alone), with its effect: an
 * event of the file for support, reorientation and stop; a request for an audit. The caller has checked who decides.
 * Throws `invalid-input`, `portfolio.file-is-in-another-state`, `portfolio.audit-is-excluded`.
 */
export async function decideWithin(
  trx: Trx,
  {
    now,
    today,
    actor,
    conferenceId = null,
  }: {
    readonly now: Date;
    readonly today: string;
    readonly actor: Actor;
    readonly conferenceId?: string | null;
  },
  file: DecidedFile,
  alerts: readonly Alert[],
  typed: TypedDecision,
): Promise<void> {
  const fields = faultsOfDecision(typed, today);
  if (fields.length > 0) throw invalidInput({ fields });
  const by = fileActorOf(actor, file);
  const { decision } = typed;
  const reason = tidiedLines(typed.reason);
  const until = decision === 'accepted-risk' ? typed.until : null;
  if (decision === 'support' || decision === 'reorientation' || decision === 'stop')
    await recordFileEvent(trx, {
      fileId: file.fileId,
      kind: decision,
      happenedOn: today,
      reason,
      actor: by,
      at: now,
      details: { alerts: alerts.map(({ id }) => id), ...(conferenceId !== null && { conferenceId }) },
      ...(decision === 'stop' && { inDifficulty: true }),
    });
  const auditId =
    decision === 'audit'
      ? (
          await requestAudit(trx, {
            fileId: file.fileId,
            alertId: alerts[0]?.id ?? null,
            scope: reason,
            actor: by,
            now,
            today,
          })
        ).id
      : null;
  const rests = restsUntil(until, today);
  for (const alert of alerts) {
    const ledgerEntry = await appendToLedger(trx, now, {
      kind: 'portfolio.alert-decided',
      subject: `portfolio/alert/${alert.id}`,
      actor: by,
      data: { fileId: file.fileId, rule: alert.rule, decision, reason, until, conferenceId, auditId },
    });
    await insertAlertDecision(trx, now, {
      alert,
      decision,
      reason,
      until,
      actor: by,
      conferenceId,
      auditId,
      ledgerEntry,
      restsUntil: rests,
    });
  }
}

/**
 * Decides an alert; with `others` all open alerts of its project at once. Throws `not-found`, `role-required`,
 * `portfolio.alert-is-decided` when somebody decided since it was read: then nothing has changed; `invalid-input`.
 */
export async function decideAlert(
  { db, clock, config }: Pick<Kernel, 'db' | 'clock' | 'config'>,
  actor: Actor,
  read: { readonly id: string; readonly version: number },
  { others, ...typed }: TypedDecision & { readonly others: boolean },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const now = clock.now();
    const seen = await alertAt(trx, actor, read.id);
    if (!instructsFile(actor, seen)) throw roleRequired();
    const open = await lockOpenAlertsOf(trx, seen.fileId);
    const alert = open.find(({ id }) => id === seen.id);
    if (alert?.version !== read.version) throw alertIsDecided();
    const alerts = others ? open : [alert];
    await decideWithin(trx, { now, today: dayIn(now, config.timeZone), actor }, alert, alerts, typed);
  });
}
