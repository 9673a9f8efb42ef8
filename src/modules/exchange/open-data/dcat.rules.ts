// The open data of accreditations described for catalogues: DCAT 3 (W3C Recommendation) as JSON-LD. Pure.
import type { Locale } from '#platform/i18n/locale.ts';
import { editionsMessages } from './editions.messages.ts';
import { fileNameOf, MEDIA_TYPES } from './editions.rules.ts';
import { EDITION_FORMATS, type Edition, type EditionFormat } from './editions.types.ts';

/** The dataset with its distributions: the live files and every edition. `home` is the absolute address of its page. */
export function dcatOf(home: string, editions: readonly Edition[]): Record<string, unknown> {
  const inBoth = (text: (locale: Locale) => string) =>
    (['fr', 'en'] as const).map((locale) => ({ '@language': locale, '@value': text(locale) }));
  const distribution = (edition: string, format: EditionFormat) => ({
    '@type': 'dcat:Distribution',
    'dct:title': fileNameOf({ edition, format }),
    'dcat:downloadURL': { '@id': `${home}/${fileNameOf({ edition, format })}` },
    'dcat:mediaType': {
      '@id': `https://www.iana.org/assignments/media-types/${MEDIA_TYPES[format].split(';')[0]}`,
    },
  });
  return {
    '@context': {
      dcat: 'http://www.w3.org/ns/dcat#',
      dct: 'http://purl.org/dc/terms/',
      spdx: 'http://spdx.org/rdf/terms#',
      xsd: 'http://www.w3.org/2001/XMLSchema#',
    },
    '@id': home,
    '@type': 'dcat:Dataset',
    'dct:title': inBoth((locale) => editionsMessages(locale).dataset),
    'dct:description': inBoth((locale) => editionsMessages(locale).lead),
    'dct:accrualPeriodicity': { '@id': 'http://publications.europa.eu/resource/authority/frequency/MONTHLY' },
    'dcat:landingPage': { '@id': home },
    'dcat:distribution': [
      ...EDITION_FORMATS.map((format) => distribution('current', format)),
      ...editions.flatMap(({ month, frozenAt, files }) =>
        files.map(({ format, bytes, sha256 }) => ({
          ...distribution(month, format),
          'dct:issued': { '@type': 'xsd:dateTime', '@value': frozenAt.toISOString() },
          'dcat:byteSize': { '@type': 'xsd:nonNegativeInteger', '@value': String(bytes) },
          'spdx:checksum': {
            '@type': 'spdx:Checksum',
            'spdx:algorithm': { '@id': 'spdx:checksumAlgorithm_sha256' },
            'spdx:checksumValue': sha256,
          },
        })),
      ),
    ],
  };
}
