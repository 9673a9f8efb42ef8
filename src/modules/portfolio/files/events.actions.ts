// What happens to a project is recorded with its reason, changes its state, and leaves its last state behind when it goes.
import type { Trx } from '#platform/database/connection.ts';
import { notFound } from '#platform/errors.ts';
import { publicDataChanged } from '#platform/http/public-cache.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { insertEstimate, insertEvent, updateFileState } from './events.repository.ts';
import { isInDifficulty, stateAfter } from './events.rules.ts';
import { fileStateFor } from './facts.repository.ts';
import { fileIsElsewhere } from './files.errors.ts';
import { lockFile } from './files.repository.ts';
import type { FileFacts, FileReach, NewFileEvent } from './files.types.ts';

/** Every file but drafts: for those who decide whoever the file belongs to. */
const SUBMITTED: FileReach = { organisationIds: [], beside: 'submitted' };

/** What an exit, a finish or a cut leaves of the project's figures. */
function lastStateOf({ latestEstimate, slippage, phase, state }: FileFacts): Record<string, unknown> {
  return {
    phase,
    state,
    ...(latestEstimate && {
      costCents: latestEstimate.costCents,
      endOn: latestEstimate.endOn,
      scopeShare: latestEstimate.scopeShare,
    }),
    ...(slippage && {
      costShare: slippage.first.costShare,
      scheduleShare: slippage.first.scheduleShare,
    }),
  };
}

/**
 * Records an event of a file in the caller's transaction, with its effect on the file's state and, for a scope cut, a new
 * estimate. The reason is checked by the caller (1 to 2,000 characters). @returns the event's id. Throws `not-found` for a
 * draft or unknown file, `portfolio.file-is-in-another-state` where the event is not possible.
 */
export async function recordFileEvent(trx: Trx, event: NewFileEvent): Promise<number> {
  const { fileId, kind, happenedOn, reason, actor, at } = event;
  const file = await lockFile(trx, fileId, SUBMITTED);
  const facts = await fileStateFor(trx, fileId);
  if (!file || !facts) throw notFound();
  const state = stateAfter(file.state, kind);
  if (state === undefined) throw fileIsElsewhere({ detail: { state: file.state, kind } });
  const leaves = kind === 'exit' || kind === 'stop' || kind === 'merge';
  const inDifficulty =
    leaves && (event.inDifficulty === true || isInDifficulty(file.state, facts.slippage?.first ?? null));
  const details = { ...lastStateOf(facts), ...event.details };
  const id = await insertEvent(trx, {
    fileId,
    kind,
    happenedOn,
    recordedAt: at,
    reason,
    inDifficulty,
    details,
    actor,
  });
  if (kind === 'scope-cut' && event.scopeShare !== undefined && facts.latestEstimate) {
    await insertEstimate(
      trx,
      fileId,
      { ...facts.latestEstimate, at, scopeShare: event.scopeShare, reason },
      actor,
    );
  }
  const mergedInto = kind === 'merge' ? (event.details?.mergedInto as string | undefined) : undefined;
  await updateFileState(trx, at, fileId, { state, mergedInto: mergedInto ?? null });
  await appendToLedger(trx, at, {
    kind: `portfolio.file-${PARTICIPLES[kind]}`,
    subject: `portfolio/project-file/${fileId}`,
    actor,
    data: { event: id, happenedOn, reason, inDifficulty, from: file.state, to: state, ...details },
  });
  await publicDataChanged(trx);
  return id;
}

const PARTICIPLES: Readonly<Record<NewFileEvent['kind'], string>> = {
  'scope-cut': 'cut',
  split: 'split',
  merge: 'merged',
  suspension: 'suspended',
  resumption: 'resumed',
  exit: 'exited',
  finish: 'finished',
  reorientation: 'reoriented',
  support: 'supported',
  stop: 'stopped',
};
