// How the directorate's forecasts and judgements did, over all that is scored. Pure.
import type { ScoredForecast, ScoredJudgement } from './kept-forecasts.types.ts';
import {
  type ProbabilityScores,
  probabilityScoresOf,
  type ReliabilityBin,
  reliabilityOf,
  type ScoredProbability,
} from './scores.rules.ts';

/** The scores of one kind of probability, and its reliability by tenths. */
export interface ProbabilityCalibration extends ProbabilityScores {
  readonly reliability: readonly ReliabilityBin[];
}

/** All that the calibration page says. A part is null while nothing of it is scored. */
export interface Calibration {
  readonly forecasts: {
    readonly n: number;
    readonly projects: number;
    /** In ln of the ratio. */
    readonly costCrps: number;
    readonly durationCrps: number;
    readonly costCoverage80: number;
    readonly durationCoverage80: number;
    readonly costPitAbove90: number;
    readonly over25: ProbabilityCalibration;
    readonly over50: ProbabilityCalibration;
  } | null;
  readonly judgements: ProbabilityCalibration | null;
}

function calibrationOfProbabilities(scored: readonly ScoredProbability[]): ProbabilityCalibration | null {
  const scores = probabilityScoresOf(scored);
  return scores && { ...scores, reliability: reliabilityOf(scored) };
}

/** The calibration of what is scored. */
export function calibrationOf(
  forecasts: readonly ScoredForecast[],
  judgements: readonly ScoredJudgement[],
): Calibration {
  const mean = (of: (one: ScoredForecast) => number) =>
    forecasts.reduce((sum, one) => sum + of(one), 0) / forecasts.length;
  const over25 = calibrationOfProbabilities(
    forecasts.map(({ above25, costRatio }) => ({ probability: above25, came: costRatio > 1.25 })),
  );
  const over50 = calibrationOfProbabilities(
    forecasts.map(({ above50, costRatio }) => ({ probability: above50, came: costRatio > 1.5 })),
  );
  return {
    forecasts:
      over25 && over50
        ? {
            n: forecasts.length,
            projects: new Set(forecasts.map(({ fileId }) => fileId)).size,
            costCrps: mean((one) => one.costCrps),
            durationCrps: mean((one) => one.durationCrps),
            costCoverage80: mean((one) => Number(one.costCovered)),
            durationCoverage80: mean((one) => Number(one.durationCovered)),
            costPitAbove90: mean((one) => Number(one.costPit > 0.9)),
            over25,
            over50,
          }
        : null,
    judgements: calibrationOfProbabilities(judgements),
  };
}
