// Pages whose forms end elsewhere: browsers hold a form's whole chain of redirects to `form-action` (CSP3, 6.4.2), and
// signing in or out leads to a provider or back to a service.
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Config } from '#platform/config.ts';

/** Lets the forms of one answer lead to other https sites (in a demonstration, to http ones too). */
export function allowFormsToLeave(
  reply: { getHeader(name: string): unknown; header(name: string, value: string): unknown },
  { demo }: Pick<Config, 'demo'>,
): void {
  const policy = String(reply.getHeader('content-security-policy') ?? '');
  reply.header(
    'content-security-policy',
    policy.replace(/form-action [^;]*/, `form-action 'self' https:${demo ? ' http:' : ''}`),
  );
}

const LEAVING = new Set(['authorization', 'resume', 'end_session']);

/** Does so for the pages that the protocol library answers with: signing out leads to the upstream, or to the service. */
export function letProtocolFormsLeave(
  { config }: { config: Pick<Config, 'demo'> },
  provider: Provider,
): void {
  provider.use(async (ctx, next) => {
    await next();
    if (!LEAVING.has((ctx as unknown as KoaContextWithOIDC).oidc?.route)) return;
    const { response } = ctx;
    allowFormsToLeave(
      { getHeader: (name) => response.get(name), header: (name, value) => response.set(name, value) },
      config,
    );
  });
}
