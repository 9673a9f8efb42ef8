// What pages of requests share: the state as tags, the way back up, the form as it was filled in, the checks.
import { formatDate, formatDateTime, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { type SummaryRow, summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { type TagTone, tag } from '#ui/components/tag.ts';
import { tags } from '#ui/components/tag-list.ts';
import { type Html, type HtmlValue, html, lines } from '#ui/html.ts';
import type { CheckResult } from './request-checks.rules.ts';
import {
  CONTACTS,
  REQUEST_BLOCKS,
  REQUEST_FIELDS,
  type RequestField,
  type RequestForm,
} from './request-fields.data.ts';
import { fieldsOf, isWebAddress } from './request-form.rules.ts';
import { requestsMessages } from './requests.messages.ts';
import type { ListedRequest, RequestedScope, RequestState } from './requests.types.ts';

const TONES: Record<RequestState, TagTone> = {
  draft: 'neutral',
  submitted: 'info',
  'changes-requested': 'warning',
  validated: 'good',
  refused: 'bad',
  archived: 'neutral',
  revoked: 'bad',
};
const LEVELS: Record<CheckResult['level'], TagTone> = { good: 'good', warning: 'warning', bad: 'bad' };

/** Where the page of a request is, or one under it. */
export function requestAddress(id: string, path = ''): string {
  return `/exchange/requests/${id}${path}`;
}

/** The state of a request. */
export function stateTag(locale: Locale, state: RequestState): Html {
  return tag({ text: requestsMessages(locale).states[state], tone: TONES[state] });
}

/** The state of a request, whether it is reopened, and its stage where it is the sandbox. */
export function requestTags(
  locale: Locale,
  { state, reopenedAt, stage }: Pick<ListedRequest, 'state' | 'reopenedAt' | 'stage'>,
): Html {
  const words = requestsMessages(locale);
  return tags([
    stateTag(locale, state),
    ...(reopenedAt === null ? [] : [tag({ text: words.reopened, tone: 'info' })]),
    ...(stage === 'sandbox' ? [tag({ text: words.stages.sandbox, tone: 'neutral' })] : []),
  ]);
}

/** The way back up from a page on requests. */
export function requestCrumbs(
  locale: Locale,
  request?: Pick<ListedRequest, 'id' | 'number'>,
): { text: string; href: string }[] {
  const words = requestsMessages(locale);
  return [
    { text: words.exchange, href: '/exchange' },
    { text: words.title, href: '/exchange/requests' },
    ...(request ? [{ text: words.number(request.number), href: requestAddress(request.id) }] : []),
  ];
}

/** A moment as a reader writes it, with the machine's writing beside it. */
export function when(locale: Locale, at: Date, timeZone: string): { iso: string; text: string } {
  return { iso: at.toISOString(), text: formatDateTime(locale, at, timeZone) };
}

/** A day as a reader writes it; a dash for none. */
export function writtenDay(locale: Locale, at: Date | null, timeZone: string): string {
  return at === null ? '–' : formatDate(locale, at, timeZone);
}

/** The value of a field as a reader reads it. */
export function fieldValue(locale: Locale, field: RequestField, text: string): HtmlValue {
  const words = requestsMessages(locale);
  if (text === '') return words.one.empty;
  if (Object.hasOwn(words.choices, text)) return words.choices[text as keyof typeof words.choices];
  if (field === 'legalBasisUrl' && isWebAddress(text)) return html`<a href="${text}">${text}</a>`;
  const { kind } = REQUEST_FIELDS[field];
  if (kind === 'number' && /^\d{1,15}$/.test(text)) return formatNumber(locale, Number(text));
  if (kind === 'day' && !Number.isNaN(Date.parse(text))) return formatDate(locale, new Date(text));
  if (kind === 'hour') return words.one.hour(text);
  return lines(text);
}

/** The scopes asked for, by producer and API. */
export function scopesTable(locale: Locale, scopes: readonly RequestedScope[], id: string): Html {
  const { one, apis } = requestsMessages(locale);
  return table({
    locale,
    id,
    caption: one.scopes,
    captionHidden: true,
    columns: [{ text: apis }, { text: one.scope }, { text: one.producer }],
    rows: scopes.map(({ apiSlug, apiName, title, isSensitive, producerName }) => [
      html`<a href="/apis/${apiSlug}">${apiName}</a>`,
      html`${title}${isSensitive && html` ${tag({ text: one.sensitive, tone: 'warning' })}`}`,
      producerName,
    ]),
    empty: one.noScopes,
  });
}

/** Everything that a form says, block by block; empty fields that need not be there are left out. */
export function formContent(
  locale: Locale,
  form: RequestForm,
  scopes: readonly RequestedScope[] | null,
): Html {
  const words = requestsMessages(locale);
  return html`${REQUEST_BLOCKS.map((block) => {
    if (block === 'scopes')
      return scopes && html`<h3>${words.blocks.scopes}</h3>${scopesTable(locale, scopes, 'scopes-asked')}`;
    const filled = fieldsOf(block).filter((field) => (form[field] ?? '') !== '');
    const rows =
      block === 'contacts'
        ? contactRows(locale, form)
        : filled.map((field) => ({
            key: words.fields[field].label,
            value: fieldValue(locale, field, form[field] ?? ''),
          }));
    return filled.length > 0 && html`<h3>${words.blocks[block]}</h3>${summaryList({ rows })}`;
  })}`;
}

function contactRows(locale: Locale, form: RequestForm): SummaryRow[] {
  const words = requestsMessages(locale);
  return CONTACTS.flatMap((who) => {
    const told = [form[`${who}Name`], form[`${who}Email`], form[`${who}Phone`]].filter(Boolean);
    return told.length === 0 ? [] : [{ key: words.contacts[who], value: lines(told.join('\n')) }];
  });
}

/** The results of the automatic checks. */
export function checksTable(locale: Locale, checks: readonly CheckResult[]): Html {
  const words = requestsMessages(locale).checks;
  return table({
    locale,
    caption: words.title,
    captionHidden: true,
    columns: [{ text: words.what }, { text: words.result }, { text: words.why }],
    rows: checks.map(({ check, level, text }) => [
      words.names[check],
      tag({ text: words.levels[level], tone: LEVELS[level] }),
      text[locale],
    ]),
  });
}
