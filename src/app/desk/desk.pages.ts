// The desk as a page. It decides nothing: the modules said what is on it.
import { roleName } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import type { Page } from '#platform/http/page.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import type { DeskItem } from '#platform/module.ts';
import { type Html, html } from '#ui/html.ts';
import { appMessages } from '../app.messages.ts';

function section(title: string, items: readonly DeskItem[], nothing: string): Html {
  return html`<h2>${title}</h2>
${
  items.length === 0
    ? html`<p>${nothing}</p>`
    : html`<ul class="socle-desk">${items.map((item) => html`<li><a href="${item.href}">${item.text}</a> <span class="socle-secondary">${item.note}</span></li>`)}</ul>`
}`;
}

/** The desk of `actor`. */
export function deskPage(locale: Locale, actor: Actor, items: readonly DeskItem[]): Page {
  const words = appMessages(locale).desk;
  const of = (name: DeskItem['section']) => items.filter((item) => item.section === name);
  const roles = [...new Set(actor.roles.map(({ role }) => roleName(locale, role)))];
  return {
    title: words.title,
    main: html`<h1>${words.title}</h1>
<p class="socle-lead">${words.hello(actor.name)}</p>
<p class="socle-secondary">${words.roles} : ${roles.join(', ')}</p>
${section(words.waiting, of('waiting'), words.nothingWaiting)}
${section(words.late, of('late'), words.nothingLate)}
${section(words.changed, of('changed'), words.nothingChanged)}`,
  };
}
