// A trial in the sandbox as the page of an API makes it, and calls as command lines. Pure.
import type { OpenApiDocument, SandboxExample } from './catalogue.types.ts';
import { operationsOf } from './openapi.rules.ts';
import { filledPath, filledQuery, type SandboxAnswer, sandboxAnswer } from './sandbox.rules.ts';

/** Most calls that a page offers. */
const MOST_CALLS = 100;

/** A trial: what may be called, what was, and the call as a command line for the sandbox and for the gateway. */
export interface Trial {
  readonly calls: readonly string[];
  readonly made: {
    readonly call: string;
    readonly query: string;
    readonly answer: SandboxAnswer | null;
  } | null;
  /** `GET` and the path with its query, filled with examples; null where nothing may be called. */
  readonly line: { readonly method: string; readonly path: string } | null;
}

/** The trial of `asked` (a call of the list, and a query) on a version. */
export function trialOf(
  document: OpenApiDocument,
  examples: readonly SandboxExample[],
  asked: { readonly call?: string | undefined; readonly query?: string | undefined },
): Trial {
  const operations = operationsOf(document)
    .filter(({ method }) => method !== 'HEAD' && method !== 'OPTIONS')
    .slice(0, MOST_CALLS);
  const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
  const chosen = operations.find((operation) => nameOf(operation) === asked.call);
  const shown = chosen ?? operations[0];
  const query = (asked.query ?? '').trim().replace(/^\?/, '');
  return {
    calls: operations.map(nameOf),
    made: chosen
      ? {
          call: nameOf(chosen),
          query,
          answer: sandboxAnswer(document, examples, chosen.method, filledPath(chosen)),
        }
      : null,
    line: shown
      ? {
          method: shown.method,
          path: `${filledPath(shown)}${query === '' ? filledQuery(shown) : `?${query}`}`,
        }
      : null,
  };
}

/** A text between single quotes for a POSIX shell. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

/** A call as a curl command; with `bearer`, it takes an access token from `$TOKEN`; `headers` are sent too. */
export function curlLine(
  base: string,
  line: { readonly method: string; readonly path: string },
  { bearer, headers = [] }: { readonly bearer: boolean; readonly headers?: readonly string[] },
): string {
  const parts = ['curl'];
  if (line.method !== 'GET') parts.push(`--request ${line.method}`);
  if (bearer) parts.push('--header "Authorization: Bearer $TOKEN"');
  for (const header of headers) parts.push(`--header ${quoted(header)}`);
  parts.push(quoted(`${base}${line.path}`));
  return parts.join(' \\\n  ');
}
