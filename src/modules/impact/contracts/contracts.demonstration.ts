// Loads the demonstration State's success contracts through the actions that people use, each at its own past moment; the
// same at every load at the same moment. It is called once, on an empty database.
import { createHash } from 'node:crypto';
import { findActor, inventedId } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import type { Kernel } from '#platform/kernel.ts';
import { createIndicator } from '../indicators/indicators.actions.ts';
import { takeMeasures } from '../indicators/measures.actions.ts';
import {
  INVENTED_CONTRACTS,
  INVENTED_GUARDRAILS,
  type InventedContract,
} from './contracts.demonstration-data.ts';
import { findProposedVersion } from './contracts.repository.ts';
import { GUARDRAILS } from './contracts.types.ts';
import { abandonContract, draftContract, proposeAmendment } from './drafts.actions.ts';
import { recordGuardrail, recordSaving } from './follow-up.actions.ts';
import { judgeContract, recordDeadlines, takeReview } from './reviews.actions.ts';
import { latestVerdictOf } from './reviews.repository.ts';
import { signContract } from './signatures.actions.ts';
import { emptyTerms, type TermsInput } from './terms.rules.ts';

const DAY_MS = 86_400_000;
const SIGNER = 'Anaïs Kerbrat';

/** A number from -1 to 1 that follows from a name alone. */
function wobble(name: string): number {
  return createHash('sha256').update(`impact/contracts/${name}`).digest().readInt32BE(0) / 2 ** 31;
}

/** Loads them. */
export async function loadDemonstrationContracts(kernel: Kernel): Promise<void> {
  for (const invented of INVENTED_CONTRACTS) await loadContract(kernel, invented);
}

async function loadContract({ db, clock, config }: Kernel, invented: InventedContract): Promise<void> {
  const now = clock.now();
  const ago = (days: number) => new Date(now.getTime() - days * DAY_MS);
  const day = (days: number) => ago(days).toISOString().slice(0, 10);
  const at = (days: number) => ({ db, config, clock: { now: () => ago(days) } });
  const actor = async (name: string, days: number): Promise<Actor> => {
    const found = await findActor(db, inventedId('person', name), ago(days));
    if (!found) throw new Error(`The demonstration State has nobody named ${name}.`);
    return found;
  };
  const { baselineAgo, deadlineAgo, owner, until } = invented;
  // Contracts are drafted within days of their baseline, long before the deadline.
  const drafted = Math.max(baselineAgo - 5, 2);
  const indicatorId = await loadIndicator(at(drafted), now, await actor(owner, drafted), invented, day);
  const organisationId = inventedId('organisation', invented.at);
  const draft = await draftContract(
    at(drafted),
    await actor(owner, drafted),
    organisationId,
    termsOf(invented, indicatorId, day),
  );
  const sign = async (name: string, days: number) => {
    const proposed = await findProposedVersion(db, draft.id);
    await signContract(at(days), await actor(name, days), draft.id, proposed?.termsHash ?? '');
  };
  if (until === 'draft') return;
  await sign(owner, drafted - 2);
  if (until === 'half-signed') return;
  await sign(SIGNER, drafted - 4);
  if (until === 'abandoned') {
    const reason =
      'Les musées ont retenu une billetterie qui existait déjà\u00A0: le projet n’a plus d’objet.';
    await abandonContract(at(90), await actor(owner, 90), draft.id, reason);
  }
  if (until === 'amended') {
    const terms = { ...termsOf(invented, indicatorId, day), deadline: day(deadlineAgo - 60) };
    const reason = 'Le déploiement attend une interface de la banque centrale\u00A0: deux mois de plus.';
    await proposeAmendment(at(80), await actor(owner, 80), draft.id, terms, reason);
    await sign(owner, 79);
    await sign(SIGNER, 75);
  }
  if (deadlineAgo < 0) return;
  await toTheEnd(invented, draft.id, { at, actor, day });
}

interface Moments {
  at(days: number): Pick<Kernel, 'db' | 'clock' | 'config'>;
  actor(name: string, days: number): Promise<Actor>;
  day(days: number): string;
}

async function toTheEnd(
  { until, reviewer, owner, deadlineAgo }: InventedContract,
  id: string,
  { at, actor, day }: Moments,
): Promise<void> {
  const judge = async (days: number, decision: string, reason: string, extendedUntil = '') => {
    const { db } = at(days);
    const reviewId = (await latestVerdictOf(db, id))?.id ?? '';
    const typed = { reviewId, decision, reason, extendedUntil };
    await judgeContract(at(days), await actor(reviewer, days), id, typed);
  };
  if (until === 'stop') await takeReview(at(deadlineAgo + 120), await actor(reviewer, deadlineAgo + 120), id);
  if (until !== 'unmeasured') {
    for (const guardrail of GUARDRAILS) {
      const typed = {
        guardrail,
        state: 'kept',
        evidence: 'Audit et relevés du trimestre, joints au dossier.',
      };
      await recordGuardrail(at(deadlineAgo + 10), await actor(reviewer, deadlineAgo + 10), id, typed);
    }
  }
  await recordDeadlines(at(deadlineAgo - 1), new AbortController().signal);
  const later = deadlineAgo - 8;
  if (until === 'scale') {
    await judge(later, 'scale', 'L’effet est net, les garde-fous tiennent et le coût est sous le plafond.');
    const saving = (kind: string, amountEuros: string, evidence: string) => ({ kind, amountEuros, evidence });
    const claimed = saving('declared', '1400000', 'Appels évités sur douze mois, au coût moyen d’un appel.');
    const audited = saving('audited', '1100000', 'Vérifié sur les factures du centre de contact.');
    const cashed = saving('cashed', '600000', 'Crédits du centre de contact réduits d’autant.');
    await recordSaving(at(later - 3), await actor(owner, later - 3), id, claimed);
    await recordSaving(at(later - 12), await actor(SIGNER, later - 12), id, audited);
    await recordSaving(at(later - 20), await actor(SIGNER, later - 20), id, cashed);
  }
  if (until === 'stop') {
    await judge(
      later,
      'stop',
      'Deux revues disent la même chose\u00A0: arrêter libère l’équipe pour ce qui marche.',
    );
  }
  if (until === 'extended') {
    const reason = 'L’effet est là mais encore incertain\u00A0: une campagne de plus tranchera.';
    await judge(later, 'extend-once', reason, day(-180));
  }
}

async function loadIndicator(
  at: Pick<Kernel, 'db' | 'clock' | 'config'>,
  now: Date,
  owner: Actor,
  invented: InventedContract,
  day: (ago: number) => string,
): Promise<string> {
  const { title, indicator, baseline, reaches, noise, baselineAgo } = invented;
  const id = await createIndicator(at, owner, {
    ...indicator,
    subject: invented.subject,
    organisationId: inventedId('organisation', invented.at),
    population: invented.population,
    aggregation: 'mean',
    cadence: 'weekly',
    isPublic: 'on',
    definition: `${indicator.title}, en moyenne sur la semaine, relevé dans le service.`,
  });
  const lines: { day: string; value: number }[] = [];
  for (let ago = baselineAgo + 420; ago >= 1; ago -= 7) {
    if (ago < baselineAgo && reaches === null) break;
    // The change takes sixty days to settle in.
    const settled = Math.min(1, Math.max(0, (baselineAgo - ago) / 60));
    const value = baseline + ((reaches ?? baseline) - baseline) * settled + noise * wobble(`${title}/${ago}`);
    lines.push({ day: day(ago), value: Math.round(value * 100) / 100 });
  }
  const intake = {
    indicatorId: id,
    origin: 'measured',
    sourceId: null,
    actor: null,
    evidence: '',
    lines,
  } as const;
  await at.db.transaction().execute((trx) => takeMeasures(trx, intake, now, at.config.timeZone));
  return id;
}

function termsOf(invented: InventedContract, indicatorId: string, day: (ago: number) => string): TermsInput {
  return {
    ...emptyTerms(),
    title: invented.title,
    subject: invented.subject,
    problem: invented.problem,
    population: invented.population,
    indicatorId,
    baselineValue: String(invented.baseline),
    baselineOn: day(invented.baselineAgo),
    baselineEvidence: 'Moyenne des douze mois d’avant, relevée dans le service',
    target: String(invented.target),
    minimumEffect: String(invented.minimum),
    deadline: day(invented.deadlineAgo),
    guardrail_accessibility: INVENTED_GUARDRAILS.accessibility,
    guardrail_ecoDesign: INVENTED_GUARDRAILS.ecoDesign,
    guardrail_security: INVENTED_GUARDRAILS.security,
    guardrail_totalCost: INVENTED_GUARDRAILS.totalCost,
    costEuros: String(invented.costEuros),
    costCeilingEuros: String(invented.ceilingEuros),
    ownerPersonId: inventedId('person', invented.owner),
    reviewerPersonId: inventedId('person', invented.reviewer),
  };
}
