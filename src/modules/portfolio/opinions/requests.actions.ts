// Intentions of the ministry on a request: draft, write, submit, withdraw. Each is one transaction with its line in the ledger.

import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Trx } from '#platform/database/connection.ts';
import { invalidInput, notFound } from '#platform/errors.ts';
import { roleRequired } from '#platform/http/access-control.ts';
import type { Kernel } from '#platform/kernel.ts';
import { isUuid, tidiedLines } from '#platform/typed-text.ts';
import { fileStateFor } from '../files/facts.repository.ts';
import { filesKeptBy } from '../files/file-access.rules.ts';
import { findFile } from '../files/files.repository.ts';
import type { FileFacts } from '../files/files.types.ts';
import { mayAskForOpinion } from '../files/opinion-readiness.rules.ts';
import { settingsOn } from '../settings/settings.repository.ts';
import type { SettingsInForce } from '../settings/settings.types.ts';
import { consultationDueOn, lastDayOf } from './clock.rules.ts';
import { recordTacitIfDue } from './examination.actions.ts';
import { tellHolders } from './opinion-mail.ts';
import { opinionIsIssued, requestIsElsewhere, requestIsOpen, requestWasChanged } from './opinions.errors.ts';
import type { Body, OpinionRequest } from './opinions.types.ts';
import { answersForRequest, draftsRequest, isConforming, requestActorOf } from './request-access.rules.ts';
import { lockedRequestAt, recordRequestEvent, requestAt } from './request-at.ts';
import {
  insertConsultation,
  insertRequest,
  updateAxes,
  updateClosed,
  updateSubmitted,
} from './requests.repository.ts';
import { axesAsTyped, faultsOfAxes, faultsOfReadiness, textFaults } from './typed-opinion.rules.ts';

type Needs = Pick<Kernel, 'db' | 'clock' | 'config'>;

/** The frame that an opinion judges: the latest estimate where there is one, else what the file declares. */
function frameOf({ latestEstimate, fullCostCents, plannedEndOn }: FileFacts) {
  return {
    costCents: latestEstimate?.costCents ?? fullCostCents,
    endOn: latestEstimate?.endOn ?? plannedEndOn,
  };
}

/** The facts of a file that the actor keeps. Throws `not-found`; `invalid-input` on `fileId` with every reason against it. */
async function readyFile(trx: Trx, fileId: string): Promise<FileFacts> {
  const facts = await fileStateFor(trx, fileId);
  if (!facts) throw notFound();
  const faults = faultsOfReadiness(mayAskForOpinion(facts));
  if (faults.length > 0) throw invalidInput({ fields: faults });
  return facts;
}

/**
 * Drafts a request on a file of the actor's ministry. Throws `invalid-input` (the file lacks an impact objective, a cost, or
 * is a draft; an axis is too long), `not-found` for another's file, `portfolio.opinion-request-is-open`.
 */
export async function draftRequest(
  { db, clock }: Needs,
  actor: Actor,
  { fileId, axes: typed }: { readonly fileId: string; readonly axes: Readonly<Record<string, unknown>> },
): Promise<OpinionRequest> {
  const now = clock.now();
  const axes = axesAsTyped(typed);
  return db.transaction().execute(async (trx) => {
    const file = isUuid(fileId) ? await findFile(trx, fileId, filesKeptBy(actor)) : undefined;
    if (!file)
      throw invalidInput({
        fields: [
          {
            field: 'fileId',
            text: { fr: 'Choisissez un dossier de votre ministère.', en: 'Choose a file of your ministry.' },
          },
        ],
      });
    const facts = await readyFile(trx, fileId);
    const faults = faultsOfAxes(axes, false);
    if (faults.length > 0) throw invalidInput({ fields: faults });
    const createdBy = requestActorOf(actor, file);
    const { organisationId } = file;
    const id = await insertRequest(trx, now, { fileId, organisationId, axes, ...frameOf(facts), createdBy });
    if (id === undefined) throw requestIsOpen();
    await recordRequestEvent(trx, now, id, { kind: 'drafted', actor: createdBy, data: { fileId } });
    return requestAt(trx, actor, id);
  });
}

/**
 * Writes the axes of a draft anew; `version` is the one that the writer read. Throws `not-found`,
 * `portfolio.opinion-request-was-changed`, `portfolio.opinion-request-is-in-another-state`, `invalid-input`.
 */
export async function writeAxes(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  { version, axes: typed }: { readonly version: number; readonly axes: Readonly<Record<string, unknown>> },
): Promise<OpinionRequest> {
  const now = clock.now();
  const axes = axesAsTyped(typed);
  return db.transaction().execute(async (trx) => {
    const request = await lockedRequestAt(trx, actor, id);
    if (!draftsRequest(actor, request)) throw roleRequired();
    if (request.state !== 'draft') throw requestIsElsewhere();
    if (request.version !== version) throw requestWasChanged();
    const faults = faultsOfAxes(axes, false);
    if (faults.length > 0) throw invalidInput({ fields: faults });
    await updateAxes(trx, now, id, axes);
    await recordRequestEvent(trx, now, id, {
      kind: 'written',
      actor: requestActorOf(actor, request),
      data: {},
    });
    return requestAt(trx, actor, id);
  });
}

/**
 * Submits a draft: the clock starts on this day, with the delays in force on it, and the consulted bodies receive the file.
 * Throws `not-found`, `role-required` (the ministry's digital director submits), `invalid-input`,
 * `portfolio.opinion-request-is-in-another-state`.
 */
export async function submitRequest(
  kernel: Needs & Pick<Kernel, 'mailer'>,
  actor: Actor,
  id: string,
): Promise<OpinionRequest> {
  const { db, clock, config } = kernel;
  const now = clock.now();
  const submittedOn = dayIn(now, config.timeZone);
  return db.transaction().execute(async (trx) => {
    const request = await lockedRequestAt(trx, actor, id);
    if (!answersForRequest(actor, request)) throw roleRequired();
    if (request.state !== 'draft') throw requestIsElsewhere();
    const facts = await readyFile(trx, request.fileId);
    const faults = faultsOfAxes(request.axes, true);
    if (faults.length > 0) throw invalidInput({ fields: faults });
    const settings = await settingsOn(trx, submittedOn);
    const delayMonths = settings['opinion-delay-months'] ?? 1;
    const started = {
      submittedOn,
      delayMonths,
      lastDay: lastDayOf({ submittedOn, delayMonths, suspensions: [] }),
      thresholdCents: settings['opinion-threshold-cents'],
      conforming: isConforming(facts.organisationKind),
      ...frameOf(facts),
    };
    await updateSubmitted(trx, now, id, started);
    await recordRequestEvent(trx, now, id, {
      kind: 'submitted',
      actor: requestActorOf(actor, request),
      data: { fileId: request.fileId, ...started },
    });
    await openConsultations(trx, kernel, request, settings, submittedOn);
    return requestAt(trx, actor, id);
  });
}

async function openConsultations(
  trx: Trx,
  kernel: Pick<Kernel, 'mailer' | 'config' | 'clock'>,
  request: OpinionRequest,
  settings: SettingsInForce,
  openedOn: string,
): Promise<void> {
  const bodies: readonly (readonly [Body, string | null])[] = [
    ['security', settings['security-agency']],
    ['budget', settings['budget-directorate']],
  ];
  const dueOn = consultationDueOn(openedOn, settings['consultation-days'] ?? 25);
  for (const [body, organisationId] of bodies) {
    if (organisationId === null) continue;
    await insertConsultation(trx, request.id, { body, organisationId, openedOn, dueOn });
    await tellHolders(trx, kernel, [organisationId], ['agent', 'digital-director'], {
      subject: {
        fr: `Consultation sur la demande d’avis n°\u00A0${request.number}`,
        en: `Consultation on request for opinion ${request.number}`,
      },
      sentence: {
        fr: `Vous êtes consultés sur un grand projet. Vos observations sont attendues jusqu’au ${dueOn}.`,
        en: `You are consulted on a major project. Your comments are awaited until ${dueOn}.`,
      },
      path: `/projects/opinions/requests/${request.id}`,
    });
  }
}

/**
 * Withdraws a request with a reason. Throws `not-found`, `role-required`, `invalid-input`, `portfolio.opinion-is-issued` once
 * it is closed, silence among the ways.
 */
export async function withdrawRequest(
  kernel: Kernel,
  actor: Actor,
  id: string,
  typed: string,
): Promise<OpinionRequest> {
  const { db, clock } = kernel;
  await recordTacitIfDue(kernel, id);
  const now = clock.now();
  const reason = tidiedLines(typed);
  return db.transaction().execute(async (trx) => {
    const request = await lockedRequestAt(trx, actor, id);
    if (!answersForRequest(actor, request)) throw roleRequired();
    if (request.closedAt !== null) throw opinionIsIssued();
    const faults = textFaults('reason', reason, 10, 2000);
    if (faults.length > 0) throw invalidInput({ fields: faults });
    await updateClosed(trx, now, id, { state: 'withdrawn', reason });
    await recordRequestEvent(trx, now, id, {
      kind: 'withdrawn',
      actor: requestActorOf(actor, request),
      data: { from: request.state, reason },
    });
    return requestAt(trx, actor, id);
  });
}
