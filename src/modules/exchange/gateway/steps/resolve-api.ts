// Step: which API, version and path a request's address means. Whatever could mean two things is refused.
import type { Refusal, ResolvedApi } from '../call.types.ts';
import type { LivePolicy } from '../policy/live-policy.ts';
import { matchPath } from '../policy/path-templates.rules.ts';

const LONGEST_URL = 8_000;
/**
 * Segments of a path (RFC 3986, 3.3) that every server reads alike: no dot segment, no empty one, no `;`, and nothing
 * percent-encoded that is a slash, a backslash, a dot, a percent sign, a semicolon or a control character.
 */
const CLEAR_PATH =
  /^(?:\/(?!\.{1,2}(?:\/|$))(?:[\w.~!$&'()*+,=:@-]|%(?!2[eEfF5]|3[bB]|5[cC]|[01][0-9a-fA-F]|7[fF])[0-9a-fA-F]{2})+)+$/;
/** No `;` either: some servers part parameters by it. */
const CLEAR_QUERY = /^(?:[\w.~!$&'()*+,=:@/?[\]|-]|%(?!0[0-9a-fA-F]|1[0-9a-fA-F]|7[fF])[0-9a-fA-F]{2})*$/;
const FORM = 'an address has the form /{api}/{version}/{path of its document}';
const METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']);

/** Tells whether what is percent-encoded is UTF-8: another coding is read as other letters, or as a dot or a slash. */
function isUtf8Encoded(text: string): boolean {
  if (!text.includes('%')) return true;
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** The API that `url` (a request target in origin form, RFC 9112, 3.2.1) means at this method, or why it is refused. */
export function resolveApi(
  policy: Pick<LivePolicy, 'apiAt'>,
  { method, url, today }: { method: string; url: string; today: string },
): ResolvedApi | Refusal {
  if (!METHODS.has(method)) return { code: 'method-refused', headers: { allow: [...METHODS].join(', ') } };
  if (url.length > LONGEST_URL) return { code: 'path-refused', detail: 'the address is too long' };
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  const query = mark < 0 ? '' : url.slice(mark);
  if (path === '/') return { code: 'unknown-api', detail: FORM };
  if (!CLEAR_PATH.test(path) || !isUtf8Encoded(path)) {
    return { code: 'path-refused', detail: 'the path holds a segment that servers may read differently' };
  }
  if (query !== '' && (!CLEAR_QUERY.test(query.slice(1)) || !isUtf8Encoded(query))) {
    return { code: 'path-refused', detail: 'the query holds a character that must be percent-encoded' };
  }
  const first = path.indexOf('/', 1);
  const second = first < 0 ? -1 : path.indexOf('/', first + 1);
  if (second < 0) {
    return { code: 'unknown-api', detail: FORM };
  }
  const api = policy.apiAt(path.slice(1, first));
  if (!api) return { code: 'unknown-api', detail: 'no open API has this word' };
  const version = api.versions.get(path.slice(first + 1, second));
  if (!version) return { code: 'unknown-api', detail: 'this API has no such version' };
  const { state, endsOn } = version.policy;
  if (state === 'retired' || (endsOn !== null && endsOn < today)) return { code: 'version-retired' };
  const below = path.slice(second);
  const parameters = matchPath(version.templates, below);
  if (parameters === null) {
    return { code: 'unknown-api', detail: 'the document of this version declares no such path' };
  }
  return { api, version, path: below, query, parameters };
}
