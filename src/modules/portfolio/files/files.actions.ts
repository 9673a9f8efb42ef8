// Project files are opened, changed and submitted here, each in one transaction with its ledger entry.
import { findOrganisation, listHoldersOf } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import type { Db, Trx } from '#platform/database/connection.ts';
import { type FieldError, invalidInput } from '#platform/errors.ts';
import { roleRequired } from '#platform/http/access-control.ts';
import { publicDataChanged } from '#platform/http/public-cache.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { findLatestEstimate, insertEstimate } from './events.repository.ts';
import { fileActorOf, keepsFile, organisationsKeptBy } from './file-access.rules.ts';
import { editedFileAt, lockedFileAt } from './file-at.ts';
import {
  checkedFile,
  checkedReason,
  type FileFields,
  type FileInput,
  fieldsThatDiffer,
} from './file-input.rules.ts';
import { findProjectForFile, insertFile, updateFile, updateSubmitted } from './file-writes.repository.ts';
import { fileHasNoCost, fileIsElsewhere } from './files.errors.ts';
import type { Estimate, ProjectFile } from './files.types.ts';

type Needs = Pick<Kernel, 'db' | 'clock'>;

/** The people who may be responsible for a project: those of the organisation, and of the one above it. */
export async function ownersFor(
  db: Db,
  organisation: { readonly id: string; readonly parentId: string | null },
  now: Date,
): Promise<{ id: string; name: string }[]> {
  const ids = [organisation.id, ...(organisation.parentId === null ? [] : [organisation.parentId])];
  return listHoldersOf(db, ['digital-director', 'product-team', 'agent'], ids, now);
}

async function written(
  trx: Trx,
  fields: FileFields,
  fileId: string | null,
): Promise<{
  written: Omit<FileFields, 'projectSlug'> & { projectId: string | null };
  faults: FieldError[];
}> {
  const { projectSlug, ...rest } = fields;
  if (projectSlug === null) return { written: { ...rest, projectId: null }, faults: [] };
  const project = await findProjectForFile(trx, projectSlug);
  const faults: FieldError[] = [];
  if (!project) {
    faults.push({
      field: 'projectSlug',
      text: {
        fr: 'Le panorama n’a pas ce projet\u00A0: copiez la fin de l’adresse de sa page.',
        en: 'The panorama has no such project: copy the end of its page’s address.',
      },
    });
  } else if (project.fileId !== null && project.fileId !== fileId) {
    faults.push({
      field: 'projectSlug',
      text: { fr: 'Ce projet a déjà un dossier.', en: 'This project has a file already.' },
    });
  }
  return { written: { ...rest, projectId: project?.id ?? null }, faults };
}

/** Opens a draft. @returns its id. Throws `invalid-input` with a fault for each wrong field. */
export async function openFile(
  { db, clock }: Needs,
  actor: Actor,
  organisationId: string,
  input: FileInput,
): Promise<string> {
  const now = clock.now();
  return db.transaction().execute(async (trx) => {
    const organisation = organisationsKeptBy(actor).includes(organisationId)
      ? await findOrganisation(trx, organisationId)
      : undefined;
    if (!organisation) {
      const text = {
        fr: 'Choisissez une de vos organisations.',
        en: 'Choose one of your organisations.',
      };
      throw invalidInput({ fields: [{ field: 'organisationId', text }] });
    }
    const owners = await ownersFor(trx, organisation, now);
    const { fields, faults } = checkedFile(
      input,
      owners.map(({ id }) => id),
    );
    const { written: kept, faults: more } = await written(trx, fields, null);
    if (faults.length + more.length > 0) throw invalidInput({ fields: [...faults, ...more] });
    const id = await insertFile(trx, now, organisationId, kept);
    await appendToLedger(trx, now, {
      kind: 'portfolio.file-opened',
      subject: `portfolio/project-file/${id}`,
      actor: fileActorOf(actor, { organisationId, organisationParentId: organisation.parentId }),
      data: { organisationId, name: kept.name },
    });
    return id;
  });
}

/**
 * Changes a file's own fields at the version that was read. Once it is submitted its planned end moves only with a reason,
 * which is kept as an estimate. Throws as `editedFileAt` does, and `invalid-input`.
 */
export async function changeFile(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  input: FileInput,
  { version, reason: typedReason }: { readonly version: number; readonly reason: string },
): Promise<void> {
  const now = clock.now();
  await db.transaction().execute(async (trx) => {
    const file = await editedFileAt(trx, actor, id, version);
    const organisation = { id: file.organisationId, parentId: file.organisationParentId };
    const owners = await ownersFor(trx, organisation, now);
    const { fields, faults } = checkedFile(input, [file.ownerId, ...owners.map((owner) => owner.id)]);
    const { written: kept, faults: more } = await written(trx, fields, file.id);
    const movesEnd = file.state !== 'draft' && kept.plannedEndOn !== file.plannedEndOn;
    const reason = movesEnd ? checkedReason(typedReason) : { reason: '', faults: [] };
    const all = [...faults, ...more, ...reason.faults];
    if (all.length > 0) throw invalidInput({ fields: all });
    await updateFile(trx, now, id, kept);
    const by = fileActorOf(actor, file);
    if (movesEnd) await estimateAnew(trx, now, file, { endOn: kept.plannedEndOn, reason: reason.reason }, by);
    await appendToLedger(trx, now, {
      kind: 'portfolio.file-changed',
      subject: `portfolio/project-file/${id}`,
      actor: by,
      data: { fields: fieldsThatDiffer(input, file), version: version + 1 },
    });
  });
}

/** Adds an estimate that differs from the latest one (or from the file, for the first) by what is given. */
export async function estimateAnew(
  trx: Trx,
  now: Date,
  file: ProjectFile,
  change: Partial<Pick<Estimate, 'costCents' | 'endOn' | 'scopeShare' | 'spentCents'>> & {
    readonly reason: string;
  },
  by: LedgerActor,
): Promise<void> {
  const latest = await findLatestEstimate(trx, file.id);
  const before = latest ?? {
    costCents: file.fullCostCents,
    endOn: file.plannedEndOn,
    scopeShare: 1,
    spentCents: null,
  };
  await insertEstimate(trx, file.id, { ...before, ...change, at: now }, by);
  await publicDataChanged(trx);
}

/**
 * Hands a draft to the directorate with its first estimate: from now on the directorate sees it, and its cost and end move
 * with a reason only. Throws `not-found`, `role-required`, `portfolio.file-is-in-another-state`, `portfolio.file-has-no-cost`.
 */
export async function submitFile({ db, clock }: Needs, actor: Actor, id: string): Promise<void> {
  const now = clock.now();
  await db.transaction().execute(async (trx) => {
    const file = await lockedFileAt(trx, actor, id);
    if (!keepsFile(actor, file)) throw roleRequired();
    if (file.state !== 'draft') throw fileIsElsewhere({ detail: { state: file.state } });
    if (file.fullCostCents === 0) throw fileHasNoCost();
    const by = fileActorOf(actor, file);
    await updateSubmitted(trx, now, id);
    await estimateAnew(trx, now, file, { reason: 'Première estimation, remise avec le dossier' }, by);
    await appendToLedger(trx, now, {
      kind: 'portfolio.file-submitted',
      subject: `portfolio/project-file/${id}`,
      actor: by,
      data: { fullCostCents: file.fullCostCents, plannedEndOn: file.plannedEndOn },
    });
  });
}
