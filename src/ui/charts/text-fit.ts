// How wide a text will be when drawn, and how to wrap or cut it to a width. SVG text does not wrap by itself.

const NARROW = /[\s.,:;'’!|ijlItfr()[\]\-·]/;
const WIDE = /[mwMW%@—…€]/;
const FULL = /[\u1100-\u11ff\u2e80-\u9fff\uac00-\ud7af\uff00-\uffef\u{1f000}-\u{1ffff}]/u;

// Width of each character met, in ems. Bounded by the number of characters that there are.
const ems = new Map<string, number>();

function measure(character: string): number {
  if (FULL.test(character)) return 1.05;
  if (NARROW.test(character)) return 0.36;
  if (WIDE.test(character)) return 0.92;
  return character === character.toLowerCase() ? 0.58 : 0.7;
}

/** An estimate of a text's width, on the generous side, in the units of `fontSize`. */
export function textWidth(text: string, fontSize: number): number {
  let width = 0;
  for (const character of text) {
    let known = ems.get(character);
    if (known === undefined) {
      known = measure(character);
      ems.set(character, known);
    }
    width += known;
  }
  return width * fontSize;
}

/** The text itself when it fits in `width`, else its start and an ellipsis. */
export function cutText(text: string, width: number, fontSize: number): string {
  if (textWidth(text, fontSize) <= width) return text;
  const characters = [...text.slice(0, 400)];
  while (characters.length > 0 && textWidth(`${characters.join('')}…`, fontSize) > width) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}

/** Breaks a text at its spaces into at most `maxLines` lines of `width`; what does not fit is cut with an ellipsis. */
export function wrapText(text: string, width: number, fontSize: number, maxLines: number): string[] {
  const words = text
    .slice(0, 400)
    .split(/[ \n\t]+/)
    .filter(Boolean);
  const lines: string[] = [];
  let line = '';
  for (let i = 0; i < words.length; i++) {
    const longer = line === '' ? (words[i] as string) : `${line} ${words[i]}`;
    if (line === '' || textWidth(longer, fontSize) <= width) {
      line = longer;
      continue;
    }
    if (lines.length === maxLines - 1) {
      line = `${line} ${words.slice(i).join(' ')}`;
      break;
    }
    lines.push(cutText(line, width, fontSize));
    line = words[i] as string;
  }
  if (line !== '') lines.push(cutText(line, width, fontSize));
  return lines;
}
