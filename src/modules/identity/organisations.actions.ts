// Intentions on organisations: record one, change one. Each is one transaction with its line in the ledger.

import type { Trx } from '#platform/database/connection.ts';
import { type FieldError, invalidInput, notFound } from '#platform/errors.ts';
import { publicDataChanged } from '#platform/http/public-cache.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import type { LedgerActor } from '#platform/ledger/ledger.types.ts';
import { isUuid } from '#platform/typed-text.ts';
import {
  findOrganisation,
  idsUpwardsFrom,
  insertOrganisation,
  lockOrganisations,
  takenMarks,
  updateOrganisation,
} from './organisations.repository.ts';
import { faultsOfOrganisation, isPutAboveItself, organisationAsTyped } from './organisations.rules.ts';
import type { Organisation, OrganisationInput } from './organisations.types.ts';

type Needs = Pick<Kernel, 'db' | 'clock'>;

/** Records an organisation. Throws `invalid-input` with a fault for each wrong field. */
export async function recordOrganisation(
  { db, clock }: Needs,
  by: LedgerActor,
  input: OrganisationInput,
): Promise<Organisation> {
  const wanted = organisationAsTyped(input);
  throwFaults(faultsOfOrganisation(wanted));
  return db.transaction().execute(async (trx) => {
    await lockOrganisations(trx);
    throwFaults(await faultsAmongOthers(trx, null, wanted));
    const organisation = await insertOrganisation(trx, wanted);
    await appendToLedger(trx, clock.now(), {
      kind: 'identity.organisation-recorded',
      subject: `identity/organisation/${organisation.id}`,
      actor: by,
      data: { ...wanted },
    });
    await publicDataChanged(trx);
    return organisation;
  });
}

/** Writes the organisation's fields anew. Throws `not-found`, or `invalid-input` with a fault for each wrong field. */
export async function changeOrganisation(
  { db, clock }: Needs,
  by: LedgerActor,
  id: string,
  input: OrganisationInput,
): Promise<Organisation> {
  if (!isUuid(id)) throw notFound();
  const wanted = organisationAsTyped(input);
  return db.transaction().execute(async (trx) => {
    await lockOrganisations(trx);
    const before = await findOrganisation(trx, id);
    if (!before) throw notFound();
    throwFaults(faultsOfOrganisation(wanted));
    throwFaults(await faultsAmongOthers(trx, id, wanted));
    const after = { id, ...wanted };
    await updateOrganisation(trx, after);
    await appendToLedger(trx, clock.now(), {
      kind: 'identity.organisation-changed',
      subject: `identity/organisation/${id}`,
      actor: by,
      data: { before, after },
    });
    await publicDataChanged(trx);
    return after;
  });
}

/** Faults that only the other organisations show: a parent that is not there or is below, a mark taken. */
async function faultsAmongOthers(
  trx: Trx,
  id: string | null,
  { parentId, code, siret }: Omit<Organisation, 'id'>,
): Promise<FieldError[]> {
  const faults: FieldError[] = [];
  if (parentId !== null) {
    const upwards = await idsUpwardsFrom(trx, parentId);
    if (upwards.length === 0 || (id !== null && isPutAboveItself(id, upwards))) {
      faults.push({
        field: 'parentId',
        text: {
          fr: 'Choisissez une autre organisation\u00A0: celle-ci n’existe pas ou se trouve au-dessous de celle que vous modifiez.',
          en: 'Choose another organisation: this one does not exist or stands below the one that you change.',
        },
      });
    }
  }
  for (const field of await takenMarks(trx, { code, siret }, id)) {
    faults.push({
      field,
      text: {
        fr: `Une autre organisation porte déjà ce ${field === 'siret' ? 'SIRET' : 'code'}.`,
        en: `Another organisation already carries this ${field === 'siret' ? 'SIRET' : 'code'}.`,
      },
    });
  }
  return faults;
}

function throwFaults(fields: readonly FieldError[]): void {
  if (fields.length > 0) throw invalidInput({ fields });
}
