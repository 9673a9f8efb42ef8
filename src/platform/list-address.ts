// Addresses of filtered and paged lists. It reads no request and draws nothing.

/** The address of a list with what narrows it; empty values are left out. */
export function listAddress(
  path: string,
  query: Readonly<Record<string, string | number | undefined>>,
): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') given.set(name, String(value));
  }
  const text = given.toString();
  return text === '' ? path : `${path}?${text}`;
}

/** Which page of how many is shown, and the address of each. */
export function pagesOf(
  path: string,
  query: Readonly<Record<string, string | undefined>>,
  page: { number: number; size: number },
  total: number,
): { page: number; pages: number; hrefOf: (page: number) => string } {
  return {
    page: page.number,
    pages: Math.max(1, Math.ceil(total / page.size)),
    hrefOf: (number) => listAddress(path, { ...query, page: number === 1 ? undefined : number }),
  };
}
