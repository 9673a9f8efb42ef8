// The check of versions against the technical doctrine, as a job: one document after another, in a thread beside the server.
import { Worker } from 'node:worker_threads';
import { Type } from 'typebox';
import type { Db, Trx } from '#platform/database/connection.ts';
import { publicDataChanged } from '#platform/http/public-cache.ts';
import type { JobDefinition, JobOutcome } from '#platform/jobs/job.ts';
import type { JobQueue } from '#platform/jobs/queue.ts';
import { documentIsTooIntricate, versionIsGone } from './catalogue.errors.ts';
import { catalogueMessages } from './catalogue.messages.ts';
import type { OpenApiDocument } from './catalogue.types.ts';
import type { DoctrineCheck } from './doctrine-check.ts';
import { findContent, listUncheckedVersions, updateDoctrine } from './versions.repository.ts';

/** What the job is told: one version, or none for all that were never checked. */
interface CheckInput {
  readonly versionId?: string;
}

/** What came of it. */
interface CheckResult {
  readonly checked: number;
  /** Of the one version. */
  readonly score: number | null;
  readonly findings: number;
}

const LONGEST_CHECK_MS = 60_000;
const MEMORY_MB = 512;

/** Checks versions; its result stays to be shown. */
export const checkDoctrineJob: JobDefinition<CheckInput, CheckResult> = {
  name: 'exchange.check-doctrine',
  title: { fr: 'Contrôle de la doctrine technique', en: 'Check of the technical doctrine' },
  input: Type.Object({ versionId: Type.Optional(Type.String({ pattern: '^[0-9a-f-]{36}$' })) }),
  async run({ versionId }, { kernel: { db, clock }, progress, signal }) {
    const ids = versionId === undefined ? await listUncheckedVersions(db) : [versionId];
    const checker = doctrineChecker(signal);
    let last: DoctrineCheck | null = null;
    let leftOut: unknown = null;
    try {
      for (const [at, id] of ids.entries()) {
        signal.throwIfAborted();
        progress(at, ids.length);
        const content = await findContent(db, id);
        if (!content) throw versionIsGone();
        try {
          last = await checker.check(content.openapi);
        } catch (error) {
          // One document that cannot be checked does not keep the others from it.
          signal.throwIfAborted();
          leftOut = error;
          continue;
        }
        await record(db, clock.now(), id, last);
      }
    } finally {
      await checker.stop();
    }
    if (leftOut !== null) throw leftOut;
    progress(ids.length, ids.length);
    const one = ids.length === 1 ? last : null;
    return { checked: ids.length, score: one?.score ?? null, findings: one?.findings.length ?? 0 };
  },
  describe({ checked, score, findings }, locale): JobOutcome {
    const words = catalogueMessages(locale).doctrine;
    return {
      sentence: score === null ? words.checkedMany(checked) : words.checkedOne(score, findings),
      link: { href: '/exchange/producer/apis', text: catalogueMessages(locale).producer.title },
    };
  },
};

async function record(db: Db, now: Date, id: string, check: DoctrineCheck): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await updateDoctrine(trx, now, id, check);
    await publicDataChanged(trx);
  });
}

/** Checks documents in a thread, which is made anew after a document that it did not bear. */
function doctrineChecker(signal: AbortSignal) {
  let worker: Worker | null = null;
  const stop = async () => {
    await worker?.terminate();
    worker = null;
  };
  return {
    async check(document: OpenApiDocument): Promise<DoctrineCheck> {
      worker ??= new Worker(new URL('./doctrine-check.worker.ts', import.meta.url), {
        resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
      });
      try {
        return await answerOf(worker, document, signal);
      } catch (error) {
        await stop();
        throw error;
      }
    },
    stop,
  };
}

function answerOf(worker: Worker, document: OpenApiDocument, signal: AbortSignal): Promise<DoctrineCheck> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_CHECK_MS)]);
  return new Promise<DoctrineCheck>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? documentIsTooIntricate() : error),
    );
    worker.once('exit', (code) => reject(new Error(`the check ended with ${code}`)));
    limit.addEventListener('abort', () => reject(signal.aborted ? signal.reason : documentIsTooIntricate()), {
      once: true,
    });
    worker.postMessage(document);
  }).finally(() => {
    worker.removeAllListeners('message').removeAllListeners('error').removeAllListeners('exit');
    // What a thread that is being ended still says is of no use, and must not end the process.
    worker.on('error', () => undefined);
  });
}

/**
 * Queues the check of a version (of all that were never checked, for null) in the caller's transaction.
 * @returns the run, whose page is `/jobs/<id>` for `requestedBy`.
 */
export function enqueueDoctrineCheck(
  trx: Trx,
  jobs: JobQueue,
  versionId: string | null,
  requestedBy: string | null,
): Promise<string> {
  return jobs.enqueue(trx, checkDoctrineJob.name, versionId === null ? {} : { versionId }, requestedBy);
}
