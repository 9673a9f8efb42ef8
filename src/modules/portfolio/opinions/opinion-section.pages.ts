// The section on opinions of a file's page.
import { formatDay } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { table } from '#ui/components/table.ts';
import { type Html, html } from '#ui/html.ts';
import { clockSentence, kindTags, requestAddress } from './opinion-parts.pages.ts';
import { opinionsMessages } from './opinions.messages.ts';
import type { ClockedRequest, Opinion } from './opinions.types.ts';

/** The opinions on a project, the newest first, and the request that is open. */
export function opinionsSection(
  locale: Locale,
  {
    items,
    open,
  }: {
    readonly items: readonly (Pick<Opinion, 'number' | 'kind' | 'tacit' | 'conforming' | 'effectiveOn'> & {
      readonly href: string;
    })[];
    readonly open: ClockedRequest | null;
  },
): Html {
  const words = opinionsMessages(locale);
  return html`<h2>${words.section.title}</h2>
${
  open !== null &&
  html`<p><a href="${requestAddress(open.id)}">${words.section.open(open.number)}</a><br>${clockSentence(locale, open.clock, open.state)}</p>`
}
${table({
  locale,
  caption: words.section.title,
  captionHidden: true,
  id: 'opinions-on-file',
  columns: [{ text: words.fields.kind }, { text: words.request.force }, { text: words.publicList.effective }],
  rows: items.map((one) => [
    html`<a href="${one.href}">${words.numbered(one.number)}</a> ${kindTags(locale, one)}`,
    one.conforming ? words.conformingTag : words.simpleTag,
    formatDay(locale, one.effectiveOn),
  ]),
  empty: words.section.none,
})}`;
}
