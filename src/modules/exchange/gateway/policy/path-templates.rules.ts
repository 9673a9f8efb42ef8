// The paths that an API declares (OpenAPI 3.1, Paths Object), and which of them a request means. Pure.

/** The declared paths of one version. */
export interface PathTemplates {
  /** Declared paths without a parameter. */
  readonly plain: ReadonlySet<string>;
  /** The others, as their segments; a name in braces stands for one segment. */
  readonly templated: readonly (readonly string[])[];
}

/** The parameters of a path that a template fits. */
export type PathParameters = Readonly<Record<string, string>>;

const NO_PARAMETERS: PathParameters = {};

/** Reads the declared paths. */
export function pathTemplates(paths: readonly string[]): PathTemplates {
  return {
    plain: new Set(paths.filter((path) => !path.includes('{'))),
    templated: paths.filter((path) => path.includes('{')).map((path) => path.split('/')),
  };
}

/** The parameters of `path` under the declared path that it fits; null when none does. */
export function matchPath({ plain, templated }: PathTemplates, path: string): PathParameters | null {
  if (plain.has(path)) return NO_PARAMETERS;
  if (templated.length === 0) return null;
  const segments = path.split('/');
  for (const template of templated) {
    const parameters = parametersOf(template, segments);
    if (parameters !== null) return parameters;
  }
  return null;
}

function parametersOf(template: readonly string[], segments: readonly string[]): PathParameters | null {
  if (template.length !== segments.length) return null;
  const parameters: [string, string][] = [];
  for (const [at, part] of template.entries()) {
    const segment = segments[at] ?? '';
    if (!part.startsWith('{')) {
      if (part !== segment) return null;
      continue;
    }
    if (segment === '') return null;
    parameters.push([part.slice(1, -1), segment]);
  }
  return Object.fromEntries(parameters);
}
