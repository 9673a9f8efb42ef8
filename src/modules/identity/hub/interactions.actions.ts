// An interaction of this browser, opened for one of its pages: who asks, what for, and how it ends.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import type { InteractionResults } from 'oidc-provider';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import { findOrganisation } from '../organisations.repository.ts';
import type { ServiceAsClient } from '../services/services.types.ts';
import { readAccount } from './accounts.actions.ts';
import { claimNamesAsked } from './asked.rules.ts';
import { saveAcknowledgement } from './connections.repository.ts';
import { tellFirstSignIn } from './first-sign-in.ts';
import { interactionIsOver } from './hub.errors.ts';
import type { Hub } from './hub.ts';
import { claimsPassed } from './passed-claims.rules.ts';
import type { PeopleRealm } from './realms.ts';

/** What the protocol keeps of an interaction. */
export type InteractionDetails = Awaited<ReturnType<Provider['interactionDetails']>>;

/** An interaction, open in the browser that began it. */
export interface OpenInteraction {
  readonly realm: PeopleRealm;
  readonly uid: string;
  /** Its address. */
  readonly base: string;
  readonly details: InteractionDetails;
  readonly service: ServiceAsClient;
  /** Gives it its result. @returns the address at which the protocol goes on. */
  finish(result: InteractionResults): Promise<string>;
}

/** Opens the interaction `uid`. Throws `identity.interaction-is-over` unless this browser began it and it still runs. */
export async function openInteraction(
  { log }: Pick<Kernel, 'log'>,
  hub: Hub,
  {
    realm,
    uid,
    origin,
    raw,
  }: {
    realm: PeopleRealm;
    uid: string;
    origin: string;
    raw: { request: IncomingMessage; reply: ServerResponse };
  },
): Promise<OpenInteraction> {
  const provider = await hub.provider(realm, origin);
  let details: InteractionDetails;
  try {
    details = await provider.interactionDetails(raw.request, raw.reply);
  } catch (error) {
    log.info({ err: error }, 'no interaction of this browser');
    throw interactionIsOver({ detail: String(error) });
  }
  if (details.uid !== uid) throw interactionIsOver({ detail: 'another interaction of this browser' });
  const service = await hub.services.find(String(details.params.client_id), { realm, origin });
  if (!service) throw interactionIsOver({ detail: 'the service is gone' });
  return {
    realm,
    uid,
    base: `/connect/${realm}/interaction/${uid}`,
    details,
    service,
    finish: (result) => provider.interactionResult(raw.request, raw.reply, result),
  };
}

function claimsOfRequest({ realm, details, service }: OpenInteraction): string[] {
  const { scope, claims } = details.params;
  return claimsPassed(realm, service, {
    scopes: String(scope ?? '').split(' '),
    claims: claimNamesAsked(claims),
  });
}

/** What the service will be told of this person, each with the service's reason, and which organisation it is of. */
export async function passedOn(
  kernel: Pick<Kernel, 'db' | 'secret'>,
  open: OpenInteraction,
): Promise<{
  organisationName: string;
  passed: { claim: string; value: string; reason: string }[];
}> {
  const { details, service } = open;
  const [account, organisation] = await Promise.all([
    readAccount(kernel, String(details.session?.accountId ?? '')),
    findOrganisation(kernel.db, service.organisationId),
  ]);
  if (!account) throw interactionIsOver({ detail: 'nobody is signed in to the interaction' });
  const reasons = new Map(service.claims.map(({ claim, reason }) => [claim, reason]));
  return {
    organisationName: organisation?.name ?? service.name,
    passed: claimsOfRequest(open).map((claim) => ({
      claim,
      value: String(account.claims[claim] ?? ''),
      reason: reasons.get(claim) ?? '',
    })),
  };
}

/** Records that the person knows what the service receives; at their first sign-in there, tells a citizen by mail. */
export async function rememberTold(kernel: Kernel, open: OpenInteraction): Promise<void> {
  const { db, clock } = kernel;
  const accountId = String(open.details.session?.accountId ?? '');
  const account = await readAccount(kernel, accountId);
  if (!account) throw interactionIsOver({ detail: 'nobody is signed in to the interaction' });
  const { clientId, name, screen } = open.service;
  const claims = claimsOfRequest(open);
  await db.transaction().execute(async (trx) => {
    const now = clock.now();
    const isFirst = await saveAcknowledgement(
      trx,
      { subjectRoot: account.subjectRoot, clientId, claims },
      now,
    );
    if (isFirst) await tellFirstSignIn(kernel, trx, { accountId, clientId, serviceName: name });
    // An agreement is a decision of the person; being told is not.
    if (screen === 'consent') {
      await appendToLedger(trx, now, {
        kind: 'identity.claims-agreed',
        subject: `identity/account/${accountId}`,
        actor: { kind: 'system', name: 'identity.hub' },
        data: { clientId, claims },
      });
    }
  });
}
