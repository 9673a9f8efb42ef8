// Processing times in public: page, CSV and JSON.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance } from 'fastify';
import { demonstrationIsLoaded } from '#modules/identity/public.ts';
import { sendCsv } from '#platform/http/csv.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { listMonthTimes, summariseTimes } from './request-events.repository.ts';
import { requestTimesPage } from './request-times.pages.ts';
import { summarySince } from './request-times.rules.ts';
import { requestsPermissions } from './requests.permissions.ts';
import { timesSchema } from './requests.schemas.ts';

const COLUMNS = [
  'month',
  'decided',
  'validated',
  'median_days',
  'ninetieth_days',
  'distributor_median_days',
  'distributor_ninetieth_days',
  'applicant_median_days',
];

/** `/exchange/requests/times`, its CSV, and `/api/v1/exchange/request-times`. */
export function requestTimesRoutes(untyped: FastifyInstance, { db, clock }: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const config = { permission: requestsPermissions.readRequestTimes };
  const times = async () => {
    const [months, summary] = await Promise.all([
      listMonthTimes(db),
      summariseTimes(db, summarySince(clock.now())),
    ]);
    return { months, summary };
  };

  app.get('/exchange/requests/times', { config: { ...config, cache: 'public' } }, async (request, reply) =>
    sendPage(
      reply,
      requestTimesPage(request.locale, {
        ...(await times()),
        origin: (await demonstrationIsLoaded(db)) ? 'demonstration' : 'measured',
      }),
    ),
  );

  app.get('/exchange/requests/times.csv', { config }, async (_request, reply) =>
    sendCsv(
      reply,
      'request-times.csv',
      COLUMNS,
      (await listMonthTimes(db)).map((one) => [
        one.month,
        one.decided,
        one.validated,
        one.medianDays,
        one.ninetiethDays,
        one.distributorMedianDays,
        one.distributorNinetiethDays,
        one.applicantMedianDays,
      ]),
    ),
  );

  app.get(
    '/api/v1/exchange/request-times',
    {
      config,
      schema: {
        summary: 'Read how long decisions on requests for accreditation take, in days, by month',
        tags: ['exchange'],
        response: { 200: timesSchema },
      },
    },
    async () => {
      const { months, summary } = await times();
      return { lastTwelveMonths: summary, months };
    },
  );
}
