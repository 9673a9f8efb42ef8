// Loads the demonstration State's assessments, evidence and exemptions; the same at every load at the same moment.

import { inventedId } from '#modules/identity/public.ts';
import { dayAfter } from '#platform/calendar-days.rules.ts';
import type { Trx } from '#platform/database/connection.ts';
import type { Kernel } from '#platform/kernel.ts';
import { appendToLedger } from '#platform/ledger/append.ts';
import {
  insertAssessment,
  insertDeclarations,
  insertEvidence,
  type NewDeclaration,
  subjectFor,
  updateAssessment,
} from './assessments.repository.ts';
import { INVENTED_PRODUCTS, type InventedProduct } from './doctrines.demonstration-data.ts';
import { listDoctrines, listVersionsById } from './doctrines.repository.ts';
import type { Criterion, DoctrineVersion } from './doctrines.types.ts';
import { insertExemption, updateExemption } from './exemptions.repository.ts';

const DAY_MS = 86_400_000;
const AUDITOR = 'Rémi Delaunay';
type Quality = InventedProduct['doctrines'][string];

function declarationsOf(criteria: readonly Criterion[], quality: Quality): NewDeclaration[] {
  return criteria.flatMap(({ code, weight }, at): NewDeclaration[] => {
    if (quality === 'begun' && at > 1) return [];
    const fails =
      (quality === 'mixed' && weight === 'important' && at % 2 === 0) || (quality === 'poor' && at % 3 === 1);
    if (fails) return [{ criterion: code, outcome: 'does-not', reason: 'Inscrit au plan de l’année.' }];
    if (at === criteria.length - 1 && quality === 'good')
      return [{ criterion: code, outcome: 'not-applicable', reason: 'Le service n’en a pas l’usage.' }];
    return [{ criterion: code, outcome: 'conforms', reason: '' }];
  });
}

async function insertProduct(
  trx: Trx,
  now: Date,
  product: InventedProduct,
  versions: ReadonlyMap<string, DoctrineVersion>,
): Promise<void> {
  const { name, at, by, doctrines, isPublic, exemption } = product;
  const organisationId = inventedId('organisation', at);
  const byPerson = inventedId('person', by);
  const began = new Date(now.getTime() - 90 * DAY_MS);
  const subject = await subjectFor(trx, began, { name, organisationId, reference: null });
  for (const [rank, [word, quality]] of Object.entries(doctrines).entries()) {
    const version = versions.get(word) as DoctrineVersion;
    const assessmentId = (await insertAssessment(trx, began, {
      subjectId: subject.id,
      versionId: version.id,
    })) as string;
    const declaredAt = new Date(now.getTime() - (80 - rank * 7) * DAY_MS);
    const declarations = declarationsOf(version.criteria, quality);
    await insertDeclarations(trx, declaredAt, { assessmentId, byPerson }, declarations);
    for (const [place, { code, checkedBy }] of version.criteria.entries()) {
      const isShown = checkedBy === 'evidence' && (quality === 'good' || (quality !== 'begun' && place < 3));
      const said = declarations.find(({ criterion }) => criterion === code)?.outcome;
      if (!isShown || said === undefined || said === 'not-applicable') continue;
      const at = new Date(declaredAt.getTime() + 5 * DAY_MS);
      const isContradicted = quality === 'contradicted' && place === 2;
      await insertEvidence(
        trx,
        { now: at, organisationId: null },
        {
          subjectRef: subject.reference,
          doctrine: word,
          criterion: code,
          outcome: isContradicted ? 'does-not' : said,
          source: 'Audit de démonstration',
          url: null,
          at,
          detail: isContradicted ? 'Défaut constaté sur trois pages de l’échantillon.' : '',
        },
      );
    }
    await updateAssessment(trx, new Date(declaredAt.getTime() + 6 * DAY_MS), assessmentId, {
      publishedAt: isPublic ? declaredAt : null,
    });
  }
  if (!exemption) return;
  const today = now.toISOString().slice(0, 10);
  const until = dayAfter(today, exemption.untilInDays);
  const askedAt = new Date(now.getTime() - exemption.askedDaysAgo * DAY_MS);
  const { doctrine: word, reason } = exemption;
  const id = await insertExemption(trx, askedAt, {
    subjectId: subject.id,
    word,
    reason,
    until,
    by: byPerson,
  });
  if (id === null || exemption.decision === null) return;
  await updateExemption(trx, new Date(askedAt.getTime() + 6 * DAY_MS), id, {
    decision: exemption.decision,
    until: exemption.decision === 'granted' ? until : null,
    reason: exemption.decisionReason ?? '',
    by: inventedId('person', AUDITOR),
  });
}

/** Loads the products with what is found about them, all or nothing; once, after the shipped doctrines. */
export async function loadDemonstrationAssessments({
  db,
  clock,
}: Pick<Kernel, 'db' | 'clock'>): Promise<void> {
  const now = clock.now();
  await db.transaction().execute(async (trx) => {
    const inForce = (await listDoctrines(trx)).flatMap((one) => (one.inForce ? [one.inForce.id] : []));
    const found = await listVersionsById(trx, inForce);
    const versions = new Map([...found.values()].map((version) => [version.word, version]));
    for (const product of INVENTED_PRODUCTS) await insertProduct(trx, now, product, versions);
    await appendToLedger(trx, now, {
      kind: 'support.demonstration-assessments-loaded',
      subject: 'support/demonstration/assessments',
      actor: { kind: 'system', name: 'support.demonstration' },
      data: { products: INVENTED_PRODUCTS.length },
    });
  });
}
