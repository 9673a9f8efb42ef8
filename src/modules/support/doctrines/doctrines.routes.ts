// Pages of doctrines: the list, one, and the draft of its next version.
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { isAllowed } from '#platform/access.ts';
import type { Db } from '#platform/database/connection.ts';
import { type FieldError, notFound } from '#platform/errors.ts';
import { actorOf } from '#platform/http/access-control.ts';
import { csrfField } from '#platform/http/csrf.ts';
import { type Cell, sendCsv } from '#platform/http/csv.ts';
import { sendPage } from '#platform/http/send-page.ts';
import type { Kernel } from '#platform/kernel.ts';
import { attemptForm } from '#platform/refused-form.ts';
import { withFindings } from './assessment-at.ts';
import { ASSESSMENT_COLUMNS, assessmentRows } from './assessment-rows.ts';
import { listAssessments } from './assessments.repository.ts';
import { beginDraft, publishDraft, writeDraft } from './doctrines.actions.ts';
import { draftIsElsewhere } from './doctrines.errors.ts';
import { doctrinePage, doctrinesPage } from './doctrines.pages.ts';
import { doctrinesPermissions } from './doctrines.permissions.ts';
import { findDoctrine, listDoctrines, listVersions } from './doctrines.repository.ts';
import { doctrineParams, doctrineQuery, draftQuery, openForm } from './doctrines.schemas.ts';
import type { Doctrine, DoctrineVersion } from './doctrines.types.ts';
import { draftPage } from './draft.pages.ts';
import { draftOfForm, versionAsInput, withRoom } from './draft-form.rules.ts';
import type { VersionInput } from './versions.rules.ts';

const SHOWN_ASSESSMENTS = 20;
const { browseDoctrines, publishDoctrines, assess } = doctrinesPermissions;

const DOCTRINE_COLUMNS = ['doctrine', 'title_fr', 'title_en', 'steward', 'version', 'from', 'criteria'];
const CRITERION_COLUMNS = [
  'doctrine',
  'version',
  'code',
  'text_fr',
  'text_en',
  'weight',
  'checked_by',
  'source',
];

/** The doctrine with this word and its versions. Throws `not-found`. */
export async function doctrineAt(
  db: Db,
  word: string,
  { withDrafts }: { withDrafts: boolean },
): Promise<{ doctrine: Doctrine; versions: DoctrineVersion[] }> {
  const doctrine = word.includes('\0') ? undefined : await findDoctrine(db, word);
  if (!doctrine) throw notFound();
  return { doctrine, versions: await listVersions(db, word, { withDrafts }) };
}

function versionAsked(
  versions: readonly DoctrineVersion[],
  number: number | undefined,
): DoctrineVersion | null {
  if (number === undefined) return versions.find(({ state }) => state === 'published') ?? null;
  const found = versions.find((version) => version.number === number && version.state !== 'draft');
  if (!found) throw notFound();
  return found;
}

/** `/support/doctrines` and what is under it. */
export function doctrinesRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  readingRoutes(untyped, kernel);
  draftRoutes(untyped, kernel);
}

function readingRoutes(untyped: FastifyInstance, { db, clock, config }: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const browse = { permission: browseDoctrines };

  app.get('/support/doctrines', { config: browse }, async ({ actor, locale }, reply) =>
    sendPage(
      reply,
      doctrinesPage(locale, {
        doctrines: await listDoctrines(db),
        showsDrafts: isAllowed(publishDoctrines, actor),
      }),
    ),
  );

  app.get('/support/doctrines.csv', { config: browse }, async (_request, reply) => {
    const rows = (await listDoctrines(db)).map(({ word, title, steward, inForce }): Cell[] => [
      word,
      title.fr,
      title.en,
      steward,
      inForce?.number ?? null,
      inForce?.from ?? null,
      inForce?.criteria ?? null,
    ]);
    return sendCsv(reply, 'doctrines.csv', DOCTRINE_COLUMNS, rows);
  });

  app.get(
    '/support/doctrines/:word',
    { config: browse, schema: { params: doctrineParams, querystring: doctrineQuery } },
    async (request, reply) => {
      const { actor, locale } = request;
      const mayPublish = isAllowed(publishDoctrines, actor);
      const { doctrine, versions } = await doctrineAt(db, request.params.word, { withDrafts: mayPublish });
      const shown = versionAsked(versions, request.query.version);
      const listed = await listAssessments(
        db,
        'published',
        { doctrine: doctrine.word },
        { after: null, limit: SHOWN_ASSESSMENTS },
      );
      const page = doctrinePage(locale, {
        csrf: mayPublish ? csrfField(request) : null,
        doctrine,
        versions,
        shown,
        published: await withFindings(db, listed),
        may: { publish: mayPublish, assess: isAllowed(assess, actor) },
      });
      return sendPage(reply, page);
    },
  );

  app.get(
    '/support/doctrines/:word/criteria.csv',
    { config: browse, schema: { params: doctrineParams, querystring: doctrineQuery } },
    async (request, reply) => {
      const { doctrine, versions } = await doctrineAt(db, request.params.word, { withDrafts: false });
      const shown = versionAsked(versions, request.query.version);
      const rows = (shown?.criteria ?? []).map(({ code, text, weight, checkedBy, source }): Cell[] => [
        doctrine.word,
        shown?.number ?? null,
        code,
        text.fr,
        text.en,
        weight,
        checkedBy,
        source,
      ]);
      return sendCsv(reply, `${doctrine.word}.csv`, CRITERION_COLUMNS, rows);
    },
  );

  app.get(
    '/support/doctrines/:word/assessments.csv',
    { config: browse, schema: { params: doctrineParams } },
    async (request, reply) => {
      const { doctrine } = await doctrineAt(db, request.params.word, { withDrafts: false });
      const rows = assessmentRows(db, 'published', { doctrine: doctrine.word }, clock.now(), config.timeZone);
      return sendCsv(reply, `assessments-${doctrine.word}.csv`, ASSESSMENT_COLUMNS, rows);
    },
  );
}

function draftRoutes(untyped: FastifyInstance, kernel: Kernel): void {
  const app = untyped.withTypeProvider<TypeBoxTypeProvider>();
  const { db } = kernel;
  const config = { permission: publishDoctrines };
  const path = '/support/doctrines/:word/draft';

  async function draftAt(word: string): Promise<{ doctrine: Doctrine; draft: DoctrineVersion }> {
    const { doctrine, versions } = await doctrineAt(db, word, { withDrafts: true });
    const draft = versions.find(({ state }) => state === 'draft');
    if (!draft) throw draftIsElsewhere();
    return { doctrine, draft };
  }

  function show(
    request: FastifyRequest,
    reply: FastifyReply,
    doctrine: Doctrine,
    typed: VersionInput,
    { faults = [], isSaved = false }: { faults?: readonly FieldError[]; isSaved?: boolean } = {},
  ) {
    const page = draftPage(request.locale, {
      csrf: csrfField(request),
      doctrine,
      typed: withRoom(typed),
      faults,
      isSaved,
    });
    return sendPage(reply, page, faults.length > 0 ? 422 : 200);
  }

  app.post(`${path}/begin`, { config, schema: { params: doctrineParams } }, async (request, reply) => {
    const { doctrine } = await doctrineAt(db, request.params.word, { withDrafts: false });
    await beginDraft(kernel, actorOf(request), doctrine.word);
    return reply.redirect(`/support/doctrines/${doctrine.word}/draft`, 303);
  });

  app.get(
    path,
    { config, schema: { params: doctrineParams, querystring: draftQuery } },
    async (request, reply) => {
      const { doctrine, draft } = await draftAt(request.params.word);
      const isSaved = request.query.saved !== undefined;
      return show(request, reply, doctrine, versionAsInput(draft), { isSaved });
    },
  );

  app.post(path, { config, schema: { params: doctrineParams, body: openForm } }, async (request, reply) => {
    const { doctrine } = await draftAt(request.params.word);
    const typed = draftOfForm(request.body);
    const attempt = await attemptForm(() => writeDraft(kernel, actorOf(request), doctrine.word, typed));
    if (attempt.done) return reply.redirect(`/support/doctrines/${doctrine.word}/draft?saved=1`, 303);
    return show(request, reply, doctrine, typed, { faults: attempt.faults });
  });

  app.post(`${path}/publish`, { config, schema: { params: doctrineParams } }, async (request, reply) => {
    const { doctrine, draft } = await draftAt(request.params.word);
    const attempt = await attemptForm(() => publishDraft(kernel, actorOf(request), doctrine.word));
    if (attempt.done) return reply.redirect(`/support/doctrines/${doctrine.word}`, 303);
    return show(request, reply, doctrine, versionAsInput(draft), { faults: attempt.faults });
  });
}
