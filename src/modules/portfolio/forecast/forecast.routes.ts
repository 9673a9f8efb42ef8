// Forecasts as pages, files and over the REST interface: a project's own, and how well all of them did.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { demonstrationIsLoaded } from '#modules/identity/public.ts';
import type { Actor } from '#platform/access.ts';
import { type Cell, sendCsv } from '#platform/http/csv.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { fileStateFor } from '../files/facts.repository.ts';
import { fileAt } from '../files/file-at.ts';
import { fileParams } from '../files/files.schemas.ts';
import { CALIBRATION, CALIBRATION_API, calibrationPage } from './calibration.pages.ts';
import { calibrationOf } from './calibration.rules.ts';
import { forecastPage } from './forecast.pages.ts';
import { forecastPermissions } from './forecast.permissions.ts';
import { forecastOf, presentClasses } from './forecasts.actions.ts';
import {
  countWaiting,
  listForecastsOf,
  listScoredForecasts,
  listScoredJudgements,
} from './kept-forecasts.repository.ts';
import type { KeptForecast, ScoredForecast, ScoredJudgement } from './kept-forecasts.types.ts';

const tags = ['forecasts'];
const whole = Type.Record(Type.String(), Type.Unknown());

/** The pages and the interface. */
export function forecastRoutes(app: FastifyInstance, kernel: Kernel): void {
  projectRoutes(app, kernel);
  calibrationRoutes(app, kernel);
}

/** The forecasts of the file with this id, as far as the actor (null: nobody) sees it. Throws `not-found`. */
async function seenForecasts({ db, clock, config }: Kernel, actor: Actor | null, id: string) {
  const file = await fileAt(db, actor, id);
  const kept = await listForecastsOf(db, file.id);
  const [latest] = kept;
  if (latest) return { file, kept, forecast: latest };
  const facts = await fileStateFor(db, file.id);
  const made =
    facts?.state !== 'draft' && facts
      ? forecastOf(await presentClasses(db), facts, {
          at: clock.now(),
          timeZone: config.timeZone,
          occasion: 'schedule',
        })
      : null;
  return { file, kept, forecast: made };
}

const FORECAST_COLUMNS = [
  'id',
  'made_at',
  'occasion',
  'model',
  'frame_cost_eur',
  'frame_end_on',
  'median_cost_eur',
  'p80_cost_eur',
  'median_end_on',
  'p80_end_on',
  'chance_above_25',
  'chance_above_50',
];

function forecastCells(one: KeptForecast): Cell[] {
  return [
    one.id,
    one.madeAt.toISOString(),
    one.occasion,
    one.model,
    one.frame.costCents / 100,
    one.frame.endOn,
    one.medianCostCents / 100,
    one.p80CostCents / 100,
    one.medianEndOn,
    one.p80EndOn,
    one.above25,
    one.above50,
  ];
}

function projectRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: forecastPermissions.readForecasts };

  app.get(
    '/projects/files/:id/forecast',
    { config, schema: { params: fileParams } },
    async (request, reply) => {
      const seen = await seenForecasts(kernel, request.actor, request.params.id);
      const page = forecastPage(request.locale, { ...seen, timeZone: kernel.config.timeZone });
      return sendPage(reply, page);
    },
  );

  app.get(
    '/projects/files/:id/forecasts.csv',
    { config, schema: { params: fileParams } },
    async (request, reply) => {
      const { kept } = await seenForecasts(kernel, request.actor, request.params.id);
      return sendCsv(reply, 'forecasts.csv', FORECAST_COLUMNS, kept.map(forecastCells));
    },
  );

  app.get(
    '/api/v1/project-files/:id/forecasts',
    {
      config,
      schema: {
        summary: 'The forecasts kept of a project file, the newest first',
        tags,
        params: fileParams,
        response: { 200: Type.Object({ items: Type.Array(whole) }) },
      },
    },
    async (request) => {
      const { kept } = await seenForecasts(kernel, request.actor, request.params.id);
      return { items: kept.map((one) => ({ ...one, madeAt: one.madeAt.toISOString() })) };
    },
  );
}

const SCORE_COLUMNS = [
  'forecast_id',
  'project_file_id',
  'project',
  'made_at',
  'model',
  'outcome',
  'chance_above_25',
  'chance_above_50',
  'cost_ratio',
  'duration_ratio',
  'cost_crps',
  'cost_pit',
  'cost_in_80',
  'duration_crps',
  'duration_pit',
  'duration_in_80',
];

function scoreCells(one: ScoredForecast): Cell[] {
  return [
    one.id,
    one.fileId,
    one.fileName,
    one.madeAt.toISOString(),
    one.model,
    one.outcome,
    one.above25,
    one.above50,
    one.costRatio,
    one.durationRatio,
    one.costCrps,
    one.costPit,
    one.costCovered,
    one.durationCrps,
    one.durationPit,
    one.durationCovered,
  ];
}

const JUDGEMENT_COLUMNS = [
  'judgement_id',
  'project_file_id',
  'project',
  'made_at',
  'kind',
  'probability',
  'outcome',
  'came',
];

function judgementCells(one: ScoredJudgement): Cell[] {
  return [
    one.id,
    one.fileId,
    one.fileName,
    one.madeAt.toISOString(),
    one.kind,
    one.probability,
    one.outcome,
    one.came,
  ];
}

function calibrationRoutes(app: FastifyInstance, { db }: Kernel): void {
  const config = { permission: forecastPermissions.readCalibration };

  async function calibration() {
    const [forecasts, judgements, waiting] = await Promise.all([
      listScoredForecasts(db),
      listScoredJudgements(db),
      countWaiting(db),
    ]);
    return { calibration: calibrationOf(forecasts, judgements), waiting };
  }

  app.get(CALIBRATION, { config }, async (request, reply) => {
    const [scores, isDemonstration] = await Promise.all([calibration(), demonstrationIsLoaded(db)]);
    const origin = isDemonstration ? 'demonstration' : 'measured';
    return sendPage(reply, calibrationPage(request.locale, { ...scores, origin }));
  });

  app.get(`${CALIBRATION}.csv`, { config }, async (_request, reply) =>
    sendCsv(reply, 'scored-forecasts.csv', SCORE_COLUMNS, (await listScoredForecasts(db)).map(scoreCells)),
  );

  app.get(`${CALIBRATION}/judgements.csv`, { config }, async (_request, reply) =>
    sendCsv(
      reply,
      'scored-judgements.csv',
      JUDGEMENT_COLUMNS,
      (await listScoredJudgements(db)).map(judgementCells),
    ),
  );

  app.get(
    CALIBRATION_API,
    {
      config,
      schema: {
        summary: 'How well the directorate’s forecasts and judgements did',
        tags,
        response: { 200: whole },
      },
    },
    async () => {
      const { calibration: scores, waiting } = await calibration();
      return { ...scores, waiting };
    },
  );
}
