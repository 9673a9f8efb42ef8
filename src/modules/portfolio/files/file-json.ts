// Files as JSON: aggregates for everyone, the detail of money and names for the ministry and the directorate.
import { bandOf } from '../baselines/averages.rules.ts';
import type { Baseline } from '../baselines/baselines.types.ts';
import type { seenFile } from './file-view.ts';
import type { FileFacts, ProjectFile } from './files.types.ts';

type Json = Record<string, unknown>;

function ownFields(file: FileFacts | ProjectFile): Json {
  return {
    id: file.id,
    name: file.name,
    organisation: { id: file.organisationId, name: file.organisationName },
    panoramaProject: file.projectSlug,
    state: file.state,
    phase: file.phase,
    startedOn: file.startedOn,
    plannedEndOn: file.plannedEndOn,
    fullCostCents: file.fullCostCents,
    oneTimeCents: file.oneTimeCents,
    recurringCents: file.recurringCents,
    band: file.fullCostCents === 0 ? null : bandOf(file.fullCostCents),
    internalFte: file.internalFte,
    outsourcedShare: file.outsourcedShare,
    programmes: file.programmes,
    classified: file.classified,
    firstBaselineAt: file.firstBaselineAt?.toISOString() ?? null,
    lastNewsAt: file.lastNewsAt.toISOString(),
  };
}

function baselineAsJson(baseline: Baseline, seesDetail: boolean): Json {
  const { author: _author, fileId: _fileId, plan, authorName, decidedByName, ...open } = baseline;
  return {
    ...open,
    proposedAt: baseline.proposedAt.toISOString(),
    decidedAt: baseline.decidedAt?.toISOString() ?? null,
    plan: { milestones: plan.milestones, ...(seesDetail && { years: plan.years }) },
    ...(seesDetail && { authorName, decidedByName }),
  };
}

/** A file of a list. */
export function listedFileAsJson(file: FileFacts, seesDetail: boolean): Json {
  const { firstBaseline, latestBaseline, slippage, objectivesCount } = file;
  return {
    ...ownFields(file),
    objectivesCount,
    firstBaseline: firstBaseline && baselineAsJson(firstBaseline, seesDetail),
    latestBaseline: latestBaseline && baselineAsJson(latestBaseline, seesDetail),
    slippage,
  };
}

/** A file with everything that whoever asks may know of it. */
export function fileAsJson(view: Awaited<ReturnType<typeof seenFile>>): Json {
  const { file, facts, seesDetail } = view;
  return {
    ...ownFields(file),
    description: file.description,
    objectivesText: file.objectives,
    policyPriorities: file.policyPriorities,
    parentId: file.parentId,
    mergedInto: file.mergedInto,
    version: file.version,
    updatedAt: file.updatedAt.toISOString(),
    slippage: facts.slippage,
    milestones: facts.milestones,
    objectives: view.objectives,
    baselines: view.baselines
      .filter(({ state }) => seesDetail || state === 'approved')
      .map((baseline) => baselineAsJson(baseline, seesDetail)),
    estimates: view.estimates.map(({ authorName, spentCents, ...estimate }) => ({
      ...estimate,
      at: estimate.at.toISOString(),
      ...(seesDetail && { authorName, spentCents }),
    })),
    events: view.events.map(({ actorName, details, ...event }) => ({
      ...event,
      recordedAt: event.recordedAt.toISOString(),
      ...(seesDetail && { actorName, details }),
    })),
    ...(seesDetail && { owner: { id: file.ownerId, name: file.ownerName }, earnedValue: view.earnedValue }),
  };
}
