import { isBuiltin } from 'node:module';
import { dirname, relative, resolve } from 'node:path';
import type { Findings } from '../lib/checks.ts';
import { importsOf, sourceFiles } from '../lib/source-files.ts';
import { type Package, ROOT, workspacePackages } from '../lib/workspace.ts';

/** Which of our packages a package's sources may import. */
const MAY_IMPORT: Record<string, readonly string[]> = {
  'oauth-core': [],
  'ticktick-client': ['oauth-core'],
  'google-workspace': ['oauth-core'],
  'ado-client': ['oauth-core'],
  context: ['oauth-core', 'ticktick-client', 'google-workspace', 'ado-client'],
  // It emulates the services, so it must not share a bug with a client of them.
  sandbox: [],
};

/** Modules that the build copies into the package instead of importing them. */
const BUNDLED = new Set(['zod']);

/** Sources import only what lies below them, and only what their package.json declares. */
export function checkDirections(): Findings {
  const problems: string[] = [];
  for (const one of workspacePackages()) {
    if (!(one.name in MAY_IMPORT))
      problems.push(`packages/${one.name} has no row in scripts/checks/directions.ts`);
    for (const file of sourceFiles(one.folder)) {
      for (const specifier of importsOf(file)) {
        const objection = objectionTo(specifier, file, one);
        if (objection) problems.push(`${relative(ROOT, file)} imports ${specifier}: ${objection}`);
      }
    }
  }
  return { problems };
}

function objectionTo(
  specifier: string,
  file: string,
  { name, folder, manifest }: Package,
): string | undefined {
  if (specifier.startsWith('.')) {
    const inside = resolve(dirname(file), specifier).startsWith(`${folder}/src/`);
    return inside ? undefined : "it is outside the package's src";
  }
  if (isBuiltin(specifier)) {
    return specifier.startsWith('node:') ? undefined : 'spell it with node:';
  }
  const [scope = '', unscoped] = specifier.split('/');
  const wanted = scope.startsWith('@') ? `${scope}/${unscoped}` : scope;
  if (scope === '@context-sdk' && !MAY_IMPORT[name]?.includes(unscoped ?? '')) {
    return `${name} must not depend on it`;
  }
  const declared = { ...manifest.dependencies, ...manifest.peerDependencies };
  return wanted in declared || BUNDLED.has(wanted) ? undefined : 'package.json does not declare it';
}
