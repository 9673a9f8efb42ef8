// How an audit is asked for: by a minister or in the name of one, or by a decision on an alert. One transaction each.
import { findOrganisation } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Db, Trx } from '#platform/database/connection.ts';
import { type FieldError, invalidInput } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { isUuid, tidied, tidiedLines } from '#platform/typed-text.ts';
import { fileStateFor } from '../files/facts.repository.ts';
import { filesSeenBy } from '../files/file-access.rules.ts';
import { findFile } from '../files/files.repository.ts';
import { tellHolders } from '../opinions/opinion-mail.ts';
import { settingOn } from '../settings/settings.repository.ts';
import { auditActorOf, carriesOutAudits, organisationsDirectedBy } from './audit-access.rules.ts';
import { auditIsExcluded, nobodyAsks } from './audits.errors.ts';
import { insertAudit } from './audits.repository.ts';
import { faultsOfScope, titleFaults } from './typed-audit.rules.ts';

/** Levels of the State above an organisation that are looked at. */
const MOST_LEVELS = 10;

async function isExcluded(db: Db, organisationId: string, excluded: readonly string[]): Promise<boolean> {
  let id: string | null = organisationId;
  for (let level = 0; id !== null && level < MOST_LEVELS; level += 1) {
    if (excluded.includes(id)) return true;
    id = (await findOrganisation(db, id))?.parentId ?? null;
  }
  return false;
}

/** An audit to ask for within a transaction. */
export interface NewAudit {
  /** The project; null for a system that has no file. */
  readonly fileId: string | null;
  /** The system's name; the file's own name where it is left out. */
  readonly subject?: string;
  /** Whose system it is; the file's organisation where it is left out. */
  readonly organisationId?: string;
  /** Who asks: the head of government's office where it is left out. */
  readonly requesterId?: string;
  readonly informedIds?: readonly string[];
  readonly alertId?: string | null;
  /** 10 to 5,000 characters, checked by the caller. */
  readonly scope: string;
  readonly questions?: string;
  readonly actor: LedgerActor;
  readonly now: Date;
  /** The day in the State's time zone. */
  readonly today: string;
}

/**
 * Asks for an audit in the caller's transaction, with its line in the ledger. @returns its id and number. Throws
 * `portfolio.audit-is-excluded` (defence, internal security, a classified project), `portfolio.audit-has-no-requester`,
 * `invalid-input` on `fileId` for an unknown or draft file.
 */
export async function requestAudit(trx: Trx, asked: NewAudit): Promise<{ id: string; number: number }> {
  const { fileId, scope, questions = '', informedIds = [], alertId = null, actor, now, today } = asked;
  const file = fileId === null ? undefined : await fileStateFor(trx, fileId);
  const organisationId = asked.organisationId ?? file?.organisationId;
  if ((fileId !== null && (!file || file.state === 'draft')) || organisationId === undefined)
    throw invalidInput({ fields: [whatFault()] });
  const excluded = (await settingOn(trx, 'audit-excluded-organisations', today)) ?? [];
  if (file?.classified || (await isExcluded(trx, organisationId, excluded))) throw auditIsExcluded();
  const requesterId = asked.requesterId ?? (await settingOn(trx, 'prime-minister-office', today));
  if (requesterId === null) throw nobodyAsks();
  const subject = asked.subject ?? file?.name ?? '';
  const audit = { fileId, subject, organisationId, requesterId, informedIds, alertId, scope, questions };
  const made = await insertAudit(trx, now, { ...audit, requestedBy: actor });
  await appendToLedger(trx, now, {
    kind: 'portfolio.audit-requested',
    subject: `portfolio/audit/${made.id}`,
    actor,
    data: {
      number: made.number,
      fileId,
      organisationId,
      requesterId,
      informedIds: [...informedIds],
      alertId,
    },
  });
  return made;
}

function whatFault(): FieldError {
  return {
    field: 'fileId',
    text: {
      fr: 'Choisissez un projet, ou nommez un système et l’organisation à laquelle il est.',
      en: 'Choose a project, or name a system and the organisation that it belongs to.',
    },
  };
}

/** An audit as a form or the API asks for it. */
export interface TypedAudit {
  readonly fileId: string;
  readonly subject: string;
  readonly organisationId: string;
  /** The ministry in whose name an auditor records it; a digital director's own where it is empty. */
  readonly requesterId: string;
  readonly informedIds: readonly string[];
  readonly scope: string;
  readonly questions: string;
}

/**
 * Asks for an audit: a ministry's digital director in their minister's name, an auditor in the name of the minister whose
 * letter came. The ministries concerned are told that it was asked for. Throws `invalid-input`, `portfolio.audit-is-excluded`.
 */
export async function askForAudit(
  kernel: Kernel,
  actor: Actor,
  typed: TypedAudit,
): Promise<{ id: string; number: number }> {
  const { db, clock, config } = kernel;
  const now = clock.now();
  const today = dayIn(now, config.timeZone);
  return db.transaction().execute(async (trx) => {
    const requesterId = await requesterOf(trx, actor, typed.requesterId);
    const informedIds = [...new Set(typed.informedIds.filter((id) => id !== ''))];
    const faults: FieldError[] = [...faultsOfScope(typed)];
    if (requesterId === undefined)
      faults.unshift({
        field: 'requesterId',
        text: {
          fr: 'Choisissez le ministère au nom duquel l’audit est demandé.',
          en: 'Choose the ministry in whose name the audit is asked for.',
        },
      });
    if (informedIds.length > 20 || !(await areMinistries(trx, informedIds)))
      faults.push({
        field: 'informedIds',
        text: { fr: 'Choisissez des ministères, vingt au plus.', en: 'Choose ministries, twenty at most.' },
      });
    const what = await whatIsAudited(trx, actor, typed);
    if (Array.isArray(what)) faults.unshift(...what);
    if (faults.length > 0 || Array.isArray(what) || requesterId === undefined)
      throw invalidInput({ fields: faults });
    const scope = tidiedLines(typed.scope);
    const questions = tidiedLines(typed.questions);
    const by = { actor: auditActorOf(actor), now, today };
    const made = await requestAudit(trx, { ...what, requesterId, informedIds, scope, questions, ...by });
    const concerned = [...informedIds, ...(await ministriesOf(trx, what.organisationId))];
    await tellHolders(trx, kernel, concerned, ['digital-director'], {
      subject: { fr: `Audit n°\u00A0${made.number}`, en: `Audit ${made.number}` },
      sentence: {
        fr: `Un audit qui vous concerne est demandé\u00A0: ${what.subject}.`,
        en: `An audit that concerns you is asked for: ${what.subject}.`,
      },
      path: '/projects/audits',
    });
    return made;
  });
}

async function requesterOf(db: Db, actor: Actor, typed: string): Promise<string | undefined> {
  const own = organisationsDirectedBy(actor);
  const candidates = typed === '' ? own : carriesOutAudits(actor) || own.includes(typed) ? [typed] : [];
  for (const id of candidates) if (isUuid(id) && (await areMinistries(db, [id]))) return id;
  return undefined;
}

async function areMinistries(db: Db, ids: readonly string[]): Promise<boolean> {
  const found = await Promise.all(ids.map((id) => (isUuid(id) ? findOrganisation(db, id) : undefined)));
  return found.every((one) => one?.kind === 'ministry');
}

async function ministriesOf(db: Db, organisationId: string): Promise<string[]> {
  const parentId = (await findOrganisation(db, organisationId))?.parentId ?? null;
  return [organisationId, ...(parentId === null ? [] : [parentId])];
}

async function whatIsAudited(
  db: Db,
  actor: Actor,
  { fileId, subject, organisationId }: TypedAudit,
): Promise<{ fileId: string | null; subject: string; organisationId: string } | FieldError[]> {
  if (fileId !== '') {
    const file = isUuid(fileId) ? await findFile(db, fileId, filesSeenBy(actor)) : undefined;
    return file ? { fileId, subject: file.name, organisationId: file.organisationId } : [whatFault()];
  }
  const faults = titleFaults('subject', subject);
  const organisation = isUuid(organisationId) ? await findOrganisation(db, organisationId) : undefined;
  if (!organisation)
    faults.push({
      field: 'organisationId',
      text: { fr: 'Choisissez l’organisation dont c’est le système.', en: 'Choose whose system it is.' },
    });
  return faults.length > 0 ? faults : { fileId: null, subject: tidied(subject), organisationId };
}
