// Loads the demonstration State's requests and opinions on top of its project files: a few statements for all of them, the
// same at every load at the same moment. It is called once, on an empty database.
import { inventedId } from '#modules/identity/public.ts';
import { dayAfter, dayIn } from '#platform/calendar-days.rules.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendAllToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { recordJudgement } from '../forecast/forecasts.actions.ts';
import { addMonths, consultationDueOn, lastDayOf } from './clock.rules.ts';
import {
  type DrawnFile,
  type DrawnOpinions,
  findDrawnFiles,
  insertDrawnOpinions,
} from './demonstration.repository.ts';
import {
  INVENTED_COMMENTS,
  INVENTED_REQUESTS,
  type InventedRequest,
  inventedAxes,
} from './opinions.demonstration-data.ts';
import { BODIES, type Opinion } from './opinions.types.ts';
import { publishableTexts, redactedTexts } from './publication.rules.ts';
import { redactionsAsMarked } from './redaction.rules.ts';
import { findThresholdSignals } from './signals.actions.ts';
import { loadSmallFiles } from './signals.demonstration.ts';

const INSTRUCTOR: LedgerActor = {
  kind: 'person',
  personId: inventedId('person', 'Anaïs Kerbrat'),
  role: 'auditor',
};
const COMMENTERS = {
  security: { organisation: 'ASN', person: 'Yannick Le Goff' },
  budget: { organisation: 'DBU', person: 'Séverine Blanchet' },
} as const;
const NO_AXES = { strategy: '', finance: '', governance: '', delivery: '', planning: '' } as const;
const THRESHOLD_CENTS = 900_000_000;

const at = (day: string) => `${day}T08:30:00Z`;

type Drawn = { readonly [K in keyof DrawnOpinions]: Record<string, unknown>[] };

/** Loads them, and what may have been kept under the threshold. */
export async function loadDemonstrationOpinions(kernel: Kernel): Promise<void> {
  const { db, clock, config } = kernel;
  const now = clock.now();
  const today = dayIn(now, config.timeZone);
  const names = INVENTED_REQUESTS.map(({ name }) => name);
  const files = new Map((await findDrawnFiles(db, names, config.timeZone)).map((file) => [file.name, file]));
  const all: Drawn = { requests: [], waits: [], consultations: [], opinions: [], publications: [] };
  const judged: { file: DrawnFile; opinionId: string; probability: number; day: string }[] = [];
  for (const invented of INVENTED_REQUESTS) {
    const file = files.get(invented.name);
    if (!file) continue;
    const drawn = draw(all, invented, file, today);
    if (drawn !== null && invented.opinion)
      judged.push({ file, ...drawn, probability: invented.opinion.probability });
  }
  await db.transaction().execute(async (trx) => {
    await insertDrawnOpinions(trx, all);
    for (const { file, opinionId, probability, day } of judged)
      await recordJudgement(trx, {
        fileId: file.id,
        at: new Date(at(day)),
        kind: 'opinion',
        sourceId: opinionId,
        probability,
        frameCostCents: file.costCents,
        frameEndOn: file.endOn,
        actor: INSTRUCTOR,
      });
    await appendAllToLedger(
      trx,
      now,
      all.opinions.map(({ request_id, kind, tacit, issued_by }) => ({
        kind: `portfolio.opinion-request-${tacit ? 'deemed-favourable' : 'decided'}`,
        subject: `portfolio/opinion-request/${String(request_id)}`,
        actor: issued_by as LedgerActor,
        data: { opinion: kind },
      })),
    );
  });
  await loadSmallFiles(kernel);
  await findThresholdSignals(kernel);
}

/** The days of a request: when it was submitted, stood, and was answered. */
function daysOf({ state, ago = 0, daysLeft, stood = 0 }: InventedRequest, file: DrawnFile, today: string) {
  if (daysLeft !== undefined) {
    const lastDay = dayAfter(today, daysLeft);
    const submittedOn = addMonths(dayAfter(lastDay, -stood), -1);
    return { submittedOn, answeredOn: today };
  }
  const answeredOn = ago > 0 || file.baselinedOn === null ? dayAfter(today, 22 - ago) : file.baselinedOn;
  if (state === 'tacit') return { submittedOn: addMonths(dayAfter(answeredOn, -1), -1), answeredOn };
  if (state === 'issued') return { submittedOn: dayAfter(answeredOn, -22 - stood), answeredOn };
  return { submittedOn: dayAfter(today, -ago), answeredOn: dayAfter(today, -Math.floor(ago / 3)) };
}

function draw(
  all: Drawn,
  invented: InventedRequest,
  file: DrawnFile,
  today: string,
): { opinionId: string; day: string } | null {
  const { state, stood = 0, comments = {} } = invented;
  const id = inventedId('request', `portfolio/opinion-request/${file.name}`);
  const director: LedgerActor = { kind: 'person', personId: file.directorId, role: 'digital-director' };
  const { submittedOn, answeredOn } = daysOf(invented, file, today);
  const isDraft = state === 'draft';
  const isClosed = ['issued', 'tacit', 'withdrawn'].includes(state);
  const stoodFrom = dayAfter(submittedOn, 8);
  const closed = isClosed ? answeredOn : null;
  const suspensions = stood > 0 ? [{ from: stoodFrom, until: dayAfter(stoodFrom, stood) }] : [];
  const lastDay = lastDayOf({ submittedOn, delayMonths: 1, suspensions });
  all.requests.push({
    id,
    file_id: file.id,
    organisation_id: file.organisationId,
    state,
    axes: isDraft ? { ...NO_AXES, strategy: inventedAxes(file.name).strategy } : inventedAxes(file.name),
    conforming: !isDraft,
    cost_cents: file.costCents,
    end_on: file.endOn,
    threshold_cents: isDraft ? null : THRESHOLD_CENTS,
    delay_months: isDraft ? null : 1,
    submitted_on: isDraft ? null : submittedOn,
    submitted_at: isDraft ? null : at(submittedOn),
    last_day: state === 'submitted' ? lastDay : null,
    created_by: director,
    created_at: at(submittedOn),
    changed_at: at(closed ?? submittedOn),
    closed_at: closed === null ? null : at(closed),
    closed_reason:
      state === 'withdrawn'
        ? 'Le régime concerné change de tutelle\u00A0: la demande sera reprise par le ministère qui le reçoit.'
        : '',
  });
  if (isDraft) return null;
  if (stood > 0 || state === 'suspended')
    all.waits.push({
      request_id: id,
      from_on: state === 'suspended' ? dayAfter(today, -6) : stoodFrom,
      until_on: state === 'suspended' ? null : dayAfter(stoodFrom, stood),
      asked:
        'Le tableau des coûts ne dit rien de la reprise des données, et le calendrier ne montre pas l’homologation de sécurité. Merci de compléter ces deux points.',
      asked_by: INSTRUCTOR,
      asked_at: at(state === 'suspended' ? dayAfter(today, -6) : stoodFrom),
      answer:
        state === 'suspended'
          ? ''
          : 'La reprise des données est chiffrée en annexe, et l’homologation précède le pilote de deux mois.',
      ended_by: state === 'suspended' ? null : director,
      ended_at: state === 'suspended' ? null : at(dayAfter(stoodFrom, stood)),
    });
  for (const body of BODIES) {
    const stance = comments[body] ?? null;
    const said = dayAfter(submittedOn, body === 'security' ? 9 : 13);
    const day = said < today ? said : today;
    all.consultations.push({
      request_id: id,
      body,
      organisation_id: inventedId('organisation', COMMENTERS[body].organisation),
      opened_on: submittedOn,
      due_on: consultationDueOn(submittedOn, 25),
      stance,
      comment: stance === null ? '' : INVENTED_COMMENTS[stance],
      answered_by:
        stance === null
          ? null
          : { kind: 'person', personId: inventedId('person', COMMENTERS[body].person), role: 'agent' },
      answered_on: stance === null ? null : day,
      answered_at: stance === null ? null : at(day),
    });
  }
  return state === 'issued' || state === 'tacit' ? drawOpinion(all, invented, file, id, answeredOn) : null;
}

function drawOpinion(
  all: Drawn,
  { state, opinion, published }: InventedRequest,
  file: DrawnFile,
  requestId: string,
  day: string,
): { opinionId: string; day: string } {
  const tacit = state === 'tacit';
  const id = inventedId('request', `portfolio/opinion/${file.name}`);
  const kind = opinion?.kind ?? 'favourable';
  const marked = opinion?.summary ?? '';
  const summary = marked.replaceAll('[[', '').replaceAll(']]', '');
  const recommendations = (opinion?.recommendations ?? []).map((text) => ({
    text,
    dueOn: dayAfter(day, 270),
  }));
  const texts = publishableTexts({ summary, axes: NO_AXES, recommendations } as Pick<
    Opinion,
    'summary' | 'axes' | 'recommendations'
  >);
  all.opinions.push({
    id,
    request_id: requestId,
    file_id: file.id,
    kind,
    tacit,
    summary,
    axes: NO_AXES,
    recommendations,
    probability: opinion?.probability ?? null,
    effective_on: day,
    issued_at: at(day),
    issued_by: tacit ? { kind: 'system', name: 'portfolio.opinion-clock' } : INSTRUCTOR,
  });
  if (!published) return { opinionId: id, day };
  const redactions = redactionsAsMarked('summary', summary, marked) ?? [];
  const { summary: shown, recommendations: lines, ...axes } = redactedTexts(texts, redactions);
  const ground = opinion?.ground ?? 'none';
  all.publications.push({
    opinion_id: id,
    edition: 1,
    published_at: at(dayAfter(day, 15)),
    published_by: INSTRUCTOR,
    ground,
    redactions,
    published: {
      project: file.name,
      organisation: file.organisationName,
      kind,
      tacit,
      conforming: true,
      effectiveOn: day,
      costCents: file.costCents,
      endOn: file.endOn,
      probability: opinion?.probability ?? null,
      summary: shown,
      axes,
      recommendations: lines === '' ? [] : lines.split('\n'),
      ground,
    },
  });
  return { opinionId: id, day };
}
