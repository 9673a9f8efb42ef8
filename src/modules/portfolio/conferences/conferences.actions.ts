// Intentions on a conference before its session: open it with a proposed agenda, change that, comment, hand the sheets in.
import { listOrganisations } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Db, Trx } from '#platform/database/connection.ts';
import { invalidInput, notFound } from '#platform/errors.ts';
import { roleRequired } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { isUuid } from '#platform/typed-text.ts';
import { listFileStates } from '../files/facts.repository.ts';
import { fileActorOf } from '../files/file-access.rules.ts';
import { listOpenRecommendationsOf } from '../recommendations/recommendations.repository.ts';
import { isOverdue } from '../recommendations/recommendations.rules.ts';
import { ESCALATION_LEVELS } from '../recommendations/recommendations.types.ts';
import { settingOn } from '../settings/settings.repository.ts';
import { openAlertsOf } from '../watch/alerts.repository.ts';
import { conferenceReachOf, rightsOnConference } from './conference-access.rules.ts';
import { conferenceChangedSince, conferenceIsElsewhere } from './conferences.errors.ts';
import {
  findConference,
  insertConference,
  listConferenceItems,
  lockConference,
  updateConference,
  updateItemText,
  writeAgenda,
  writeSheets,
} from './conferences.repository.ts';
import { faultsOfAgenda, faultsOfConference, proposedAgenda, textTyped } from './conferences.rules.ts';
import type { AgendaCandidate, Conference, ConferenceItem, ConferenceState } from './conferences.types.ts';
import { sheetsOf } from './sheets.reading.ts';

/** What the actions on conferences need of the kernel. */
export type ConferenceNeeds = Pick<Kernel, 'db' | 'clock' | 'config'>;

/** What the one who acts read before: its version, so that nothing that they did not see is decided. */
export interface ReadConference {
  readonly id: string;
  readonly version: number;
}

/** The conference with this id. Throws `not-found` when there is none that the actor sees. */
export async function conferenceAt(db: Db, actor: Actor, id: string): Promise<Conference> {
  const found = isUuid(id) ? await findConference(db, conferenceReachOf(actor), id) : undefined;
  if (!found) throw notFound();
  return found;
}

/** A conference's project with this id. Throws `not-found`. */
export async function conferenceItemAt(db: Db, conferenceId: string, id: string): Promise<ConferenceItem> {
  const found = (await listConferenceItems(db, conferenceId)).find((item) => item.id === id);
  if (!found) throw notFound();
  return found;
}

/** Takes the conference for a change. Throws `not-found`, `role-required`, the conflicts of its state and version. */
export async function lockForConference(
  trx: Trx,
  actor: Actor,
  read: ReadConference,
  {
    side,
    states,
  }: { readonly side: 'holds' | 'comments' | 'handsIn'; readonly states: readonly ConferenceState[] },
): Promise<Conference> {
  const conference = isUuid(read.id)
    ? await lockConference(trx, conferenceReachOf(actor), read.id)
    : undefined;
  if (!conference) throw notFound();
  if (!rightsOnConference(actor, conference)[side]) throw roleRequired();
  if (!states.includes(conference.state))
    throw conferenceIsElsewhere({ detail: { state: conference.state } });
  if (conference.version !== read.version) throw conferenceChangedSince();
  return conference;
}

/** The live projects of a ministry, its directorates' and bodies' among them, with what puts them on an agenda. */
export async function candidatesOf(
  db: Db,
  organisationId: string,
  today: string,
): Promise<AgendaCandidate[]> {
  const all = await listFileStates(db);
  const own = all.filter(
    (file) => file.organisationId === organisationId || file.organisationParentId === organisationId,
  );
  const ids = own.map(({ id }) => id);
  const [alerts, recommendations] = await Promise.all([
    openAlertsOf(db, ids),
    listOpenRecommendationsOf(db, ids),
  ]);
  return own.map(({ id, name, fullCostCents }) => {
    const overdue = recommendations.filter((one) => one.fileId === id && isOverdue(one, today));
    return {
      fileId: id,
      fileName: name,
      fullCostCents,
      rules: alerts.filter(({ fileId }) => fileId === id).map(({ rule }) => rule),
      overdue: overdue.length,
      escalated: overdue.filter(({ escalated }) => escalated >= ESCALATION_LEVELS.length).length,
    };
  });
}

/** The ministries for which a conference may be held. */
export async function conferenceMinistries(db: Db) {
  return listOrganisations(db, { kind: 'ministry' });
}

/** Opens a conference with the agenda that the watch proposes. Throws `invalid-input`. @returns its id. */
export async function openConference(
  { db, clock, config }: ConferenceNeeds,
  actor: Actor,
  input: { readonly organisationId: string; readonly heldOn: string },
): Promise<string> {
  const now = clock.now();
  const today = dayIn(now, config.timeZone);
  return db.transaction().execute(async (trx) => {
    const ministries = await conferenceMinistries(trx);
    const fields = faultsOfConference(input, { today, organisations: ministries.map(({ id }) => id) });
    if (fields.length > 0) throw invalidInput({ fields });
    const [budgetOrganisationId, threshold, candidates] = [
      await settingOn(trx, 'budget-directorate', today),
      await settingOn(trx, 'opinion-threshold-cents', today),
      await candidatesOf(trx, input.organisationId, today),
    ];
    const agenda = proposedAgenda(candidates, { thresholdCents: threshold ?? 0 });
    const id = await insertConference(trx, now, { ...input, budgetOrganisationId });
    await writeAgenda(trx, id, agenda);
    await appendToLedger(trx, now, {
      kind: 'portfolio.conference-opened',
      subject: `portfolio/conference/${id}`,
      actor: fileActorOf(actor, { organisationId: input.organisationId, organisationParentId: null }),
      data: { ...input, budgetOrganisationId, agenda: agenda.map((item) => ({ ...item })) },
    });
    return id;
  });
}

/** Writes the agenda in the order given, while the sheets are not handed in. Throws `invalid-input`, conflicts. */
export async function arrangeAgenda(
  { db, clock, config }: ConferenceNeeds,
  actor: Actor,
  read: ReadConference,
  arranged: (present: readonly string[]) => readonly string[],
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const now = clock.now();
    const conference = await lockForConference(trx, actor, read, { side: 'holds', states: ['drafted'] });
    const items = await listConferenceItems(trx, conference.id);
    const candidates = await candidatesOf(trx, conference.organisationId, dayIn(now, config.timeZone));
    const fileIds = arranged(items.map(({ fileId }) => fileId));
    const known = [...candidates.map(({ fileId }) => fileId), ...items.map(({ fileId }) => fileId)];
    const fields = faultsOfAgenda(fileIds, known);
    if (fields.length > 0) throw invalidInput({ fields });
    await writeAgenda(
      trx,
      conference.id,
      fileIds.map((fileId) => ({ fileId, why: { kind: 'added' } })),
    );
    await updateConference(trx, now, conference.id);
    await appendToLedger(trx, now, {
      kind: 'portfolio.conference-agenda-arranged',
      subject: `portfolio/conference/${conference.id}`,
      actor: fileActorOf(actor, conference),
      data: { fileIds: [...fileIds] },
    });
  });
}

/** Writes what the ministry adds to a sheet, until the sheets are handed in. Throws `invalid-input`, conflicts. */
export async function commentSheet(
  { db, clock }: ConferenceNeeds,
  actor: Actor,
  read: ReadConference,
  { itemId, comment: typed }: { readonly itemId: string; readonly comment: string },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const now = clock.now();
    const conference = await lockForConference(trx, actor, read, { side: 'comments', states: ['drafted'] });
    const item = await conferenceItemAt(trx, conference.id, itemId);
    const { text, faults: fields } = textTyped('comment', typed, { least: 0, most: 8000 });
    if (fields.length > 0) throw invalidInput({ fields });
    await updateItemText(trx, item.id, { comment: text });
    await updateConference(trx, now, conference.id);
    await appendToLedger(trx, now, {
      kind: 'portfolio.conference-sheet-commented',
      subject: `portfolio/conference/${conference.id}`,
      actor: fileActorOf(actor, conference),
      data: { itemId: item.id, fileId: item.fileId },
    });
  });
}

/** Hands the sheets in: what Socle holds of each project is kept as it stands. Throws conflicts. */
export async function handInSheets(
  { db, clock, config }: ConferenceNeeds,
  actor: Actor,
  read: ReadConference,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const now = clock.now();
    const conference = await lockForConference(trx, actor, read, { side: 'handsIn', states: ['drafted'] });
    const items = await listConferenceItems(trx, conference.id);
    const sheets = await sheetsOf(
      trx,
      items.map(({ fileId }) => fileId),
      { now, timeZone: config.timeZone },
    );
    await writeSheets(
      trx,
      items.flatMap(({ id, fileId }) => {
        const sheet = sheets.get(fileId);
        return sheet ? [{ id, sheet }] : [];
      }),
    );
    await updateConference(trx, now, conference.id, { state: 'prepared' });
    await appendToLedger(trx, now, {
      kind: 'portfolio.conference-prepared',
      subject: `portfolio/conference/${conference.id}`,
      actor: fileActorOf(actor, conference),
      data: { items: items.length },
    });
  });
}

/** Gives the sheets back to the ministry, so that agenda and comments can change again. Throws conflicts. */
export async function giveBackSheets(
  { db, clock }: ConferenceNeeds,
  actor: Actor,
  read: ReadConference,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const now = clock.now();
    const conference = await lockForConference(trx, actor, read, { side: 'holds', states: ['prepared'] });
    await updateConference(trx, now, conference.id, { state: 'drafted' });
    await appendToLedger(trx, now, {
      kind: 'portfolio.conference-given-back',
      subject: `portfolio/conference/${conference.id}`,
      actor: fileActorOf(actor, conference),
      data: {},
    });
  });
}
