// The bytes of an entry of the access log: what its leaf commits to (RFC 9162, 2.1.1). Another form is another log. Pure.
import type { CallRecord } from '../call-record.types.ts';

/** Where an entry stands among those of its producer in this log. */
export interface ChainPlace {
  /** From 0. */
  readonly seq: number;
  /** Base64 of the leaf hash of the producer's entry before; empty for the first. */
  readonly prev: string;
}

const KEPT = 10_000;
const texts = new Map<string, string>();

/** A text as JSON; those that come again and again are written once. */
function quoted(text: string | null): string {
  if (text === null) return 'null';
  let known = texts.get(text);
  if (known === undefined) {
    known = JSON.stringify(text);
    if (texts.size >= KEPT) texts.clear();
    texts.set(text, known);
  }
  return known;
}

function quotedList(list: readonly string[]): string {
  let text = '';
  for (const item of list) text += text === '' ? quoted(item) : `,${quoted(item)}`;
  return `[${text}]`;
}

let lastMoment = Number.NaN;
let lastIso = '';

function isoOf(at: number): string {
  if (at !== lastMoment) {
    lastMoment = at;
    lastIso = new Date(at).toISOString();
  }
  return lastIso;
}

/**
 * The entry of a record, as JSON with its keys in this order. `producer` and its chain come first: by `producerPrev`, the
 * hash of the entry before it, a producer sees that its entries have no hole, without seeing anybody else's.
 */
export function entryText(record: CallRecord, { seq, prev }: ChainPlace): string {
  // Subject hashes and trace ids differ at each call and are plain letters: they are not remembered.
  const { subjectHash } = record;
  return (
    `{"v":1,"producer":${quoted(record.producerId)},"producerSeq":${seq},"producerPrev":"${prev}",` +
    `"at":"${isoOf(record.at)}","api":${quoted(record.apiId)},"apiVersion":${quoted(record.apiVersion)},` +
    `"client":${quoted(record.clientId)},"accreditation":${quoted(record.accreditationId)},` +
    `"organisation":${quoted(record.organisationId)},"purpose":${quoted(record.purpose)},` +
    `"environment":"${record.environment}","scopes":${quotedList(record.scopes)},"fields":${quotedList(record.fields)},` +
    `"fieldsHash":${quoted(record.fieldsHash)},"subject":${subjectHash === null ? 'null' : `"${subjectHash}"`},` +
    `"verdict":${quoted(record.verdict)},"status":${record.status},"policyVersion":${record.policyVersion},` +
    `"latencyUs":${record.latencyUs},"traceId":"${record.traceId}"}`
  );
}

/** An entry read back. */
export interface ReadEntry extends ChainPlace {
  readonly record: CallRecord;
}

/** Reads an entry; null when the bytes are none. */
export function parseEntry(bytes: Uint8Array): ReadEntry | null {
  let value: Record<string, unknown>;
  try {
    value = JSON.parse(Buffer.from(bytes).toString()) as Record<string, unknown>;
  } catch {
    return null;
  }
  if (typeof value !== 'object' || value === null || value.v !== 1) return null;
  const text = (name: string) => (typeof value[name] === 'string' ? (value[name] as string) : null);
  const list = (name: string) => (Array.isArray(value[name]) ? (value[name] as string[]) : []);
  return {
    seq: Number(value.producerSeq),
    prev: text('producerPrev') ?? '',
    record: {
      at: Date.parse(text('at') ?? ''),
      producerId: text('producer'),
      apiId: text('api'),
      apiVersion: text('apiVersion'),
      clientId: text('client'),
      accreditationId: text('accreditation'),
      organisationId: text('organisation'),
      purpose: text('purpose'),
      environment: text('environment') === 'sandbox' ? 'sandbox' : 'production',
      scopes: list('scopes'),
      fields: list('fields'),
      fieldsHash: text('fieldsHash'),
      subjectHash: text('subject'),
      verdict: text('verdict') ?? '',
      status: Number(value.status),
      policyVersion: Number(value.policyVersion),
      latencyUs: Number(value.latencyUs),
      traceId: text('traceId') ?? '',
    },
  };
}
