// Intentions on versions: add one with its document, deprecate, retire, say where it is forwarded to.
import type { Actor } from '#platform/access.ts';
import type { Trx } from '#platform/database/connection.ts';
import { type FieldError, invalidInput, notFound } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import { sealFor } from '#platform/sealed.ts';
import { publishApi } from './api-publication.actions.ts';
import { managedApi, recordOnApi } from './apis.actions.ts';
import { documentNotFetched, versionIsRetired } from './catalogue.errors.ts';
import type { ApiVersion, OpenApiDocument, SandboxExample } from './catalogue.types.ts';
import { enqueueDoctrineCheck } from './doctrine.jobs.ts';
import { readDocument } from './openapi-reader.ts';
import { checkedOpenApi, LARGEST_DOCUMENT } from './openapi-text.rules.ts';
import { producerInLedger } from './producers.rules.ts';
import { findVersion, insertVersion, updateUpstream, updateVersionState } from './versions.repository.ts';
import {
  examplesAsTyped,
  examplesOf,
  faultsOfEnd,
  faultsOfExamples,
  faultsOfUpstream,
  faultsOfVersionName,
  type UpstreamInput,
  upstreamAsTyped,
} from './versions.rules.ts';

type Needs = Pick<Kernel, 'db' | 'clock'>;

/** Purpose of the seal of upstreams' secrets: gateways open it. */
const UPSTREAM_SEAL = 'exchange/upstream';

/** A version as a form or an API call gives it: nothing of it is checked yet. */
export interface VersionInput {
  readonly name: string;
  /** The document: its text (JSON or YAML), or as it was parsed from the call; empty when it is to be fetched. */
  readonly document: string | OpenApiDocument;
  /** Where to fetch it; empty when it is given. */
  readonly documentUrl: string;
  /** Recorded examples of the sandbox: JSON text, or a list. */
  readonly sandboxExamples: string | readonly unknown[];
}

interface CheckedVersion {
  readonly name: string;
  readonly openapi: OpenApiDocument;
  readonly openapiSource: string | null;
  readonly sandboxExamples: readonly SandboxExample[];
}

/**
 * Adds a version and queues its check against the technical doctrine. Throws `invalid-input` with a fault for each wrong
 * field, `exchange.openapi-not-fetched` when its address does not answer with a document.
 * @returns the run of the check, whose progress is at `/jobs/<id>`.
 */
export async function addVersion(
  { db, clock, jobs, outgoing }: Needs & Pick<Kernel, 'jobs' | 'outgoing'>,
  actor: Actor,
  apiId: string,
  input: VersionInput,
): Promise<{ readonly versionId: string; readonly run: string }> {
  // Whoever may not write the API makes no address be fetched.
  await db.transaction().execute((trx) => managedApi(trx, actor, apiId));
  const version = await checked(input, outgoing);
  return db.transaction().execute(async (trx) => {
    const api = await managedApi(trx, actor, apiId);
    const now = clock.now();
    const versionId = await insertVersion(trx, now, apiId, version);
    if (versionId === null) throw invalidInput({ fields: [nameIsTaken] });
    await recordOnApi(trx, now, apiId, {
      event: 'api-version-added',
      actor: producerInLedger(actor, api.producerId),
      data: { version: version.name, source: version.openapiSource },
    });
    const run = await enqueueDoctrineCheck(trx, jobs, versionId, actor.personId);
    await publishApi(trx, apiId);
    return { versionId, run };
  });
}

const nameIsTaken: FieldError = {
  field: 'name',
  text: {
    fr: 'Cette API a déjà une version de ce nom\u00A0: choisissez le suivant.',
    en: 'This API already has a version of that name: choose the next one.',
  },
};

async function checked(input: VersionInput, outgoing: Kernel['outgoing']): Promise<CheckedVersion> {
  const name = input.name.trim();
  const url = input.documentUrl.trim();
  const faults = faultsOfVersionName(name);
  const { sandboxExamples: given } = input;
  const examples = typeof given === 'string' ? examplesAsTyped(given) : examplesOf(given);
  faults.push(...faultsOfExamples(examples ?? [{ method: '', path: '', status: 0, body: null }]));
  const isGiven = typeof input.document !== 'string' || input.document.trim() !== '';
  if (!isGiven && url === '') {
    faults.push({
      field: 'document',
      text: {
        fr: 'Envoyez le document OpenAPI, ou donnez son adresse.',
        en: 'Send the OpenAPI document, or give its address.',
      },
    });
  }
  if (faults.length > 0) throw invalidInput({ fields: faults });
  const source = isGiven ? input.document : await fetchDocument(url, outgoing);
  const read = typeof source === 'string' ? await readDocument(source) : checkedOpenApi(source);
  if (read.fault !== null) {
    throw invalidInput({ fields: [{ field: isGiven ? 'document' : 'documentUrl', text: read.fault }] });
  }
  return {
    name,
    openapi: read.document,
    openapiSource: isGiven ? null : url,
    sandboxExamples: examples ?? [],
  };
}

async function fetchDocument(url: string, outgoing: Kernel['outgoing']): Promise<string> {
  const address = URL.parse(url);
  if (!address || !['https:', 'http:'].includes(address.protocol) || url.length > 500) {
    throw invalidInput({
      fields: [
        {
          field: 'documentUrl',
          text: {
            fr: 'Saisissez une adresse complète, comme https://donnees.ministere.example/openapi.yaml.',
            en: 'Enter a complete address, such as https://data.ministry.example/openapi.yaml.',
          },
        },
      ],
    });
  }
  try {
    const answer = await outgoing.fetch(url, {
      maxBytes: LARGEST_DOCUMENT,
      headers: {
        accept: 'application/vnd.oai.openapi+json, application/json, application/yaml, text/yaml, */*;q=0.1',
      },
    });
    if (answer.status !== 200) throw new Error(`status ${answer.status}`);
    return await answer.text();
  } catch (error) {
    const refusal = documentNotFetched();
    throw documentNotFetched({ fields: [{ field: 'documentUrl', text: refusal.text }], cause: error });
  }
}

/** The version of an API that the actor writes. Throws `not-found` where there is none. */
async function managedVersion(
  trx: Trx,
  actor: Actor,
  apiId: string,
  name: string,
): Promise<{ readonly version: ApiVersion; readonly producerId: string }> {
  const api = await managedApi(trx, actor, apiId);
  const version = await findVersion(trx, apiId, name);
  if (!version) throw notFound();
  return { version, producerId: api.producerId };
}

/**
 * Deprecates a version: it is still served, and its answers say so and when it ends (RFC 8594, RFC 9745). Called again, it
 * changes the day. Throws `invalid-input` for a day that is past, `exchange.version-is-retired`.
 */
export async function deprecateVersion(
  { db, clock }: Needs,
  actor: Actor,
  apiId: string,
  name: string,
  endsOn: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { version, producerId } = await managedVersion(trx, actor, apiId, name);
    if (version.state === 'retired') throw versionIsRetired();
    const now = clock.now();
    const day = endsOn.trim();
    const faults = faultsOfEnd(day, now.toISOString().slice(0, 10));
    if (faults.length > 0) throw invalidInput({ fields: faults });
    await updateVersionState(trx, version.id, { state: 'deprecated', endsOn: day === '' ? null : day });
    await recordOnApi(trx, now, apiId, {
      event: 'api-version-deprecated',
      actor: producerInLedger(actor, producerId),
      data: { version: name, endsOn: day === '' ? null : day },
    });
    await publishApi(trx, apiId);
  });
}

/** Retires a version: gateways refuse its calls from now on. Throws `exchange.version-is-retired` when it is. */
export async function retireVersion(
  { db, clock }: Needs,
  actor: Actor,
  apiId: string,
  name: string,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { version, producerId } = await managedVersion(trx, actor, apiId, name);
    if (version.state === 'retired') throw versionIsRetired();
    const now = clock.now();
    await updateVersionState(trx, version.id, { state: 'retired', endsOn: now.toISOString().slice(0, 10) });
    await recordOnApi(trx, now, apiId, {
      event: 'api-version-retired',
      actor: producerInLedger(actor, producerId),
      data: { version: name },
    });
    await publishApi(trx, apiId);
  });
}

/**
 * Says where a version is forwarded to and what proves the gateway there. The secret is sealed at once; left empty, the
 * one that is there stays. Throws `invalid-input` with a fault for each wrong field.
 */
export async function setUpstream(
  { db, clock, secret, config }: Needs & Pick<Kernel, 'secret' | 'config'>,
  actor: Actor,
  apiId: string,
  name: string,
  input: UpstreamInput,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const { version, producerId } = await managedVersion(trx, actor, apiId, name);
    if (version.state === 'retired') throw versionIsRetired();
    const faults = faultsOfUpstream(input, {
      mayBeLocal: config.demo,
      hasSecret: version.upstream.hasSecret,
      proofBefore: version.upstream.proof,
    });
    if (faults.length > 0) throw invalidInput({ fields: faults });
    const upstream = upstreamAsTyped(input);
    const content = secretOf(input);
    const sealed =
      upstream.proof === 'none'
        ? null
        : content === null
          ? undefined
          : sealFor(secret, UPSTREAM_SEAL, content);
    const now = clock.now();
    await updateUpstream(trx, version.id, upstream, sealed);
    await recordOnApi(trx, now, apiId, {
      event: 'api-upstream-set',
      actor: producerInLedger(actor, producerId),
      data: {
        version: name,
        ...upstream,
        secret: sealed === undefined ? 'kept' : sealed === null ? 'none' : 'replaced',
      },
    });
    await publishApi(trx, apiId);
  });
}

/** What is sealed, in the shape that gateways read (`UpstreamSecret`); null where no key was given. */
function secretOf({ privateKeyPem, certificatePem, keyId }: UpstreamInput): string | null {
  if (privateKeyPem.trim() === '') return null;
  return JSON.stringify({
    privateKeyPem,
    ...(certificatePem.trim() === '' ? {} : { certificatePem }),
    ...(keyId.trim() === '' ? {} : { keyId: keyId.trim() }),
  });
}
