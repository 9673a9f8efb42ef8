// The demonstration's outbox as pages: the list, and one message. They only show what they are given.
import type { Page } from '#platform/http/page.ts';
import { formatDateTime } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { MessageState, OutboxMessage } from '#platform/mail/messages.types.ts';
import { nextPage } from '#ui/components/pagination.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { type TagTone, tag } from '#ui/components/tag.ts';
import { type Html, html, nothing } from '#ui/html.ts';
import { outboxMessages } from './outbox.messages.ts';

const TONES: Record<MessageState, TagTone> = { waiting: 'neutral', sent: 'good', abandoned: 'bad' };

function stateTag(locale: Locale, state: MessageState): Html {
  return tag({ text: outboxMessages(locale).states[state], tone: TONES[state] });
}

/** The messages, newest first, `older` being the last id shown when there are more. */
export function outboxPage(
  locale: Locale,
  options: {
    readonly messages: readonly OutboxMessage[];
    readonly older: string | null;
    readonly timeZone: string;
  },
): Page {
  const { messages, older, timeZone } = options;
  const words = outboxMessages(locale);
  const { columns } = words;
  const heads = [columns.subject, columns.to, columns.written, columns.state];
  const rows = messages.map((message) => [
    html`<a class="govuk-link" href="/outbox/${message.id}" lang="${message.locale}">${message.subject}</a>`,
    message.to,
    formatDateTime(locale, message.createdAt, timeZone),
    stateTag(locale, message.state),
  ]);
  return {
    title: words.title,
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${table({
  locale,
  caption: words.title,
  captionHidden: true,
  columns: heads.map((text) => ({ text })),
  rows,
  empty: words.none,
})}
${nextPage({ locale, nextHref: older && `/outbox?after=${older}` })}`,
  };
}

// Only addresses that stand alone between spaces, so that no text of a message is guessed to be a link.
const ADDRESS = /(https?:\/\/[^\s<>"]+[^\s<>".,;:!?)])/;

/** A message's text with its addresses as links, as a mail reader shows them. */
function textWithLinks(text: string): Html {
  return html`${text
    .split(ADDRESS)
    .map((part, at) => (at % 2 === 1 ? html`<a class="govuk-link" href="${part}">${part}</a>` : part))}`;
}

/** One message. */
export function outboxMessagePage(locale: Locale, message: OutboxMessage, timeZone: string): Page {
  const words = outboxMessages(locale);
  return {
    title: message.subject,
    breadcrumbs: [{ text: words.title, href: '/outbox' }],
    main: html`<h1 lang="${message.locale}">${message.subject}</h1>
${summaryList({
  rows: [
    { key: words.columns.to, value: message.to },
    { key: words.columns.written, value: formatDateTime(locale, message.createdAt, timeZone) },
    { key: words.columns.state, value: stateTag(locale, message.state) },
  ],
})}
<h2>${words.text}</h2>
<div class="govuk-inset-text" lang="${message.locale}">${message.text
      .split(/\n{2,}/)
      .map((paragraph) => html`<p class="govuk-body">${lines(paragraph)}</p>`)}</div>`,
  };
}

function lines(paragraph: string): Html {
  return html`${paragraph.split('\n').map((line, at) => html`${at > 0 ? html`<br>` : nothing}${textWithLinks(line)}`)}`;
}
