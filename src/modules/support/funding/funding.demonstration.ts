// Loads the demonstration State's windows with what was applied for, scored, awarded and paid. It is called once, on a
// database that holds none, after the success contracts.

import { listDemonstrationPeople } from '#modules/identity/public.ts';
import { contractIsSigned, listContractsOf } from '#modules/impact/public.ts';
import type { Trx } from '#platform/database/connection.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { findLightestJury, insertApplication, updateApplication } from './applications.repository.ts';
import {
  INVENTED_WINDOWS,
  type InventedApplication,
  type InventedWindow,
} from './funding.demonstration-data.ts';
import { appliesFor, belongsTo, runsWindows } from './funding-access.rules.ts';
import { loadDemonstrationMoney, type Moment } from './money.demonstration.ts';
import { upsertScores } from './scores.repository.ts';
import { insertWindow, listJuries, updateWindowState } from './windows.repository.ts';

const BY: LedgerActor = { kind: 'system', name: 'support.demonstration' };
const DAY_MS = 86_400_000;

interface Applicant {
  readonly personId: string;
  readonly organisationId: string;
  readonly contractId: string | null;
}

type Person = Awaited<ReturnType<typeof listDemonstrationPeople>>[number];

/** Loads the windows of the demonstration State. */
export async function loadDemonstrationFunding({ db, clock }: Pick<Kernel, 'db' | 'clock'>): Promise<void> {
  const now = clock.now();
  const people = await listDemonstrationPeople(db, now);
  const jurors = people.filter(
    (one) => runsWindows(one) || one.roles.some(({ role }) => role === 'hr-officer'),
  );
  const applicants = await Promise.all(
    people.flatMap((one) =>
      appliesFor(one)
        .slice(0, 1)
        .map(async (organisationId): Promise<Applicant> => {
          const contract = (await listContractsOf(db, organisationId)).find(contractIsSigned);
          return { personId: one.personId, organisationId, contractId: contract?.id ?? null };
        }),
    ),
  );
  if (applicants.length === 0 || jurors.length === 0) return;
  const at = (days: number) => new Date(now.getTime() + days * DAY_MS);
  const moment = { at, day: (days: number) => at(days).toISOString().slice(0, 10) };
  await db.transaction().execute(async (trx) => {
    for (const window of INVENTED_WINDOWS) await loadWindow(trx, window, { applicants, jurors, moment });
  });
}

async function loadWindow(
  trx: Trx,
  window: InventedWindow,
  {
    applicants,
    jurors,
    moment,
  }: {
    readonly applicants: readonly Applicant[];
    readonly jurors: readonly Person[];
    readonly moment: Moment;
  },
): Promise<void> {
  const { title, subject, budgetCents, criteria } = window;
  const windowId = await insertWindow(trx, moment.at(window.opensIn - 10), {
    title,
    subject,
    budgetCents,
    criteria,
    opensOn: moment.day(window.opensIn),
    closesOn: moment.day(window.closesIn),
    juryUntil: moment.day(window.juryIn),
    juries: window.juries.map((name) => ({ name, memberIds: jurors.map(({ personId }) => personId) })),
  });
  const signed = applicants.filter(({ contractId }) => contractId !== null);
  const withContract = signed.length > 0 ? signed : applicants;
  for (const [rank, application] of window.applications.entries()) {
    // Money is given against a signed contract.
    const able = application.awardedCents === undefined ? applicants : withContract;
    const applicant = able[rank % able.length] as Applicant;
    await loadApplication(trx, window, application, { windowId, applicant, jurors, moment });
  }
  await updateWindowState(trx, windowId, window.state);
  await appendToLedger(trx, moment.at(Math.min(0, window.juryIn)), {
    kind: 'support.window-recorded',
    subject: `support/window/${windowId}`,
    actor: BY,
    data: { state: window.state, budgetCents, applications: window.applications.length },
  });
}

/** The people who have no part in what this organisation applies for. */
function free(jurors: readonly Person[], organisationId: string): Person[] {
  return jurors.filter((juror) => !belongsTo(juror, organisationId));
}

async function loadApplication(
  trx: Trx,
  window: InventedWindow,
  one: InventedApplication,
  {
    windowId,
    applicant,
    jurors,
    moment,
  }: {
    readonly windowId: string;
    readonly applicant: Applicant;
    readonly jurors: readonly Person[];
    readonly moment: Moment;
  },
): Promise<void> {
  const { personId: applicantId, organisationId, contractId } = applicant;
  const wasFinanced = (one.awardedCents ?? 0) > 0;
  const submittedAt = moment.at(window.opensIn + 12);
  const id = await insertApplication(trx, submittedAt, {
    windowId,
    organisationId,
    applicantId,
    title: one.title,
    subject: `${one.title}\u00A0: un service de notre organisme, déjà décrit dans son évaluation aux doctrines.`,
    subjectRef: contractId === null ? '' : `impact/contract/${contractId}`,
    change: 'Des démarches plus courtes et moins d’abandons, mesurés par l’indicateur du contrat de succès.',
    plan: 'Une équipe de cinq personnes, une première version en trois mois, une mesure tous les mois.',
    contractId: wasFinanced ? contractId : null,
    askedCents: one.askedCents,
  });
  const isScored = !['draft', 'submitted', 'ineligible'].includes(one.state);
  const juryId = isScored ? await findLightestJury(trx, windowId) : null;
  await updateApplication(trx, id, {
    state: one.state,
    juryId,
    ...(one.state === 'draft' ? {} : { submittedAt }),
    ...(one.state === 'ineligible' ? { reason: one.said ?? '' } : { outcome: one.said ?? '' }),
  });
  if (one.points !== undefined && juryId !== null) {
    const jury = (await listJuries(trx, windowId)).find((found) => found.id === juryId);
    const points = one.points;
    const scores = free(jurors, organisationId)
      .filter(({ personId }) => jury?.members.some((member) => member.id === personId))
      .flatMap(({ personId }, rank) =>
        window.criteria.map((_, position) => ({
          applicationId: id,
          personId,
          position,
          points: Math.max(0, points - ((rank + position) % 2)),
          comment: '',
        })),
      );
    await upsertScores(trx, moment.at(Math.min(-1, window.juryIn)), scores);
  }
  if (!wasFinanced) return;
  const signers = { state: free(jurors, organisationId)[0]?.personId ?? null, organisation: applicantId };
  await loadDemonstrationMoney(trx, one, { id, windowId, juryIn: window.juryIn, moment, signers });
}
