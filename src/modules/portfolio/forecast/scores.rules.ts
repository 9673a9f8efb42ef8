// How good forecasts were once the outcome is known: probabilities, and whole distributions. Pure.
// Sources: Brier, "Verification of Forecasts Expressed in Terms of Probability", 1950; Murphy, "Hedging and Skill
// Scores for Probability Forecasts", 1973; reliability as in Bröcker and Smith, 2007.
import { crpsOf, type Ensemble, ensembleOf, isInCentral80, pitOf } from './ensembles.rules.ts';

/** A dated probability and whether what it spoke of came. */
export interface ScoredProbability {
  /** 0 to 1. */
  readonly probability: number;
  readonly came: boolean;
}

/** How a set of probabilities did. */
export interface ProbabilityScores {
  readonly n: number;
  /** Mean squared error: 0 is perfect, 0.25 is what 50 % always gives. */
  readonly brier: number;
  /** How often it came. */
  readonly baseRate: number;
  /** 1 - Brier / Brier of saying the base rate each time; null where everything or nothing came. */
  readonly skill: number | null;
}

/** The scores of probabilities; null of none. */
export function probabilityScoresOf(scored: readonly ScoredProbability[]): ProbabilityScores | null {
  if (scored.length === 0) return null;
  const n = scored.length;
  const baseRate = scored.filter(({ came }) => came).length / n;
  const brier = scored.reduce((sum, one) => sum + brierOf(one), 0) / n;
  const ofBaseRate = baseRate * (1 - baseRate);
  return { n, brier, baseRate, skill: ofBaseRate > 0 ? 1 - brier / ofBaseRate : null };
}

/** The squared error of one probability. */
export function brierOf({ probability, came }: ScoredProbability): number {
  return (probability - Number(came)) ** 2;
}

/** Forecasts of about one probability: what was said on average, and how often it came. */
export interface ReliabilityBin {
  readonly from: number;
  readonly to: number;
  readonly n: number;
  readonly said: number;
  readonly came: number;
}

const BINS = 10;

/** Groups probabilities by tenths (1 goes with the last); groups with none are left out. */
export function reliabilityOf(scored: readonly ScoredProbability[]): ReliabilityBin[] {
  const groups = Map.groupBy(scored, ({ probability }) => Math.min(BINS - 1, Math.floor(probability * BINS)));
  return [...groups]
    .sort(([a], [b]) => a - b)
    .map(([bin, group]) => ({
      from: bin / BINS,
      to: (bin + 1) / BINS,
      n: group.length,
      said: group.reduce((sum, { probability }) => sum + probability, 0) / group.length,
      came: group.filter(({ came }) => came).length / group.length,
    }));
}

/** A forecast of a ratio by equally likely values, as the ensemble of its logarithm. */
export function logEnsembleOf(ratios: readonly number[]): Ensemble {
  return ensembleOf(ratios.map((ratio) => ({ value: Math.log(ratio), weight: 1 })));
}

/** The scores of one forecast of a ratio for the ratio that came. CRPS in ln of the ratio. */
export interface RatioScores {
  readonly crps: number;
  readonly pit: number;
  readonly covered: boolean;
}

/**
 * Scores equally likely ratios for what came.
 * @param u from 0 to 1: where in the weight of tied values the outcome is taken to lie.
 */
export function scoreRatios(ratios: readonly number[], came: number, u: number): RatioScores {
  const ensemble = logEnsembleOf(ratios);
  const outcome = Math.log(came);
  return {
    crps: crpsOf(ensemble, outcome),
    pit: pitOf(ensemble, outcome, u),
    covered: isInCentral80(ensemble, outcome),
  };
}
