// The page of an audit: for its mission and requester in full, for everyone once it is released without what was struck out.
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatDay } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { type TagTone, tag } from '#ui/components/tag.ts';
import { tags } from '#ui/components/tag-list.ts';
import { warningText } from '#ui/components/warning-text.ts';
import { type Html, html } from '#ui/html.ts';
import { opinionsMessages } from '../opinions/opinions.messages.ts';
import { paragraphs } from '../opinions/request.pages.ts';
import { auditsMessages } from './audits.messages.ts';
import { auditAddress, auditCrumbs, auditTag, missionSpan } from './audits.pages.ts';
import type { Audit, PublishedFinding, ReleasedAudit, Severity } from './audits.types.ts';

/** What the reader may do; each is a button. */
export interface AuditMoves {
  readonly mission: boolean;
  readonly finding: boolean;
  readonly conclude: boolean;
  readonly release: boolean;
  readonly abandon: boolean;
}

const TONES: Record<Severity, TagTone> = { minor: 'neutral', major: 'warning', critical: 'bad' };

function findings(
  locale: Locale,
  all: readonly (PublishedFinding & { readonly author?: string | null; readonly foundOn?: string })[],
): Html {
  const words = auditsMessages(locale);
  if (all.length === 0) return html`<p>${words.noFinding}</p>`;
  return html`${all.map(
    ({ severity, title, text, author, foundOn }) => html`<h3>${title}</h3>
${tags([tag({ text: words.severities[severity], tone: TONES[severity] })])}
${paragraphs(text)}
${author && foundOn && html`<p>${words.foundBy(author, formatDay(locale, foundOn))}</p>`}`,
  )}`;
}

/** The page of an audit for its mission and its requester. */
export function auditPage(
  locale: Locale,
  view: {
    readonly audit: Audit;
    /** Names of the ministries that are told. */
    readonly informed: readonly string[];
    readonly moves: AuditMoves;
    readonly timeZone: string;
  },
): Page {
  const words = auditsMessages(locale);
  const { audit, moves } = view;
  const { id, fileId, fileName, state, recommendations } = audit;
  const to = (path: string, text: string, kind: 'primary' | 'secondary' | 'warning') =>
    button({ text, href: auditAddress(id, path), kind });
  const shown = [
    moves.mission && to('/mission', words.moves.mission, 'primary'),
    moves.finding && to('/finding', words.moves.finding, 'primary'),
    moves.conclude && to('/conclude', words.moves.conclude, 'secondary'),
    moves.release &&
      to('/release', state === 'released' ? words.moves.rerelease : words.moves.release, 'primary'),
    moves.abandon && to('/abandon', words.moves.abandon, 'warning'),
  ].filter((one) => one !== false);
  return {
    title: `${words.numbered(audit.number)} – ${audit.subject}`,
    breadcrumbs: auditCrumbs(locale),
    main: html`<h1>${audit.subject}</h1>
<p class="socle-lead">${words.numbered(audit.number)}, ${audit.organisationName}</p>
${tags([auditTag(locale, state)])}
${state !== 'released' && warningText({ locale, text: words.secret })}
${shown.length > 0 && buttonGroup(shown)}
${state === 'released' && html`<p><a href="${auditAddress(id, '/public')}">${words.readPublic}</a></p>`}
${state === 'abandoned' && html`<h2>${words.reason}</h2>${paragraphs(audit.endedReason)}`}
<h2>${words.facts}</h2>
${summaryList({
  rows: [
    ...(fileId === null
      ? []
      : [{ key: words.file, value: html`<a href="/projects/files/${fileId}">${fileName}</a>` }]),
    { key: words.requester, value: audit.requesterName },
    { key: words.requestedOn, value: formatDate(locale, audit.requestedAt, view.timeZone) },
    { key: words.scope, value: paragraphs(audit.scope) },
    ...(audit.questions === '' ? [] : [{ key: words.questions, value: paragraphs(audit.questions) }]),
    ...(view.informed.length === 0 ? [] : [{ key: words.informed, value: view.informed.join(', ') }]),
    { key: words.dates, value: missionSpan(locale, audit) },
    {
      key: words.mission,
      value:
        audit.members.length === 0
          ? words.noMission
          : audit.members.map(({ name, leads }) => (leads ? `${name} (${words.leads})` : name)).join(', '),
    },
  ],
})}
<h2>${words.findings}</h2>
${findings(locale, audit.findings)}
${
  audit.conclusions !== '' &&
  html`<h2>${words.conclusions}</h2>
${paragraphs(audit.conclusions)}
${
  recommendations.length > 0 &&
  html`<h3>${words.recommendations}</h3>
<ol class="govuk-list govuk-list--number">${recommendations.map(({ text, dueOn }) => html`<li>${text}<br>${words.due(formatDay(locale, dueOn))}</li>`)}</ol>
${state === 'concluded' && html`<p>${words.registered}</p>`}`
}`
}
${dataLinks({ locale, json: `/api/v1/audits/${id}` })}`,
  };
}

/** The page of a released audit. */
export function releasedPage(locale: Locale, audit: ReleasedAudit, timeZone: string): Page {
  const words = auditsMessages(locale);
  const { recommendations, ground } = audit;
  return {
    title: `${words.numbered(audit.number)} – ${audit.subject}`,
    breadcrumbs: auditCrumbs(locale),
    main: html`<h1>${audit.subject}</h1>
<p class="socle-lead">${words.numbered(audit.number)}, ${audit.organisation}</p>
${ground !== 'none' && html`<p>${words.redacted(opinionsMessages(locale).grounds[ground].toLowerCase())}</p>`}
${summaryList({
  rows: [
    { key: words.requester, value: audit.requester },
    { key: words.dates, value: missionSpan(locale, audit) },
    { key: words.scope, value: paragraphs(audit.scope) },
    {
      key: words.publication,
      value: words.edition(audit.edition, formatDate(locale, audit.publishedAt, timeZone)),
    },
  ],
})}
<h2>${words.conclusions}</h2>
${paragraphs(audit.conclusions)}
${
  recommendations.length > 0 &&
  html`<h2>${words.recommendations}</h2>
<ol class="govuk-list govuk-list--number">${recommendations.map((text) => html`<li>${text}</li>`)}</ol>`
}
<h2>${words.findings}</h2>
${findings(locale, audit.findings)}
${dataLinks({ locale, json: `/api/v1/audits/${audit.id}/release` })}`,
  };
}
