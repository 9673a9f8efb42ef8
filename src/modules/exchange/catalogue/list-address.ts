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
