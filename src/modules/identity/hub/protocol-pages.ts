// Socle's own pages where the protocol library would show its defaults: refusals, signing out, signed out.
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Page } from '#platform/http/page.ts';
import { localeOf } from '#platform/http/request-context.ts';
import { button } from '#ui/components/button.ts';
import { html, trusted } from '#ui/html.ts';
import { layout } from '#ui/layout.ts';
import { hubMessages } from './hub.messages.ts';
import type { Realm } from './realms.ts';

/** What of a request and its answer is needed, whether or not the library knows the address. */
type Answered = Pick<KoaContextWithOIDC, 'req' | 'method' | 'url' | 'type' | 'body' | 'status'>;

function baseOf(ctx: KoaContextWithOIDC): string {
  return new URL(ctx.oidc.issuer).pathname;
}

/** Answers with `page` in the frame that nobody is signed in to. */
function answer(ctx: Answered, base: string, page: Page): void {
  const locale = localeOf(ctx.req);
  ctx.type = 'text/html; charset=utf-8';
  ctx.body = layout({
    locale,
    page,
    // The library sees the address below its own; what was sent as a form cannot be opened again in another language.
    path: ctx.method === 'GET' ? `${base}${ctx.url}` : '/',
    navigation: [],
    actorName: null,
    signOutField: null,
    banner: null,
  }).toString();
}

/** A refusal that cannot go back to the service, since it is not known to be its own or its address is wrong. */
export function showProtocolError(ctx: KoaContextWithOIDC, out: { error: string }, { name }: Error): void {
  const words = hubMessages(localeOf(ctx.req)).protocolErrors;
  const sentences: Readonly<Record<string, string>> = words.byCode;
  const known = [name, out.error].find((code) => Object.hasOwn(sentences, code));
  const sentence = (known && sentences[known]) ?? words.other;
  answer(ctx, baseOf(ctx), {
    title: words.title,
    main: html`<h1>${words.title}</h1>
<p>${sentence}</p>
<p>${words.toTheTeam} <code>${out.error}</code></p>`,
  });
}

/** Asks whether to sign out everywhere; `form` is the protocol's, which bears its own token. */
export function askToSignOut(ctx: KoaContextWithOIDC, form: string): void {
  const words = hubMessages(localeOf(ctx.req)).signOut;
  const service = ctx.oidc.client?.clientName;
  answer(ctx, baseOf(ctx), {
    title: words.title,
    main: html`<h1>${words.title}</h1>
<p>${service ? words.leadFrom(service) : words.lead}</p>
${trusted(form.replace('</form>', `${button({ text: words.confirm, name: 'logout', value: 'yes' })}</form>`))}
<p>${words.stay}</p>`,
  });
}

/** Tells that the person has signed out. */
export function tellSignedOut(ctx: KoaContextWithOIDC): void {
  const words = hubMessages(localeOf(ctx.req)).signOut;
  answer(ctx, baseOf(ctx), {
    title: words.done,
    main: html`<h1>${words.done}</h1>
<p>${words.doneLead}</p>`,
  });
}

/** Tells that the hub has nothing at this address. */
export function showNothingThere(ctx: Answered, realm: Realm): void {
  const words = hubMessages(localeOf(ctx.req)).protocolErrors;
  answer(ctx, `/connect/${realm}`, {
    title: words.nothingThere,
    main: html`<h1>${words.nothingThere}</h1>
<p>${words.nothingThereLead}</p>`,
  });
  ctx.status = 404;
}
