// One conference: what it is, its agenda, handing the sheets in, its session and minutes.
import type { FieldError } from '#platform/errors.ts';
import { faultOf, faultSummary } from '#platform/form-faults.ts';
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatDay } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { form } from '#ui/components/form.ts';
import { hiddenFields } from '#ui/components/hidden-fields.ts';
import { summaryList } from '#ui/components/summary-list.ts';
import { table } from '#ui/components/table.ts';
import { textarea } from '#ui/components/textarea.ts';
import { type Html, html, lines } from '#ui/html.ts';
import { decisionTag } from '../watch/alert-parts.pages.ts';
import { conferenceAddress, conferenceCrumbs, conferenceTag, reasonText } from './conference-parts.pages.ts';
import { conferencesMessages } from './conferences.messages.ts';
import type { Conference, ConferenceItem } from './conferences.types.ts';

/** What the page of a conference shows. */
export interface ConferenceView {
  readonly csrf: () => Html;
  readonly conference: Conference;
  readonly items: readonly ConferenceItem[];
  /** How many recommendations came of each project, by its file. */
  readonly recommendations: ReadonlyMap<string, number>;
  readonly rights: { readonly holds: boolean; readonly comments: boolean; readonly handsIn: boolean };
  readonly inSession: boolean;
  readonly typed: { readonly participants: string; readonly summary: string };
  readonly faults: readonly FieldError[];
  readonly timeZone: string;
}

/** The page of a conference. */
export function conferencePage(locale: Locale, view: ConferenceView): Page {
  const words = conferencesMessages(locale);
  const { conference, faults, rights } = view;
  const title = words.one(conference.organisationName, formatDay(locale, conference.heldOn));
  return {
    title,
    breadcrumbs: conferenceCrumbs(locale),
    hasErrors: faults.length > 0,
    main: html`${faultSummary(locale, faults)}<h1>${title}</h1>
<p>${conferenceTag(locale, conference)}</p>
${conference.state === 'closed' && buttonGroup([button({ text: words.minutes, href: conferenceAddress(conference.id, '/minutes.pdf') })])}
<h2>${words.agenda.title}</h2>
${agenda(locale, view)}
${rights.holds && conference.state === 'drafted' && buttonGroup([button({ text: words.agenda.change, href: conferenceAddress(conference.id, '/agenda'), kind: 'secondary' })])}
${rights.handsIn && conference.state === 'drafted' && html`<h2>${words.prepare.title}</h2><p>${words.prepare.text}</p>${versionForm(view, '/sheets', button({ text: words.prepare.button }))}`}
${rights.holds && conference.state === 'prepared' && versionForm(view, '/giving-back', button({ text: words.prepare.giveBack, kind: 'secondary' }))}
${rights.holds && conference.state !== 'closed' && session(locale, view)}
<h2>${words.facts.title}</h2>
${facts(locale, view)}`,
  };
}

function versionForm({ csrf, conference }: ConferenceView, rest: string, content: Html): Html {
  return form({
    action: conferenceAddress(conference.id, rest),
    csrf: csrf(),
    content: html`${hiddenFields({ version: String(conference.version) })}${content}`,
  });
}

function agenda(locale: Locale, { conference, items, recommendations }: ConferenceView): Html {
  const { agenda: words } = conferencesMessages(locale);
  return table({
    locale,
    caption: words.title,
    captionHidden: true,
    columns: [{ text: words.project }, { text: words.why }, { text: words.sheet }, { text: words.outcome }],
    rows: items.map((item) => {
      const count = recommendations.get(item.fileId) ?? 0;
      const isSilent = item.decision === null && item.conclusions === '' && count === 0;
      return [
        html`${item.position}. <a class="govuk-link" href="${conferenceAddress(conference.id, `/items/${item.id}`)}">${item.fileName}</a>`,
        reasonText(locale, item.why),
        item.comment === '' ? words.bare : words.commented,
        isSilent
          ? words.toSay
          : html`${item.decision !== null && decisionTag(locale, item.decision)}${item.decision !== null && count > 0 && html`<br>`}${count > 0 && words.recommendations(count)}`,
      ];
    }),
    empty: words.empty,
  });
}

function session(locale: Locale, view: ConferenceView): Html {
  const { session: words } = conferencesMessages(locale);
  const { conference, typed, faults } = view;
  if (!view.inSession)
    return html`<h2>${words.title}</h2><p>${words.toCome(formatDay(locale, conference.heldOn))}</p>`;
  return html`<h2>${words.title}</h2>
${versionForm(
  view,
  '/session',
  html`${textarea({ locale, name: 'participants', label: words.participants, hint: words.participantsHint, rows: 4, limit: 4000, value: typed.participants, error: faultOf(locale, faults, 'participants') })}
${textarea({ locale, name: 'summary', label: words.summary, hint: words.summaryHint, rows: 5, limit: 8000, optional: true, value: typed.summary, error: faultOf(locale, faults, 'summary') })}
${button({ text: words.save, kind: 'secondary' })}`,
)}
<p>${words.closeText}</p>
${versionForm(view, '/closure', button({ text: words.close }))}`;
}

function facts(locale: Locale, { conference, timeZone }: ConferenceView): Html {
  const { facts: words, minutes } = conferencesMessages(locale);
  return summaryList({
    rows: [
      { key: words.ministry, value: conference.organisationName },
      { key: words.budget, value: conference.budgetOrganisationName ?? words.noBudget },
      { key: words.day, value: formatDay(locale, conference.heldOn) },
      ...(conference.preparedAt === null
        ? []
        : [{ key: words.prepared, value: formatDate(locale, conference.preparedAt, timeZone) }]),
      ...(conference.participants === '' || conference.state !== 'closed'
        ? []
        : [{ key: words.participants, value: lines(conference.participants) }]),
      ...(conference.summary === '' || conference.state !== 'closed'
        ? []
        : [{ key: words.summary, value: lines(conference.summary) }]),
      ...(conference.closedAt === null
        ? []
        : [{ key: words.closed, value: formatDate(locale, conference.closedAt, timeZone) }]),
      ...(conference.minutesSha256 === null
        ? []
        : [
            {
              key: words.minutes,
              value: html`<a class="govuk-link" href="${conferenceAddress(conference.id, '/minutes.pdf')}">${minutes}</a>`,
            },
            { key: words.hash, value: html`<code>${conference.minutesSha256}</code>` },
          ]),
    ],
  });
}
