// The file that an address names, as far as whoever asks may see it, and the same for whoever writes it.
import type { Actor } from '#platform/access.ts';
import type { Db, Trx } from '#platform/database/connection.ts';
import { notFound } from '#platform/errors.ts';
import { roleRequired } from '#platform/http/access-control.ts';
import { isUuid } from '#platform/typed-text.ts';
import { draftsFile, filesSeenBy, keepsFile, mayEditFile } from './file-access.rules.ts';
import { fileIsElsewhere, fileWasChanged } from './files.errors.ts';
import { findFile, lockFile } from './files.repository.ts';
import { LIVE_STATES, type ProjectFile } from './files.types.ts';

/** The file with this id. Throws `not-found` when there is none that the actor (null: nobody) sees. */
export async function fileAt(db: Db, actor: Actor | null, id: string): Promise<ProjectFile> {
  const file = isUuid(id) ? await findFile(db, id, filesSeenBy(actor)) : undefined;
  if (!file) throw notFound();
  return file;
}

/** The same, which nobody else changes until `trx` ends. */
export async function lockedFileAt(trx: Trx, actor: Actor, id: string): Promise<ProjectFile> {
  const file = isUuid(id) ? await lockFile(trx, id, filesSeenBy(actor)) : undefined;
  if (!file) throw notFound();
  return file;
}

/**
 * The file, to be edited at the version that was read. Throws `not-found`, `role-required` where it is not the actor's to
 * write, `portfolio.file-is-in-another-state` once it has ended, `portfolio.file-was-changed` at another version.
 */
export async function editedFileAt(
  trx: Trx,
  actor: Actor,
  id: string,
  version: number,
): Promise<ProjectFile> {
  const file = await lockedFileAt(trx, actor, id);
  if (!draftsFile(actor, file)) throw roleRequired();
  if (!mayEditFile(actor, file)) {
    throw keepsFile(actor, file) ? fileIsElsewhere({ detail: { state: file.state } }) : roleRequired();
  }
  if (file.version !== version) throw fileWasChanged({ detail: { now: file.version, read: version } });
  return file;
}

function assertKept(actor: Actor, file: ProjectFile): void {
  if (!keepsFile(actor, file)) throw roleRequired();
  if (!(LIVE_STATES as readonly string[]).includes(file.state)) {
    throw fileIsElsewhere({ detail: { state: file.state } });
  }
}

/** The live file that the actor answers for. Throws `not-found`, `role-required`, `portfolio.file-is-in-another-state`. */
export async function keptFile(db: Db, actor: Actor, id: string): Promise<ProjectFile> {
  const file = await fileAt(db, actor, id);
  assertKept(actor, file);
  return file;
}

/** The same, which nobody else changes until `trx` ends. */
export async function keptFileAt(trx: Trx, actor: Actor, id: string): Promise<ProjectFile> {
  const file = await lockedFileAt(trx, actor, id);
  assertKept(actor, file);
  return file;
}
