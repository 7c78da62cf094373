import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Findings } from '../lib/checks.ts';
import { REPOSITORY } from '../lib/repository.ts';
import { type Package, workspacePackages } from '../lib/workspace.ts';

const EVERY_PACKAGE_HAS = ['README.md', 'LICENSE', 'package.json', 'src', 'test'];

/** What every package.json says alike, in this order. */
const EVERY_MANIFEST_SAYS = {
  license: 'MIT',
  type: 'module',
  engines: { node: '>=22.16' },
  files: ['dist', 'src'],
  bugs: { url: `${REPOSITORY}/issues` },
  publishConfig: { access: 'public', provenance: true },
  scripts: { prepack: 'node ../../scripts/prepack.ts' },
};

/**
 * Where importing does something. Nothing does, but esbuild doesn't run a package that the facade also loads on first use if it is
 * imported by way of a file that only passes it on: `new AdoClient` was no constructor in a bundle.
 */
const SIDE_EFFECTS: Readonly<Record<string, unknown>> = {
  context: ['./dist/azure-devops.js', './src/exports/azure-devops.ts'],
};

/** Packages look alike: the same files, the same package.json, one version. */
export function checkShape(): Findings {
  const packages = workspacePackages();
  return { problems: packages.flatMap((one) => missingFiles(one).concat(oddities(one, packages))) };
}

function missingFiles({ folder, name }: Package): string[] {
  return EVERY_PACKAGE_HAS.filter((file) => !existsSync(join(folder, file))).map(
    (file) => `packages/${name} has no ${file}`,
  );
}

function oddities({ name, manifest }: Package, packages: readonly Package[]): string[] {
  const problems: string[] = [];
  const expect = (field: string, actual: unknown, expected: unknown): void => {
    if (JSON.stringify(actual) !== JSON.stringify(expected)) {
      problems.push(
        `packages/${name}: ${field} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`,
      );
    }
  };
  const fields = new Map<string, unknown>(Object.entries(manifest));
  expect('name', manifest.name, `@context-sdk/${name}`);
  expect('version', manifest.version, packages[0]?.manifest.version);
  for (const [field, expected] of Object.entries(EVERY_MANIFEST_SAYS))
    expect(field, fields.get(field), expected);
  expect('homepage', fields.get('homepage'), `${REPOSITORY}/tree/main/packages/${name}#readme`);
  const repository = { type: 'git', url: `git+${REPOSITORY}.git`, directory: `packages/${name}` };
  expect('repository', fields.get('repository'), repository);
  expect('sideEffects', fields.get('sideEffects'), SIDE_EFFECTS[name] ?? false);
  for (const field of ['description', 'keywords'])
    if (!fields.get(field)) problems.push(`packages/${name} has no ${field}`);

  expect('exports["./package.json"]', manifest.exports['./package.json'], './package.json');
  for (const [path, target] of Object.entries(manifest.exports)) {
    if (typeof target === 'string') continue;
    expect(`exports["${path}"]`, Object.keys(target), ['@context-sdk/source', 'types', 'default']);
    const entry = path === '.' ? 'index' : path.slice(2);
    expect(`exports["${path}"].types`, target.types, `./dist/${entry}.d.ts`);
    expect(`exports["${path}"].default`, target.default, `./dist/${entry}.js`);
  }

  for (const { manifest: other } of packages) {
    for (const kind of ['dependencies', 'peerDependencies', 'devDependencies'] as const) {
      const range = manifest[kind]?.[other.name];
      if (range !== undefined) expect(`${kind}["${other.name}"]`, range, other.version);
    }
  }
  return problems;
}
