// The thread in which one YAML document is read.
import { parentPort, workerData } from 'node:worker_threads';
import { readOpenApi } from './openapi-text.rules.ts';

parentPort?.postMessage(readOpenApi(workerData as string));
