// Rules of the person's room: whose hash, which address, which group, by when. Pure.

import type { KeyObject } from 'node:crypto';
import type { PivotIdentity } from '#modules/identity/public.ts';
import { dayIn } from '#platform/calendar-days.rules.ts';
import type { FieldError } from '#platform/errors.ts';
import { hasControlCharacterInLines, tidiedLines } from '#platform/typed-text.ts';
import { pointerSteps } from '../gateway/minimise/field-tree.rules.ts';
import { subjectHash, subjectText } from '../subject.rules.ts';
import {
  type AccessGroup,
  type AccessPlace,
  type OwnAccess,
  QUESTION_KINDS,
  type QuestionKind,
} from './people.types.ts';

/**
 * The keyed hash under which gateways record a person; null while a part of their identity is missing: with one part
 * less it would be several people's.
 */
export function hashOfPerson(key: KeyObject | Buffer, identity: PivotIdentity): string | null {
  const { birthName, givenNames, birthDate, birthPlace } = identity;
  const text = subjectText('person', [birthName, givenNames, birthDate, birthPlace]);
  if (text === null || text.split('|').some((part) => part === '')) return null;
  return subjectHash(key, 'person', text);
}

/** A record's place as one word of an address. */
export function accessWord({ at, log, index }: AccessPlace): string {
  return `${at.getTime()}-${index}-${Buffer.from(log).toString('base64url')}`;
}

/** The shape of such a word. */
export const ACCESS_WORD = '^[0-9]{1,15}-[0-9]{1,15}-[A-Za-z0-9_-]{1,300}$';

/** The place that a word of an address says; null when it says none. */
export function accessPlaceOf(word: string): AccessPlace | null {
  const [, at, index, log] = /^([0-9]{1,15})-([0-9]{1,15})-([A-Za-z0-9_-]{1,300})$/.exec(word) ?? [];
  if (at === undefined || index === undefined || log === undefined) return null;
  const moment = new Date(Number(at));
  const origin = Buffer.from(log, 'base64url').toString();
  if (Number.isNaN(moment.getTime()) || moment.getUTCFullYear() > 9999 || origin.includes('\u0000'))
    return null;
  return { at: moment, index: Number(index), log: origin };
}

/**
 * Accesses (the latest first) by day, consumer, API, purpose, outcome: one line for a person who wants to know who had
 * what. Groups keep the order of their latest access.
 */
export function groupedAccesses(accesses: readonly OwnAccess[], timeZone: string): AccessGroup[] {
  const dayOf = (moment: Date) => dayIn(moment, timeZone);
  const groups = new Map<string, { day: string; first: OwnAccess; accesses: OwnAccess[] }>();
  for (const access of accesses) {
    const day = dayOf(access.at);
    const { organisationId, apiId, purpose, verdict } = access;
    const key = JSON.stringify([day, organisationId, apiId, purpose, verdict]);
    const group = groups.get(key);
    if (group) group.accesses.push(access);
    else groups.set(key, { day, first: access, accesses: [access] });
  }
  return [...groups.values()];
}

/**
 * What of `found` makes one page, when `size` and one more were asked for: days stay whole, so that a group is not cut,
 * unless one day alone fills the page. Null: nothing follows.
 */
export function pageOfDays(
  found: readonly OwnAccess[],
  size: number,
  timeZone: string,
): { readonly shown: readonly OwnAccess[]; readonly next: OwnAccess | null } {
  if (found.length <= size) return { shown: found, next: null };
  const dayOf = (moment: Date) => dayIn(moment, timeZone);
  const next = found[size];
  const cutDay = next === undefined ? '' : dayOf(next.at);
  const whole = found.slice(0, size).filter(({ at }) => dayOf(at) !== cutDay);
  const shown = whole.length > 0 ? whole : found.slice(0, size);
  return { shown, next: shown.at(-1) ?? null };
}

/** By when a question must be answered: within a month, of the calendar (GDPR, article 12(3)). */
export function answerIsDue(askedAt: Date): Date {
  const due = new Date(askedAt);
  due.setUTCMonth(due.getUTCMonth() + 1);
  // The month has no such day: its last one.
  if (due.getUTCDate() !== askedAt.getUTCDate()) due.setUTCDate(0);
  return due;
}

/** The steps of a field's pattern as words to show, and which stand for each item of a list. */
export function fieldPath(pattern: string): { readonly name: string; readonly isList: boolean }[] {
  const path: { name: string; isList: boolean }[] = [];
  for (const step of pointerSteps(pattern) ?? []) {
    const last = path.at(-1);
    if (step !== '*') path.push({ name: step, isList: false });
    else if (last) last.isList = true;
  }
  return path;
}

/** What a person typed. */
export interface TypedQuestion {
  readonly kind?: string | undefined;
  readonly text?: string | undefined;
}

/** What was typed, put in order. */
export function questionAsTyped({ kind = '', text = '' }: TypedQuestion): {
  kind: QuestionKind;
  text: string;
} {
  return { kind: kind as QuestionKind, text: tidiedLines(text) };
}

/** What is wrong with a question; nothing when it may be asked. */
export function faultsOfQuestion({ kind, text }: { kind: string; text: string }): FieldError[] {
  const faults: FieldError[] = [];
  if (!(QUESTION_KINDS as readonly string[]).includes(kind)) {
    faults.push({
      field: 'kind',
      text: {
        fr: 'Choisissez\u00A0: poser une question, ou contester l’accès.',
        en: 'Choose: ask a question, or contest the access.',
      },
    });
  }
  return [...faults, ...faultsOfText('text', text)];
}

/** What is wrong with a text of several lines, of a question or an answer. */
export function faultsOfText(field: string, text: string): FieldError[] {
  if (text.length >= 3 && text.length <= 4000 && !hasControlCharacterInLines(text)) return [];
  return [
    {
      field,
      text: {
        fr: 'Écrivez de 3 à 4\u202F000 caractères.',
        en: 'Write 3 to 4,000 characters.',
      },
    },
  ];
}
