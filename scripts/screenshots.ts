// Makes the pictures of the README from a fresh demonstration State: `npm run screenshots`.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from '../bench/support/server.ts';
import { launchBrowser } from '../test/support/browser.ts';

const PICTURES = [
  { path: '/', file: 'home.png' },
  { path: '/panorama', file: 'panorama.png' },
];

const folder = await mkdtemp(join(tmpdir(), 'socle-screenshots-'));
const server = await startServer(join(folder, 'data'));
const browser = await launchBrowser();
try {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 }, locale: 'fr' });
  for (const { path, file } of PICTURES) {
    await page.goto(server.address + path, { waitUntil: 'networkidle' });
    await page.screenshot({ path: new URL(`../docs/images/${file}`, import.meta.url).pathname });
    process.stdout.write(`docs/images/${file}\n`);
  }
} finally {
  await browser.close();
  await server.stop();
  await rm(folder, { recursive: true, force: true });
}
