// Intentions on upstream providers: record one, change one. Each is one transaction with its line in the ledger; the
// provider is looked at before it, since nothing outside may hold a transaction up.
import { randomUUID } from 'node:crypto';
import type { Trx } from '#platform/database/connection.ts';
import { type FieldError, invalidInput, notFound } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { isUuid } from '#platform/typed-text.ts';
import { newSealedClientKey, sealedClientSecret } from './client-credentials.ts';
import { forgetState } from './upstream-checks.repository.ts';
import { lookAtProvider } from './upstream-discovery.ts';
import { faultOfLook } from './upstreams.messages.ts';
import {
  findUpstream,
  insertUpstream,
  isIssuerTaken,
  lockUpstreams,
  organisationsNamed,
  sealedCredentialsOf,
  updateUpstream,
} from './upstreams.repository.ts';
import {
  effectiveIssuer,
  faultOfUnknownOrganisations,
  faultsOfUpstream,
  isWatchVoid,
  mustAnswerFirst,
  type UpstreamDraft,
  upstreamAsTyped,
} from './upstreams.rules.ts';
import type { SealedCredentials, Upstream, UpstreamInput, UpstreamSettings } from './upstreams.types.ts';

type Needs = Pick<Kernel, 'db' | 'clock' | 'secret' | 'outgoing' | 'config'>;

/**
 * Records a provider. One that is to be in use must answer first; one that is not may be recorded unseen.
 * Throws `invalid-input` with a fault for each wrong field.
 */
export async function recordUpstream(
  needs: Needs,
  by: LedgerActor,
  input: UpstreamInput,
  { origin }: { origin: string },
): Promise<Upstream> {
  const draft = upstreamAsTyped(input, null);
  const mayBeInsecure = needs.config.demo;
  throwFaults(faultsOfUpstream(draft, { before: null, hasSecret: false, mayBeInsecure }));
  await throwUnlessAnswering(needs, draft, null, origin);
  const id = randomUUID();
  const credentials = await newCredentials(needs, id, draft, null);
  return needs.db.transaction().execute(async (trx) => {
    await lockUpstreams(trx);
    const settings = await settledAmongOthers(trx, null, draft);
    const upstream = await insertUpstream(trx, id, settings, {
      sealedClientSecret: null,
      sealedClientKey: null,
      ...credentials,
    });
    await appendToLedger(trx, needs.clock.now(), {
      kind: 'identity.upstream-recorded',
      subject: `identity/upstream/${id}`,
      actor: by,
      data: { ...settings },
    });
    return upstream;
  });
}

/** Writes a provider's settings anew. Throws `not-found`, or `invalid-input` with a fault for each wrong field. */
export async function changeUpstream(
  needs: Needs,
  by: LedgerActor,
  id: string,
  input: UpstreamInput,
  { origin }: { origin: string },
): Promise<Upstream> {
  const seen = isUuid(id) ? await findUpstream(needs.db, id) : undefined;
  const kept = seen && (await sealedCredentialsOf(needs.db, id));
  if (!seen || !kept) throw notFound();
  const draft = upstreamAsTyped(input, seen);
  const hasSecret = kept.sealedClientSecret !== null;
  throwFaults(faultsOfUpstream(draft, { before: seen, hasSecret, mayBeInsecure: needs.config.demo }));
  await throwUnlessAnswering(needs, draft, seen, origin);
  const credentials = await newCredentials(needs, id, draft, kept);
  return needs.db.transaction().execute(async (trx) => {
    await lockUpstreams(trx);
    const before = await findUpstream(trx, id);
    if (!before) throw notFound();
    const settings = await settledAmongOthers(trx, id, draft);
    const after = await updateUpstream(trx, id, settings, credentials);
    if (isWatchVoid(after, before)) await forgetState(trx, id);
    await appendToLedger(trx, needs.clock.now(), {
      kind: 'identity.upstream-changed',
      subject: `identity/upstream/${id}`,
      actor: by,
      data: {
        before: settingsOf(before),
        after: settings,
        isSecretReplaced: credentials.sealedClientSecret !== undefined,
      },
    });
    return after;
  });
}

/** What must be written of the hub's means to prove itself: a secret that was typed, a key where none is yet. */
async function newCredentials(
  { secret }: Needs,
  id: string,
  { settings, clientSecret }: UpstreamDraft,
  kept: SealedCredentials | null,
): Promise<Partial<SealedCredentials>> {
  const needsKey = settings.clientAuthentication === 'private_key_jwt' && !kept?.sealedClientKey;
  return {
    ...(clientSecret !== null && { sealedClientSecret: sealedClientSecret(secret, id, clientSecret) }),
    ...(needsKey && { sealedClientKey: await newSealedClientKey(secret, id) }),
  };
}

async function throwUnlessAnswering(
  { outgoing, config }: Needs,
  { settings }: UpstreamDraft,
  before: Upstream | null,
  origin: string,
): Promise<void> {
  if (!mustAnswerFirst(settings, before)) return;
  const issuer = effectiveIssuer(settings, origin);
  const seen = await lookAtProvider(outgoing, issuer, { mayBeInsecure: config.demo });
  if (seen.fault !== null) throwFaults([{ field: 'issuer', text: faultOfLook(seen) }]);
}

/** The settings with their organisations found. Throws a fault for what only the other records show to be wrong. */
async function settledAmongOthers(
  trx: Trx,
  id: string | null,
  { settings, organisationWords }: UpstreamDraft,
): Promise<UpstreamSettings> {
  const faults: FieldError[] = [];
  if (await isIssuerTaken(trx, settings.issuer, id)) {
    faults.push({
      field: 'issuer',
      text: {
        fr: 'Un autre fournisseur enregistré a déjà cet émetteur\u00A0: modifiez-le plutôt.',
        en: 'Another recorded provider already has this issuer: change that one instead.',
      },
    });
  }
  const organisations = await organisationsNamed(trx, organisationWords);
  const marks = new Set(organisations.flatMap(({ id: own, code, siret }) => [own, code, siret]));
  const unknown = organisationWords.filter(
    (word) => ![word, word.toLowerCase(), word.toUpperCase()].some((form) => marks.has(form)),
  );
  if (unknown.length > 0) faults.push(faultOfUnknownOrganisations(unknown));
  throwFaults(faults);
  return { ...settings, organisationIds: organisations.map((organisation) => organisation.id).sort() };
}

function settingsOf(upstream: Upstream): UpstreamSettings {
  const { id: _id, state: _state, stateSince: _since, checkedAt: _at, ...settings } = upstream;
  return settings;
}

function throwFaults(fields: readonly FieldError[]): void {
  if (fields.length > 0) throw invalidInput({ fields });
}
