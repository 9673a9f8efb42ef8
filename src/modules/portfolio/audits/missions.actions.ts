// How an audit is carried out: its mission, findings, conclusions, and its release, with which its recommendations go to the
// register. One transaction each, with its line in the ledger.
import { listHoldersOf } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Db, Trx } from '#platform/database/connection.ts';
import { invalidInput, notFound } from '#platform/errors.ts';
import { roleRequired } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { isUuid, tidiedLines } from '#platform/typed-text.ts';
import { tellHolders } from '../opinions/opinion-mail.ts';
import type { Advice } from '../opinions/opinions.types.ts';
import { redactedTexts, redactionsOf, type TypedPublication } from '../opinions/publication.rules.ts';
import { textFaults } from '../opinions/typed-opinion.rules.ts';
import { issueRecommendations } from '../recommendations/issue.actions.ts';
import {
  asksForAudit,
  auditActorOf,
  auditsSeenBy,
  carriesOutAudits,
  isOfMission,
} from './audit-access.rules.ts';
import { auditIsClassified, auditIsElsewhere } from './audits.errors.ts';
import {
  findAudit,
  findLastRelease,
  insertFinding,
  insertRelease,
  lockAudit,
  updateConclusions,
  updateEnded,
  updateMission,
} from './audits.repository.ts';
import type { Audit } from './audits.types.ts';
import {
  conclusionsAsTyped,
  faultsOfMission,
  findingAsTyped,
  type TypedMission,
} from './typed-audit.rules.ts';

type Needs = Pick<Kernel, 'db' | 'clock' | 'config'>;

/** The audit with this id. Throws `not-found` where the actor is neither of its mission nor its requester. */
export async function auditAt(db: Db, actor: Actor, id: string): Promise<Audit> {
  const found = isUuid(id) ? await findAudit(db, auditsSeenBy(actor), id) : undefined;
  if (!found) throw notFound();
  return found;
}

async function lockedAuditAt(trx: Trx, actor: Actor, id: string): Promise<Audit> {
  const found = isUuid(id) ? await lockAudit(trx, auditsSeenBy(actor), id) : undefined;
  if (!found) throw notFound();
  return found;
}

async function record(
  trx: Trx,
  now: Date,
  id: string,
  actor: Actor,
  kind: string,
  data: Record<string, unknown>,
): Promise<void> {
  await appendToLedger(trx, now, {
    kind: `portfolio.audit-${kind}`,
    subject: `portfolio/audit/${id}`,
    actor: auditActorOf(actor),
    data,
  });
}

/**
 * Names the mission of an audit that was asked for; from then on it alone and the requester see it. Throws `not-found`,
 * `role-required`, `invalid-input`, `portfolio.audit-is-in-another-state`.
 */
export async function composeMission(
  { db, clock, config }: Needs,
  actor: Actor,
  id: string,
  mission: TypedMission,
): Promise<void> {
  const now = clock.now();
  await db.transaction().execute(async (trx) => {
    const audit = await lockedAuditAt(trx, actor, id);
    if (!carriesOutAudits(actor)) throw roleRequired();
    if (audit.state !== 'requested') throw auditIsElsewhere();
    const auditors = new Set((await listHoldersOf(trx, ['auditor'], null, now)).map((one) => one.id));
    const fields = faultsOfMission(mission, auditors, dayIn(now, config.timeZone));
    if (fields.length > 0) throw invalidInput({ fields });
    await updateMission(trx, now, id, mission);
    const { memberIds, leadId, startsOn, endsOn } = mission;
    await record(trx, now, id, actor, 'staffed', { members: memberIds.length, leadId, startsOn, endsOn });
  });
}

async function runningMission(trx: Trx, actor: Actor, id: string): Promise<Audit> {
  const audit = await lockedAuditAt(trx, actor, id);
  if (!isOfMission(actor, audit)) throw roleRequired();
  if (audit.state !== 'running') throw auditIsElsewhere();
  return audit;
}

/** Adds a finding of the mission. Throws as `composeMission` does. */
export async function addFinding(
  { db, clock }: Pick<Needs, 'db' | 'clock'>,
  actor: Actor,
  id: string,
  typed: { readonly severity: string; readonly title: string; readonly text: string },
): Promise<void> {
  const now = clock.now();
  await db.transaction().execute(async (trx) => {
    await runningMission(trx, actor, id);
    const finding = findingAsTyped(typed);
    if (Array.isArray(finding)) throw invalidInput({ fields: finding });
    await insertFinding(trx, now, id, { ...finding, author: auditActorOf(actor) });
    await record(trx, now, id, actor, 'finding-added', { severity: finding.severity });
  });
}

/** Concludes: the requester is told. Throws as `composeMission` does. */
export async function concludeAudit(
  kernel: Kernel,
  actor: Actor,
  id: string,
  typed: { readonly conclusions: string; readonly recommendations: readonly Advice[] },
): Promise<void> {
  const { db, clock, config } = kernel;
  const now = clock.now();
  await db.transaction().execute(async (trx) => {
    const audit = await runningMission(trx, actor, id);
    const conclusions = conclusionsAsTyped(typed, dayIn(now, config.timeZone));
    if (Array.isArray(conclusions)) throw invalidInput({ fields: conclusions });
    await updateConclusions(trx, now, id, conclusions);
    await record(trx, now, id, actor, 'concluded', {
      findings: audit.findings.length,
      recommendations: conclusions.recommendations.length,
    });
    await tellHolders(trx, kernel, [audit.requesterId], ['digital-director'], {
      subject: { fr: `Audit n°\u00A0${audit.number}`, en: `Audit ${audit.number}` },
      sentence: {
        fr: 'La mission a conclu. Ses conclusions sont confidentielles jusqu’à leur publication.',
        en: 'The mission has concluded. Its conclusions are confidential until they are released.',
      },
      path: `/projects/audits/${id}`,
    });
  });
}

/** The texts of an audit that may be struck out, by their field. */
export function releasableTexts({
  scope,
  findings,
  conclusions,
  recommendations,
}: Pick<Audit, 'scope' | 'findings' | 'conclusions' | 'recommendations'>): Record<string, string> {
  const oneLine = (text: string) => text.replaceAll('\n', ' ');
  return {
    scope,
    ...Object.fromEntries(findings.map(({ title, text }, at) => [`finding-${at + 1}`, `${title}\n${text}`])),
    conclusions,
    recommendations: recommendations.map(({ text }) => oneLine(text)).join('\n'),
  };
}

/**
 * Releases a concluded audit without the passages that are marked, once more where a ground has fallen. With its first
 * release its recommendations go to the register. Throws `not-found`, `role-required`, `invalid-input`,
 * `portfolio.audit-is-classified`, `portfolio.audit-is-in-another-state`.
 */
export async function releaseAudit(
  { db, clock, config }: Needs,
  actor: Actor,
  id: string,
  typed: TypedPublication,
): Promise<void> {
  const now = clock.now();
  await db.transaction().execute(async (trx) => {
    const audit = await lockedAuditAt(trx, actor, id);
    if (!isOfMission(actor, audit)) throw roleRequired();
    if (audit.state !== 'concluded' && audit.state !== 'released') throw auditIsElsewhere();
    if (audit.classified) throw auditIsClassified();
    const texts = releasableTexts(audit);
    const asked = redactionsOf(texts, typed);
    if (Array.isArray(asked)) throw invalidInput({ fields: asked });
    const { ground, redactions } = asked;
    const edition = ((await findLastRelease(trx, id))?.edition ?? 0) + 1;
    const published = publishedAudit(audit, redactedTexts(texts, redactions));
    const publishedBy = auditActorOf(actor);
    await insertRelease(trx, {
      auditId: id,
      edition,
      publishedAt: now,
      publishedBy,
      ground,
      redactions,
      published: { ...published, ground },
    });
    await record(trx, now, id, actor, 'released', { edition, ground, passages: redactions.length });
    if (audit.state === 'released') return;
    await updateEnded(trx, now, id, 'released');
    await registerRecommendations(trx, now, dayIn(now, config.timeZone), actor, audit);
  });
}

function publishedAudit(audit: Audit, texts: Readonly<Record<string, string>>) {
  const { recommendations = '', conclusions = '', scope = '' } = texts;
  return {
    subject: audit.subject,
    organisation: audit.organisationName,
    requester: audit.requesterName,
    startsOn: audit.startsOn,
    endsOn: audit.endsOn,
    scope,
    findings: audit.findings.map(({ severity }, at) => {
      const [title = '', ...text] = (texts[`finding-${at + 1}`] ?? '').split('\n');
      return { severity, title, text: text.join('\n') };
    }),
    conclusions,
    recommendations: recommendations === '' ? [] : recommendations.split('\n'),
  };
}

/** A system without a file keeps its recommendations on its own page: the register follows projects. */
async function registerRecommendations(
  trx: Trx,
  now: Date,
  today: string,
  actor: Actor,
  { id, fileId, recommendations }: Audit,
): Promise<void> {
  if (fileId === null) return;
  await issueRecommendations(trx, {
    now,
    today,
    actor: auditActorOf(actor),
    items: recommendations.map(({ text, dueOn }) => ({
      sourceKind: 'audit',
      sourceId: id,
      fileId,
      text,
      ownerId: null,
      // The release may come after the day that the mission had in mind.
      dueOn: dueOn < today ? today : dueOn,
    })),
  });
}

/**
 * Gives an audit up, with the reason: who asked for it, or its mission. Throws `not-found`, `role-required`, `invalid-input`,
 * `portfolio.audit-is-in-another-state` once it concluded.
 */
export async function abandonAudit(
  { db, clock }: Pick<Needs, 'db' | 'clock'>,
  actor: Actor,
  id: string,
  typed: string,
): Promise<void> {
  const now = clock.now();
  const reason = tidiedLines(typed);
  await db.transaction().execute(async (trx) => {
    const audit = await lockedAuditAt(trx, actor, id);
    if (!asksForAudit(actor, audit) && !isOfMission(actor, audit)) throw roleRequired();
    if (audit.state !== 'requested' && audit.state !== 'running') throw auditIsElsewhere();
    const fields = textFaults('reason', reason, 10, 2000);
    if (fields.length > 0) throw invalidInput({ fields });
    await updateEnded(trx, now, id, 'abandoned', reason);
    await record(trx, now, id, actor, 'abandoned', { from: audit.state });
  });
}
