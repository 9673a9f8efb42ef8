// What a source may be set to, when it is read next, and how days and numbers are written. Pure.
import type { FieldError } from '#platform/errors.ts';
import { hasControlCharacter, isDay } from '#platform/typed-text.ts';
import type { IntakeResult } from '../indicators/indicators.types.ts';
import type { RunOutcome, SourceKind, SourceSettings } from './sources.types.ts';

/** Most lines of one reading. */
export const MOST_LINES = 1_000_000;
/** Most bytes of one reading. */
export const MOST_BYTES = 60_000_000;
/** Most sources of one indicator. */
export const MOST_SOURCES = 20;
/** So many failures in a row are told on the desk. */
export const FAILURES_TOLD = 3;

const HOUR_MS = 3_600_000;
const FIRST_WAIT_MS = HOUR_MS / 4;
const LONGEST_WAIT_MS = 24 * HOUR_MS;

/** When a source is read next: at its pace, and after failures sooner at first, then twice as late each time, up to a day. */
export function nextRunAfter(now: Date, everyHours: number, failures: number): Date {
  const pace = everyHours * HOUR_MS;
  if (failures === 0) return new Date(now.getTime() + pace);
  const backoff = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures - 1, 10));
  return new Date(now.getTime() + backoff);
}

/** Tells whether a run ended well. */
export function isGood(outcome: RunOutcome): boolean {
  return outcome === 'read' || outcome === 'not-modified';
}

/** What an intake says of its run: every line refused is a failure. */
export function outcomeOf({ taken, unchanged, corrected, refusedCount }: IntakeResult): RunOutcome {
  return refusedCount > 0 && taken + unchanged + corrected === 0 ? 'all-refused' : 'read';
}

/** What a run keeps of an intake. */
export function countsOf(intake: IntakeResult) {
  const { taken, unchanged, corrected, refusedCount } = intake;
  return { taken, unchanged, corrected, refused: refusedCount, detail: detailOf(intake) };
}

/** The first refused lines in few words, such as `3 future, 7 not-a-number`. */
function detailOf({ refused }: IntakeResult): string {
  return refused
    .slice(0, 10)
    .map(({ line, reason }) => `${line} ${reason}`)
    .join(', ');
}

/** A day as statistics write it: `2026-11-24`, alone or before a time. Anything else is returned as it is not: empty. */
export function dayAsWritten(value: unknown): string {
  const day = typeof value === 'string' ? (/^(\d{4}-\d\d-\d\d)(?:[T ].*)?$/.exec(value)?.[1] ?? '') : '';
  return isDay(day) ? day : '';
}

/** A number as statistics write it, also in a text and with a decimal comma; NaN for anything else. */
export function numberAsWritten(value: unknown): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || !/^[+-]?\d{1,18}([.,]\d{1,18})?(e[+-]?\d{1,3})?$/i.test(value))
    return Number.NaN;
  return Number(value.replace(',', '.'));
}

/** Tells whether an answer's `content-type` may hold the format; a CSV is often sent as plain text. */
export function isTypeOf(format: SourceSettings['format'], contentType: string | null): boolean {
  const type = (contentType ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (format === 'json') return /^(application|text)\/([\w.+-]+\+)?json$/.test(type);
  return ['text/csv', 'application/csv', 'text/plain', 'text/tab-separated-values'].includes(type);
}

const fault = (field: string, fr: string, en: string): FieldError => ({ field, text: { fr, en } });

/** Tells whether an address may be read: http(s), https alone unless `mayBeLocal`, without a name and password in it. */
function isReadable(url: string, mayBeLocal: boolean): boolean {
  const parsed = URL.parse(url);
  if (!parsed || url.length > 2_000 || parsed.username !== '' || parsed.password !== '') return false;
  return parsed.protocol === 'https:' || (mayBeLocal && parsed.protocol === 'http:');
}

const isPointer = (text: string) => text.length <= 300 && /^(\/([^/~\p{Cc}\p{Cs}]|~[01])*)*$/u.test(text);
const isColumn = (text: string) => text !== '' && text.length <= 300 && !hasControlCharacter(text);

/** The faults of a source as typed. `measures` are the names that modules offer. */
export function faultsOfSource(
  kind: SourceKind,
  settings: SourceSettings,
  { mayBeLocal, measures }: { readonly mayBeLocal: boolean; readonly measures: readonly string[] },
): FieldError[] {
  const faults: FieldError[] = [];
  const { format, everyHours } = settings;
  if (kind === 'address' && !isReadable(settings.url, mayBeLocal)) {
    faults.push(
      fault(
        'url',
        'Tapez une adresse complète qui commence par https://, sans identifiant ni mot de passe.',
        'Type a whole address that begins with https://, without a name or password.',
      ),
    );
  }
  if (kind === 'address' && (!Number.isInteger(everyHours) || everyHours < 1 || everyHours > 168)) {
    faults.push(fault('everyHours', 'Choisissez entre 1 et 168 heures.', 'Choose from 1 to 168 hours.'));
  }
  if (kind === 'module') {
    if (!measures.includes(settings.measure)) {
      faults.push(fault('measure', 'Choisissez une mesure de la liste.', 'Choose a measure of the list.'));
    }
    if (settings.subject === '' || settings.subject.length > 200 || hasControlCharacter(settings.subject)) {
      faults.push(fault('subject', 'Dites de quoi elle est lue.', 'Say of what it is read.'));
    }
  }
  if (kind === 'address' || kind === 'file') {
    const isPlace = kind === 'address' && format === 'json' ? isPointer : isColumn;
    for (const field of ['list', 'day', 'value', 'segment'] as const) {
      const place = settings[field];
      const mayBeEmpty = field === 'segment' || field === 'list';
      if ((place === '' && mayBeEmpty) || (isPlace(place) && place.isWellFormed())) continue;
      faults.push(
        fault(
          field,
          'Tapez un pointeur JSON comme /date, ou le nom d’une colonne en CSV.',
          'Type a JSON Pointer such as /date, or the name of a column in CSV.',
        ),
      );
    }
  }
  return faults;
}
