// What every page owes its readers, asserted in a browser.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');

/** The rules that every page keeps: WCAG 2.2 A and AA, and axe's own good practice. */
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds wrong on the page as it stands, a line for each element; empty when all is well. */
export async function findAxeViolations(page: Page): Promise<string[]> {
  // By the debugging protocol and not as a script element: the page's own policy would refuse that.
  await page.evaluate(await readFile(AXE, 'utf8'));
  return page.evaluate(async (tags) => {
    interface Found {
      violations: { id: string; help: string; nodes: { target: unknown[]; failureSummary?: string }[] }[];
    }
    const { axe, document } = globalThis as unknown as {
      axe: { run(root: unknown, options: object): Promise<Found> };
      document: unknown;
    };
    const { violations } = await axe.run(document, {
      runOnly: { type: 'tag', values: tags },
      // What is right and what is undecided need not be written down: that is a third of the work.
      resultTypes: ['violations'],
    });
    return violations.flatMap(({ id, help, nodes }) =>
      nodes.map((node) => `${id} (${help}): ${node.target.join(' ')}: ${node.failureSummary ?? ''}`),
    );
  }, AXE_TAGS);
}

/** How many pixels the page is wider than its window; 0 when it does not scroll sideways. */
export async function sidewaysScroll(page: Page): Promise<number> {
  // A string: this file has no DOM types, and needs them nowhere else.
  return page.evaluate('document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth');
}

/** Asserts that axe finds nothing, that there is one h1 and a title that names the page, and no sideways scroll. */
export async function assertAccessible(page: Page): Promise<void> {
  const where = `${page.url()} at ${page.viewportSize()?.width} px`;
  assert.deepEqual(await findAxeViolations(page), [], where);
  assert.equal(await page.locator('h1').count(), 1, `${where}: one h1`);
  assert.match(await page.title(), /^.{3,} - Socle$/, `${where}: title`);
  assert.equal(await sidewaysScroll(page), 0, `${where}: sideways scroll`);
}
