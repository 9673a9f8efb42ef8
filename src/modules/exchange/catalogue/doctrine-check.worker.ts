// The thread in which documents are checked, one after another: what it loads goes with it, and a document that takes too
// long is left.
import { parentPort } from 'node:worker_threads';
import type { OpenApiDocument } from './catalogue.types.ts';
import { checkDoctrine } from './doctrine-check.ts';

parentPort?.on('message', async (document: OpenApiDocument) => {
  parentPort?.postMessage(await checkDoctrine(document));
});
