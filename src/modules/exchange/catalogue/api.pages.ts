// The public page of one API: what it gives, on what terms, how well it keeps to the doctrine and to its hours, and a trial.
import type { Page } from '#platform/http/page.ts';
import { formatDay, formatNumber } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button } from '#ui/components/button.ts';
import { form } from '#ui/components/form.ts';
import { inset } from '#ui/components/inset.ts';
import type { FigureOrigin } from '#ui/components/origin-tag.ts';
import { select } from '#ui/components/select.ts';
import { table } from '#ui/components/table.ts';
import { tags } from '#ui/components/tag-list.ts';
import { textInput } from '#ui/components/text-input.ts';
import { type Html, html } from '#ui/html.ts';
import { availabilitySection, availabilityTag } from './api-availability.pages.ts';
import {
  apiFacts,
  codeBlock,
  doctrineReport,
  scopesTable,
  sensitivityTag,
  stateTag,
  versionTag,
} from './api-parts.pages.ts';
import { catalogueMessages } from './catalogue.messages.ts';
import type { Api, ApiDay, ApiScope, ApiVersion } from './catalogue.types.ts';
import type { SandboxAnswer } from './sandbox.rules.ts';

/** A trial in the sandbox: what may be called, what was, and the answer. */
export interface TryOut {
  readonly version: string;
  /** Calls as `GET /foyers/{id}`. */
  readonly calls: readonly string[];
  /** The call that was made; null before the first. */
  readonly made: {
    readonly call: string;
    readonly query: string;
    readonly answer: SandboxAnswer | null;
  } | null;
  /** The call (the first one until one was made) as a command line. */
  readonly curl: string | null;
}

/** What the page of an API shows. */
export interface ApiView {
  readonly api: Api;
  readonly versions: readonly ApiVersion[];
  readonly scopes: readonly ApiScope[];
  readonly days: readonly ApiDay[];
  /** Where those days come from. */
  readonly origin: FigureOrigin;
  readonly tryOut: TryOut | null;
  /** A call of the gateway as a command line; null without a version in service. */
  readonly curl: string | null;
  readonly timeZone: string;
  readonly now: Date;
}

/** The page of an API. */
export function apiPage(locale: Locale, view: ApiView): Page {
  const { api, versions, scopes, tryOut, curl, timeZone } = view;
  const words = catalogueMessages(locale);
  const { one } = words;
  const newest = versions.find(({ state }) => state !== 'retired');
  return {
    title: api.name,
    breadcrumbs: [
      { text: words.home, href: '/exchange' },
      { text: words.title, href: '/apis' },
    ],
    main: html`<h1>${api.name}</h1>
${tags([stateTag(locale, api.state), sensitivityTag(locale, api.sensitivity), ...availabilityTag(locale, view.days)])}
<p class="socle-lead">${api.summary}</p>
${api.state === 'closed' && inset(one.closed)}
<h2>${one.facts}</h2>
${apiFacts(locale, api)}
<h2>${one.description}</h2>
${api.description.split(/\n{2,}/).map((paragraph) => html`<p>${paragraph}</p>`)}
${api.state === 'open' && access(locale, api)}
${
  curl !== null &&
  html`<h3>${one.curl}</h3>
${codeBlock(one.curl, curl)}`
}
<h2 id="scopes">${one.scopes}</h2>
<p>${one.scopesLead}</p>
${scopesTable(locale, scopes)}
<h2 id="versions">${one.versions}</h2>
${versionsTable(locale, api, versions)}
${tryOut !== null && tryOutSection(locale, api, tryOut)}
<h2 id="doctrine">${one.doctrine}</h2>
${newest ? doctrineReport(locale, newest, timeZone) : html`<p>${one.noVersions}</p>`}
${availabilitySection(locale, view)}`,
  };
}

function access(locale: Locale, api: Api): Html {
  const { one } = catalogueMessages(locale);
  const title = html`<h2 id="access">${one.access}</h2>`;
  if (api.sensitivity === 'public') return html`${title}<p>${one.accessFree}</p>`;
  return html`${title}<p>${one.accessLead}</p>
${button({ text: one.ask, href: `/exchange/requests/new?api=${api.slug}` })}`;
}

function versionsTable(locale: Locale, api: Api, versions: readonly ApiVersion[]): Html {
  const { one, state, score, scoreOf, notChecked } = catalogueMessages(locale);
  return table({
    locale,
    caption: one.versions,
    captionHidden: true,
    columns: [
      { text: one.version },
      { text: state },
      { text: one.endsOn },
      { text: score },
      { text: one.document },
    ],
    rows: versions.map((version) => [
      version.name,
      versionTag(locale, version.state),
      version.endsOn === null ? one.noEnd : formatDay(locale, version.endsOn),
      version.doctrineScore === null ? notChecked : scoreOf(formatNumber(locale, version.doctrineScore)),
      html`<a href="/apis/${api.slug}/${version.name}/openapi.json" download>${one.download(version.name)}</a>`,
    ]),
    empty: one.noVersions,
  });
}

function tryOutSection(locale: Locale, api: Api, { version, calls, made, curl }: TryOut): Html {
  const { tryOut: words } = catalogueMessages(locale);
  if (calls.length === 0)
    return html`<h2 id="try">${words.title}</h2>
<p>${words.none}</p>`;
  return html`<h2 id="try">${words.title} (${version})</h2>
<p>${words.lead}</p>
${form({
  action: `/apis/${api.slug}#try`,
  csrf: null,
  content: html`${select({
    locale,
    name: 'call',
    label: words.call,
    value: made?.call ?? calls[0],
    items: calls.map((call) => ({ value: call, text: call })),
  })}
${textInput({ locale, name: 'query', label: words.query, hint: words.queryHint, value: made?.query ?? '', optional: true, spellcheck: false, maxLength: 500 })}
${button({ text: words.send, kind: 'secondary' })}`,
})}
${made !== null && answerOf(locale, made.answer)}
${
  curl !== null &&
  html`<h3>${words.curl}</h3>
${codeBlock(words.curl, curl)}`
}`;
}

function answerOf(locale: Locale, answer: SandboxAnswer | null): Html {
  const { tryOut: words } = catalogueMessages(locale);
  if (answer === null)
    return html`<h3>${words.answer}</h3>
<p>${words.nothing}</p>`;
  const text = JSON.stringify(answer.body, null, 2);
  const shown = text.length > 20_000 ? `${text.slice(0, 20_000)}\n…` : text;
  return html`<h3>${words.answer}</h3>
<p>${words.status(String(answer.status))}, <code>${answer.contentType}</code></p>
${codeBlock(words.answer, shown)}`;
}
