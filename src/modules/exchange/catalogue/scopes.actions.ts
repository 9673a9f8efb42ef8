// The intention on scopes: what each lets out, written anew as a whole.
import { changeResourceScopes } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import { invalidInput } from '#platform/errors.ts';
import type { Kernel } from '#platform/kernel.ts';
import { publishApi } from './api-publication.actions.ts';
import { managedApi, recordOnApi } from './apis.actions.ts';
import { deleteOtherScopes, listScopesOf, upsertScopes } from './apis.repository.ts';
import { scopeIsUsed } from './catalogue.errors.ts';
import { producerInLedger } from './producers.rules.ts';
import { faultsOfScopes, type ScopeInput, scopesAsTyped } from './scopes.rules.ts';

/**
 * Writes the scopes of an API. Gateways let out the new fields, and keep back what is no longer named, from the commit on;
 * the hub learns the names where it knows the API. Throws `invalid-input` with the faults (`scopes.<place>.<field>`, and
 * `scopes` when an API that the hub knows would have none), `exchange.scope-is-used` when one that goes is asked for or
 * granted.
 */
export async function writeScopes(
  { db, clock }: Pick<Kernel, 'db' | 'clock'>,
  actor: Actor,
  apiId: string,
  inputs: readonly ScopeInput[],
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const api = await managedApi(trx, actor, apiId);
    const scopes = scopesAsTyped(inputs);
    const faults = faultsOfScopes(scopes);
    if (faults.length > 0) throw invalidInput({ fields: faults });
    const before = await listScopesOf(trx, [apiId]);
    await upsertScopes(
      trx,
      scopes.map((scope) => ({ ...scope, apiId })),
    );
    const names = scopes.map(({ name }) => name);
    if (!(await deleteOtherScopes(trx, apiId, names))) throw scopeIsUsed();
    const now = clock.now();
    const by = producerInLedger(actor, api.producerId);
    const hasSameNames = names.length === before.length && before.every(({ name }) => names.includes(name));
    if (api.resource !== null && !hasSameNames) {
      await changeResourceScopes(trx, now, { by, resource: api.resource, scopes: names });
    }
    await recordOnApi(trx, now, apiId, {
      event: 'api-scopes-written',
      actor: by,
      data: {
        before: before.map(({ name, fields }) => ({ name, fields: [...fields] })),
        after: scopes.map(({ name, fields }) => ({ name, fields: [...fields] })),
      },
    });
    await publishApi(trx, apiId);
  });
}
