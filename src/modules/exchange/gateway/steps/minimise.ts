// Step: of the producer's answer, only the fields that the scopes let out go on. What cannot be read with certainty does
// not go on at all.
import { isAscii, isUtf8 } from 'node:buffer';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate, zstdDecompress } from 'node:zlib';
import type { Answer, Refusal, UpstreamAnswer } from '../call.types.ts';
import type { FieldTree } from '../minimise/field-tree.rules.ts';
import { DuplicateName, filterJson } from '../minimise/filter-json.rules.ts';
import { LARGEST_ANSWER } from '../upstream/forward.ts';

const DECODERS: Readonly<
  Record<string, (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>>
> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  br: promisify(brotliDecompress),
  deflate: promisify(inflate),
  zstd: promisify(zstdDecompress),
};
/** JSON, plain or of a kind of its own (RFC 6839, 3.1), in UTF-8. */
const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;\s*charset="?utf-8"?\s*)?$/i;
const NO_FIELDS: readonly string[] = [];

/** What goes on, and the patterns of its fields. */
export interface Minimised {
  readonly answer: Answer;
  readonly fields: readonly string[];
}

/** Lets out what `tree` allows. A refusal of the producer goes on as its status alone: its words may hold data. */
export function minimise(
  upstream: UpstreamAnswer,
  tree: FieldTree,
): Minimised | Refusal | Promise<Minimised | Refusal> {
  const { status } = upstream;
  if (status >= 500 || status < 200 || (status >= 300 && status < 400)) {
    return { code: 'upstream-refused', detail: `the producer answered ${status}` };
  }
  if (status >= 400) return { code: 'producer-refused', status };
  if (status === 204 || status === 205 || upstream.body.length === 0) {
    return { answer: { status, contentType: '', body: '', headers: {} }, fields: NO_FIELDS };
  }
  if (!JSON_TYPE.test(upstream.contentType)) return { code: 'answer-not-json' };
  const encoding = upstream.contentEncoding.trim().toLowerCase();
  if (encoding === '' || encoding === 'identity') return filtered(upstream, upstream.body, tree);
  const decode = Object.hasOwn(DECODERS, encoding) ? DECODERS[encoding] : undefined;
  if (!decode) return { code: 'answer-encoding-refused', detail: 'one known content coding at the most' };
  return decode(upstream.body, { maxOutputLength: LARGEST_ANSWER }).then(
    (body) => filtered(upstream, body, tree),
    (error: { code?: string }) =>
      error.code === 'ERR_BUFFER_TOO_LARGE'
        ? { code: 'answer-too-large' }
        : { code: 'answer-encoding-refused', detail: 'the body is not what its content coding says' },
  );
}

function filtered(
  { status, contentType }: UpstreamAnswer,
  bytes: Buffer,
  tree: FieldTree,
): Minimised | Refusal {
  if (!isUtf8(bytes)) return { code: 'answer-not-json', detail: 'the body is not UTF-8' };
  const text = isAscii(bytes) ? bytes.toString('latin1') : bytes.toString();
  try {
    const { text: body, left } = filterJson(text, tree);
    const fields =
      left.length === tree.patterns.length
        ? tree.patterns
        : left.map((place) => tree.patterns[place] as string);
    return { answer: { status, contentType: typeOf(contentType), body, headers: {} }, fields };
  } catch (error) {
    if (error instanceof DuplicateName) {
      return { code: 'answer-not-json', detail: 'a name stands twice in one object' };
    }
    if (error instanceof SyntaxError || error instanceof RangeError) return { code: 'answer-not-json' };
    throw error;
  }
}

/** The media type as we write it: a producer's own spelling of it goes no further. */
function typeOf(contentType: string): string {
  const [type = ''] = contentType.split(';', 1);
  return type.trim().toLowerCase();
}
