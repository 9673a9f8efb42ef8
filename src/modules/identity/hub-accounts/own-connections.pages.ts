// The pages of one's own sign-ins: history, open sessions, providers to block.
import type { Page } from '#platform/http/page.ts';
import { formatDate, formatDateTime } from '#platform/i18n/format.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { button, buttonGroup } from '#ui/components/button.ts';
import { dataLinks } from '#ui/components/data-links.ts';
import { form } from '#ui/components/form.ts';
import { notificationBanner } from '#ui/components/notification-banner.ts';
import { nextPage } from '#ui/components/pagination.ts';
import { table } from '#ui/components/table.ts';
import { tag } from '#ui/components/tag.ts';
import { warningText } from '#ui/components/warning-text.ts';
import { type Html, type HtmlValue, html } from '#ui/html.ts';
import { browserName } from '../browser-name.rules.ts';
import { hubMessages } from '../hub/hub.messages.ts';
import { hubAccountsMessages } from './hub-accounts.messages.ts';
import type { OwnConnection, OwnHubSession, OwnProvider } from './own-connections.types.ts';
import { refusalSentence } from './refusal-sentence.ts';

/** The address of the page. */
export const OWN_CONNECTIONS = '/account/connections';

/** What was just done, said at the top of the page. */
export type OwnDone = 'blocked' | 'unblocked' | 'ended';

/** What the page shows. */
export interface OwnConnectionsOptions {
  readonly csrf: Html;
  readonly timeZone: string;
  /** False for somebody who never came in by the hub. */
  readonly hasAccounts: boolean;
  readonly connections: readonly OwnConnection[];
  readonly nextHref: string | null;
  readonly isFirst: boolean;
  readonly sessions: readonly OwnHubSession[];
  /** Null for who is no citizen: only citizens choose who signs them in. */
  readonly providers: readonly OwnProvider[] | null;
  readonly done: OwnDone | null;
}

/** One's own sign-ins. */
export function ownConnectionsPage(locale: Locale, options: OwnConnectionsOptions): Page {
  const words = hubAccountsMessages(locale).connections;
  return {
    title: words.title,
    breadcrumbs: [{ text: words.account, href: '/account' }],
    main: html`${options.done !== null && notificationBanner({ locale, kind: 'success', text: doneText(locale, options.done) })}
<h1>${words.title}</h1>
<p class="socle-lead">${words.lead}</p>
${
  options.hasAccounts
    ? html`${sessions(locale, options)}
${options.providers !== null && providers(locale, options.providers, options.timeZone)}
${history(locale, options)}`
    : html`<p>${words.none}</p>`
}`,
  };
}

function doneText(locale: Locale, done: OwnDone): string {
  const { sessions: ofSessions, providers: ofProviders } = hubAccountsMessages(locale);
  return done === 'ended' ? ofSessions.ended : ofProviders[done];
}

function history(locale: Locale, { connections, nextHref, isFirst, timeZone }: OwnConnectionsOptions): Html {
  const words = hubAccountsMessages(locale).connections;
  const { assurances } = hubMessages(locale);
  return html`<h2>${words.history}</h2>
<p>${words.historyLead}</p>
${table({
  locale,
  caption: words.history,
  captionHidden: true,
  columns: [{ text: words.at }, { text: words.service }, { text: words.provider }, { text: words.result }],
  rows: connections.map((line) => [
    formatDateTime(locale, line.at, timeZone),
    twoLines(serviceName(locale, line), line.organisationName),
    twoLines(
      line.upstreamName ?? '',
      line.acr !== null && words.level(assurances[line.acr as keyof typeof assurances] ?? line.acr),
    ),
    result(locale, line.refusal),
  ]),
  empty: words.nothing,
})}
${nextPage({ locale, nextHref, ...(isFirst ? {} : { firstHref: OWN_CONNECTIONS }) })}
${dataLinks({ locale, csv: `${OWN_CONNECTIONS}.csv` })}`;
}

/** A text, and under it, smaller, what is told of it; nothing where there is nothing to tell. */
function twoLines(text: HtmlValue, more: string | false | null): Html {
  return html`${text}${more && html`<br><span class="socle-secondary">${more}</span>`}`;
}

/** The name of the service of a line of history. */
export function serviceName(locale: Locale, { clientId, serviceName: name }: OwnConnection): string {
  const words = hubAccountsMessages(locale).connections;
  if (name !== null) return name;
  return clientId === 'socle' ? words.ownService : words.goneService(clientId);
}

function result(locale: Locale, refusal: string | null): Html {
  const words = hubAccountsMessages(locale).connections;
  if (refusal === null) return tag({ text: words.signedIn, tone: 'good' });
  return html`${tag({ text: words.refused, tone: 'bad' })} ${refusalSentence(locale, refusal)}`;
}

function sessions(locale: Locale, { csrf, sessions: open, timeZone }: OwnConnectionsOptions): Html {
  const { sessions: words, connections } = hubAccountsMessages(locale);
  const list = table({
    locale,
    caption: words.title,
    captionHidden: true,
    columns: [
      { text: words.device },
      { text: words.since },
      { text: words.lastSeen },
      { text: hubAccountsMessages(locale).providers.action },
    ],
    rows: open.map(({ uid, userAgent, realm, upstreamName, startedAt, lastSeenAt, isPresent }) => {
      const device = browserName(userAgent) ?? words.unknownDevice;
      return [
        twoLines(
          html`${device}${isPresent && html` ${tag({ text: words.present, tone: 'info' })}`}`,
          words.by(upstreamName, connections.realms[realm]),
        ),
        formatDateTime(locale, startedAt, timeZone),
        formatDateTime(locale, lastSeenAt, timeZone),
        button({
          text: isPresent ? words.endPresent : words.end,
          hiddenText: `${device}, ${upstreamName}`,
          kind: 'secondary',
          small: true,
          name: 'session',
          value: uid,
        }),
      ];
    }),
    empty: words.nothing,
  });
  return html`<h2>${words.title}</h2>
<p>${words.lead}</p>
${
  open.length === 0
    ? list
    : form({
        action: `${OWN_CONNECTIONS}/sessions/end`,
        csrf,
        content: html`${list}
${open.some(({ isPresent }) => !isPresent) && button({ text: words.endOthers, kind: 'secondary', name: 'session', value: 'others' })}`,
      })
}`;
}

function providers(locale: Locale, known: readonly OwnProvider[], timeZone: string): Html {
  const words = hubAccountsMessages(locale).providers;
  return html`<h2 id="providers">${words.title}</h2>
<p>${words.lead}</p>
${table({
  locale,
  caption: words.title,
  captionHidden: true,
  columns: [{ text: words.name }, { text: words.lastUsed }, { text: words.state }, { text: words.action }],
  rows: known.map((provider) => {
    const { id, name, lastUsedAt, blockedAt } = provider;
    return [
      name,
      lastUsedAt === null ? words.never : formatDate(locale, lastUsedAt, timeZone),
      providerState(locale, provider, timeZone),
      button({
        text: blockedAt === null ? words.block : words.unblock,
        hiddenText: name,
        href: `${OWN_CONNECTIONS}/providers/${id}/${blockedAt === null ? 'block' : 'unblock'}`,
        kind: 'secondary',
        small: true,
      }),
    ];
  }),
})}`;
}

function providerState(locale: Locale, { blockedAt, isEnabled }: OwnProvider, timeZone: string): Html {
  const words = hubAccountsMessages(locale).providers;
  if (blockedAt !== null) {
    return tag({ text: words.blockedSince(formatDate(locale, blockedAt, timeZone)), tone: 'warning' });
  }
  return isEnabled
    ? tag({ text: words.allowed, tone: 'good' })
    : tag({ text: words.notOffered, tone: 'neutral' });
}

/** The page that asks whether to block a provider, or to unblock it. */
export function providerPage(
  locale: Locale,
  {
    csrf,
    provider,
    doing,
    isPresent,
    isOnly,
    getsMail,
  }: {
    csrf: Html;
    provider: OwnProvider;
    doing: 'block' | 'unblock';
    /** True when the reader's own session stands on this provider. */
    isPresent: boolean;
    /** True when the reader never came in by another provider that is open to them. */
    isOnly: boolean;
    /** True when there is an address to send the unblock link to. */
    getsMail: boolean;
  },
): Page {
  const { providers: words, connections } = hubAccountsMessages(locale);
  const { id, name } = provider;
  const isBlock = doing === 'block';
  const title = isBlock ? words.blockTitle(name) : words.unblockTitle(name);
  return {
    title,
    breadcrumbs: [
      { text: connections.account, href: '/account' },
      { text: connections.title, href: OWN_CONNECTIONS },
    ],
    main: html`<h1>${title}</h1>
<p>${isBlock ? words.blockLead(name) : words.unblockLead(name)}</p>
${isBlock && isPresent && warningText({ locale, text: words.presentWarning })}
${isBlock && isOnly && warningText({ locale, text: getsMail ? words.onlyWarning : words.onlyWarningNoMail })}
${form({
  action: `${OWN_CONNECTIONS}/providers/${id}/${doing}`,
  csrf,
  content: buttonGroup([
    button({
      text: isBlock ? words.blockConfirm : words.unblockConfirm,
      ...(isBlock && { kind: 'warning' }),
    }),
    html`<a href="${OWN_CONNECTIONS}#providers">${words.cancel}</a>`,
  ]),
})}`,
  };
}

/** The page of an unblock link, for who may not be able to come in. */
export function unblockLinkPage(
  locale: Locale,
  { csrf, provider, action }: { csrf: Html; provider: OwnProvider; action: string },
): Page {
  const words = hubAccountsMessages(locale).providers;
  const title = words.unblockTitle(provider.name);
  return {
    title,
    main: html`<h1>${title}</h1>
<p>${words.unblockLead(provider.name)}</p>
${form({ action, csrf, content: button({ text: words.unblockAndSignIn }) })}`,
  };
}
