// Where accreditations are on the site. It reads no request and draws nothing.

/** Where the list of accreditations is. */
export const ACCREDITATIONS = '/exchange/accreditations';

/** Where an accreditation is. */
export function accreditationAddress(number: number, path = ''): string {
  return `${ACCREDITATIONS}/${number}${path}`;
}
