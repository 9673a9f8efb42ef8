// The page of a request: where it is, what next, its parts to fill in or what it says, messages and history.

import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDate } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { form } from '#ui/components/form.ts';
import { hiddenFields } from '#ui/components/hidden-fields.ts';
import { inset } from '#ui/components/inset.ts';
import { notificationBanner } from '#ui/components/notification-banner.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { type TagTone, tag } from '#ui/components/tag.ts';
import { textarea } from '#ui/components/textarea.ts';
import { timeline } from '#ui/components/timeline.ts';
import { type Html, html, lines } from '#ui/html.ts';
import { REQUEST_BLOCKS, type RequestForm } from './request-fields.data.ts';
import { blockState } from './request-form.rules.ts';
import {
  formContent,
  requestAddress,
  requestCrumbs,
  requestTags,
  when,
  writtenDay,
} from './request-parts.pages.ts';
import type { Part, RequestStep } from './request-states.rules.ts';
import { requestsMessages } from './requests.messages.ts';
import type { AccreditationRequest, RequestEvent, RequestedScope } from './requests.types.ts';
import { findTemplate } from './templates.data.ts';

/** What the page of a request shows. */
export interface RequestView {
  readonly csrf: Html;
  readonly request: AccreditationRequest;
  /** The form that this reader sees: the last submitted one for those who do not write it. */
  readonly form: RequestForm;
  readonly isAsSubmitted: boolean;
  readonly scopes: readonly RequestedScope[];
  readonly events: readonly RequestEvent[];
  readonly parts: readonly Part[];
  readonly may: readonly RequestStep[];
  readonly accreditation: { readonly id: string; readonly number: number } | null;
  /** Until when a link sent to claim it serves; null for none. */
  readonly claimUntil: Date | null;
  readonly timeZone: string;
  readonly typed: { readonly text?: string };
  readonly faults: readonly FieldError[];
}

const BLOCK_TONES: Record<ReturnType<typeof blockState>, TagTone> = {
  empty: 'info',
  partial: 'warning',
  complete: 'good',
  optional: 'neutral',
};

/** The steps that have a page of their own, in the order in which they are offered. */
const OFFERED: readonly RequestStep[] = [
  'hand-over',
  'reopen',
  'cancel-reopening',
  'copy',
  'transfer',
  'archive',
  'revoke',
];

/** The page of a request. */
export function requestPage(locale: Locale, view: RequestView): Page {
  const words = requestsMessages(locale);
  const { one } = words;
  const { request, may, scopes, faults } = view;
  const title = view.form.title || words.untitled;
  return {
    title: `${title}, ${words.number(request.number)}`,
    breadcrumbs: requestCrumbs(locale),
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}
<span class="govuk-caption-l">${words.number(request.number)}</span>
<h1>${title}</h1>
${requestTags(locale, request)}
${notificationBanner({ locale, title: one.next, text: nextSentence(locale, view), content: nextNotes(locale, view) })}
${nextActions(locale, view)}
${transferOffer(locale, view)}
${may.includes('edit') && taskList(locale, view)}
<h2>${one.facts}</h2>
${facts(locale, view)}
${
  !may.includes('edit') &&
  html`<h2>${view.isAsSubmitted ? one.contentSubmitted : one.content}</h2>
${formContent(locale, view.form, scopes)}`
}
${otherActions(locale, view)}
<h2 id="thread">${one.thread}</h2>
${messageForm(locale, view)}
${history(locale, view)}`,
  };
}

function nextSentence(
  locale: Locale,
  { request, may, parts, scopes, claimUntil, timeZone }: RequestView,
): string {
  const { nextOf } = requestsMessages(locale).one;
  const instructs = parts.includes('instructor');
  switch (request.state) {
    case 'draft':
      if (request.applicantId === null)
        return claimUntil
          ? nextOf.handedOver(request.claimableByEmail ?? '', formatDate(locale, claimUntil, timeZone))
          : nextOf.unclaimed;
      if (!may.includes('edit')) return nextOf.draftOther;
      return isComplete(request, scopes) ? nextOf.draftReady : nextOf.draftEmpty;
    case 'submitted':
      return instructs ? nextOf.submittedInstructor : nextOf.submitted;
    case 'changes-requested':
      return may.includes('edit') ? nextOf['changes-requested'] : nextOf.changesOther;
    default:
      return nextOf[request.state];
  }
}

function isComplete(request: AccreditationRequest, scopes: readonly RequestedScope[]): boolean {
  return REQUEST_BLOCKS.every((block) =>
    ['complete', 'optional'].includes(blockState(block, request, scopes)),
  );
}

function nextNotes(locale: Locale, { request, events, accreditation }: RequestView): Html {
  const words = requestsMessages(locale);
  const asked = request.state === 'changes-requested' || request.state === 'refused';
  const said = asked
    ? events.findLast(({ kind }) => kind === 'request-changes' || kind === 'refuse')?.text
    : null;
  return html`${said && inset(lines(said))}
${request.reopenedAt !== null && html`<p>${words.one.nextOf.reopened}</p>`}
${accreditation && html`<p><a href="/exchange/accreditations/${accreditation.id}">${words.one.accreditation} (${words.numberColumn} ${accreditation.number})</a></p>`}
`;
}

function nextActions(locale: Locale, { request, may }: RequestView): Html {
  const words = requestsMessages(locale);
  return html`${may.includes('submit') && button({ text: words.one.check, href: requestAddress(request.id, '/submit') })}
${may.includes('validate') && button({ text: words.instruction.title, href: requestAddress(request.id, '/instruction') })}`;
}

function transferOffer(locale: Locale, { csrf, request, parts }: RequestView): Html | null {
  const { transfer } = request;
  if (transfer === null) return null;
  const { one } = requestsMessages(locale);
  const choice = (decision: string, text: string, kind: 'primary' | 'secondary') =>
    form({
      action: requestAddress(request.id, '/transfer-decision'),
      csrf,
      content: html`${hiddenFields({ version: String(request.version), decision })}${button({ text, kind })}`,
    });
  return html`${inset(one.transferAsked(transfer.personName, transfer.organisationName))}
${
  parts.includes('instructor') &&
  html`${choice('accept', one.acceptTransfer, 'primary')}${choice('decline', one.declineTransfer, 'secondary')}`
}`;
}

function taskList(locale: Locale, { request, scopes }: RequestView): Html {
  const words = requestsMessages(locale);
  return html`<h2>${words.one.tasks}</h2>
<p>${words.one.tasksLead}</p>
${summaryList({
  rows: REQUEST_BLOCKS.map((block) => {
    const state = blockState(block, request, scopes);
    return {
      key: words.blocks[block],
      value: tag({ text: words.blockStates[state], tone: BLOCK_TONES[state] }),
      actions: [
        {
          href: requestAddress(request.id, `/form/${block}`),
          text: state === 'complete' ? words.one.change : words.one.fill,
          hiddenText: words.blocks[block],
        },
      ],
    };
  }),
})}`;
}

function facts(locale: Locale, { request, timeZone }: RequestView): Html {
  const words = requestsMessages(locale);
  const template = findTemplate(request.template);
  return summaryList({
    rows: [
      { key: words.organisation, value: request.organisationName },
      {
        key: words.applicant,
        value: request.applicantName ?? words.unclaimed(request.claimableByEmail ?? ''),
      },
      { key: words.one.template, value: template?.title[locale] ?? request.template },
      { key: words.stage, value: words.stages[request.stage] },
      { key: words.changed, value: writtenDay(locale, request.changedAt, timeZone) },
      ...(request.submittedAt === null
        ? []
        : [{ key: words.submitted, value: writtenDay(locale, request.submittedAt, timeZone) }]),
      ...(request.copiedFrom === null
        ? []
        : [
            {
              key: words.one.copiedFrom,
              value: html`<a href="${requestAddress(request.copiedFrom)}">${words.one.copiedFrom}</a>`,
            },
          ]),
    ],
  });
}

function otherActions(locale: Locale, { request, may }: RequestView): Html | null {
  const words = requestsMessages(locale);
  const offered = OFFERED.filter((step) => may.includes(step)) as (keyof typeof words.steps)[];
  if (offered.length === 0) return null;
  return html`<h2>${words.moreActions}</h2>
${buttonGroup(
  offered.map((step) =>
    button({
      text: words.steps[step].title,
      href: requestAddress(request.id, `/${step}`),
      kind: step === 'revoke' ? 'warning' : step === 'hand-over' ? 'primary' : 'secondary',
    }),
  ),
)}`;
}

function messageForm(locale: Locale, { csrf, request, may, typed, faults }: RequestView): Html | null {
  if (!may.includes('message')) return null;
  const { one } = requestsMessages(locale);
  return form({
    action: requestAddress(request.id, '/messages'),
    csrf,
    content: html`${textarea({ locale, name: 'text', label: one.message, hint: one.messageHint, rows: 3, limit: 5000, value: typed.text ?? '', error: faultOf(locale, faults, 'text') })}
${button({ text: one.send, kind: 'secondary' })}`,
  });
}

function history(locale: Locale, { events, timeZone }: RequestView): Html {
  const words = requestsMessages(locale);
  if (events.length === 0) return html`<p>${words.one.threadNothing}</p>`;
  return timeline({
    events: [...events].reverse().map(({ kind, at, byName, text, data }) => ({
      title: words.events[kind],
      at: when(locale, at, timeZone),
      byline: byName === null ? words.one.bySystem : words.one.by(byName),
      ...(text !== null ? { description: html`<p>${lines(text)}</p>` } : {}),
      ...(data.reminder ? { description: html`<p>${words.reminders[data.reminder]}</p>` } : {}),
    })),
  });
}
