// What the pages of opinions share: addresses, the way back up, how states, clocks and consultations are said.
import { formatDay, formatEuroCents, formatMillionEuros } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { type TagTone, tag } from '#ui/components/tag.ts';
import { tags } from '#ui/components/tag-list.ts';
import { type Html, html } from '#ui/html.ts';
import { oversightCrumb } from '../entry/entry.crumb.ts';
import { type ClockState, isLateConsultation } from './clock.rules.ts';
import { opinionsMessages } from './opinions.messages.ts';
import type { Consultation, Opinion, OpinionKind, OpinionRequest, RequestState } from './opinions.types.ts';

/** The address of a request's page, or of one under it. */
export function requestAddress(id: string, path = ''): string {
  return `/projects/opinions/requests/${id}${path}`;
}

/** The way back up: to the oversight, to the requests, to one. */
export function requestCrumbs(
  locale: Locale,
  request?: Pick<OpinionRequest, 'id' | 'number'>,
): { text: string; href: string }[] {
  const words = opinionsMessages(locale);
  return [
    oversightCrumb(locale),
    { text: words.requests, href: '/projects/opinions/requests' },
    ...(request ? [{ text: words.numbered(request.number), href: requestAddress(request.id) }] : []),
  ];
}

const STATE_TONES: Record<RequestState, TagTone> = {
  draft: 'neutral',
  submitted: 'info',
  suspended: 'warning',
  issued: 'good',
  tacit: 'neutral',
  withdrawn: 'neutral',
};

const KIND_TONES: Record<OpinionKind, TagTone> = {
  favourable: 'good',
  recommendations: 'warning',
  unfavourable: 'bad',
};

/** The state of a request, as a tag. */
export function stateTag(locale: Locale, state: RequestState): Html {
  return tag({ text: opinionsMessages(locale).states[state], tone: STATE_TONES[state] });
}

/** What an opinion is, as tags: its kind, whether silence gave it. */
export function kindTags(locale: Locale, { kind, tacit }: Pick<Opinion, 'kind' | 'tacit'>): Html {
  const words = opinionsMessages(locale);
  return tags([
    tag({ text: words.kinds[kind], tone: KIND_TONES[kind] }),
    ...(tacit ? [tag({ text: words.tacitTag, tone: 'neutral' })] : []),
  ]);
}

/** An amount: in millions from one million on. */
export function writtenCost(locale: Locale, cents: number): string {
  return cents >= 100_000_000
    ? formatMillionEuros(locale, cents / 100_000_000, 2)
    : formatEuroCents(locale, cents);
}

/** Where a clock stands, in a few words; an empty text for a closed request. */
export function clockShort(locale: Locale, clock: ClockState | null, state: RequestState): string {
  const words = opinionsMessages(locale).clockShort;
  if (clock === null) return state === 'draft' ? words.draft : '';
  if (clock.kind === 'running') return words.running(clock.daysLeft);
  return clock.kind === 'suspended'
    ? words.suspended(clock.daysLeft)
    : words.expired(formatDay(locale, clock.tacitOn));
}

/** The timetable in a sentence: when silence speaks, or why the clock stands. */
export function clockSentence(locale: Locale, clock: ClockState | null, state: RequestState): string {
  const words = opinionsMessages(locale).clockLong;
  const day = (one: string) => formatDay(locale, one);
  if (clock === null) return state === 'draft' ? words.draft : '';
  if (clock.kind === 'running') return words.running(day(clock.tacitOn), day(clock.lastDay));
  return clock.kind === 'suspended'
    ? words.suspended(day(clock.since), clock.daysLeft)
    : words.expired(day(clock.tacitOn));
}

/** Whether a consultation is awaited, late or received, with its day. */
export function consultationState(
  locale: Locale,
  { dueOn, answeredOn }: Pick<Consultation, 'dueOn' | 'answeredOn'>,
  today: string,
  isClosed: boolean,
): Html {
  const words = opinionsMessages(locale).consultation;
  if (answeredOn !== null) {
    const late = isLateConsultation({ dueOn, answered: false }, answeredOn);
    return html`${(late ? words.answeredLate : words.answered)(formatDay(locale, answeredOn))}`;
  }
  if (isClosed) return html`${words.unanswered(formatDay(locale, dueOn))}`;
  return isLateConsultation({ dueOn, answered: false }, today)
    ? tag({ text: words.late(formatDay(locale, dueOn)), tone: 'bad' })
    : html`${words.awaited(formatDay(locale, dueOn))}`;
}
