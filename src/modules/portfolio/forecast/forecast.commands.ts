// `socle forecast`: how well the forecasts would have done on a panel of editions. It needs no installation.
import { basename } from 'node:path';
import type { Command } from 'commander';
import type { CommandLine } from '#platform/module.ts';
import { bytesOfFile } from '../panorama/sheet.reader.ts';
import { backtest, backtestParts } from './backtest.rules.ts';
import type { FigureBacktest, PartsBacktest } from './backtest.types.ts';
import { panelTooShort } from './forecast.errors.ts';
import { readPanel } from './panels.reader.ts';
import { FORECAST_FIGURES } from './panels.types.ts';

/** Adds `forecast backtest` to `socle`. */
export function forecastCommands(socle: Command, line: CommandLine): void {
  const forecast = socle.command('forecast').description('Forecasts of cost and duration');
  forecast
    .command('backtest')
    .description('Forecast each edition of a panel from the earlier ones alone, and score what came')
    .argument('<file>', 'a panel: one row per project and edition (CSV, UTF-8)')
    .option('--parts', 'also on random halves of the projects and without each edition')
    .option('--json', 'print one JSON object')
    .action(async (file: string, options: { readonly parts?: boolean }) => {
      const panel = await readPanel({ name: basename(file), bytes: bytesOfFile(file) });
      const months = panel.editions.map(({ month }) => month);
      if (months.length < 3) throw panelTooShort({}, months.length);
      const scores = backtest(panel.editions);
      const parts = options.parts ? backtestParts(panel.editions) : null;
      const leftOut = panel.leftOut.map(({ where, reason }) => ({ where: where.en, reason: reason.en }));
      line.print(
        { ...scores, ...(parts ? { parts } : {}), panel: { rows: panel.rows, editions: months, leftOut } },
        [
          `${panel.rows} rows, ${leftOut.length} left out, ${months.length} editions from ${months[0]} to ${months.at(-1)}.`,
          ...leftOut.slice(0, 20).map(({ where, reason }) => `  ${where}: ${reason}`),
          ...FORECAST_FIGURES.flatMap((figure) => ['', ...figureLines(figure, scores[figure])]),
          ...(parts ? ['', ...partsLines(parts)] : []),
        ].join('\n'),
      );
    });
}

function four(value: number): string {
  return value.toFixed(4);
}

function percent(value: number): string {
  return `${(value * 100).toFixed(1)} %`;
}

function figureLines(figure: string, scores: FigureBacktest | null): string[] {
  if (!scores) return [`${figure}: no project gives it in three editions that follow each other.`];
  const { intervals } = scores;
  const row = (name: string, value: string, low: string, high: string) =>
    `  ${name.padEnd(28)}${value.padStart(10)}   [${low}, ${high}]`;
  return [
    `${figure}: ${scores.n} forecasts of ${scores.projects} projects (in brackets 95 %, bootstrap by project)`,
    row('CRPS', four(scores.crps), ...pair(intervals.crps, four)),
    row(
      'minus “no change”',
      four(scores.crps - scores.crps_no_change),
      ...pair(intervals.crps_minus_no_change, four),
    ),
    row(
      'minus the empirical class',
      four(scores.crps - scores.crps_empirical_class),
      ...pair(intervals.crps_minus_empirical_class, four),
    ),
    row('in the 80 % interval', percent(scores.coverage80), ...pair(intervals.coverage80, percent)),
    row('in the highest tenth', percent(scores.pit_above_90), ...pair(intervals.pit_above_90, percent)),
    '  edition  months  learned from    n    CRPS  no change  empirical  in 80 %',
    ...scores.editions.map(
      (one) =>
        `  ${one.edition}${String(one.months).padStart(8)}${String(one.trained_on).padStart(14)}${String(one.n).padStart(5)}${four(one.crps).padStart(8)}${four(one.crps_no_change).padStart(11)}${four(one.crps_empirical_class).padStart(11)}${percent(one.coverage80).padStart(9)}`,
    ),
  ];
}

function pair([low, high]: readonly [number, number], written: (value: number) => string): [string, string] {
  return [written(low), written(high)];
}

function partsLines(parts: PartsBacktest): string[] {
  return Object.entries({
    'random halves of the projects': parts.halves,
    'without an edition': parts.without_an_edition,
  }).flatMap(([name, figures]) =>
    FORECAST_FIGURES.flatMap((figure) => {
      const found = figures[figure];
      if (!found) return [];
      return [
        `${figure}, ${name} (${found.runs} runs; least, quartiles, most)`,
        `  against the empirical class ${found.vs_empirical_class.map(percent).join('  ')}`,
        `  in the 80 % interval        ${found.coverage80.map(percent).join('  ')}`,
      ];
    }),
  );
}
