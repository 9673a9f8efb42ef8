// The import of a file sent through the web page, as a job with progress and a result that stays.
import { Type } from 'typebox';
import type { Db } from '#platform/database/connection.ts';
import type { JobDefinition, JobOutcome } from '#platform/jobs/job.ts';
import type { Kernel } from '#platform/kernel.ts';
import { checkMonth, importPanorama } from './import.actions.ts';
import { importMessages } from './import.messages.ts';
import type { ImportReport } from './import.types.ts';
import { uploadGone } from './panorama.errors.ts';
import { findUpload, keepUpload, removeUpload } from './uploads.repository.ts';

/** What the job is told. */
interface ImportInput {
  readonly uploadId: string;
  readonly edition?: string;
  readonly dryRun?: boolean;
  readonly acceptAbove?: number;
}

/** Imports an uploaded file; its result is an `ImportReport`. */
export const importJob: JobDefinition<ImportInput, ImportReport> = {
  name: 'portfolio.import',
  title: { fr: 'Import d’une édition du panorama', en: 'Import of an edition of the panorama' },
  input: Type.Object({
    uploadId: Type.String({ pattern: '^[0-9a-f-]{36}$' }),
    edition: Type.Optional(Type.String({ maxLength: 7 })),
    dryRun: Type.Optional(Type.Boolean()),
    acceptAbove: Type.Optional(Type.Number({ minimum: 0.5, maximum: 1 })),
  }),
  async run({ uploadId, ...choices }, { kernel, requestedBy, progress, signal }) {
    const source = await findUpload(kernel.db, uploadId);
    if (!source) throw uploadGone();
    try {
      const report = await importPanorama(kernel, {
        ...choices,
        source: { ...source, bytes: untilAborted(source.bytes, signal) },
        importedBy: requestedBy
          ? { kind: 'person', personId: requestedBy }
          : { kind: 'system', name: 'portfolio.import' },
        progress: (rows) => progress(rows, Math.max(rows, 100)),
      });
      await removeUpload(kernel.db, uploadId);
      return report;
    } catch (error) {
      // A run that is stopped starts again and needs the file; a refused one does not.
      if (!signal.aborted) await removeUpload(kernel.db, uploadId);
      throw error;
    }
  },
  describe(report, locale): JobOutcome {
    const words = importMessages(locale);
    return {
      sentence: report.dryRun ? words.wouldImport(report) : words.imported(report),
      rows: [
        [words.read, String(report.read)],
        [words.written, String(report.written)],
        [words.unchanged, String(report.unchanged)],
        [words.matched, String(report.matched)],
        [words.proposed, String(report.proposed)],
        ...report.leftOut
          .slice(0, 100)
          .map(({ where, reason }): [string, string] => [
            `${words.leftOut}, ${where[locale]}`,
            reason[locale],
          ]),
      ],
      link:
        report.proposed > 0 && !report.dryRun
          ? { href: '/panorama/matches', text: words.decide }
          : { href: '/panorama', text: words.open },
    };
  },
};

async function* untilAborted(bytes: AsyncIterable<Uint8Array>, signal: AbortSignal) {
  for await (const chunk of bytes) {
    signal.throwIfAborted();
    yield chunk;
  }
}

/**
 * Keeps an uploaded file and queues its import.
 * @returns the run, whose page is `/jobs/<id>`. Throws what is wrong with the choices or the file's size.
 */
export async function requestImport(
  { db, clock, jobs }: Pick<Kernel, 'clock' | 'jobs'> & { db: Db },
  request: {
    fileName: string;
    bytes: AsyncIterable<Uint8Array>;
    personId: string;
    edition?: string;
    dryRun?: boolean;
  },
): Promise<string> {
  const now = clock.now();
  if (request.edition !== undefined) checkMonth(request.edition, now);
  const uploadId = await keepUpload(db, { ...request, now });
  const input: ImportInput = {
    uploadId,
    ...(request.edition === undefined ? {} : { edition: request.edition }),
    ...(request.dryRun ? { dryRun: true } : {}),
  };
  return db.transaction().execute((trx) => jobs.enqueue(trx, importJob.name, input, request.personId));
}
