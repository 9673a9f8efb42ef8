// Compiles the kit's Sass to the committed, minified src/ui/assets/socle.css. Run it after any change in src/ui/styles.
import { writeFileSync } from 'node:fs';
import { compile } from 'sass';

const ROOT = new URL('../', import.meta.url).pathname;

/** Where the compiled style sheet is kept. */
export const COMPILED = `${ROOT}src/ui/assets/socle.css`;

/** The style sheet as Sass makes it now: minified, with one line end. Throws on a fault in the Sass. */
export function compileCss(): string {
  const { css } = compile(`${ROOT}src/ui/styles/socle.scss`, {
    style: 'compressed',
    charset: false,
    loadPaths: [`${ROOT}node_modules`],
    // Warnings of the packages' own Sass are theirs to mend.
    quietDeps: true,
  });
  // The kit defines every colour of govuk-frontend: the fallback beside each use would be a third of the file.
  return `${css.replace(/\/\*[!#][\s\S]*?\*\//g, '').replace(/var\((--govuk-[a-z-]+-colour), ?#[0-9a-f]+\)/g, 'var($1)')}\n`;
}

if (import.meta.main) {
  const css = compileCss();
  writeFileSync(COMPILED, css);
  console.log(`src/ui/assets/socle.css: ${(css.length / 1024).toFixed(1)} kB`);
}
