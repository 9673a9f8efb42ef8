// The person's room: the accesses to one's own data, and one of them with its proof.
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatDateTime, formatNumber, formatTime } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button } from '#ui/components/button.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { details } from '#ui/components/details.ts';
import { nextPage } from '#ui/components/pagination.ts';
import { type SummaryRow, summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { type Html, html } from '#ui/html.ts';
import { exchangeCrumb } from '../entry/entry.pages.ts';
import type { InclusionProof } from '../gateway/log/verify-proof.ts';
import { GATEWAY_ERRORS, type GatewayErrorCode } from '../gateway-errors.ts';
import { peopleMessages } from './people.messages.ts';
import { accessWord, fieldPath } from './people.rules.ts';
import type { AccessGroup, AccessOutcome, AccessPlace, OwnAccess, WholeAccess } from './people.types.ts';

/** The address of the room. */
export const MY_DATA = '/exchange/my-data';

/** How many accesses of one group are shown by their time. */
const MOST_TIMES = 12;

/** The address of one access. */
export function accessAddress(place: AccessPlace): string {
  return `${MY_DATA}/accesses/${accessWord(place)}`;
}

/** The way back up from a page of the room. */
export function myDataCrumbs(locale: Locale): { text: string; href: string }[] {
  return [exchangeCrumb(locale), { text: peopleMessages(locale).title, href: MY_DATA }];
}

/** The page of whoever has not proved their identity. */
export function unverifiedPage(locale: Locale): Page {
  const words = peopleMessages(locale);
  return {
    title: words.title,
    breadcrumbs: [exchangeCrumb(locale)],
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
<h2>${words.unverified}</h2>
<p>${words.unverifiedText}</p>
<p>${words.unverifiedHow}</p>
${button({ text: words.unverifiedLink, href: '/account/connections', kind: 'secondary' })}`,
  };
}

/** What the list of accesses shows. */
export interface OwnAccessesView {
  readonly groups: readonly AccessGroup[];
  readonly outcome: AccessOutcome;
  readonly nextHref: string | null;
  readonly isFirst: boolean;
  readonly timeZone: string;
}

/** The address of the list of one outcome. */
export function accessesAddress(outcome: AccessOutcome, before: OwnAccess | null = null): string {
  const query = new URLSearchParams();
  if (outcome === 'denied') query.set('show', 'denied');
  if (before) query.set('before', accessWord(before));
  const text = query.toString();
  return text === '' ? MY_DATA : `${MY_DATA}?${text}`;
}

/** The accesses to one's own data. */
export function ownAccessesPage(locale: Locale, view: OwnAccessesView): Page {
  const words = peopleMessages(locale);
  const { groups, outcome, nextHref, isFirst, timeZone } = view;
  const isDenied = outcome === 'denied';
  const other = isDenied ? 'allowed' : 'denied';
  return {
    title: words.title,
    breadcrumbs: [exchangeCrumb(locale)],
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${details({ summary: words.how, content: words.howText.map((text) => html`<p>${text}</p>`) })}
<h2>${words[outcome]}</h2>
${isDenied && html`<p>${words.deniedLead}</p>`}
${table({
  locale,
  caption: words[outcome],
  captionHidden: true,
  columns: [{ text: isDenied ? words.consumerDenied : words.consumer }, { text: words.dataAndTimes }],
  rows: groups.map((group) => groupRow(locale, group, timeZone)),
  empty: words.nothing[outcome],
})}
${nextPage({ locale, nextHref, ...(isFirst ? {} : { firstHref: accessesAddress(outcome) }) })}
<ul class="govuk-list">
<li><a href="${accessesAddress(other)}">${isDenied ? words.seeAllowed : words.seeDenied}</a></li>
<li><a href="${MY_DATA}/questions">${words.questionsLink}</a></li>
</ul>
${dataLinks({ locale, csv: `${MY_DATA}.csv`, json: '/api/v1/exchange/my-data/accesses' })}`,
  };
}

function groupRow(locale: Locale, { first, accesses }: AccessGroup, timeZone: string) {
  const words = peopleMessages(locale);
  const shown = accesses.slice(0, MOST_TIMES);
  const left = accesses.length - shown.length;
  return [
    html`${first.organisationName ?? words.unknownConsumer}<br><span class="socle-secondary">${
      first.verdict === 'allowed' ? (first.purpose ?? words.noPurpose) : refusalLink(locale, first.verdict)
    }</span>`,
    html`${first.apiName ?? words.unknownApi}${first.producerName !== null && html`<br><span class="socle-secondary">${first.producerName}</span>`}<br>${formatDate(locale, first.at, timeZone)}${words.colon}${shown.map(
      (access, at) =>
        html`${at > 0 && ', '}<a href="${accessAddress(access)}" aria-label="${formatDateTime(locale, access.at, timeZone)}, ${first.apiName ?? words.unknownApi}">${formatTime(locale, access.at, timeZone)}</a>`,
    )}${left > 0 && html` ${words.timesMore(formatNumber(locale, left))}`}`,
  ];
}

/** A refusal in words, with the page that explains it. */
export function refusalLink(locale: Locale, verdict: string): Html {
  if (!Object.hasOwn(GATEWAY_ERRORS, verdict)) return html`<code>${verdict}</code>`;
  const { title } = GATEWAY_ERRORS[verdict as GatewayErrorCode];
  return html`<a href="/exchange/errors/${verdict}">${title[locale]}</a>`;
}

/** What the page of one access shows. */
export interface AccessView {
  readonly access: WholeAccess;
  /** Null while the record waits for the next signed checkpoint. */
  readonly proof: InclusionProof | null;
  /** The person's question on it, if they asked one. */
  readonly questionId: string | null;
  /** Whether one may be asked: none waits for an answer. */
  readonly mayAsk: boolean;
  readonly timeZone: string;
}

/** One access to one's own data. */
export function accessPage(locale: Locale, view: AccessView): Page {
  const { access, proof, questionId, mayAsk, timeZone } = view;
  const all = peopleMessages(locale);
  const words = all.access;
  const isAllowed = access.verdict === 'allowed';
  const title = isAllowed ? words.title : words.deniedTitle;
  const rows: SummaryRow[] = [
    { key: words.when, value: formatDateTime(locale, access.at, timeZone) },
    { key: words.consumer, value: access.organisationName ?? all.unknownConsumer },
    { key: words.purpose, value: access.purpose ?? all.noPurpose },
    { key: words.legalBasis, value: access.legalBasis ?? words.noLegalBasis },
    ...(access.accreditationNumber === null
      ? []
      : [
          {
            key: words.accreditation,
            value: words.accreditationNumber(formatNumber(locale, access.accreditationNumber)),
          },
        ]),
    { key: words.producer, value: access.producerName ?? all.unknownApi },
    {
      key: words.api,
      value:
        access.apiSlug === null
          ? all.unknownApi
          : html`<a href="/apis/${access.apiSlug}">${access.apiName}</a>`,
    },
    {
      key: words.outcome,
      value: isAllowed
        ? tag({ text: words.allowed, tone: 'info' })
        : html`${tag({ text: words.denied, tone: 'neutral' })} ${refusalLink(locale, access.verdict)}`,
    },
    ...contactRows(locale, access),
  ];
  return {
    title,
    breadcrumbs: myDataCrumbs(locale),
    main: html`<h1>${title}</h1>
${summaryList({ rows })}
${
  mayAsk
    ? button({ text: all.ask.link, href: `${accessAddress(access)}/ask` })
    : html`<p><a href="${MY_DATA}/questions/${questionId}">${all.ask.seeQuestion}</a></p>`
}
${mayAsk && questionId !== null && html`<p><a href="${MY_DATA}/questions/${questionId}">${all.ask.seeQuestion}</a></p>`}
<h2>${words.fields}</h2>
${fieldsOf(locale, access)}
${proofSection(locale, access, proof)}`,
  };
}

function contactRows(locale: Locale, access: WholeAccess): SummaryRow[] {
  const words = peopleMessages(locale).access;
  const lines: Html[] = [];
  const add = (email: string | null, text: string) => {
    if (email !== null) lines.push(html`<li><a href="mailto:${email}">${email}</a>, ${text}</li>`);
  };
  add(access.consumerContact, words.consumerContact(access.organisationName ?? ''));
  add(access.producerContact, words.producerContact(access.producerName ?? ''));
  return lines.length === 0
    ? []
    : [{ key: words.contacts, value: html`<ul class="govuk-list">${lines}</ul>` }];
}

function fieldsOf(locale: Locale, { fields, scopes }: WholeAccess): Html {
  const words = peopleMessages(locale).access;
  if (fields.length === 0) return html`<p>${words.noFields}</p>`;
  const names = html`<ul class="govuk-list govuk-list--bullet">${fields.map(
    (pattern) =>
      html`<li>${fieldPath(pattern).map(
        ({ name, isList }, at) =>
          html`${at > 0 && ' › '}${name.replaceAll('_', ' ')}${isList && html` (${words.each})`}`,
      )}</li>`,
  )}</ul>`;
  if (scopes.length === 0) return html`<p>${words.fieldsLead}</p>${names}`;
  return html`<p>${words.fieldsLead}</p>
<ul class="govuk-list govuk-list--bullet">${scopes.map(({ title }) => html`<li>${title}</li>`)}</ul>
${details({ summary: words.fieldNames(formatNumber(locale, fields.length)), content: names })}`;
}

function proofSection(locale: Locale, access: WholeAccess, proof: InclusionProof | null): Html {
  const { access: about, proof: words } = peopleMessages(locale);
  if (proof === null) return html`<h2>${words.title}</h2><p>${words.sealing}</p>`;
  return html`<h2>${words.title}</h2>
<p>${words.text}</p>
${button({ text: words.download, href: `${accessAddress(access)}/proof.json`, kind: 'secondary' })}
<p>${words.check} <code>npx socle log verify preuve.json</code></p>
${details({
  summary: words.inDetail,
  content: html`${summaryList({
    rows: [
      { key: about.trace, value: html`<code>${access.traceId}</code>` },
      { key: about.record, value: about.recordOf(formatNumber(locale, access.index), access.log) },
      { key: words.size, value: formatNumber(locale, proof.size) },
      { key: words.leaf, value: html`<code>${proof.leafHash}</code>` },
      { key: words.key, value: html`<code>${proof.verifier}</code>` },
    ],
  })}
${
  proof.path.length > 0 &&
  html`<p>${words.path}</p>
<ol class="govuk-list govuk-list--number">${proof.path.map((hash) => html`<li><code>${hash}</code></li>`)}</ol>`
}`,
})}`;
}
