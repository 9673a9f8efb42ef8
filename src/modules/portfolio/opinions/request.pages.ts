// The page of a request: its timetable, its five axes, complements, consultations, and the opinion once there is one.
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatDay, formatNumber, formatPercent } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { inset } from '#ui/components/inset.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { tags } from '#ui/components/tag-list.ts';
import { type Html, html } from '#ui/html.ts';
import {
  clockSentence,
  consultationState,
  kindTags,
  requestAddress,
  requestCrumbs,
  stateTag,
  writtenCost,
} from './opinion-parts.pages.ts';
import { opinionsMessages } from './opinions.messages.ts';
import { AXES, type ClockedRequest, type KeptSignal, type Opinion } from './opinions.types.ts';

/** What the reader may do; each is a button. */
export interface RequestMoves {
  readonly decide: boolean;
  readonly comment: boolean;
  readonly submit: boolean;
  readonly edit: boolean;
  readonly answer: boolean;
  readonly resume: boolean;
  readonly complements: boolean;
  readonly publish: boolean;
  readonly withdraw: boolean;
}

/** What the page of a request shows. */
export interface RequestView {
  readonly request: ClockedRequest;
  readonly opinion: Opinion | undefined;
  readonly grouped: readonly KeptSignal[];
  readonly today: string;
  readonly timeZone: string;
  readonly moves: RequestMoves;
  /** Whether the reader sees what consulted bodies wrote. */
  readonly seesComments: boolean;
}

/** Lines of plain text as paragraphs. */
export function paragraphs(text: string): Html {
  return html`${text.split(/\n+/).map((line) => html`<p>${line}</p>`)}`;
}

/** The page of a request. */
export function requestPage(locale: Locale, view: RequestView): Page {
  const words = opinionsMessages(locale);
  const { request, opinion } = view;
  const sentence = clockSentence(locale, request.clock, request.state);
  return {
    title: `${words.numbered(request.number)} – ${request.fileName}`,
    breadcrumbs: requestCrumbs(locale),
    main: html`<h1>${request.fileName}</h1>
<p class="socle-lead">${words.numbered(request.number)}, ${request.organisationName}</p>
${tags([stateTag(locale, request.state)])}
${sentence !== '' && inset(sentence)}
${moveButtons(locale, view)}
${opinion && opinionSection(locale, view, opinion)}
${
  request.state === 'withdrawn' &&
  html`<h2>${words.request.withdrawnReason}</h2>
${paragraphs(request.closedReason)}`
}
<h2>${words.request.facts}</h2>
${facts(locale, view)}
<h2>${words.consultation.title}</h2>
<p>${words.consultation.lead}</p>
${consultations(locale, view)}
${
  request.waits.length > 0 &&
  html`<h2>${words.request.waitsTitle}</h2>
${request.waits.map(
  ({ from, until, asked, answer }) => html`<h3>${words.request.asked(formatDay(locale, from))}</h3>
${paragraphs(asked)}
${until !== null && html`<h3>${words.request.given(formatDay(locale, until))}</h3>${paragraphs(answer)}`}`,
)}`
}
<h2>${words.request.axesTitle}</h2>
${AXES.map(
  (axis) => html`<h3>${words.axes[axis]}</h3>
${request.axes[axis] === '' ? html`<p>${words.request.empty}</p>` : paragraphs(request.axes[axis])}`,
)}
<p>${words.request.history}</p>
${dataLinks({ locale, json: `/api/v1/opinion-requests/${request.id}` })}`,
  };
}

function moveButtons(locale: Locale, { request, opinion, moves }: RequestView): Html {
  const words = opinionsMessages(locale).moves;
  const to = (path: string, text: string, kind: 'primary' | 'secondary' | 'warning' = 'secondary') =>
    button({ text, href: requestAddress(request.id, path), kind });
  const shown = [
    moves.decide && to('/decide', words.decide, 'primary'),
    moves.comment && to('/comment', words.comment, 'primary'),
    moves.submit && to('/submit', words.submit, 'primary'),
    moves.answer && to('/answer', words.answer, 'primary'),
    moves.edit && to('/edit', words.edit),
    moves.complements && to('/complements', words.complements),
    moves.resume && to('/answer', words.resume),
    moves.publish && to('/publish', opinion?.publishedAt ? words.republish : words.publish),
    moves.withdraw && to('/withdraw', words.withdraw, 'warning'),
  ].filter((one) => one !== false);
  return html`${shown.length > 0 && buttonGroup(shown)}`;
}

function facts(locale: Locale, { request, grouped }: RequestView): Html {
  const words = opinionsMessages(locale);
  const { costCents, thresholdCents, submittedOn, delayMonths, lastDay } = request;
  return summaryList({
    rows: [
      {
        key: words.request.file,
        value: html`<a href="/projects/files/${request.fileId}">${request.fileName}</a>`,
      },
      { key: words.request.cost, value: writtenCost(locale, costCents) },
      { key: words.request.end, value: formatDay(locale, request.endOn) },
      ...(thresholdCents === null
        ? []
        : [
            {
              key: words.request.threshold,
              value: html`${writtenCost(locale, thresholdCents)}<br>${words.request.overThreshold(formatNumber(locale, costCents / thresholdCents))}`,
            },
          ]),
      ...(submittedOn === null
        ? []
        : [
            { key: words.request.submittedOn, value: formatDay(locale, submittedOn) },
            { key: words.request.force, value: request.conforming ? words.conforming : words.simple },
            { key: words.request.delayRow, value: words.delay(delayMonths ?? 1) },
          ]),
      ...(lastDay === null ? [] : [{ key: words.request.lastDay, value: formatDay(locale, lastDay) }]),
      ...grouped.map(({ files }) => ({
        key: words.request.grouped,
        value: html`${files.map(({ id, name }) => html`<a href="/projects/files/${id}">${name}</a><br>`)}`,
      })),
    ],
  });
}

function consultations(locale: Locale, { request, today, seesComments }: RequestView): Html {
  const words = opinionsMessages(locale);
  if (request.consultations.length === 0) return html`<p>${words.consultation.nobody}</p>`;
  return table({
    locale,
    caption: words.consultation.title,
    captionHidden: true,
    columns: [
      { text: words.consultation.body },
      { text: words.consultation.due },
      { text: words.consultation.stance },
      { text: words.consultation.comment },
    ],
    rows: request.consultations.map((one) => [
      html`${one.organisationName}<br>${words.bodies[one.body]}`,
      consultationState(locale, one, today, request.closedAt !== null),
      one.stance === null ? '' : seesComments ? words.stances[one.stance] : words.consultation.hidden,
      seesComments && one.comment !== '' ? paragraphs(one.comment) : '',
    ]),
  });
}

function opinionSection(locale: Locale, { request, timeZone }: RequestView, opinion: Opinion): Html {
  const words = opinionsMessages(locale);
  const { tacit, effectiveOn, issuedAt, probability, recommendations, publishedAt } = opinion;
  const rows = [
    { key: words.opinion.effective, value: formatDay(locale, effectiveOn) },
    ...(tacit
      ? [
          {
            key: words.opinion.issued,
            value: words.opinion.recordedLate(formatDate(locale, issuedAt, timeZone)),
          },
        ]
      : []),
    { key: words.request.force, value: request.conforming ? words.conforming : words.simple },
    {
      key: words.opinion.probability,
      value:
        probability === null
          ? words.opinion.noProbability
          : html`<strong>${formatPercent(locale, probability, 2)}</strong><br>${words.opinion.probabilityNote(writtenCost(locale, opinion.costCents), formatDay(locale, opinion.endOn))}`,
    },
    {
      key: words.opinion.publication,
      value: opinion.classified
        ? words.opinion.classified
        : publishedAt === null
          ? words.opinion.notPublished
          : html`${words.opinion.published(formatDate(locale, publishedAt, timeZone))}<br><a href="/projects/opinions/${opinion.id}">${words.opinion.read}</a>`,
    },
  ];
  return html`<h2>${words.request.opinionTitle}</h2>
${kindTags(locale, opinion)}
${tacit ? html`<p>${words.opinion.tacitText(formatDay(locale, effectiveOn))}</p>` : paragraphs(opinion.summary)}
${summaryList({ rows })}
${AXES.filter((axis) => opinion.axes[axis] !== '').map(
  (axis) => html`<h3>${words.axes[axis]}</h3>${paragraphs(opinion.axes[axis])}`,
)}
${
  recommendations.length > 0 &&
  html`<h3>${words.opinion.recommendations}</h3>
<ol class="govuk-list govuk-list--number">${recommendations.map(({ text, dueOn }) => html`<li>${text}<br>${words.opinion.due(formatDay(locale, dueOn))}</li>`)}</ol>`
}`;
}
