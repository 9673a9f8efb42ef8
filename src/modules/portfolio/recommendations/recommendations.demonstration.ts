// Loads the demonstration State's register: recommendations in every state, some overdue and escalated; the same at every
// load at the same moment, in a few statements.
import { findPeopleNames, inventedId } from '#modules/identity/public.ts';
import { dayAfter, dayIn, daysBefore } from '#platform/calendar-days.rules.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendAllToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { listFileStates } from '../files/facts.repository.ts';
import type { FileFacts } from '../files/files.types.ts';
import { settingOn } from '../settings/settings.repository.ts';
import {
  type InventedRecommendation,
  insertInventedRecommendations,
  latestOpinionIds,
} from './demonstration.repository.ts';
import {
  INVENTED_ANSWERS,
  INVENTED_STANDINGS,
  INVENTED_TEXTS,
} from './recommendations.demonstration-data.ts';
import { levelsToTell } from './recommendations.rules.ts';
import type { RecommendationState } from './recommendations.types.ts';

const DAY_MS = 86_400_000;
const JUDGE: LedgerActor = {
  kind: 'person',
  personId: inventedId('person', 'Anaïs Kerbrat'),
  role: 'auditor',
};
const JOB: LedgerActor = { kind: 'system', name: 'portfolio.escalate-recommendations' };

/** The conference of the demonstration that is over, and the ministry that it was about. */
export const PAST_CONFERENCE = {
  id: inventedId('request', 'portfolio/conference/past'),
  ministry: inventedId('organisation', 'MCU'),
  /** How many days ago it was held. */
  daysAgo: 41,
} as const;

interface Loading {
  readonly now: Date;
  readonly today: string;
  readonly days: readonly number[];
  readonly opinions: ReadonlyMap<string, string>;
  readonly names: ReadonlyMap<string, string>;
}

/** Loads them. */
export async function loadDemonstrationRecommendations({
  db,
  clock,
  config,
}: Pick<Kernel, 'db' | 'clock' | 'config'>): Promise<void> {
  const now = clock.now();
  const today = dayIn(now, config.timeZone);
  await db.transaction().execute(async (trx) => {
    const files = (await listFileStates(trx)).filter(({ firstBaseline }) => firstBaseline !== null);
    if (files.length === 0) return;
    const days = (await settingOn(trx, 'escalation-days', today)) ?? [];
    const opinions = await latestOpinionIds(
      trx,
      files.map(({ id }) => id),
    );
    const names = await findPeopleNames(
      trx,
      files.map(({ ownerId }) => ownerId),
    );
    const standings = INVENTED_STANDINGS.flatMap(({ state, lateDays }) =>
      lateDays.map((late) => ({ state, late })),
    );
    const all = standings.map(({ state, late }, at) => {
      // Files come by turns, so that every ministry has some in several states.
      const file = files[(at * 7) % files.length] as FileFacts;
      return drawRecommendation({ now, today, days, opinions, names }, file, { state, late, at });
    });
    await insertInventedRecommendations(trx, all);
    await appendAllToLedger(
      trx,
      now,
      all.flatMap(({ id, fileId, steps }) =>
        steps.map(({ step, actor }) => ({
          kind: `portfolio.recommendation-${step === 'issue' ? 'issued' : step}`,
          subject: `portfolio/recommendation/${id}`,
          actor,
          data: { fileId, demonstration: true },
        })),
      ),
    );
  });
}

function drawRecommendation(
  { now, today, days, opinions, names }: Loading,
  file: FileFacts,
  { state, late, at }: { readonly state: RecommendationState; readonly late: number; readonly at: number },
): InventedRecommendation {
  const dueOn = daysBefore(today, late);
  const owner: LedgerActor = { kind: 'person', personId: file.ownerId, role: 'digital-director' };
  const isOfMinistry =
    file.organisationId === PAST_CONFERENCE.ministry ||
    file.organisationParentId === PAST_CONFERENCE.ministry;
  const fromConference = isOfMinistry && late <= 20;
  // From the conference on; else from six months before the due day, but not later than a few days ago.
  const issued = fromConference
    ? now.getTime() - PAST_CONFERENCE.daysAgo * DAY_MS
    : Math.min(now.getTime() - (late + 180) * DAY_MS, now.getTime() - 6 * DAY_MS);
  const ended = Math.min(now.getTime() - DAY_MS, Date.parse(`${dueOn}T09:00:00Z`) + 5 * DAY_MS);
  const plannedOn = ['planned', 'evidenced', 'implemented'].includes(state)
    ? dayAfter(dueOn, (at % 5) * 6)
    : null;
  const way = WAYS[state];
  // In the morning of its day.
  const moment = (place: number) => {
    const at = issued + ((ended - issued) * place) / Math.max(1, way.length - 1);
    return new Date(Math.floor(at / DAY_MS) * DAY_MS + (8 * 60 + place * 37) * 60_000);
  };
  const steps = way.map((step, place): InventedRecommendation['steps'][number] => ({
    step,
    at: moment(place),
    actor: step === 'issue' || step.startsWith('close') ? JUDGE : owner,
    text: TEXTS[step] ?? null,
    details:
      step === 'plan' && plannedOn !== null ? { plannedOn, toName: names.get(file.ownerId) ?? '' } : {},
  }));
  const levels = levelsToTell({ state, dueOn, escalated: 0 }, today, days);
  const told = levels.map((level): InventedRecommendation['steps'][number] => ({
    step: 'escalate',
    at: new Date(Date.parse(`${dueOn}T05:40:00Z`) + (days[level - 1] ?? 0) * DAY_MS),
    actor: JOB,
    text: null,
    details: { level },
  }));
  const closedAt = state === 'refused' || state.endsWith('implemented') ? moment(way.length - 1) : null;
  const opinion = opinions.get(file.id);
  return {
    id: inventedId('request', `portfolio/recommendation/${at}`),
    fileId: file.id,
    sourceKind: fromConference ? 'conference' : opinion === undefined && at % 3 === 0 ? 'audit' : 'opinion',
    sourceId: fromConference
      ? PAST_CONFERENCE.id
      : (opinion ?? inventedId('request', `portfolio/recommendation-source/${at}`)),
    text: INVENTED_TEXTS[at % INVENTED_TEXTS.length] ?? '',
    ownerId: file.ownerId,
    dueOn,
    state,
    plannedOn,
    evidenced: ['evidenced', 'implemented'].includes(state),
    escalated: levels.at(-1) ?? 0,
    issuedAt: moment(0),
    changedAt: moment(way.length - 1),
    closedAt,
    steps: [...steps, ...told].sort((a, b) => a.at.getTime() - b.at.getTime()),
  };
}

type InventedStep = InventedRecommendation['steps'][number]['step'];

/** What happened on the way to each state, in order. */
const WAYS: Readonly<Record<RecommendationState, readonly InventedStep[]>> = {
  issued: ['issue'],
  accepted: ['issue', 'accept'],
  planned: ['issue', 'accept', 'plan'],
  evidenced: ['issue', 'accept', 'plan', 'give-evidence'],
  refused: ['issue', 'refuse'],
  implemented: ['issue', 'accept', 'plan', 'give-evidence', 'close-implemented'],
  'not-implemented': ['issue', 'accept', 'close-not-implemented'],
};

const TEXTS: Partial<Record<InventedStep, string>> = {
  refuse: INVENTED_ANSWERS.refuse,
  'give-evidence': INVENTED_ANSWERS.evidence,
  'close-implemented': INVENTED_ANSWERS.closed,
  'close-not-implemented': INVENTED_ANSWERS.failed,
};
