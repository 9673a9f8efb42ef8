// PDF documents as readers and screen readers get them: title, language, tags, page numbers, our own typeface, any text.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inflateSync } from 'node:zlib';
import { type PdfBlock, type PdfText, writePdf } from './pdf-document.ts';

const document = (blocks: readonly PdfBlock[], more: Partial<PdfText> = {}): PdfText => ({
  locale: 'fr',
  title: 'Procès-verbal de l’œuvre',
  author: 'Direction du numérique',
  createdAt: new Date('2026-11-24T10:00:00Z'),
  footer: (page, pages) => `Page ${page} sur ${pages}`,
  blocks,
  ...more,
});

/** The file with its compressed streams opened, as Latin-1. */
function opened(bytes: Buffer): string {
  const text = bytes.toString('latin1');
  return text.replace(/stream\n([\s\S]*?)\nendstream/g, (whole, stream: string) => {
    try {
      return inflateSync(Buffer.from(stream, 'latin1')).toString('latin1');
    } catch {
      return whole;
    }
  });
}

const paragraph = 'Le comité constate que le coût a dépassé la première référence de 34\u202F%. '.repeat(30);

test('a document has a title, a language, tags and its own typeface', async () => {
  const text = opened(
    await writePdf(
      document([
        { kind: 'heading', level: 2, text: 'Projets' },
        { kind: 'list', items: ['un', 'deux'] },
        { kind: 'facts', rows: [['Coût', '12\u00A0M€']] },
        {
          kind: 'table',
          columns: [
            { text: 'N°', width: 0.5 },
            { text: 'Échéance', width: 0.5 },
          ],
          rows: [['1', 'mars']],
        },
      ]),
    ),
  );
  assert.match(text, /^%PDF-1\.7/);
  assert.match(text, /\/Lang \(fr-FR\)/);
  assert.match(text, /\/DisplayDocTitle true/);
  assert.match(text, /\/MarkInfo <<\s*\/Type \/MarkInfo\s*\/Marked true|\/Marked true/);
  for (const tag of ['H1', 'H2', 'L', 'LI', 'Table', 'TR', 'TH', 'TD'])
    assert.match(text, new RegExp(`/S /${tag}\\b`), tag);
  assert.match(text, /PublicSans-Regular/);
  assert.match(text, /PublicSans-Bold/);
});

test('a long document has as many pages as it takes, each with its number', async () => {
  const blocks = Array.from({ length: 12 }, (): PdfBlock => ({ kind: 'paragraph', text: paragraph }));
  const text = opened(await writePdf(document(blocks)));
  const pages = text.match(/\/Type \/Page\b(?!s)/g)?.length ?? 0;
  assert.ok(pages >= 4, `${pages} pages`);
  assert.equal(text.match(/\/Type \/Pagination|\/Pagination/g)?.length, pages);
});

test('a table on several pages has its head on each, told once to screen readers, and no row is cut', async () => {
  const columns = [
    { text: 'Projet', width: 0.7 },
    { text: 'Coût', width: 0.3, numeric: true },
  ];
  const rows = Array.from({ length: 40 }, (_, at) => [`${at} ${'nom assez long '.repeat(12)}`, String(at)]);
  const text = opened(await writePdf(document([{ kind: 'table', columns, rows }], { landscape: true })));
  const pages = text.match(/\/MediaBox \[0 0 841\.89 595\.28\]/g)?.length ?? 0;
  assert.ok(pages >= 3, `${pages} pages`);
  assert.equal(text.match(/\/S \/TH\b/g)?.length, 2);
  assert.equal(text.match(/\/Scope \/Column/g)?.length, 2);
  // The page's number, and the head again on every page but the first.
  assert.equal(text.match(/\/Pagination/g)?.length, pages + (pages - 1));
  // A cell that goes on to another page holds a piece of content of each, not one number alone.
  const cells = [...text.matchAll(/\/S \/TD\n\/P \d+ 0 R\n\/K \[(.*)\]/g)].map(([, pieces]) => pieces ?? '');
  assert.equal(cells.length, 80);
  assert.ok(cells.every((pieces) => /^\d+$/.test(pieces)));
});

test('the same document is the same bytes', async () => {
  const blocks: PdfBlock[] = [{ kind: 'paragraph', text: paragraph }];
  const [one, other] = await Promise.all([writePdf(document(blocks)), writePdf(document(blocks))]);
  assert.ok(one.equals(other));
});

test('no text breaks it', async () => {
  const cell = 'mot '.repeat(3_000);
  for (const text of ['', '\uD800', '😀 漢字 العربية', '\u0000\t\r\n', 'x'.repeat(5_000), cell])
    await writePdf(
      document([
        { kind: 'paragraph', text },
        { kind: 'list', items: [text] },
        { kind: 'facts', rows: [[text.slice(0, 40), text]] },
      ]),
    );
});
