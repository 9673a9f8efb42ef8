// Pages of questions on accesses: asking, one's own, the producer's and the consumer's.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatDateTime, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { form } from '#ui/components/form.ts';
import { inset } from '#ui/components/inset.ts';
import { notificationBanner } from '#ui/components/notification-banner.ts';
import { nextPage } from '#ui/components/pagination.ts';
import { radios } from '#ui/components/radios.ts';
import { type SummaryRow, summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import { consumersMessages } from '../consumers/consumers.messages.ts';
import { exchangeCrumb } from '../entry/entry.pages.ts';
import { roomCrumbs } from '../producers/room-crumbs.ts';
import { accessAddress, MY_DATA, myDataCrumbs } from './accesses.pages.ts';
import { peopleMessages } from './people.messages.ts';
import type { TypedQuestion } from './people.rules.ts';
import { type OwnAccess, QUESTION_KINDS, type Question } from './people.types.ts';

/** Where each side reads questions. */
export const QUESTION_LISTS = {
  person: `${MY_DATA}/questions`,
  producer: '/exchange/producer/questions',
  consumer: '/exchange/consumer/questions',
} as const;

/** Who reads. */
export type QuestionSide = keyof typeof QUESTION_LISTS;

const LIMIT = 4000;

/** The form that asks about an access. */
export function askPage(
  locale: Locale,
  options: {
    readonly csrf: Html;
    readonly access: OwnAccess;
    readonly typed: TypedQuestion;
    readonly faults: readonly FieldError[];
    readonly timeZone: string;
  },
): Page {
  const { csrf, access, typed, faults, timeZone } = options;
  const all = peopleMessages(locale);
  const words = all.ask;
  const here = accessAddress(access);
  const kindFault = faultOf(locale, faults, 'kind');
  const textFault = faultOf(locale, faults, 'text');
  return {
    title: words.title,
    breadcrumbs: [...myDataCrumbs(locale), { text: all.access.title, href: here }],
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}<h1>${words.title}</h1>
<p>${words.lead(access.producerName ?? '')}</p>
${inset(html`<p><strong>${words.about}</strong></p><p>${access.organisationName ?? all.unknownConsumer}, ${formatDateTime(locale, access.at, timeZone)}<br>${access.apiName ?? all.unknownApi}</p>`)}
${form({
  action: `${here}/ask`,
  csrf,
  content: html`${radios({
    locale,
    name: 'kind',
    label: words.kind,
    items: QUESTION_KINDS.map((kind) => ({
      value: kind,
      text: words.kinds[kind],
      hint: words.kindHints[kind],
    })),
    value: typed.kind,
    error: kindFault,
  })}
${textarea({
  locale,
  name: 'text',
  label: words.text,
  hint: words.textHint,
  value: typed.text ?? '',
  limit: LIMIT,
  rows: 8,
  error: textFault,
})}
${buttonGroup([button({ text: words.send }), html`<a href="${here}">${words.cancel}</a>`])}`,
})}`,
  };
}

/** A question's state. */
function stateTag(locale: Locale, { answeredAt, dueAt }: Question, now: Date): Html {
  const { states } = peopleMessages(locale).question;
  if (answeredAt !== null) return tag({ text: states.answered, tone: 'good' });
  return now > dueAt
    ? tag({ text: states.late, tone: 'bad' })
    : tag({ text: states.waiting, tone: 'warning' });
}

const titlesOf = (locale: Locale, side: QuestionSide) => {
  const words = peopleMessages(locale);
  if (side === 'producer') return words.producerQuestions;
  if (side === 'consumer') return words.consumerQuestions;
  const { listTitle: title, listLead: lead, nothing } = words.question;
  return { title, lead, nothing };
};

function crumbsOf(locale: Locale, side: QuestionSide, isOne: boolean) {
  const ups = {
    person: () => myDataCrumbs(locale),
    producer: () => roomCrumbs(locale, { within: true }),
    consumer: () => [
      exchangeCrumb(locale),
      { text: consumersMessages(locale).title, href: '/exchange/consumer' },
    ],
  };
  const up = ups[side]();
  return isOne ? [...up, { text: titlesOf(locale, side).title, href: QUESTION_LISTS[side] }] : up;
}

/** The questions that one side sees. */
export function questionsPage(
  locale: Locale,
  options: {
    readonly side: QuestionSide;
    readonly items: readonly Question[];
    readonly next: string | null;
    readonly isFirst: boolean;
    readonly now: Date;
    readonly timeZone: string;
  },
): Page {
  const { side, items, next, isFirst, now, timeZone } = options;
  const { question: words } = peopleMessages(locale);
  const { title, lead, nothing } = titlesOf(locale, side);
  const path = QUESTION_LISTS[side];
  return {
    title,
    breadcrumbs: crumbsOf(locale, side, false),
    main: html`<h1>${title}</h1>
<p class="socle-lead">${lead}</p>
${table({
  locale,
  caption: title,
  captionHidden: true,
  columns: [
    { text: words.number },
    { text: words.access },
    { text: words.askedOn },
    { text: words.due },
    { text: words.state },
  ],
  rows: items.map((question) => [
    html`<a href="${path}/${question.id}">${titleOf(locale, question)}</a>`,
    html`${question.apiName}<br><span class="socle-secondary">${side === 'producer' ? (question.organisationName ?? '') : question.producerName}</span>`,
    formatDate(locale, question.askedAt, timeZone),
    formatDate(locale, question.dueAt, timeZone),
    stateTag(locale, question, now),
  ]),
  empty: nothing,
})}
${nextPage({ locale, nextHref: next === null ? null : `${path}?cursor=${next}`, ...(isFirst ? {} : { firstHref: path }) })}`,
  };
}

function titleOf(locale: Locale, { kind, number }: Question): string {
  const words = peopleMessages(locale).question;
  const written = formatNumber(locale, number);
  return kind === 'contest' ? words.contestTitle(written) : words.title(written);
}

/** What the page of one question shows. */
export interface QuestionView {
  readonly side: QuestionSide;
  readonly question: Question;
  /** Shown to the producer alone. */
  readonly askerName: string | null;
  readonly done: 'sent' | 'answered' | null;
  readonly now: Date;
  readonly timeZone: string;
  /** The producer's form; null where there is nothing to write. */
  readonly answering: {
    readonly csrf: Html;
    readonly typed: string;
    readonly faults: readonly FieldError[];
  } | null;
}

/** One question, for whoever asked, for the producer or for the consumer. */
export function questionPage(locale: Locale, view: QuestionView): Page {
  const { side, question, askerName, done, now, timeZone, answering } = view;
  const all = peopleMessages(locale);
  const words = all.question;
  const title = titleOf(locale, question);
  const rows: SummaryRow[] = [
    { key: words.state, value: stateTag(locale, question, now) },
    ...(askerName === null ? [] : [{ key: words.askedBy, value: askerName }]),
    { key: words.askedOn, value: formatDateTime(locale, question.askedAt, timeZone) },
    { key: words.due, value: formatDate(locale, question.dueAt, timeZone) },
    { key: all.access.producer, value: question.producerName },
    { key: all.access.api, value: question.apiName },
    {
      key: words.access,
      value: html`${question.organisationName ?? all.unknownConsumer}, ${formatDateTime(locale, question.at, timeZone)}${
        side === 'person' && html`<br><a href="${accessAddress(question)}">${words.seeAccess}</a>`
      }`,
    },
    { key: all.access.purpose, value: question.purpose ?? all.noPurpose },
  ];
  const faults = answering?.faults ?? [];
  return {
    title,
    breadcrumbs: crumbsOf(locale, side, true),
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}${
      done !== null &&
      notificationBanner({
        locale,
        kind: 'success',
        text: done === 'sent' ? words.sent : words.answeredNow,
      })
    }<h1>${title}</h1>
${summaryList({ rows })}
<h2>${words.theirText}</h2>
${inset(paragraphs(question.text))}
<h2>${words.answer}</h2>
${answerPart(locale, view)}`,
  };
}

function answerPart(locale: Locale, { side, question, answering, timeZone }: QuestionView): Html {
  const { question: words, producerQuestions } = peopleMessages(locale);
  const { answer, answeredAt, producerName } = question;
  if (answer !== null && answeredAt !== null) {
    return html`<p class="socle-secondary">${words.answerOf(producerName, formatDateTime(locale, answeredAt, timeZone))}</p>
${inset(paragraphs(answer))}
${side === 'person' && html`<p>${words.complain}</p>`}`;
  }
  if (answering === null) {
    return html`<p>${words.noAnswer}</p>${side === 'person' && html`<p>${words.complain}</p>`}`;
  }
  const fault = faultOf(locale, answering.faults, 'answer');
  return form({
    action: `${QUESTION_LISTS.producer}/${question.id}/answer`,
    csrf: answering.csrf,
    content: html`${textarea({
      locale,
      name: 'answer',
      label: producerQuestions.answer,
      hint: producerQuestions.answerHint,
      value: answering.typed,
      limit: LIMIT,
      rows: 8,
      error: fault,
    })}
${button({ text: producerQuestions.send })}`,
  });
}

function paragraphs(text: string): Html[] {
  return text
    .split(/\n{2,}/)
    .map((part) => html`<p>${part.split('\n').map((line, at) => html`${at > 0 && html`<br>`}${line}`)}</p>`);
}
