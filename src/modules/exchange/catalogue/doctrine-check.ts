// The check of a document against the technical doctrine: the linter with the State's rules, and the structure's validator.
// Both are heavy: they are loaded when a check runs, in a worker (doctrine-check.worker.ts), and go with it.
import type { DoctrineFinding, OpenApiDocument } from './catalogue.types.ts';
import { DOCTRINE_MESSAGES } from './doctrine.messages.ts';
import { DOCTRINE, type Place, pointerOf, withoutOuterReferences } from './doctrine.rules.ts';
import { doctrineScore, STRUCTURE } from './doctrine-score.rules.ts';

/** What a check finds. */
export interface DoctrineCheck {
  /** 0 to 100. */
  readonly score: number;
  readonly findings: readonly DoctrineFinding[];
}

/** Findings of one rule beyond these say nothing new. */
const MOST_OF_A_RULE = 20;

const SEVERITY_ORDER = { error: 0, warning: 1, advice: 2 } as const;

/** Checks a document. It fetches nothing: references that leave the document are findings. */
export async function checkDoctrine(document: OpenApiDocument): Promise<DoctrineCheck> {
  const findings = [...(await structureFindings(document)), ...(await lintFindings(document))];
  findings.sort((a, b) => SEVERITY_ORDER[a.severity] - SEVERITY_ORDER[b.severity]);
  return { score: doctrineScore(findings), findings };
}

function findingOf(rule: string, severity: DoctrineFinding['severity'], place: Place): DoctrineFinding {
  const message = DOCTRINE_MESSAGES[rule];
  if (!message) throw new Error(`The rule ${rule} says nothing of what to mend.`);
  return { rule, severity, path: pointerOf(place), message };
}

async function structureFindings(document: OpenApiDocument): Promise<DoctrineFinding[]> {
  const { Validator } = await import('@seriousme/openapi-schema-validator');
  const checked = structuredClone(withoutOuterReferences(document));
  const { valid, errors } = await new Validator().validate({ ...checked });
  if (valid) return [];
  const places = Array.isArray(errors) ? errors.map(({ instancePath }) => String(instancePath ?? '')) : [''];
  // The deepest places: each fault is also reported for all the alternatives above it.
  const distinct = [...new Set(places)].filter(
    (place, _, all) => !all.some((other) => other.startsWith(`${place}/`)),
  );
  return distinct.slice(0, MOST_OF_A_RULE).map((path) => ({ ...findingOf(STRUCTURE, 'error', []), path }));
}

async function lintFindings(document: OpenApiDocument): Promise<DoctrineFinding[]> {
  const [core, parsers, formats] = await Promise.all([
    import('@stoplight/spectral-core'),
    import('@stoplight/spectral-parsers'),
    import('@stoplight/spectral-formats'),
  ]);
  const { Spectral, Document } = core.default ?? core;
  const { Json } = parsers.default ?? parsers;
  const { oas3 } = formats.default ?? formats;
  const spectral = new Spectral();
  spectral.setRuleset({
    rules: Object.fromEntries(
      Object.entries(DOCTRINE).map(([name, { find }]) => [
        name,
        {
          given: '$',
          resolved: false,
          formats: [oas3],
          message: '{{error}}',
          severity: 'warn',
          // biome-ignore lint/suspicious/noThenProperty: the linter's own word for what a rule does
          then: {
            // The linter's own walk of a document with many references does not end; each rule walks what it needs.
            function: () => places(find(document)).map((path) => ({ message: name, path })),
          },
        },
      ]),
    ),
  });
  const text = JSON.stringify(withoutOuterReferences(document));
  const results = await spectral.run(new Document(text, Json, 'openapi.json'), { ignoreUnknownFormat: true });
  return results.flatMap(({ code, path }) => {
    const rule = DOCTRINE[String(code)];
    return rule ? [findingOf(String(code), rule.severity, path)] : [];
  });
}

function places(found: Iterable<Place>): (string | number)[][] {
  const kept: (string | number)[][] = [];
  for (const place of found) {
    kept.push([...place]);
    if (kept.length >= MOST_OF_A_RULE) break;
  }
  return kept;
}
