// The upload of an edition: the file is kept as it arrives, and a job imports it.
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isSocleError, type SocleError } from '#platform/errors.ts';
import { signInRequired } from '#platform/http/access-control.ts';
import { assertCsrfToken, csrfField } from '#platform/http/csrf.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { requestImport } from './import.jobs.ts';
import { type ImportView, importPage } from './import.pages.ts';
import { uploadBroken } from './panorama.errors.ts';
import { panoramaMessages } from './panorama.messages.ts';
import { panoramaPermissions } from './panorama.permissions.ts';
import { listEditions } from './panorama.repository.ts';

/** Errors that are about the month typed; all others are about the file. */
const ABOUT_THE_MONTH = new Set([
  'portfolio.wrong-month',
  'portfolio.future-month',
  'portfolio.month-needed',
]);

/** Mounts `/panorama/import`. */
export function importRoutes(app: FastifyInstance, kernel: Kernel): void {
  const { db, config } = kernel;

  async function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    { values, errors }: Pick<ImportView, 'values' | 'errors'>,
    status = 200,
  ) {
    const editions = await listEditions(db);
    const view = { editions, csrf: csrfField(request), timeZone: config.timeZone, values, errors };
    return sendPage(reply, importPage(request.locale, view), status);
  }

  app.get(
    '/panorama/import',
    { config: { permission: panoramaPermissions.importEdition } },
    (request, reply) => showForm(request, reply, { values: { edition: '', dryRun: false }, errors: {} }),
  );

  app.post(
    '/panorama/import',
    {
      config: {
        permission: panoramaPermissions.importEdition,
        csrf: 'by-handler',
        rateLimit: { max: 30, timeWindow: 60_000 },
      },
    },
    async (request, reply) => {
      const { actor, locale } = request;
      if (actor === null) throw signInRequired();
      const upload = await readForm(request).catch((error: unknown) => {
        // A body that is cut or is no form makes the parser throw errors of its own.
        throw isSocleError(error) ? error : uploadBroken({ cause: error });
      });
      const values = { edition: upload.edition, dryRun: upload.dryRun };
      if (upload.file === null) {
        return showForm(
          request,
          reply,
          { values, errors: { file: panoramaMessages(locale).import.fileMissing } },
          422,
        );
      }
      try {
        const run = await requestImport(kernel, {
          fileName: upload.file.name,
          bytes: upload.file.bytes,
          personId: actor.personId,
          ...(upload.edition !== '' && { edition: upload.edition }),
          dryRun: upload.dryRun,
        });
        return reply.redirect(`/jobs/${run}`, 303);
      } catch (error) {
        upload.file.bytes.resume();
        if (!isSocleError(error)) throw error;
        return showForm(request, reply, { values, errors: errorsOf(error, locale) }, 422);
      }
    },
  );
}

function errorsOf(error: SocleError, locale: FastifyRequest['locale']): ImportView['errors'] {
  const text = error.publicText(locale);
  return ABOUT_THE_MONTH.has(error.code) ? { edition: text } : { file: text };
}

interface UploadForm {
  readonly edition: string;
  readonly dryRun: boolean;
  readonly file: { readonly name: string; readonly bytes: Readable } | null;
}

/** Reads the fields up to the file, which the form sends last; the token must have come before it. */
async function readForm(request: FastifyRequest): Promise<UploadForm> {
  const fields: Record<string, string> = {};
  for await (const part of request.parts()) {
    if (part.type === 'field') {
      fields[part.fieldname] = typeof part.value === 'string' ? part.value : '';
      continue;
    }
    assertCsrfToken(request, fields._csrf);
    const form = formOf(fields);
    // A form sent without a choice of file has a file without a name.
    if (part.filename === '') {
      part.file.resume();
      return { ...form, file: null };
    }
    return { ...form, file: { name: part.filename, bytes: part.file } };
  }
  assertCsrfToken(request, fields._csrf);
  return { ...formOf(fields), file: null };
}

function formOf({ edition = '', dryRun }: Record<string, string>) {
  return { edition: edition.trim().slice(0, 7), dryRun: dryRun === 'yes' };
}
