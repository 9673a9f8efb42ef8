// Intentions on sources: add, pause, resume, renew or revoke the token, push, hand in a file. Each is one transaction.
import { hash, randomBytes, randomUUID } from 'node:crypto';
import type { Actor } from '#platform/access.ts';
import type { Trx } from '#platform/database/connection.ts';
import { invalidInput, notFound, type SocleError } from '#platform/errors.ts';
import { roleRequired } from '#platform/http/access-control.ts';
import type { SpooledBody } from '#platform/http/spooled-body.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { hasControlCharacter, isUuid, tidied } from '#platform/typed-text.ts';
import {
  indicatorsSeenBy,
  ledgerActorOf,
  organisationsWrittenBy,
} from '../indicators/indicator-access.rules.ts';
import { indicatorClosed } from '../indicators/indicators.errors.ts';
import { lockIndicator, registerIndicatorUse } from '../indicators/indicators.repository.ts';
import type { IntakeResult } from '../indicators/indicators.types.ts';
import { type Intake, takeMeasures } from '../indicators/measures.actions.ts';
import { offeredMeasures } from './offered-measures.ts';
import { runSource } from './runs.actions.ts';
import { measuresUnreadable, sourceIsElsewhere, tokenRefused, tooManySources } from './sources.errors.ts';
import { sourcesMessages } from './sources.messages.ts';
import {
  countSourcesOf,
  findSource,
  insertRun,
  insertSource,
  lockSource,
  lockSourceOfToken,
  mayPush,
  updateState,
  updateToken,
} from './sources.repository.ts';
import { countsOf, faultsOfSource, MOST_SOURCES, outcomeOf } from './sources.rules.ts';
import type { Source, SourceKind, SourceRun, SourceSettings } from './sources.types.ts';
import { readCsvStatistics } from './statistics-csv.reader.ts';
import { StatisticsUnreadable } from './statistics-unreadable.ts';

type Needs = Pick<Kernel, 'db' | 'clock' | 'config'>;

/** The hash under which a token is kept: of 32 random bytes, SHA-256 is enough. */
const hashOf = (token: string) => hash('sha256', token, 'buffer');

/** A new token, with what it is recognised by at sight. */
const newToken = () => `socle-push-${randomBytes(32).toString('base64url')}`;

const isReadBySchedule = (kind: SourceKind) => kind === 'address' || kind === 'module';

async function record(
  trx: Trx,
  now: Date,
  { id, organisationId }: Pick<Source, 'id' | 'organisationId'>,
  event: 'added' | 'paused' | 'resumed' | 'token-renewed' | 'token-revoked',
  actor: Actor,
  data: Record<string, unknown> = {},
): Promise<void> {
  await appendToLedger(trx, now, {
    kind: `impact.source-${event}`,
    subject: `impact/source/${id}`,
    actor: ledgerActorOf(actor, organisationId),
    data,
  });
}

async function managed(trx: Trx, actor: Actor, id: string): Promise<Source> {
  const source = isUuid(id) ? await lockSource(trx, indicatorsSeenBy(actor), id) : undefined;
  if (!source) throw notFound();
  if (!organisationsWrittenBy(actor).includes(source.organisationId)) throw roleRequired();
  return source;
}

/**
 * Adds a source to an indicator. Throws `invalid-input`, `impact.indicator-closed`, `impact.too-many-sources`.
 * @returns its id, and for a push its token in plain: the only time that it is shown.
 */
export async function addSource(
  { db, clock, config }: Needs,
  actor: Actor,
  { indicatorId, kind, settings }: { indicatorId: string; kind: SourceKind; settings: SourceSettings },
): Promise<{ readonly id: string; readonly token: string | null }> {
  const measures = offeredMeasures(db).map(({ name }) => name);
  const fields = faultsOfSource(kind, settings, { mayBeLocal: config.demo, measures });
  return db.transaction().execute(async (trx) => {
    const indicator = isUuid(indicatorId) ? await lockIndicator(trx, indicatorId) : undefined;
    if (!indicator || !organisationsWrittenBy(actor).includes(indicator.organisationId)) {
      const text = { fr: 'Choisissez un de vos indicateurs.', en: 'Choose one of your indicators.' };
      throw invalidInput({ fields: [{ field: 'indicatorId', text }, ...fields] });
    }
    if (fields.length > 0) throw invalidInput({ fields });
    if (indicator.state === 'closed') throw indicatorClosed();
    if ((await countSourcesOf(trx, indicatorId)) >= MOST_SOURCES) throw tooManySources();
    const now = clock.now();
    const id = randomUUID();
    const token = kind === 'push' ? newToken() : null;
    await insertSource(trx, now, {
      id,
      indicatorId,
      kind,
      settings,
      tokenHash: token === null ? null : hashOf(token),
      nextRunAt: isReadBySchedule(kind) ? now : null,
    });
    await registerIndicatorUse(trx, { indicatorId, user: `impact/source/${id}` });
    // The host alone: some products put a secret into the path.
    const host = kind === 'address' ? (URL.parse(settings.url)?.host ?? '') : '';
    await record(trx, now, { id, organisationId: indicator.organisationId }, 'added', actor, {
      indicatorId,
      kind,
      host,
      measure: settings.measure,
    });
    return { id, token };
  });
}

/** Pauses a source, or lets it go on. Throws `not-found`, `role-required`. */
export async function setSourceState(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  state: Source['state'],
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const source = await managed(trx, actor, id);
    if (source.state === state) return;
    const now = clock.now();
    await updateState(trx, id, state, state === 'active' && isReadBySchedule(source.kind) ? now : null);
    await record(trx, now, source, state === 'active' ? 'resumed' : 'paused', actor);
  });
}

/**
 * Gives a push source a new token, which ends the old one at once; with `revoke` it has none. Throws `not-found`,
 * `role-required`, `impact.source-does-not-allow`. @returns the token in plain, the only time that it is shown.
 */
export async function renewToken(
  { db, clock }: Needs,
  actor: Actor,
  id: string,
  { revoke = false }: { readonly revoke?: boolean } = {},
): Promise<string> {
  return db.transaction().execute(async (trx) => {
    const source = await managed(trx, actor, id);
    if (source.kind !== 'push') throw sourceIsElsewhere();
    const token = newToken();
    await updateToken(trx, id, revoke ? null : hashOf(token));
    await record(trx, clock.now(), source, revoke ? 'token-revoked' : 'token-renewed', actor);
    return token;
  });
}

/** Reads a source now. Throws `not-found`, `role-required`, `impact.source-does-not-allow`. */
export async function trySource(kernel: Kernel, actor: Actor, id: string): Promise<Omit<SourceRun, 'id'>> {
  const source = isUuid(id) ? await findSource(kernel.db, indicatorsSeenBy(actor), id) : undefined;
  if (!source) throw notFound();
  if (!organisationsWrittenBy(actor).includes(source.organisationId)) throw roleRequired();
  const run = await runSource(kernel, id);
  if (run === null) throw sourceIsElsewhere();
  return run;
}

async function keepIntake(trx: Trx, now: Date, source: Source, intake: IntakeResult): Promise<void> {
  const outcome = outcomeOf(intake);
  const failures = outcome === 'read' ? 0 : source.failures + 1;
  const run = { at: now, outcome, status: null, ...countsOf(intake) };
  await insertRun(trx, { id: source.id, failures, etag: null, next: null }, run);
}

/**
 * Takes what a service pushes with its source's token. Sent again it changes nothing. Throws `impact.token-refused`,
 * `impact.indicator-closed`, `impact.measures-unreadable` with the line.
 */
export async function pushMeasures(
  { db, clock, config }: Needs,
  token: string,
  lines: Intake['lines'],
): Promise<IntakeResult> {
  const pushed = db.transaction().execute(async (trx) => {
    const source = token === '' ? undefined : await lockSourceOfToken(trx, hashOf(token));
    if (source?.kind !== 'push') throw tokenRefused();
    const now = clock.now();
    const { id, indicatorId } = source;
    const intake = await takeMeasures(
      trx,
      { indicatorId, origin: 'measured', sourceId: id, actor: null, evidence: '', lines },
      now,
      config.timeZone,
    );
    await keepIntake(trx, now, source, intake);
    return intake;
  });
  return pushed.catch(refuseUnreadable);
}

/** Throws `impact.token-refused` for a token that may push nothing, before anything long is read. */
export async function assertMayPush({ db }: Pick<Kernel, 'db'>, token: string): Promise<void> {
  if (token === '' || !(await mayPush(db, hashOf(token)))) throw tokenRefused();
}

/** Undoes the transaction of a preview, and carries what it would have done. */
class Preview extends Error {
  readonly intake: IntakeResult;
  constructor(intake: IntakeResult) {
    super('preview');
    this.intake = intake;
  }
}

/**
 * Takes the measures of a CSV file that a person hands in, as declared by them. With `preview` nothing is written: what
 * would come of it is returned. Throws `invalid-input` (`evidence`), `impact.measures-unreadable` and what others throw.
 */
export async function handInFile(
  { db, clock, config }: Needs,
  actor: Actor,
  id: string,
  {
    file,
    evidence,
    preview,
  }: { readonly file: SpooledBody; readonly evidence: string; readonly preview: boolean },
): Promise<IntakeResult> {
  const proof = tidied(evidence);
  try {
    return await db.transaction().execute(async (trx) => {
      const source = await managed(trx, actor, id);
      if (source.kind !== 'file' || source.state !== 'active') throw sourceIsElsewhere();
      if (proof === '' || proof.length > 500 || hasControlCharacter(proof) || !proof.isWellFormed()) {
        const words = {
          fr: 'Dites ce qui prouve ces mesures, en 500 caractères au plus.',
          en: 'Say what proves these measures, in at most 500 characters.',
        };
        throw invalidInput({ fields: [{ field: 'evidence', text: words }] });
      }
      const now = clock.now();
      const { indicatorId } = source;
      const intake = await takeMeasures(
        trx,
        {
          indicatorId,
          origin: 'declared',
          sourceId: id,
          actor,
          evidence: proof,
          lines: readCsvStatistics(wholeOf(file), source.settings),
        },
        now,
        config.timeZone,
      );
      if (preview) throw new Preview(intake);
      await keepIntake(trx, now, source, intake);
      return intake;
    });
  } catch (error) {
    if (error instanceof Preview) return error.intake;
    return refuseUnreadable(error);
  }
}

/** What is kept of a body, which must be whole. */
function wholeOf(body: SpooledBody): AsyncIterable<Buffer> {
  if (body.isCut) throw new StatisticsUnreadable('too-long');
  return body.read();
}

/** Throws the error on, as a refusal with its line where a reader threw it. */
function refuseUnreadable(error: unknown): never {
  if (!(error instanceof StatisticsUnreadable)) throw error;
  throw unreadable(error);
}

/** The refusal of a document, with the line that is at fault. */
function unreadable({ line, outcome }: StatisticsUnreadable): SocleError {
  const [fr, en] = (['fr', 'en'] as const).map((locale) => {
    const { outcomes, file } = sourcesMessages(locale);
    return line === null ? outcomes[outcome] : file.atLine(outcomes[outcome], line);
  });
  return measuresUnreadable({ fields: [{ field: 'file', text: { fr: fr ?? '', en: en ?? '' } }] });
}
