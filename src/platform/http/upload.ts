// A form with fields and at most one file, which it sends last, after the token of the session.
import type { FastifyRequest } from 'fastify';
import { isSocleError, type SocleError } from '../errors.ts';
import { assertCsrfToken } from './csrf.ts';
import { type SpooledBody, spoolBody } from './spooled-body.ts';

/** What was sent. */
export interface Upload {
  readonly fields: Readonly<Record<string, string>>;
  /** The file, for the caller to close; null where the form has none. */
  readonly file: SpooledBody | null;
}

/**
 * Reads the form of a route with `csrf: 'by-handler'`, at most `maxBytes` of its file. Throws `cross-site-request`, and
 * `broken` for a body that is cut or is no form.
 */
export async function readUpload(
  request: FastifyRequest,
  { maxBytes, broken }: { maxBytes: number; broken: (more: { cause: unknown }) => SocleError },
): Promise<Upload> {
  const fields: Record<string, string> = Object.create(null);
  let file: SpooledBody | null = null;
  try {
    for await (const part of request.parts()) {
      if (part.type === 'field') {
        fields[part.fieldname] = typeof part.value === 'string' ? part.value : '';
        continue;
      }
      assertCsrfToken(request, fields._csrf);
      await file?.[Symbol.asyncDispose]();
      file = await spoolBody(part.file, maxBytes);
    }
    assertCsrfToken(request, fields._csrf);
    return { fields, file };
  } catch (error) {
    await file?.[Symbol.asyncDispose]();
    // The parser of forms throws errors of its own.
    throw isSocleError(error) ? error : broken({ cause: error });
  }
}
