// The pages that a demonstration provider answers with by itself: signing out, signed out, a refusal. They tell nothing
// of what goes on inside.
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { Page } from '#platform/http/page.ts';
import { localeOf } from '#platform/http/request-context.ts';
import type { Locale } from '#platform/i18n/locale.ts';
import { layout } from '#ui/layout.ts';
import { refusalPage, signedOutPage, signOutPage } from './protocol.pages.ts';
import type { DemonstrationProvider } from './providers.types.ts';
import { prefixOf } from './upstreams.ts';

type SignOut = NonNullable<NonNullable<Configuration['features']>['rpInitiatedLogout']>;

/** What of a request and its answer is needed; the library's own context where it knows the address, and Koa's else. */
type Answered = Pick<KoaContextWithOIDC, 'req' | 'method' | 'url' | 'type' | 'body' | 'status'>;

/** Answers with the page, in the frame of a site that knows nobody: the provider is another one than Socle. */
function answer(name: DemonstrationProvider, ctx: Answered, page: (locale: Locale) => Page): void {
  const locale = localeOf(ctx.req);
  ctx.type = 'text/html; charset=utf-8';
  ctx.body = layout({
    locale,
    page: page(locale),
    path: ctx.method === 'GET' ? `${prefixOf(name)}${ctx.url}` : '/',
    navigation: [],
    actorName: null,
    signOutField: null,
    banner: null,
  }).toString();
}

/** Asks whether to sign out (OpenID Connect RP-Initiated Logout 1.0, section 2). */
export function askToSignOut(name: DemonstrationProvider): NonNullable<SignOut['logoutSource']> {
  return (ctx) => {
    const action = new URL(ctx.oidc.urlFor('end_session_confirm')).pathname;
    const xsrf = String(ctx.oidc.session?.state?.secret ?? '');
    answer(name, ctx, (locale) => signOutPage(locale, { provider: name, action, xsrf }));
  };
}

/** Tells that the person has signed out, where the service gave no address to go back to. */
export function showSignedOut(name: DemonstrationProvider): NonNullable<SignOut['postLogoutSuccessSource']> {
  return (ctx) => answer(name, ctx, (locale) => signedOutPage(locale, { provider: name }));
}

/** Tells of a refusal that cannot be told to the service: its error code, and what the person can do. */
export function showRefusal(name: DemonstrationProvider): NonNullable<Configuration['renderError']> {
  return (ctx, out) =>
    answer(name, ctx, (locale) => refusalPage(locale, { provider: name, code: out.error }));
}

/** Tells that there is nothing at this address of the provider. */
export function showNothingThere(name: DemonstrationProvider, ctx: Answered): void {
  answer(name, ctx, (locale) => refusalPage(locale, { provider: name, code: 'not_found' }));
  ctx.status = 404;
}
