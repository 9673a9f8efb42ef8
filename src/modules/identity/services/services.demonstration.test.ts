import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadDemonstration } from '../demonstration.ts';
import { identityKernel, TEST_NOW } from '../identity.fixture.ts';
import { listOrganisations } from '../organisations.repository.ts';
import { countWaitingReviews } from './reviews.repository.ts';
import { secretHash } from './service-secrets.rules.ts';
import { inventedServiceFields, loadDemonstrationServices } from './services.demonstration.ts';
import {
  DEMONSTRATION_MACHINE,
  DEMONSTRATION_PORTAL,
  INVENTED_RESOURCES,
  INVENTED_SERVICES,
} from './services.demonstration-data.ts';
import { findServiceByClientId, servicesAfter } from './services.repository.ts';
import { faultsOfService } from './services.rules.ts';

test('no invented service has a fault, in the state that it is in', () => {
  for (const invented of INVENTED_SERVICES) {
    const state = invented.state === 'test' ? 'test' : 'production';
    const fields = inventedServiceFields(invented);
    assert.deepEqual(faultsOfService(invented.realm, state, fields), [], invented.clientId);
  }
});

test('they are loaded, the same each time, with the two that a newcomer tries', async (t) => {
  const loaded = [];
  for (let time = 0; time < 2; time++) {
    const { db, ...kernel } = await identityKernel(t);
    await loadDemonstration({ db, ...kernel });
    const organisations = await listOrganisations(db);
    await db.transaction().execute((trx) => loadDemonstrationServices(trx, TEST_NOW, organisations));
    loaded.push(await servicesAfter(db, 'all', {}, { after: null, limit: 500 }));
    if (time > 0) continue;
    assert.equal(await countWaitingReviews(db), 1);
    const portal = await findServiceByClientId(db, DEMONSTRATION_PORTAL.clientId);
    assert.deepEqual(portal?.secretHashes, [secretHash(DEMONSTRATION_PORTAL.secret)]);
    assert.ok(portal?.claims.every(({ grantedAt }) => grantedAt !== null));
    const machine = await findServiceByClientId(db, DEMONSTRATION_MACHINE.clientId);
    assert.deepEqual(machine?.secretHashes, [secretHash(DEMONSTRATION_MACHINE.secret)]);
    assert.deepEqual(machine?.resources, [
      { identifier: DEMONSTRATION_MACHINE.resource, scopes: ['quotient.read'], tokenSeconds: 600 },
    ]);
    const server = await findServiceByClientId(db, 'demonstration-quotients');
    assert.deepEqual(server?.serves, [DEMONSTRATION_MACHINE.resource]);
  }
  assert.deepEqual(loaded[0], loaded[1]);
  assert.equal(loaded[0]?.length, INVENTED_SERVICES.length);
  assert.equal(INVENTED_RESOURCES.length, 2);
  const states = new Set(loaded[0]?.map(({ state }) => state));
  assert.deepEqual([...states].sort(), ['production', 'suspended', 'test']);
});
