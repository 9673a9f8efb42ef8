// Step: the answer as it leaves. A refusal is problem+json (RFC 9457) with a stable code and the page that explains it.

import { GATEWAY_ERRORS } from '../../gateway-errors.ts';
import type { Call, Refusal } from '../call.types.ts';

/** Where the pages are that explain refusals, such as `https://socle.example`. */
export interface AnswerContext {
  readonly siteUrl: string;
  readonly logOrigin: string;
}

/** Status of a refusal. */
export function statusOf({ code, status }: Refusal): number {
  return status ?? GATEWAY_ERRORS[code].status;
}

/** Ends a call: with its answer, or with its refusal. */
export function sendAnswer(call: Call, { siteUrl, logOrigin }: AnswerContext): void {
  const { response, request, answer, refusal, index, traceId } = call;
  // The caller is gone: there is nobody to answer.
  if (response.destroyed) return;
  const body = refusal === null ? (answer?.body ?? '') : problemOf(refusal, { siteUrl, traceId });
  const status = refusal === null ? (answer?.status ?? 204) : statusOf(refusal);
  const headers: (string | number)[] = [];
  const contentType = refusal === null ? (answer?.contentType ?? '') : 'application/problem+json';
  if (contentType !== '') headers.push('content-type', contentType);
  // A 204 has none (RFC 9110, 8.6).
  if (status !== 204) headers.push('content-length', Buffer.byteLength(body));
  headers.push('cache-control', 'no-store');
  // By these two whoever called finds the call again, here and in the log.
  headers.push('trace-id', traceId);
  if (index >= 0) headers.push('record', `${logOrigin}#${index}`);
  for (const [name, value] of Object.entries((refusal ?? answer)?.headers ?? {})) headers.push(name, value);
  // What is left of a body that nobody reads must not be taken for the next request.
  if (!request.complete) headers.push('connection', 'close');
  response.writeHead(status, headers as string[]);
  response.end(request.method === 'HEAD' ? undefined : body);
}

/** The body of a refusal (RFC 9457). */
export function problemOf(
  { code, detail, status }: Refusal,
  { siteUrl, traceId }: { siteUrl: string; traceId: string },
): string {
  const { title, status: ofCode } = GATEWAY_ERRORS[code];
  return JSON.stringify({
    type: `${siteUrl}/exchange/errors/${code}`,
    title: title.en,
    status: status ?? ofCode,
    code,
    ...(detail !== undefined && { detail }),
    traceId,
  });
}
