// Intentions on the brigade's people: add, change, note an absence, leave. The ledger names them by their ids alone.

import { findActor, findCorrespondentByEmail } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { Trx } from '#platform/database/connection.ts';
import { type FieldError, invalidInput, notFound } from '#platform/errors.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { isUuid } from '#platform/typed-text.ts';
import { brigadeActorOf, directoratesOf } from './brigade-access.rules.ts';
import {
  deleteAbsence,
  findBrigadePerson,
  insertAbsence,
  lockBrigadePerson,
  updateBrigadePersonLeft,
  writeBrigadePerson,
} from './people.repository.ts';
import {
  faultsOfAbsence,
  MOST_ABSENCES,
  personTyped,
  type TypedPerson,
  tooManyAbsences,
  unknownPerson,
} from './people.rules.ts';
import type { Period } from './people.types.ts';
import type { BrigadeNeeds } from './requests.actions.ts';

async function record(
  trx: Trx,
  { now, actor }: { readonly now: Date; readonly actor: Actor },
  personId: string,
  happened: string,
  data: Record<string, unknown> = {},
): Promise<void> {
  await appendToLedger(trx, now, {
    kind: `support.brigade-person-${happened}`,
    subject: `support/brigade-person/${personId}`,
    actor: brigadeActorOf(actor),
    data,
  });
}

/** Adds a person of the directorate by their address. Throws `invalid-input`. @returns their id. */
export async function addBrigadePerson(
  { db, clock }: BrigadeNeeds,
  actor: Actor,
  { email, ...typed }: TypedPerson & { readonly email: string },
): Promise<string> {
  const now = clock.now();
  const { faults, daysPerWeek, skills } = personTyped(typed);
  const found = email.includes('\0') ? undefined : await findCorrespondentByEmail(db, email.toWellFormed());
  const roles = found ? ((await findActor(db, found.id, now))?.roles ?? []) : [];
  const where = directoratesOf(actor);
  const isOfDirectorate = roles.some(
    ({ organisationId }) => organisationId !== null && (where === null || where.includes(organisationId)),
  );
  const fields: FieldError[] = [...(found && isOfDirectorate ? [] : [unknownPerson]), ...faults];
  if (fields.length > 0 || !found) throw invalidInput({ fields });
  await db.transaction().execute(async (trx) => {
    await writeBrigadePerson(trx, now, { personId: found.id, daysPerWeek, skills });
    await record(trx, { now, actor }, found.id, 'added');
  });
  return found.id;
}

/** Changes what a person brings; takes back one who left. Throws `not-found`, `invalid-input`. */
export async function changeBrigadePerson(
  { db, clock }: BrigadeNeeds,
  actor: Actor,
  personId: string,
  typed: TypedPerson,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if (!isUuid(personId) || !(await lockBrigadePerson(trx, personId))) throw notFound();
    const { faults: fields, daysPerWeek, skills } = personTyped(typed);
    if (fields.length > 0) throw invalidInput({ fields });
    const now = clock.now();
    await writeBrigadePerson(trx, now, { personId, daysPerWeek, skills });
    await record(trx, { now, actor }, personId, 'changed');
  });
}

/** Notes that a person is away. Throws `not-found`, `invalid-input`. */
export async function noteAbsence(
  { db, clock, config }: BrigadeNeeds,
  actor: Actor,
  personId: string,
  period: Period,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if (!isUuid(personId) || !(await lockBrigadePerson(trx, personId))) throw notFound();
    const now = clock.now();
    const today = dayIn(now, config.timeZone);
    const fields = faultsOfAbsence(period, today);
    const person = await findBrigadePerson(trx, personId, today);
    if ((person?.absences.length ?? 0) >= MOST_ABSENCES) fields.push(tooManyAbsences);
    if (fields.length > 0) throw invalidInput({ fields });
    await insertAbsence(trx, personId, period);
    await record(trx, { now, actor }, personId, 'absence-noted');
  });
}

/** Takes an absence away. Throws `not-found`. */
export async function removeAbsence(
  { db, clock }: BrigadeNeeds,
  actor: Actor,
  personId: string,
  absenceId: string,
): Promise<void> {
  if (!isUuid(personId) || !isUuid(absenceId)) throw notFound();
  await db.transaction().execute(async (trx) => {
    if (!(await deleteAbsence(trx, personId, absenceId))) throw notFound();
    await record(trx, { now: clock.now(), actor }, personId, 'absence-removed');
  });
}

/** The person leaves the brigade: nobody proposes them any more. Throws `not-found`. */
export async function leaveBrigade(
  { db, clock }: BrigadeNeeds,
  actor: Actor,
  personId: string,
): Promise<void> {
  if (!isUuid(personId)) throw notFound();
  await db.transaction().execute(async (trx) => {
    const now = clock.now();
    if (!(await updateBrigadePersonLeft(trx, now, personId))) throw notFound();
    await record(trx, { now, actor }, personId, 'left');
  });
}
