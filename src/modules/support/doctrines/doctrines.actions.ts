// Versions of doctrines: a draft is begun, written, published; the one before is replaced. Each is one transaction.
import type { Actor } from '#platform/access.ts';
import type { Trx } from '#platform/database/connection.ts';
import { invalidInput, notFound } from '#platform/errors.ts';
import { publicDataChanged } from '#platform/http/public-cache.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { ledgerActorOf } from './assessment-access.rules.ts';
import { draftIsElsewhere } from './doctrines.errors.ts';
import {
  insertDoctrine,
  insertDraft,
  listVersions,
  lockDoctrine,
  replaceDraft,
  updateVersionState,
} from './doctrines.repository.ts';
import type { DoctrineVersion } from './doctrines.types.ts';
import type { ShippedDoctrine } from './shipped.types.ts';
import { differenceOf, faultsOfVersion, type VersionInput, versionAsTyped } from './versions.rules.ts';

type Needs = Pick<Kernel, 'db' | 'clock'>;

async function lockedVersions(trx: Trx, word: string): Promise<DoctrineVersion[]> {
  if (!(await lockDoctrine(trx, word))) throw notFound();
  return listVersions(trx, word, { withDrafts: true });
}

function subjectOf({ id }: Pick<DoctrineVersion, 'id'>): string {
  return `support/doctrine-version/${id}`;
}

/**
 * Begins the next version of a doctrine as a copy of the one in force. Throws `not-found`, or `support.draft-is-elsewhere`
 * when one is being written.
 */
export async function beginDraft({ db, clock }: Needs, actor: Actor, word: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const versions = await lockedVersions(trx, word);
    if (versions.some(({ state }) => state === 'draft')) throw draftIsElsewhere();
    const now = clock.now();
    const number = (versions[0]?.number ?? 0) + 1;
    const written = {
      from: now.toISOString().slice(0, 10),
      changes: { fr: '', en: '' },
      criteria: versions[0]?.criteria ?? [],
    };
    const id = await insertDraft(trx, now, { word, number }, written);
    await appendToLedger(trx, now, {
      kind: 'support.doctrine-draft-begun',
      subject: subjectOf({ id }),
      actor: ledgerActorOf(actor, null),
      data: { word, number },
    });
  });
}

/** Writes the draft of a doctrine anew. Throws `not-found`, `support.draft-is-elsewhere`, or `invalid-input`. */
export async function writeDraft(
  { db, clock }: Needs,
  actor: Actor,
  word: string,
  input: VersionInput,
): Promise<void> {
  const written = versionAsTyped(input);
  await db.transaction().execute(async (trx) => {
    const draft = (await lockedVersions(trx, word)).find(({ state }) => state === 'draft');
    if (!draft) throw draftIsElsewhere();
    const faults = faultsOfVersion(written);
    if (faults.length > 0) throw invalidInput({ fields: faults });
    await replaceDraft(trx, draft.id, written);
    await appendToLedger(trx, clock.now(), {
      kind: 'support.doctrine-draft-written',
      subject: subjectOf(draft),
      actor: ledgerActorOf(actor, null),
      data: { word, number: draft.number, from: written.from, criteria: written.criteria.length },
    });
  });
}

/**
 * Publishes the draft of a doctrine, which never changes from then on, and replaces the version in force. Throws
 * `not-found`, `support.draft-is-elsewhere`, or `invalid-input` when the draft does not yet say all it must.
 */
export async function publishDraft({ db, clock }: Needs, actor: Actor, word: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const versions = await lockedVersions(trx, word);
    const draft = versions.find(({ state }) => state === 'draft');
    if (!draft) throw draftIsElsewhere();
    const faults = faultsOfVersion(draft);
    if (faults.length > 0) throw invalidInput({ fields: faults });
    await publish(trx, clock.now(), { by: ledgerActorOf(actor, null), draft, versions });
    await publicDataChanged(trx);
  });
}

async function publish(
  trx: Trx,
  now: Date,
  {
    by,
    draft,
    versions,
    at = now,
  }: { by: LedgerActor; draft: DoctrineVersion; versions: readonly DoctrineVersion[]; at?: Date },
): Promise<void> {
  const before = versions.find(({ state }) => state === 'published');
  if (before) await updateVersionState(trx, at, before.id, 'replaced');
  await updateVersionState(trx, at, draft.id, 'published');
  const { added, removed, changed } = differenceOf(before?.criteria ?? [], draft.criteria);
  await appendToLedger(trx, now, {
    kind: 'support.doctrine-version-published',
    subject: subjectOf(draft),
    actor: by,
    data: {
      word: draft.word,
      number: draft.number,
      from: draft.from,
      added: added.map(({ code }) => code),
      removed: removed.map(({ code }) => code),
      changed: changed.map(({ after }) => after.code),
    },
  });
}

const SHIPPING: LedgerActor = { kind: 'system', name: 'support.shipped-doctrines' };

/**
 * Publishes the shipped doctrines that the installation does not have, all their versions at their own dates. What it has
 * stays as its auditors left it. @returns how many were new.
 */
export async function loadShippedDoctrines(
  { db, clock }: Needs,
  shipped: readonly ShippedDoctrine[],
): Promise<number> {
  return db.transaction().execute(async (trx) => {
    let count = 0;
    for (const [position, doctrine] of shipped.entries()) {
      await insertDoctrine(trx, doctrine, position + 1);
      if ((await lockedVersions(trx, doctrine.word)).length > 0) continue;
      count += 1;
      for (const [at, written] of doctrine.versions.entries()) {
        await insertDraft(trx, clock.now(), { word: doctrine.word, number: at + 1 }, written);
        const versions = await listVersions(trx, doctrine.word, { withDrafts: true });
        const draft = versions[0] as DoctrineVersion;
        const from = new Date(`${written.from}T00:00:00Z`);
        await publish(trx, clock.now(), { by: SHIPPING, draft, versions, at: from });
      }
    }
    if (count > 0) await publicDataChanged(trx);
    return count;
  });
}
