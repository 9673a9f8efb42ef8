// What the ministry keeps of a file as it goes on: milestones, minimum objectives, news, events, splits.

import { listIndicators } from '#modules/impact/public.ts';
import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Db } from '#platform/database/connection.ts';
import { type FieldError, invalidInput } from '#platform/errors.ts';
import { roleRequired } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { decimalAsTyped, hasControlCharacter, isUuid, tidied } from '#platform/typed-text.ts';
import { centsAsTyped } from '../costs/costs.rules.ts';
import { recordFileEvent } from './events.actions.ts';
import { stateAfter } from './events.rules.ts';
import { fileActorOf, filesSeenBy, keepsFile } from './file-access.rules.ts';
import { editedFileAt, keptFileAt, lockedFileAt } from './file-at.ts';
import { BEFORE_START, checkedReason, DAY, isFileDay } from './file-input.rules.ts';
import { insertFile, updatePlannedEnd, writeMilestones, writeObjectives } from './file-writes.repository.ts';
import { estimateAnew } from './files.actions.ts';
import { fileIsElsewhere } from './files.errors.ts';
import { findFile } from './files.repository.ts';
import type { FileEventKind, ProjectFile } from './files.types.ts';
import {
  checkedMilestones,
  checkedObjectives,
  type TypedMilestone,
  type TypedObjective,
} from './milestones.rules.ts';

type Needs = Pick<Kernel, 'db' | 'clock' | 'config'>;

/** The open indicators that the actor may tie an objective to: public ones and those of their organisations. */
export function indicatorsFor(db: Db, actor: Actor) {
  const reach = [...new Set(actor.roles.flatMap(({ organisationId }) => organisationId ?? []))];
  return listIndicators(db, { reach, state: 'open', limit: 500 });
}

/** Saves a file's milestones. Throws as `editedFileAt` does, and `invalid-input` with a fault for each wrong cell. */
export async function saveMilestones(
  { db, clock, config }: Needs,
  actor: Actor,
  fileId: string,
  { version, rows }: { readonly version: number; readonly rows: readonly TypedMilestone[] },
): Promise<void> {
  const now = clock.now();
  await db.transaction().execute(async (trx) => {
    const file = await editedFileAt(trx, actor, fileId, version);
    const today = dayIn(now, config.timeZone);
    const { milestones, faults } = checkedMilestones(rows, { startedOn: file.startedOn, today });
    if (faults.length > 0) throw invalidInput({ fields: faults });
    await writeMilestones(trx, now, fileId, milestones);
    await appendToLedger(trx, now, {
      kind: 'portfolio.file-milestones-written',
      subject: `portfolio/project-file/${fileId}`,
      actor: fileActorOf(actor, file),
      data: { milestones },
    });
  });
}

/** Saves a file's minimum objectives of impact. Throws as `saveMilestones` does. */
export async function saveObjectives(
  { db, clock }: Needs,
  actor: Actor,
  fileId: string,
  { version, rows }: { readonly version: number; readonly rows: readonly TypedObjective[] },
): Promise<void> {
  const now = clock.now();
  await db.transaction().execute(async (trx) => {
    const file = await editedFileAt(trx, actor, fileId, version);
    const indicators = await indicatorsFor(trx, actor);
    const directions = new Map(indicators.map(({ id, direction }) => [id, direction]));
    const { objectives, faults } = checkedObjectives(rows, directions, file);
    if (faults.length > 0) throw invalidInput({ fields: faults });
    await writeObjectives(trx, now, fileId, objectives);
    await appendToLedger(trx, now, {
      kind: 'portfolio.file-objectives-written',
      subject: `portfolio/project-file/${fileId}`,
      actor: fileActorOf(actor, file),
      data: { objectives },
    });
  });
}

/** News as typed: an end, what is left of the first scope in percent, what was spent, why. */
export interface TypedNews {
  readonly endOn: string;
  readonly scopePercent: string;
  /** Euros; empty where it is not said. */
  readonly spent: string;
  readonly reason: string;
}

/** Records where a live project stands, as an estimate with its why; the cost is the table's. Throws as `keptFileAt` does, and `invalid-input`. */
export async function giveNews(
  { db, clock }: Needs,
  actor: Actor,
  fileId: string,
  typed: TypedNews,
): Promise<void> {
  const now = clock.now();
  await db.transaction().execute(async (trx) => {
    const file = await keptFileAt(trx, actor, fileId);
    const endOn = typed.endOn.trim();
    const { reason, faults: reasonFaults } = checkedReason(typed.reason);
    const faults: FieldError[] = [...reasonFaults];
    if (!isFileDay(endOn)) faults.push({ field: 'endOn', text: DAY });
    else if (endOn < file.startedOn) faults.push({ field: 'endOn', text: BEFORE_START });
    const scopeShare = shareAsTyped(typed.scopePercent, faults);
    const spentCents = typed.spent.trim() === '' ? null : centsAsTyped(typed.spent);
    if (spentCents !== null && !(spentCents >= 0 && spentCents <= 1e13)) {
      faults.push({
        field: 'spent',
        text: {
          fr: 'Donnez un montant en euros, jamais négatif.',
          en: 'Give an amount in euros, never negative.',
        },
      });
    }
    if (faults.length > 0) throw invalidInput({ fields: faults });
    const by = fileActorOf(actor, file);
    await estimateAnew(trx, now, file, { endOn, scopeShare, spentCents, reason }, by);
    await updatePlannedEnd(trx, now, fileId, endOn);
    await appendToLedger(trx, now, {
      kind: 'portfolio.file-news-given',
      subject: `portfolio/project-file/${fileId}`,
      actor: by,
      data: { endOn, scopeShare, spentCents, reason },
    });
  });
}

function shareAsTyped(typed: string, faults: FieldError[]): number {
  const share = Math.round(decimalAsTyped(typed) * 100) / 10_000;
  if (!(share >= 0 && share <= 2)) {
    faults.push({
      field: 'scopePercent',
      text: {
        fr: 'Donnez la part du premier périmètre, de 0 à 200\u00A0%.',
        en: 'Give the share of the first scope, from 0 to 200%.',
      },
    });
  }
  return share;
}

/** Kinds of events that a ministry records by itself; support and stop follow from the directorate's decisions. */
export const MINISTRY_EVENTS = [
  'scope-cut',
  'split',
  'merge',
  'suspension',
  'resumption',
  'reorientation',
  'exit',
  'finish',
] as const satisfies readonly FileEventKind[];

/** An event as typed. */
export interface TypedEvent {
  readonly kind: string;
  readonly happenedOn: string;
  readonly reason: string;
  /** Of a scope cut: what is left of the first scope. */
  readonly scopePercent: string;
  /** Of a split: the names of the new files, one a line. */
  readonly parts: string;
  /** Of a merge: the file that takes it over. */
  readonly intoId: string;
  /** Of an exit: not empty where the ministry says so itself. */
  readonly inDifficulty: string;
}

const MOST_PARTS = 10;

/** Records an event of a live file. @returns the ids of the files that a split opened. Throws as `keptFileAt` does, and `invalid-input`. */
export async function recordMinistryEvent(
  { db, clock, config }: Needs,
  actor: Actor,
  fileId: string,
  typed: TypedEvent,
): Promise<string[]> {
  const now = clock.now();
  return db.transaction().execute(async (trx) => {
    const file = await lockedFileAt(trx, actor, fileId);
    if (!keepsFile(actor, file)) throw roleRequired();
    const kind = MINISTRY_EVENTS.find((one) => one === typed.kind);
    const { reason, faults: reasonFaults } = checkedReason(typed.reason);
    const faults: FieldError[] = [...reasonFaults];
    if (!kind) {
      faults.push({
        field: 'kind',
        text: { fr: 'Choisissez ce qui s’est passé.', en: 'Choose what happened.' },
      });
    }
    const happenedOn = typed.happenedOn.trim();
    if (!isFileDay(happenedOn)) faults.push({ field: 'happenedOn', text: DAY });
    else if (happenedOn < file.startedOn) faults.push({ field: 'happenedOn', text: BEFORE_START });
    else if (happenedOn > dayIn(now, config.timeZone)) {
      faults.push({
        field: 'happenedOn',
        text: { fr: 'Ce jour n’est pas encore passé.', en: 'This day has not passed yet.' },
      });
    }
    const scopeShare = kind === 'scope-cut' ? shareAsTyped(typed.scopePercent, faults) : undefined;
    const parts = kind === 'split' ? partsAsTyped(typed.parts, faults) : [];
    const into = kind === 'merge' ? await fileToMergeInto(trx, actor, file, typed.intoId, faults) : undefined;
    if (!kind || faults.length > 0) throw invalidInput({ fields: faults });
    if (stateAfter(file.state, kind) === undefined) throw fileIsElsewhere({ detail: { state: file.state } });
    const opened: string[] = [];
    for (const name of parts) opened.push(await openPart(trx, now, file, name));
    await recordFileEvent(trx, {
      fileId,
      kind,
      happenedOn,
      reason,
      at: now,
      actor: fileActorOf(actor, file),
      ...(scopeShare !== undefined && { scopeShare }),
      ...(kind === 'exit' && { inDifficulty: typed.inDifficulty !== '' }),
      details: {
        ...(opened.length > 0 && { parts: opened.map((id, at) => ({ id, name: parts[at] })) }),
        ...(into && { mergedInto: into.id, intoName: into.name }),
        ...(scopeShare !== undefined && { scopeShareAfter: scopeShare }),
      },
    });
    return opened;
  });
}

function partsAsTyped(typed: string, faults: FieldError[]): string[] {
  const parts = [...new Set(typed.split(/\r\n|\r|\n/).map(tidied))].filter((name) => name !== '');
  if (
    parts.length === 0 ||
    parts.length > MOST_PARTS ||
    parts.some((name) => name.length > 200 || hasControlCharacter(name))
  ) {
    faults.push({
      field: 'parts',
      text: {
        fr: 'Donnez le nom de chaque nouveau dossier, un par ligne, dix au plus.',
        en: 'Give the name of each new file, one a line, ten at most.',
      },
    });
  }
  return parts;
}

async function fileToMergeInto(
  db: Db,
  actor: Actor,
  file: ProjectFile,
  typed: string,
  faults: FieldError[],
): Promise<ProjectFile | undefined> {
  const id = typed.trim().toLowerCase();
  const into = isUuid(id) && id !== file.id ? await findFile(db, id, filesSeenBy(actor)) : undefined;
  if (into && keepsFile(actor, into) && (into.state === 'submitted' || into.state === 'running')) return into;
  faults.push({
    field: 'intoId',
    text: {
      fr: 'Choisissez le dossier en cours qui reprend le projet.',
      en: 'Choose the live file that takes the project over.',
    },
  });
  return undefined;
}

/** A part of a split starts as a draft with its parent's facts; its costs are to be written. */
function openPart(
  trx: Parameters<typeof insertFile>[0],
  now: Date,
  file: ProjectFile,
  name: string,
): Promise<string> {
  return insertFile(trx, now, file.organisationId, { ...file, name, projectId: null }, file.id);
}
