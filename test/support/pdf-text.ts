// The text of a PDF that Socle wrote, for tests: glyphs turned back into characters through each font's own map.
import { inflateSync } from 'node:zlib';

/** What a reader of the file gets: its text in the order in which it was written, its title, and how many pages it has. */
export function pdfText(bytes: Buffer): { text: string; title: string; pages: number } {
  const file = bytes.toString('latin1');
  const objects = new Map(
    [...file.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, id, body]) => [id, body]),
  );
  const opened = (body = ''): string => {
    const stream = /stream\n([\s\S]*)\nendstream/.exec(body)?.[1] ?? '';
    return body.includes('/FlateDecode')
      ? inflateSync(Buffer.from(stream, 'latin1')).toString('latin1')
      : stream;
  };
  const fonts = new Map<string, Map<string, string>>();
  for (const [, name = '', id] of file.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
    const map = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id) ?? '')?.[1];
    if (map && !fonts.has(name)) fonts.set(name, charactersOf(opened(objects.get(map))));
  }
  const shown = [...objects.values()].map(opened).filter((content) => /^BT$/m.test(content));
  const text = shown.map((content) => writtenIn(content, fonts)).join('\n');
  const title = objects.get(/\/Title (\d+) 0 R/.exec(file)?.[1]) ?? '';
  return {
    text,
    title: title.startsWith('(þÿ')
      ? fromHex(Buffer.from(title.slice(3, -1), 'latin1').toString('hex'))
      : title.slice(1, -1),
    pages: file.match(/\/Type \/Page\b(?!s)/g)?.length ?? 0,
  };
}

const fromHex = (hex: string) => Buffer.from(hex, 'hex').swap16().toString('utf16le');

function charactersOf(map: string): Map<string, string> {
  const characters = new Map<string, string>();
  for (const [, from = '', list = ''] of map.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/gi)) {
    for (const [at, [, hex = '']] of [...list.matchAll(/<([0-9a-f]+)>/gi)].entries())
      characters.set((Number.parseInt(from, 16) + at).toString(16).padStart(4, '0'), fromHex(hex));
  }
  return characters;
}

/** Each piece of text that is shown, a line each. */
function writtenIn(content: string, fonts: ReadonlyMap<string, ReadonlyMap<string, string>>): string {
  let font: ReadonlyMap<string, string> | undefined;
  const lines: string[] = [];
  for (const [, name, shown] of content.matchAll(/\/(F\d+) [\d.]+ Tf|\[([^\]]*)\] TJ/g)) {
    if (name) font = fonts.get(name);
    const glyphs = [...(shown ?? '').matchAll(/<([0-9a-f]*)>/gi)].flatMap(
      ([, hex]) => hex?.match(/.{4}/g) ?? [],
    );
    if (glyphs.length > 0) lines.push(glyphs.map((glyph) => font?.get(glyph.toLowerCase()) ?? '?').join(''));
  }
  return lines.join('\n');
}
