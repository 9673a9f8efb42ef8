// The demonstration State's sources: what reads the statistics of its products, and the products beside the server.
import { demonstrationIsLoaded, findActor, inventedId } from '#modules/identity/public.ts';
import type { Kernel } from '#platform/kernel.ts';
import { INVENTED_INDICATORS } from '../indicators/indicators.demonstration-data.ts';
import { startDemonstrationProducts, statisticsPath } from './products.demonstration.ts';
import { addSource } from './sources.actions.ts';
import { readSources } from './sources.jobs.ts';
import type { SourceKind, SourceSettings } from './sources.types.ts';

/** Who keeps the sources of an organisation. */
const KEEPERS: Readonly<Record<string, string>> = {
  DNE: 'Océane Guillou',
  DSA: 'Fanny Vigneron',
  AIE: 'Maël Jézéquel',
};

/** An indicator whose measures are handed in as files. */
const FILED = 'emploi-retour';

/** Loads the sources. It is called once, after the indicators. */
export async function loadDemonstrationSources(kernel: Kernel): Promise<void> {
  const { db, clock, config } = kernel;
  for (const invented of INVENTED_INDICATORS) {
    const { word, at, publishes } = invented;
    if (!publishes && word !== FILED) continue;
    const keeper = await findActor(db, inventedId('person', KEEPERS[at] ?? ''), clock.now());
    if (!keeper) throw new Error(`The demonstration State has nobody who keeps the sources of ${at}.`);
    const kind: SourceKind = publishes ? 'address' : 'file';
    const places =
      publishes === 'json'
        ? { list: '/statistiques', day: '/jour', value: '/valeur' }
        : { list: '', day: 'jour', value: 'valeur' };
    const settings: SourceSettings = {
      ...places,
      segment: '',
      url: publishes ? `http://127.0.0.1:${config.demoProductsPort}${statisticsPath(invented)}` : '',
      format: publishes ?? 'csv',
      everyHours: publishes ? 1 : 24,
      measure: '',
      subject: '',
    };
    await addSource(kernel, keeper, { indicatorId: inventedId('indicator', word), kind, settings });
  }
}

/**
 * Starts the products beside the server, where the demonstration was loaded, and has what is due read at once. Where the
 * port is taken, by another Socle for one, the log says so and nothing starts: whoever stands there answers.
 */
export async function runDemonstrationProducts(kernel: Kernel): Promise<{ stop(): Promise<void> }> {
  const { config, db, log, jobs } = kernel;
  const nothing = { async stop() {} };
  if (!config.demo || !(await demonstrationIsLoaded(db))) return nothing;
  const port = config.demoProductsPort;
  const server = await startDemonstrationProducts(kernel, port).catch((error: unknown) => {
    log.warn(
      { err: error, port },
      'the statistics of the demonstration’s products are not served: set SOCLE_DEMO_PRODUCTS_PORT to a free port before the first start',
    );
    return nothing;
  });
  await db.transaction().execute((trx) => jobs.enqueue(trx, readSources.name, {}, null));
  return server;
}
