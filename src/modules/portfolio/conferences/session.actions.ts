// Intentions on a conference's session: what it concludes, decides, recommends, and the minutes that freeze it.
import { createHash } from 'node:crypto';
import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Trx } from '#platform/database/connection.ts';
import { invalidInput, notFound } from '#platform/errors.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { writePdf } from '#platform/pdf/pdf-document.ts';
import { tidiedLines } from '#platform/typed-text.ts';
import { fileStateFor } from '../files/facts.repository.ts';
import { fileActorOf } from '../files/file-access.rules.ts';
import { issueRecommendations } from '../recommendations/issue.actions.ts';
import { listRecommendationsFrom } from '../recommendations/recommendations.repository.ts';
import { faultsOfNew } from '../recommendations/recommendations.rules.ts';
import { decideWithin } from '../watch/alerts.actions.ts';
import { lockOpenAlertsOf } from '../watch/alerts.repository.ts';
import type { TypedDecision } from '../watch/decisions.rules.ts';
import {
  type ConferenceNeeds,
  conferenceItemAt,
  lockForConference,
  type ReadConference,
} from './conferences.actions.ts';
import { conferenceIsToCome, itemIsDecided, minutesAreBare } from './conferences.errors.ts';
import {
  insertMinutes,
  listConferenceItems,
  updateConference,
  updateItemDecision,
  updateItemText,
  writeSheets,
} from './conferences.repository.ts';
import { isInSession, textTyped } from './conferences.rules.ts';
import type { Conference } from './conferences.types.ts';
import { minutesText } from './minutes.document.ts';
import { sheetsOf } from './sheets.reading.ts';

const OPEN = ['drafted', 'prepared'] as const;

async function lockSession(trx: Trx, actor: Actor, read: ReadConference, today: string): Promise<Conference> {
  const conference = await lockForConference(trx, actor, read, { side: 'holds', states: OPEN });
  if (!isInSession(conference, today)) throw conferenceIsToCome();
  return conference;
}

/** Writes who took part and what is not about one project. Throws `invalid-input`, conflicts. */
export async function recordSession(
  { db, clock, config }: ConferenceNeeds,
  actor: Actor,
  read: ReadConference,
  typed: { readonly participants: string; readonly summary: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const now = clock.now();
    const conference = await lockSession(trx, actor, read, dayIn(now, config.timeZone));
    const participants = textTyped('participants', typed.participants, { least: 3, most: 4000 });
    const summary = textTyped('summary', typed.summary, { least: 0, most: 8000 });
    const fields = [...participants.faults, ...summary.faults];
    if (fields.length > 0) throw invalidInput({ fields });
    await updateConference(trx, now, conference.id, {
      participants: participants.text,
      summary: summary.text,
    });
    await appendToLedger(trx, now, {
      kind: 'portfolio.conference-session-recorded',
      subject: `portfolio/conference/${conference.id}`,
      actor: fileActorOf(actor, conference),
      data: { participants: participants.text.split('\n').length },
    });
  });
}

/** Writes what the session concludes on a project. Throws `invalid-input`, conflicts. */
export async function concludeItem(
  { db, clock, config }: ConferenceNeeds,
  actor: Actor,
  read: ReadConference,
  { itemId, conclusions: typed }: { readonly itemId: string; readonly conclusions: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const now = clock.now();
    const conference = await lockSession(trx, actor, read, dayIn(now, config.timeZone));
    const item = await conferenceItemAt(trx, conference.id, itemId);
    const { text, faults: fields } = textTyped('conclusions', typed, { least: 3, most: 8000 });
    if (fields.length > 0) throw invalidInput({ fields });
    await updateItemText(trx, item.id, { conclusions: text });
    await updateConference(trx, now, conference.id);
    await appendToLedger(trx, now, {
      kind: 'portfolio.conference-item-concluded',
      subject: `portfolio/conference/${conference.id}`,
      actor: fileActorOf(actor, conference),
      data: { itemId: item.id, fileId: item.fileId },
    });
  });
}

/**
 * Records what the session decides on a project, once: it decides all open alerts of the project, with the same effects as
 * on the watch. Throws `portfolio.conference-item-is-decided`, `invalid-input`, conflicts.
 */
export async function decideItem(
  { db, clock, config }: ConferenceNeeds,
  actor: Actor,
  read: ReadConference,
  { itemId, ...typed }: TypedDecision & { readonly itemId: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const now = clock.now();
    const today = dayIn(now, config.timeZone);
    const conference = await lockSession(trx, actor, read, today);
    const item = await conferenceItemAt(trx, conference.id, itemId);
    if (item.decision !== null) throw itemIsDecided();
    const facts = await fileStateFor(trx, item.fileId);
    if (!facts) throw notFound();
    const file = { ...facts, fileId: facts.id, fileName: facts.name };
    const alerts = await lockOpenAlertsOf(trx, item.fileId);
    await decideWithin(trx, { now, today, actor, conferenceId: conference.id }, file, alerts, typed);
    const until = typed.decision === 'accepted-risk' ? typed.until : null;
    await updateItemDecision(trx, item.id, {
      decision: typed.decision,
      reason: tidiedLines(typed.reason),
      until,
    });
    await updateConference(trx, now, conference.id);
    await appendToLedger(trx, now, {
      kind: 'portfolio.conference-item-decided',
      subject: `portfolio/conference/${conference.id}`,
      actor: fileActorOf(actor, conference),
      data: {
        itemId: item.id,
        fileId: item.fileId,
        decision: typed.decision,
        until,
        alerts: alerts.map(({ id }) => id),
      },
    });
  });
}

/** Issues a recommendation of the session on a project into the register. Throws `invalid-input`, conflicts. @returns its id. */
export async function recommendOnItem(
  { db, clock, config }: ConferenceNeeds,
  actor: Actor,
  read: ReadConference,
  { itemId, text, dueOn }: { readonly itemId: string; readonly text: string; readonly dueOn: string },
): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const now = clock.now();
    const today = dayIn(now, config.timeZone);
    const conference = await lockSession(trx, actor, read, today);
    const { fileId } = await conferenceItemAt(trx, conference.id, itemId);
    const fields = faultsOfNew({ text, dueOn }, today);
    if (fields.length > 0) throw invalidInput({ fields });
    const [id] = await issueRecommendations(trx, {
      now,
      today,
      actor: fileActorOf(actor, conference),
      items: [{ sourceKind: 'conference', sourceId: conference.id, fileId, text, ownerId: null, dueOn }],
    });
    await updateConference(trx, now, conference.id);
    return id as string;
  });
}

/**
 * Closes the conference: its minutes are written as PDF and frozen, their hash is in the ledger. Throws
 * `portfolio.minutes-are-bare` without a project or participants, conflicts.
 */
export async function closeConference(
  { db, clock, config }: ConferenceNeeds,
  actor: Actor,
  read: ReadConference,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const now = clock.now();
    const today = dayIn(now, config.timeZone);
    const conference = await lockSession(trx, actor, read, today);
    await freezeMinutes(trx, { now, timeZone: config.timeZone }, conference, fileActorOf(actor, conference));
  });
}

/** Writes and freezes the minutes in the caller's transaction; the caller has checked who closes, and when. */
export async function freezeMinutes(
  trx: Trx,
  {
    now,
    timeZone,
    recordedAt = now,
  }: { readonly now: Date; readonly timeZone: string; readonly recordedAt?: Date },
  conference: Conference,
  actor: Parameters<typeof insertMinutes>[2]['actor'],
): Promise<void> {
  const found = await listConferenceItems(trx, conference.id);
  if (found.length === 0 || conference.participants === '') throw minutesAreBare();
  // Sheets that the ministry never handed in are kept as they stand now.
  const missing = found.filter(({ sheet }) => sheet === null);
  const sheets = await sheetsOf(
    trx,
    missing.map(({ fileId }) => fileId),
    { now, timeZone },
  );
  const items = found.map((item) => ({ ...item, sheet: item.sheet ?? sheets.get(item.fileId) ?? null }));
  await writeSheets(
    trx,
    items.flatMap(({ id, sheet }) => (sheet ? [{ id, sheet }] : [])),
  );
  const recommendations = await listRecommendationsFrom(trx, conference.id);
  const content = await writePdf(
    minutesText({ conference, items, recommendations, closedAt: now, timeZone }),
  );
  const sha256 = createHash('sha256').update(content).digest('hex');
  const ledgerEntry = await appendToLedger(trx, recordedAt, {
    kind: 'portfolio.conference-closed',
    subject: `portfolio/conference/${conference.id}`,
    actor,
    data: {
      minutesSha256: sha256,
      bytes: content.length,
      items: items.length,
      recommendations: recommendations.length,
    },
  });
  await insertMinutes(trx, conference.id, { content, sha256, closedAt: now, ledgerEntry, actor });
  await updateConference(trx, now, conference.id, { state: 'closed' });
}
