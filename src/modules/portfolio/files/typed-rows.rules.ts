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
