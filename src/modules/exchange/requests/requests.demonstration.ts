// Loads the demonstration State's requests of three years with the accreditations that they became; the same at every load
// at the same moment. It is called once, on an empty database, after the APIs.
import { createHash } from 'node:crypto';
import { inventedId, listOrganisations } from '#modules/identity/public.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { recordAccreditations } from '../accreditations/accreditations.actions.ts';
import type { RecordedAccreditation } from '../accreditations/accreditations.types.ts';
import { insertRequestEvents, type NewRequestEvent } from './request-events.repository.ts';
import type { RequestForm } from './request-fields.data.ts';
import { snapshotOf } from './request-form.rules.ts';
import { timesOfDecision } from './request-history.rules.ts';
import {
  CHANGES_ASKED,
  FIRST_NAMES,
  INVENTED_APPLICANTS,
  INVENTED_CALLERS,
  INVENTED_ENDS,
  INVENTED_INSTRUCTORS,
  type InventedEnd,
  MESSAGES,
  REFUSALS,
  REVOCATIONS,
  SURNAMES,
} from './requests.demonstration-data.ts';
import { insertRecordedRequests, listScopesOffered, type RecordedRequest } from './requests.repository.ts';
import type { RequestedScope, RequestState } from './requests.types.ts';
import { findTemplate } from './templates.data.ts';

const BY: LedgerActor = { kind: 'system', name: 'exchange.demonstration' };
const DAY_MS = 86_400_000;
const COUNT = 120;
const SPAN_DAYS = 3 * 365;

/** A number from 0 to 1 that follows from a name alone. */
function chance(name: string): number {
  return createHash('sha256').update(`exchange/requests/${name}`).digest().readUInt32BE(0) / 2 ** 32;
}

function pick<T>(all: readonly T[], name: string): T {
  return all[Math.floor(chance(name) * all.length)] as T;
}

function endOf(at: number): InventedEnd {
  // By rank and not by chance, so that the proportions are kept.
  let rank = (at * 37) % 100;
  for (const [end, share] of INVENTED_ENDS) {
    if (rank < share) return end;
    rank -= share;
  }
  return 'validated';
}

/** An invented request with all that happened to it. */
interface Invented {
  readonly request: RecordedRequest;
  readonly scopes: readonly RequestedScope[];
  readonly events: readonly NewRequestEvent[];
  readonly accreditation: RecordedAccreditation | null;
}

function formOf(at: number, template: RequestForm, domain: string, organisation: string): RequestForm {
  const contact = (who: string) => {
    const first = pick(FIRST_NAMES, `${at}/${who}/first`);
    const last = pick(SURNAMES, `${at}/${who}/last`);
    const local = `${first}.${last}`
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .replaceAll(' ', '-')
      .toLowerCase();
    return {
      [`${who}Name`]: `${first} ${last}`,
      [`${who}Email`]: `${local}@${domain}.valmarie.example`,
      [`${who}Phone`]: `01 00 00 ${String(10 + (at % 90))} ${String(10 + ((at * 7) % 90))}`,
    };
  };
  const calls = Number(template.callsPerDay ?? 100) * (1 + Math.floor(chance(`${at}/volume`) * 8));
  const isCertified = chance(`${at}/security`) < 0.8;
  return {
    ...template,
    title: `${template.title ?? ''}, ${organisation}`,
    callsPerDay: String(calls),
    securityState: isCertified ? 'certified' : 'planned',
    certifiedOn: isCertified ? '2025-03-18' : '2027-01-15',
    ...contact('dpo'),
    ...contact('controller'),
    ...contact('technical'),
    ...contact('business'),
  };
}

function invent(
  at: number,
  now: Date,
  offered: readonly RequestedScope[],
  nameOf: ReadonlyMap<string, string>,
): Invented {
  const applicant = INVENTED_APPLICANTS[
    at % INVENTED_APPLICANTS.length
  ] as (typeof INVENTED_APPLICANTS)[number];
  const caller = INVENTED_CALLERS[applicant.at];
  // The second request of an organisation that has a program is old enough for months of calls.
  const isCalled = caller !== undefined && Math.floor(at / INVENTED_APPLICANTS.length) === 1;
  const word = isCalled ? caller.templates[0] : pick(applicant.templates, `${at}/template`);
  const template = findTemplate(word ?? '');
  if (!template) throw new Error(`No use case for the demonstration's request ${at}.`);
  const end = isCalled ? 'validated' : endOf(at);
  const id = inventedId('request', String(at));
  const applicantId = inventedId('person', applicant.name);
  const instructorId = inventedId('person', pick(INVENTED_INSTRUCTORS, `${at}/instructor`));
  const organisationId = inventedId('organisation', applicant.at);
  const scopes = offered.filter(({ apiSlug, name }) =>
    template.scopes.some(({ api, names }) => api === apiSlug && names.includes(name)),
  );
  const stage = !isCalled && chance(`${at}/stage`) < 0.15 ? 'sandbox' : 'production';
  const form = formOf(at, template.form, applicant.domain, nameOf.get(organisationId) ?? applicant.at);
  const line: NewRequestEvent[] = [];
  let clock = beganAt(at, end, now);
  const happen = (kind: NewRequestEvent['kind'], by: string, more: Partial<NewRequestEvent> = {}) => {
    line.push({ requestId: id, kind, byPerson: by, at: clock, text: null, data: {}, ...more });
  };
  // What is under way must not run beyond the present.
  const pass = (days: number) => {
    clock = new Date(Math.min(clock.getTime() + days * DAY_MS, now.getTime() - 60_000));
  };
  const years = (now.getTime() - clock.getTime()) / (365 * DAY_MS);
  const pace = 0.5 + years * 0.7;
  const snapshot = snapshotOf({ organisationId, applicantId, form }, scopes);
  const submit = () => happen('submit', applicantId, { data: { snapshot } });
  const decided = (kind: 'validate' | 'refuse', text: string | null) => {
    const times = timesOfDecision(line, clock);
    happen(kind, instructorId, { text, data: times ? { times } : {} });
  };

  happen('create', applicantId);
  if (end !== 'draft') {
    pass(0.2 + chance(`${at}/writing`) * 6);
    submit();
    if (chance(`${at}/message`) < 0.25) {
      const [who, text] = pick(MESSAGES, `${at}/text`);
      pass(0.1);
      happen('message', who === 'applicant' ? applicantId : instructorId, { text });
    }
    if (end === 'changes-requested' || (end !== 'submitted' && chance(`${at}/changes`) < 0.35)) {
      pass((0.3 + chance(`${at}/first`) * 3) * pace);
      happen('request-changes', instructorId, { text: pick(CHANGES_ASKED, `${at}/asked`) });
      if (end !== 'changes-requested') {
        pass(0.5 + chance(`${at}/answer`) * 9);
        submit();
      }
    }
  }
  if (['validated', 'reopened', 'revoked', 'refused'].includes(end)) {
    pass((0.3 + chance(`${at}/decision`) ** 2 * 8) * pace);
    if (end === 'refused') decided('refuse', pick(REFUSALS, `${at}/refusal`));
    else decided('validate', null);
  }
  const validFrom = clock;
  if (end === 'archived') {
    pass(20);
    happen('archive', applicantId);
  }
  if (end === 'revoked') {
    pass(60 + chance(`${at}/revoked`) * 200);
    happen('revoke', instructorId, { text: pick(REVOCATIONS, `${at}/revocation`) });
  }
  if (end === 'reopened') {
    clock = new Date(now.getTime() - (2 + chance(`${at}/reopened`) * 8) * DAY_MS);
    happen('reopen', applicantId);
  }

  const submittedAt = line.findLast(({ kind }) => kind === 'submit')?.at ?? null;
  const decidedAt = line.findLast(({ kind }) => ['validate', 'refuse', 'revoke'].includes(kind))?.at ?? null;
  const isGranted = ['validated', 'reopened', 'revoked'].includes(end);
  const state: RequestState = end === 'reopened' ? 'draft' : end;
  return {
    request: {
      id,
      template: template.word,
      organisationId,
      applicantId,
      state,
      reopenedAt: end === 'reopened' ? clock : null,
      stage,
      form:
        end === 'draft' ? { ...template.form, ...(at % 2 === 0 ? { title: form.title ?? '' } : {}) } : form,
      submittedAt,
      decidedAt,
      createdAt: line[0]?.at ?? now,
      changedAt: clock,
      scopeIds: scopes.map(({ scopeId }) => scopeId),
    },
    scopes,
    events: line,
    accreditation:
      isGranted && scopes.length > 0
        ? {
            id: inventedId('accreditation', String(at)),
            requestId: id,
            organisationId,
            template: template.word,
            stage,
            purpose: form.purpose ?? '',
            legalBasis: form.legalBasis ?? null,
            form,
            declaredCallsPerDay: Number(form.callsPerDay),
            declaredFromHour: Number(form.fromHour),
            declaredToHour: Number(form.toHour),
            quotaPerMinute: null,
            validUntil: null,
            decidedBy: instructorId,
            scopeIds: scopes.map(({ scopeId }) => scopeId),
            validFrom,
            state: end === 'revoked' ? 'revoked' : 'active',
            endedAt: end === 'revoked' ? clock : null,
            endReason: end === 'revoked' ? (line.at(-1)?.text ?? null) : null,
            clientIds: caller?.templates.includes(template.word) ? [caller.clientId] : [],
          }
        : null,
  };
}

/** When a request began: spread over three years; what is still under way began of late. */
function beganAt(at: number, end: InventedEnd, now: Date): Date {
  const share = chance(`${at}/began`);
  const daysAgo: Record<InventedEnd, number> = {
    draft: 3 + share * 50,
    submitted: 4 + share * 12,
    'changes-requested': 12 + share * 20,
    validated: 25 + (SPAN_DAYS - 25) * (at / COUNT),
    reopened: 60 + share * 700,
    refused: 25 + share * 900,
    archived: 60 + share * 900,
    revoked: 320 + share * 600,
  };
  return new Date(Math.floor((now.getTime() - daysAgo[end] * DAY_MS) / 1000) * 1000);
}

/** Loads the requests, what happened to them and their accreditations: all or nothing. */
export async function loadDemonstrationRequests({ db, clock }: Pick<Kernel, 'db' | 'clock'>): Promise<void> {
  const now = clock.now();
  await db.transaction().execute(async (trx) => {
    const offered = await listScopesOffered(trx);
    const organisations = await listOrganisations(trx);
    const nameOf = new Map(organisations.map(({ id, name }) => [id, name]));
    const invented = Array.from({ length: COUNT }, (_, at) => invent(at, now, offered, nameOf)).sort(
      (x, y) => x.request.createdAt.getTime() - y.request.createdAt.getTime(),
    );
    await insertRecordedRequests(
      trx,
      invented.map(({ request }) => request),
    );
    const events = invented.flatMap((one) => one.events);
    await insertRequestEvents(
      trx,
      events.sort((x, y) => x.at.getTime() - y.at.getTime()),
    );
    await appendToLedger(trx, now, {
      kind: 'exchange.demonstration-requests-loaded',
      subject: 'exchange/demonstration/requests',
      actor: BY,
      data: { requests: invented.length },
    });
    const granted = invented.flatMap(({ accreditation }) => (accreditation ? [accreditation] : []));
    granted.sort((x, y) => x.validFrom.getTime() - y.validFrom.getTime());
    await recordAccreditations(trx, now, granted, { by: BY });
  });
}
