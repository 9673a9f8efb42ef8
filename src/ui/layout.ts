// The document round every page: head, header, navigation, main, footer. It knows no module and no page's words.
import type { Page } from '#platform/http/page.ts';
import { LOCALES, type Locale } from '#platform/i18n/locale.ts';
import { assetPath } from './assets.ts';
import { breadcrumbs } from './components/breadcrumbs.ts';
import { skipLink } from './components/skip-link.ts';
import { type Html, html, nothing, trusted } from './html.ts';
import { uiMessages } from './ui.messages.ts';

/** A link of the service navigation, already in the reader's language. */
export interface NavigationLink {
  readonly href: string;
  readonly text: string;
  readonly current: boolean;
}

/** What the frame needs beside the page itself. */
export interface LayoutOptions {
  readonly locale: Locale;
  readonly page: Page;
  /** Path and query of this page, so that the language switch comes back to it. */
  readonly path: string;
  readonly navigation: readonly NavigationLink[];
  /** Name of the person signed in; null for nobody. */
  readonly actorName: string | null;
  /** The hidden CSRF field of the sign-out form; null for nobody. */
  readonly signOutField: Html | null;
  /** A sentence over the whole site, such as that its data is fictitious; null for none. */
  readonly banner: string | null;
}

const LANGUAGE_NAMES: Record<Locale, string> = { fr: 'Français', en: 'English' };
const SOURCE_CODE = '/source';

/** The mark: three courses of stone, each wider than the one that it carries. */
const MARK = trusted(
  '<svg class="socle-mark" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false"><path d="M11 5h10v6H11zM7 13h18v6H7zM3 21h26v6H3z"/></svg>',
);

/** The whole document of a page. */
export function layout(options: LayoutOptions): Html {
  const { locale, page } = options;
  const words = uiMessages(locale);
  const title = `${page.hasErrors ? words.errorPrefix : ''}${page.title} - Socle`;
  return html`<!doctype html>
<html lang="${locale}" class="govuk-template">
<head>
<meta charset="utf-8">
<title>${title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${page.refreshSeconds ? html`<noscript><meta http-equiv="refresh" content="${page.refreshSeconds}"></noscript>` : nothing}
<link rel="icon" href="${assetPath('favicon.svg')}" type="image/svg+xml">
<link rel="preload" href="${assetPath('public-sans-latin.woff2')}" as="font" type="font/woff2" crossorigin>
<link rel="stylesheet" href="${assetPath('socle.css')}">
<script type="module" src="${assetPath('socle.js')}"></script>
${(page.scripts ?? []).map((name) => html`<script type="module" src="${assetPath(name)}"></script>`)}
</head>
<body class="govuk-template__body">
${skipLink({ text: words.skipToContent })}
${header(options)}
<div class="govuk-width-container">
${breadcrumbs({ label: words.breadcrumbs, items: page.breadcrumbs ?? [] })}
<main class="govuk-main-wrapper" id="main" tabindex="-1">
${page.main}
</main>
</div>
${footer(locale)}
</body>
</html>
`;
}

function header(options: LayoutOptions): Html {
  const words = uiMessages(options.locale);
  return html`<header class="socle-header">
${
  options.banner === null
    ? nothing
    : html`<div class="socle-banner"><p class="govuk-width-container"><strong class="socle-banner__tag">${words.demonstration}</strong> ${options.banner}</p></div>`
}
<div class="socle-header__top govuk-width-container">
<a class="socle-header__brand" href="/" aria-label="${words.home}">${MARK}<span class="socle-header__name">Socle</span></a>
<span class="socle-header__tagline">${words.tagline}</span>
<div class="socle-header__tools">
${languages(options)}
${account(options)}
</div>
</div>
${navigation(options)}
</header>`;
}

function languages({ locale, path }: LayoutOptions): Html {
  const back = encodeURIComponent(path);
  return html`<nav class="socle-languages" aria-label="${uiMessages(locale).language}"><ul>${LOCALES.map(
    (to) =>
      to === locale
        ? html`<li><span lang="${to}" aria-current="true">${LANGUAGE_NAMES[to]}</span></li>`
        : html`<li><a href="/language?to=${to}&amp;back=${back}" lang="${to}" hreflang="${to}" rel="nofollow">${LANGUAGE_NAMES[to]}</a></li>`,
  )}</ul></nav>`;
}

function account({ locale, actorName, signOutField }: LayoutOptions): Html {
  const words = uiMessages(locale);
  if (actorName === null) {
    return html`<nav class="socle-account" aria-label="${words.account}"><ul><li><a href="/sign-in">${words.signIn}</a></li></ul></nav>`;
  }
  return html`<nav class="socle-account" aria-label="${words.account}"><ul>
<li><a href="/desk">${words.desk}</a></li>
<li><a href="/account">${actorName}</a></li>
<li><form method="post" action="/sign-out">${signOutField}<button type="submit" class="socle-link-button">${words.signOut}</button></form></li>
</ul></nav>`;
}

function navigation(options: LayoutOptions): Html {
  if (options.navigation.length === 0) return nothing;
  return html`<nav class="socle-navigation" aria-label="${uiMessages(options.locale).mainNavigation}"><ul class="govuk-width-container">${options.navigation.map(
    (item) =>
      html`<li><a href="${item.href}"${item.current ? trusted(' aria-current="page"') : nothing}>${item.text}</a></li>`,
  )}</ul></nav>`;
}

function footer(locale: Locale): Html {
  const words = uiMessages(locale);
  const links = [
    ['/status', words.footer.status],
    ['/ledger', words.footer.ledger],
    ['/api', words.footer.api],
    ['/accessibility', words.footer.accessibility],
    ['/ui', words.footer.components],
    [SOURCE_CODE, words.footer.source],
  ];
  return html`<footer class="socle-footer"><div class="govuk-width-container">
<div class="socle-footer__about"><p class="socle-footer__name">${MARK}Socle</p><p>${words.footer.measured}</p></div>
<nav aria-label="${words.footerNavigation}"><ul>${links.map(([href, text]) => html`<li><a href="${href}">${text}</a></li>`)}</ul></nav>
<p class="socle-footer__licence">${words.footer.licence}</p>
</div></footer>`;
}
