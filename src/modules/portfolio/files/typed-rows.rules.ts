// Tables in forms that work without JavaScript: each cell is a field `<column>_<row>`. Pure.

/** A form's body: texts by field name. */
export type TypedForm = Readonly<Record<string, string | undefined>>;

/** The rows of a form, in their order, at most `most`; cells that were not sent are empty. */
export function rowsOf<C extends string>(
  form: TypedForm,
  columns: readonly C[],
  most: number,
): Record<C, string>[] {
  let last = -1;
  for (const name of Object.keys(form)) {
    const parts = /^([a-zA-Z]+)_(\d{1,4})$/.exec(name);
    if (parts && (columns as readonly string[]).includes(parts[1] ?? '')) {
      last = Math.max(last, Number(parts[2]));
    }
  }
  const count = Math.min(last + 1, most);
  return Array.from({ length: count }, (_, at) => {
    const cells = columns.map((column) => [column, String(form[`${column}_${at}`] ?? '')] as const);
    return Object.fromEntries(cells) as Record<C, string>;
  });
}

/** Rows with nothing in them, to type in. */
export function emptyRows<C extends string>(columns: readonly C[], count: number): Record<C, string>[] {
  const empty = () => Object.fromEntries(columns.map((column) => [column, ''])) as Record<C, string>;
  return Array.from({ length: count }, empty);
}

/** The version that a form of rows was filled in from; -1, which no file has, where it is no number. */
export function versionOf(form: TypedForm): number {
  return /^\d{1,9}$/.test(form.version ?? '') ? Number(form.version) : -1;
}
