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
  mcp: ['context', 'sandbox'],
  // It emulates the services, so it must not share a bug with a client of them.
  sandbox: [],
};

/**
 * The folders of a package's `src`, from the ground up: each may import itself and those before it. A file beside them
 * counts as a folder of its name; `index.ts` may import all. A package without a row is not held to an order.
 */
const FOLDERS: Record<string, readonly string[]> = {
  'oauth-core': [
    'errors',
    'options',
    'bytes',
    'json',
    'crypto',
    'redaction',
    'timing',
    'urls',
    'hooks',
    'listing',
    'redis',
    'stores',
    'leases',
    'oauth',
    'tokens',
    'store-kit',
    'account-tables',
    'client-auth',
    'limiters',
    'http',
    'webhooks',
    'telemetry',
    'kit',
    'recurrence',
  ],
  'ticktick-client': [
    'errors',
    'input',
    'limits',
    'operations',
    'skipped',
    'rows',
    'ky',
    'unsafe-numbers',
    'exact-numbers',
    'wire',
    'guide',
    'preference',
    'dates',
    'recurrence',
    'reminders',
    'tasks',
    'columns',
    'projects',
    'groups',
    'tags',
    'comments',
    'countdowns',
    'focus',
    'habits',
    'account',
    'changes',
    'webhooks',
    'client',
  ],
  'google-workspace': [
    'fields-mask',
    'batch',
    'wire',
    'input',
    'list-items',
    'limits',
    'errors',
    'bulk',
    'webhooks',
    'calendar',
    'gmail',
    'clients',
    'free-time',
  ],
  'ado-client': [
    'limits',
    'refusal-reason',
    'errors',
    'classifier',
    'api-versions',
    'input',
    'library',
    'operations',
    'wire',
    'settle-lost',
    'organization-url',
    'personal-access-token',
    'from-token-credential',
    'auth-hint',
    'environment',
    'model',
    'patches',
    'classification',
    'requests',
    'identities',
    'history',
    'projects',
    'queries',
    'saved-queries',
    'teams',
    'work-items',
    'relations',
    'attachments',
    'comments',
    'subscriptions',
    'tags',
    'types',
    'boards',
    'templates',
    'reporting',
    'artifacts',
    'webhooks',
    'client',
  ],
  context: [
    'exports',
    'utils',
    'options',
    'records',
    'connections',
    'planning',
    'time-blocks',
    'plans',
    'agenda',
    'task-actions',
    'changes',
    'links',
    'users',
    'tools',
    'http',
    'doctor',
    'context-options',
    'environment',
    'create-changes',
    'create-context',
    'context-from-env',
    'mcp',
  ],
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
    const target = resolve(dirname(file), specifier);
    if (!target.startsWith(`${folder}/src/`)) return "it is outside the package's src";
    return objectionWithin(FOLDERS[name], folderOf(file, folder), folderOf(target, folder));
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

/** The folder of a file below `src`; the file's own name if it lies in none. */
function folderOf(file: string, packageFolder: string): string {
  const [first = ''] = relative(`${packageFolder}/src`, file).split('/');
  return first.replace(/\.ts$/, '');
}

function objectionWithin(order: readonly string[] | undefined, from: string, to: string): string | undefined {
  if (order === undefined || from === to || from === 'index') return undefined;
  for (const folder of [from, to])
    if (!order.includes(folder)) return `${folder} has no place in FOLDERS of scripts/checks/directions.ts`;
  return order.indexOf(to) < order.indexOf(from) ? undefined : `${from} lies below ${to}`;
}
