// The two halves of a sign-in at an upstream provider: out, with everything bound to the browser that asked; and back,
// with everything checked before an account counts.
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type Provider from 'oidc-provider';
import { isSocleError, type SocleError } from '#platform/errors.ts';
import type { Translated } from '#platform/i18n/locale.ts';
import type { Kernel } from '#platform/kernel.ts';
import { findOrganisation } from '../organisations.repository.ts';
import { finishUpstreamSignIn, startUpstreamSignIn } from '../upstreams/upstream-sign-in.ts';
import { findUpstream } from '../upstreams/upstreams.repository.ts';
import type { Upstream } from '../upstreams/upstreams.types.ts';
import { receiveAccount } from './accounts.actions.ts';
import { isInTestCircle } from './accounts.repository.ts';
import { assuranceAsked } from './asked.rules.ts';
import { agentAsserted, citizenAsserted, isFault } from './asserted-identity.rules.ts';
import { insertConnection } from './connections.repository.ts';
import type { PendingFederation, SignInRefusal, UpstreamResult } from './federation.types.ts';
import { answerBelongsToNobody, interactionIsOver } from './hub.errors.ts';
import type { Hub } from './hub.ts';
import { isAtLeast, type PeopleRealm } from './realms.ts';
import { endHubSession } from './session-ends.ts';
import { payloadOf, stateKey, stateRow } from './state.adapter.ts';
import { saveState, takeState } from './state.repository.ts';

/** How long a person may take at their provider, in seconds. */
export const FEDERATION_SECONDS = 15 * 60;

const MODEL = 'Federation';

/** Where a realm's providers send people back. */
export function callbackAddress(origin: string, realm: PeopleRealm): string {
  return `${origin}/connect/${realm}/callback`;
}

/** 256 random bits in base64url: a state, a nonce, a PKCE verifier (RFC 7636, 4.1). */
function randomText(): string {
  return randomBytes(32).toString('base64url');
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/**
 * Begins a sign-in at `upstream`. @returns the provider's address to go to, and what the browser's cookie must hold.
 * Throws `identity.upstream-unavailable`.
 */
export async function startFederation(
  kernel: Kernel,
  upstream: Upstream,
  asked: {
    readonly realm: PeopleRealm;
    readonly uid: string;
    readonly origin: string;
    readonly loginHint?: string;
    readonly acrValues?: string;
    readonly maxAge?: number;
    readonly forceLogin: boolean;
  },
): Promise<{ url: URL; state: string; binding: string }> {
  const { realm, uid, origin, loginHint, acrValues, maxAge, forceLogin } = asked;
  const [state, nonce, codeVerifier, binding] = [randomText(), randomText(), randomText(), randomText()];
  const url = await startUpstreamSignIn(kernel, upstream, {
    origin,
    redirectUri: callbackAddress(origin, realm),
    state,
    nonce,
    codeVerifier,
    ...(loginHint && { loginHint }),
    ...(acrValues && { acrValues }),
    ...(maxAge !== undefined && { maxAge }),
    ...(forceLogin && { prompt: 'login' }),
  });
  const pending: PendingFederation = {
    realm,
    uid,
    upstreamId: upstream.id,
    nonce,
    codeVerifier,
    maxAge: maxAge ?? null,
    bindingHash: sha256(binding),
  };
  const row = stateRow(
    kernel,
    { realm, model: MODEL, id: state },
    { ...pending, uid: undefined, kept: pending },
    FEDERATION_SECONDS,
  );
  await saveState(kernel.db, row, 'passing');
  return { url, state, binding };
}

/** The refusals of an answer that the person can do something about. */
const ANSWER_REFUSALS: Readonly<Record<string, SignInRefusal>> = {
  'identity.upstream-refused': 'upstream-refused',
  'identity.upstream-answer-wrong': 'upstream-wrong',
};

/** How a sign-in ended at the hub: with an address to go on to, or with a refusal to show. */
export type FederationOutcome =
  | { readonly kind: 'signed-in'; readonly returnTo: string; readonly accountId: string }
  | {
      readonly kind: 'refused';
      readonly refusal: SignInRefusal;
      readonly uid: string;
      readonly text: Translated | null;
      readonly organisationName: string | null;
      readonly clientId: string;
    };

/**
 * Takes a provider's answer: the state is used up, the browser must be the one that began, the provider's word is
 * checked, and the account may sign in to this service. Throws `identity.answer-belongs-to-nobody` when it fits no
 * sign-in of this browser, and `identity.upstream-unavailable`.
 */
export async function finishFederation(
  kernel: Kernel,
  hub: Hub,
  answer: { realm: PeopleRealm; origin: string; callbackUrl: URL; binding: string | undefined },
): Promise<FederationOutcome> {
  const { realm, origin, callbackUrl, binding } = answer;
  const state = callbackUrl.searchParams.get('state') ?? '';
  const pending = await takePending(kernel, realm, state, binding);
  const provider = await hub.provider(realm, origin);
  const interaction = await provider.Interaction.find(pending.uid);
  if (!interaction) throw interactionIsOver({ detail: 'the interaction ended before the answer came' });
  const upstream = await findUpstream(kernel.db, pending.upstreamId);
  if (!upstream?.isEnabled) throw interactionIsOver({ detail: 'the provider was disabled' });

  const clientId = String(interaction.params.client_id);
  const refused = async (
    refusal: SignInRefusal,
    more: { text?: Translated; organisationName?: string; accountId?: string } = {},
  ): Promise<FederationOutcome> => {
    const { text = null, organisationName = null, accountId = null } = more;
    const line = { realm, clientId, accountId, upstreamId: upstream.id, acr: null, refusal };
    await insertConnection(kernel.db, line, kernel.clock.now());
    kernel.log.info({ refusal, realm, clientId, upstreamId: upstream.id }, 'a sign-in was refused');
    return { kind: 'refused', refusal, uid: pending.uid, text, organisationName, clientId };
  };

  const assertion = await finishUpstreamSignIn(kernel, upstream, {
    origin,
    callbackUrl,
    redirectUri: callbackAddress(origin, realm),
    state,
    nonce: pending.nonce,
    codeVerifier: pending.codeVerifier,
    ...(pending.maxAge !== null && { maxAge: pending.maxAge }),
  }).catch((error: unknown) => {
    const refusal = isSocleError(error) ? ANSWER_REFUSALS[error.code] : undefined;
    if (!refusal) throw error;
    kernel.log.warn(
      { err: error, detail: (error as SocleError).detail },
      'a provider’s answer does not hold',
    );
    return refusal;
  });
  if (typeof assertion === 'string') return refused(assertion);
  const asserted =
    realm === 'agents'
      ? agentAsserted(upstream, assertion, await onlySiretOf(kernel, upstream))
      : citizenAsserted(upstream, assertion);
  if (isFault(asserted)) return refused(asserted.code, { text: asserted.text });

  const service = await hub.services.find(clientId, { realm, origin });
  if (!service) throw interactionIsOver({ detail: 'the service is gone' });
  const asked = assuranceAsked(interaction.params.acr_values, service.leastAssurance);
  if (asked !== null && !isAtLeast(asserted.acr, asked)) return refused('assurance-too-low');

  const account = await receiveAccount(kernel, upstream, asserted);
  if ('refusal' in account) {
    const { refusal, ...more } = account;
    return refused(refusal, more);
  }
  const { accountId } = account;
  if (service.state === 'test' && !(await isInTestCircle(kernel.db, accountId, service.organisationId))) {
    return refused('not-in-test', { accountId });
  }

  const before = interaction.session;
  if (before && before.accountId !== accountId) {
    // Another person takes over this browser: what the one before had entered ends with their session.
    await endHubSession(kernel, hub, { realm, origin, uid: before.uid });
    interaction.session = undefined;
  }
  const upstreamResult: UpstreamResult = {
    upstreamId: upstream.id,
    idToken: assertion.idToken,
    sid: assertion.sid,
  };
  await settle(interaction, {
    login: {
      accountId,
      acr: asserted.acr,
      amr: asserted.secondFactor ? ['fed', 'mfa'] : ['fed'],
      // The session ends with the browser, or after its longest day.
      remember: false,
    },
    upstream: upstreamResult,
  });
  return { kind: 'signed-in', returnTo: interaction.returnTo, accountId };
}

async function takePending(
  kernel: Kernel,
  realm: PeopleRealm,
  state: string,
  binding: string | undefined,
): Promise<PendingFederation> {
  const found = await takeState(kernel.db, stateKey(kernel, realm, MODEL, state), kernel.clock.now());
  if (!found) throw answerBelongsToNobody({ detail: 'no sign-in waits for this state, or it was used' });
  const { kept } = payloadOf(kernel, found) as unknown as { kept: PendingFederation };
  const expected = Buffer.from(kept.bindingHash);
  const given = Buffer.from(sha256(binding ?? ''));
  if (!timingSafeEqual(expected, given)) {
    throw answerBelongsToNobody({ detail: 'another browser began this sign-in' });
  }
  return kept;
}

/** The SIRET of the one organisation that the provider serves; null when it serves none or several. */
async function onlySiretOf({ db }: Kernel, { organisationIds }: Upstream): Promise<string | null> {
  const [only, another] = organisationIds;
  if (only === undefined || another !== undefined) return null;
  return (await findOrganisation(db, only))?.siret ?? null;
}

/** Gives an interaction its result, for the request that takes it up again in the person's browser. */
async function settle(
  interaction: InstanceType<Provider['Interaction']>,
  result: Record<string, unknown>,
): Promise<void> {
  interaction.result = { ...(interaction.lastSubmission ?? {}), ...result };
  await interaction.save(interaction.exp - Math.floor(Date.now() / 1000));
}
