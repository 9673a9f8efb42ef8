// What is done to indicators: created, defined anew, measured by declaration, closed, deleted while nothing stands on them.

import { randomUUID } from 'node:crypto';
import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Trx } from '#platform/database/connection.ts';
import { invalidInput, notFound } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { isUuid } from '#platform/typed-text.ts';
import { ledgerActorOf, organisationsWrittenBy } from './indicator-access.rules.ts';
import { indicatorClosed, indicatorInUse } from './indicators.errors.ts';
import {
  deleteIndicatorRow,
  insertDefinition,
  insertIndicator,
  isUsed,
  lockIndicator,
  markClosed,
} from './indicators.repository.ts';
import { readDeclaration, readDefinition, readIndicator, type Typed } from './indicators.rules.ts';
import type { Indicator, IntakeResult } from './indicators.types.ts';
import { REFUSALS } from './measure-refusals.data.ts';
import { takeMeasures } from './measures.actions.ts';

type Stand = Pick<Kernel, 'db' | 'clock' | 'config'>;

/** The indicator that the actor writes, locked. Throws not-found, also for another organisation's. */
async function writtenBy(trx: Trx, actor: Actor, id: string): Promise<Indicator> {
  const indicator = isUuid(id) ? await lockIndicator(trx, id) : undefined;
  if (!indicator || !organisationsWrittenBy(actor).includes(indicator.organisationId)) throw notFound();
  return indicator;
}

/** Creates an indicator with the first version of its definition. @returns its id. Throws invalid-input. */
export async function createIndicator(
  { db, clock, config }: Stand,
  actor: Actor,
  typed: Typed,
): Promise<string> {
  const { definition, ...input } = readIndicator(typed, organisationsWrittenBy(actor));
  const now = clock.now();
  const id = randomUUID();
  await db.transaction().execute(async (trx) => {
    await insertIndicator(trx, { ...input, id, state: 'open', createdAt: now, closedAt: null });
    await insertDefinition(trx, id, {
      text: definition,
      fromDay: dayIn(now, config.timeZone),
      reason: '',
      byPerson: actor.personId,
      createdAt: now,
    });
    await appendToLedger(trx, now, {
      kind: 'impact.indicator-created',
      subject: `impact/indicator/${id}`,
      actor: ledgerActorOf(actor, input.organisationId),
      data: { ...input, definition },
    });
  });
  return id;
}

/** Adds a version to an indicator's definition. Throws not-found, invalid-input, impact.indicator-closed. */
export async function defineAnew(
  { db, clock }: Stand,
  actor: Actor,
  id: string,
  typed: Typed,
): Promise<void> {
  const now = clock.now();
  await db.transaction().execute(async (trx) => {
    const { state, organisationId } = await writtenBy(trx, actor, id);
    if (state === 'closed') throw indicatorClosed();
    const read = readDefinition(typed);
    const version = await insertDefinition(trx, id, { ...read, byPerson: actor.personId, createdAt: now });
    await appendToLedger(trx, now, {
      kind: 'impact.indicator-redefined',
      subject: `impact/indicator/${id}`,
      actor: ledgerActorOf(actor, organisationId),
      data: { version, ...read },
    });
  });
}

/** Takes a declared measure with its evidence. Throws not-found, invalid-input, impact.indicator-closed. */
export async function declareMeasure(
  { db, clock, config }: Stand,
  actor: Actor,
  id: string,
  typed: Typed,
): Promise<IntakeResult> {
  return db.transaction().execute(async (trx) => {
    await writtenBy(trx, actor, id);
    const { evidence, ...line } = readDeclaration(typed);
    const intake = {
      indicatorId: id,
      origin: 'declared',
      sourceId: null,
      actor,
      evidence,
      lines: [line],
    } as const;
    const result = await takeMeasures(trx, intake, clock.now(), config.timeZone);
    const [refused] = result.refused;
    if (refused) throw invalidInput({ fields: [REFUSALS[refused.reason]] });
    return result;
  });
}

/** Closes an indicator: it keeps its measures and takes no more. Throws not-found, impact.indicator-closed. */
export async function closeIndicator({ db, clock }: Stand, actor: Actor, id: string): Promise<void> {
  const now = clock.now();
  await db.transaction().execute(async (trx) => {
    const { organisationId } = await writtenBy(trx, actor, id);
    if (!(await markClosed(trx, id, now))) throw indicatorClosed();
    await appendToLedger(trx, now, {
      kind: 'impact.indicator-closed',
      subject: `impact/indicator/${id}`,
      actor: ledgerActorOf(actor, organisationId),
      data: {},
    });
  });
}

/** Deletes an indicator created by mistake. Throws not-found, impact.indicator-in-use when it has measures or anything uses it. */
export async function deleteIndicator({ db, clock }: Stand, actor: Actor, id: string): Promise<void> {
  const now = clock.now();
  await db.transaction().execute(async (trx) => {
    const { organisationId, title } = await writtenBy(trx, actor, id);
    if (await isUsed(trx, id)) throw indicatorInUse();
    await deleteIndicatorRow(trx, id);
    await appendToLedger(trx, now, {
      kind: 'impact.indicator-deleted',
      subject: `impact/indicator/${id}`,
      actor: ledgerActorOf(actor, organisationId),
      data: { title },
    });
  });
}
