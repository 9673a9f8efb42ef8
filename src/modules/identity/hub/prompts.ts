// When the hub stops a request to ask a person something: to sign in, to sign in better, to know what is passed on.
import { LRUCache } from 'lru-cache';
import type { Grant, interactionPolicy, KoaContextWithOIDC } from 'oidc-provider';
import { subjectRootOf } from './accounts.actions.ts';
import { isInTestCircle } from './accounts.repository.ts';
import { assuranceAsked, claimNamesAsked } from './asked.rules.ts';
import { findAcknowledged } from './connections.repository.ts';
import { isOwnClient } from './own-service.ts';
import { claimsPassed } from './passed-claims.rules.ts';
import type { ProviderParts } from './provider.ts';
import { isAssurance, isAtLeast, type PeopleRealm } from './realms.ts';

/** The claims that this request passes on, by its scopes and its `claims` parameter. */
async function passedBy(
  { services }: ProviderParts,
  realm: PeopleRealm,
  ctx: KoaContextWithOIDC,
): Promise<string[]> {
  const { client, params } = ctx.oidc;
  const service = client && (await services.find(client.clientId));
  if (!service) return [];
  const scopes = String(params?.scope ?? '').split(' ');
  return claimsPassed(realm, service, { scopes, claims: claimNamesAsked(params?.claims) });
}

// The same question comes up twice in one request: for its grant, and for its prompts.
const acknowledged = new WeakMap<object, Promise<boolean>>();

/** Tells whether the person already knows (or agreed) that the service receives what this request passes on. */
function isAcknowledged(parts: ProviderParts, realm: PeopleRealm, ctx: KoaContextWithOIDC): Promise<boolean> {
  const known = acknowledged.get(ctx.oidc);
  if (known) return known;
  const answer = askAcknowledged(parts, realm, ctx);
  acknowledged.set(ctx.oidc, answer);
  return answer;
}

async function askAcknowledged(
  parts: ProviderParts,
  realm: PeopleRealm,
  ctx: KoaContextWithOIDC,
): Promise<boolean> {
  const { client, session } = ctx.oidc;
  if (!client || !session?.accountId) return false;
  if (isOwnClient(client.clientId)) return true;
  const { db } = parts.kernel;
  const passed = await passedBy(parts, realm, ctx);
  const about = `${client.clientId} ${await subjectRootOf(db, session.accountId)}`;
  if (isCovered(passed, knownToKnow.get(about))) return true;
  const told = await findAcknowledged(db, await subjectRootOf(db, session.accountId), client.clientId);
  if (!isCovered(passed, told)) return false;
  knownToKnow.set(about, told ?? []);
  return true;
}

// What a person was told is never taken back, so that what is known here stays true.
const knownToKnow = new LRUCache<string, readonly string[]>({ max: 50_000 });

function isCovered(claims: readonly string[], told: readonly string[] | undefined): boolean {
  return told !== undefined && claims.every((claim) => told.includes(claim));
}

/**
 * The grant that a request goes on with: for everything that it asks, since what a service may be told is decided by
 * its registration. It is kept only once the person knows of it.
 */
export async function grantFor(
  parts: ProviderParts,
  realm: PeopleRealm,
  ctx: KoaContextWithOIDC,
): Promise<Grant | undefined> {
  const { client, session, provider, params } = ctx.oidc;
  if (!client || !session?.accountId) return undefined;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope(String(params?.scope ?? 'openid'));
  const names = claimNamesAsked(params?.claims);
  if (names.length > 0) grant.addOIDCClaims(names);
  if (await isAcknowledged(parts, realm, ctx)) await grant.save();
  return grant;
}

/** The prompts of a realm, in order: sign in, then know what is passed on. */
export async function promptsOf(
  parts: ProviderParts,
  realm: PeopleRealm,
): Promise<interactionPolicy.DefaultPolicy> {
  const { interactionPolicy: policies } = await import('oidc-provider');
  const { base, Check, Prompt } = policies;
  const policy = base();

  policy.get('login')?.checks.add(
    new Check(
      'assurance_too_low',
      'a higher level of assurance is asked for',
      'login_required',
      async (ctx) => {
        const { client, session, params } = ctx.oidc;
        if (!client || !session?.accountId) return Check.NO_NEED_TO_PROMPT;
        const service = await parts.services.find(client.clientId);
        const asked = assuranceAsked(params?.acr_values, service?.leastAssurance ?? null);
        const held = isAssurance(session.acr) ? session.acr : null;
        return asked !== null && (held === null || !isAtLeast(held, asked))
          ? Check.REQUEST_PROMPT
          : Check.NO_NEED_TO_PROMPT;
      },
    ),
  );

  policy.get('login')?.checks.add(
    new Check('not_in_test', 'the service is in test and not open to them', 'login_required', async (ctx) => {
      const { client, session } = ctx.oidc;
      const service = client && (await parts.services.find(client.clientId));
      if (service?.state !== 'test' || !session?.accountId) return Check.NO_NEED_TO_PROMPT;
      const isOpen = await isInTestCircle(parts.kernel.db, session.accountId, service.organisationId);
      return isOpen ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT;
    }),
  );

  policy.remove('consent');
  policy.add(
    new Prompt(
      { name: 'consent', requestable: true },
      new Check(
        'not_acknowledged',
        'the person does not know yet what is passed on',
        'consent_required',
        async (ctx) =>
          (await isAcknowledged(parts, realm, ctx)) ? Check.NO_NEED_TO_PROMPT : Check.REQUEST_PROMPT,
      ),
    ),
  );
  return policy;
}
