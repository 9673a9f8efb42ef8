// The forms of a request: its axes, and the short ones by which it is submitted, completed, commented on, withdrawn.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { form } from '#ui/components/form.ts';
import { inset } from '#ui/components/inset.ts';
import { radios } from '#ui/components/radios.ts';
import { select } from '#ui/components/select.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html } from '#ui/html.ts';
import { clockSentence, requestAddress, requestCrumbs } from './opinion-parts.pages.ts';
import { opinionsMessages } from './opinions.messages.ts';
import { AXES, type ClockedRequest, STANCES } from './opinions.types.ts';
import { MOST_CHARACTERS } from './typed-opinion.rules.ts';

/** The form of the axes: a new request where `request` is null. */
export function axesPage(
  locale: Locale,
  view: {
    readonly csrf: Html;
    readonly request: ClockedRequest | null;
    readonly files: readonly { readonly id: string; readonly name: string }[];
    readonly typed: Readonly<Record<string, string>>;
    readonly faults: readonly FieldError[];
  },
): Page {
  const words = opinionsMessages(locale);
  const { csrf, request, files, typed, faults } = view;
  const title = request ? words.form.editTitle : words.form.newTitle;
  const common = (name: string) => ({ locale, name, error: faultOf(locale, faults, name) });
  return {
    title: request ? `${title} – ${request.fileName}` : title,
    hasErrors: faults.length > 0,
    breadcrumbs: requestCrumbs(locale, request ?? undefined),
    main: html`${faultSummary(locale, faults)}
<h1>${title}</h1>
<p class="socle-lead">${request ? request.fileName : words.form.newLead}</p>
${
  !request && files.length === 0
    ? html`<p>${words.form.noFile}</p>
<p><a href="/projects/files">${words.request.file}</a></p>`
    : form({
        action: request ? requestAddress(request.id, '/edit') : '/projects/opinions/requests/new',
        csrf,
        content: html`${
          request
            ? html`<input type="hidden" name="version" value="${typed.version ?? String(request.version)}">`
            : select({
                ...common('fileId'),
                label: words.form.file,
                hint: words.form.fileHint,
                items: files.map(({ id, name }) => ({ value: id, text: name })),
                value: typed.fileId,
                placeholder: true,
              })
        }
${AXES.map((axis) =>
  textarea({
    ...common(axis),
    label: words.axes[axis],
    hint: words.axesHints[axis],
    rows: 5,
    limit: MOST_CHARACTERS,
    value: typed[axis] ?? '',
  }),
)}
${buttonGroup([
  button({ text: words.form.save }),
  html`<a href="${request ? requestAddress(request.id) : '/projects/opinions/requests'}">${words.form.cancel}</a>`,
])}`,
      })
}`,
  };
}

/** The short forms; each is the last part of an address. */
export const ASKS = ['submit', 'complements', 'answer', 'comment', 'withdraw'] as const;
/** One of them. */
export type Ask = (typeof ASKS)[number];

/** A short form. */
export function askPage(
  locale: Locale,
  view: {
    readonly csrf: Html;
    readonly request: ClockedRequest;
    readonly ask: Ask;
    readonly typed: Readonly<Record<string, string>>;
    readonly faults: readonly FieldError[];
  },
): Page {
  const words = opinionsMessages(locale);
  const { csrf, request, ask, faults } = view;
  const { title, text, submit } = words.asks[ask];
  return {
    title: `${title} – ${request.fileName}`,
    hasErrors: faults.length > 0,
    breadcrumbs: requestCrumbs(locale, request),
    main: html`${faultSummary(locale, faults)}
<h1>${title}</h1>
<p class="socle-lead">${request.fileName}</p>
<p>${text}</p>
${ask !== 'submit' && request.clock !== null && inset(clockSentence(locale, request.clock, request.state))}
${form({
  action: requestAddress(request.id, `/${ask}`),
  csrf,
  content: html`${askFields(locale, view)}
${buttonGroup([
  button({ text: submit, kind: ask === 'withdraw' ? 'warning' : 'primary' }),
  html`<a href="${requestAddress(request.id)}">${words.form.cancel}</a>`,
])}`,
})}`,
  };
}

function askFields(locale: Locale, { ask, typed, faults, request }: Parameters<typeof askPage>[1]): Html {
  const words = opinionsMessages(locale);
  const area = (name: 'asked' | 'answer' | 'reason' | 'comment', limit: number) =>
    textarea({
      locale,
      name,
      label: words.fields[name],
      rows: 6,
      limit,
      value: typed[name] ?? '',
      error: faultOf(locale, faults, name),
    });
  switch (ask) {
    case 'submit':
      // A fault of an axis leads to the axis itself.
      return html`${faults.some(({ field }) => field !== '') && html`<p><a href="${requestAddress(request.id, '/edit')}">${words.moves.edit}</a></p>`}`;
    case 'complements':
      return area('asked', MOST_CHARACTERS);
    case 'answer':
      return area('answer', 10_000);
    case 'withdraw':
      return area('reason', 2000);
    case 'comment':
      return html`${radios({
        locale,
        name: 'stance',
        label: words.fields.stance,
        error: faultOf(locale, faults, 'stance'),
        value: typed.stance,
        items: STANCES.map((value) => ({ value, text: words.stances[value] })),
      })}
${area('comment', MOST_CHARACTERS)}`;
  }
}
