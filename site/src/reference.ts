// Writes the reference of every export: one page per entry of each package.
import { join, relative } from 'node:path';
import { Application } from 'typedoc';
import { workspacePackages } from '../../scripts/lib/workspace.ts';
import { CONTENT, ROOT } from './pages.ts';

const PACKAGES = join(ROOT, 'packages');

/** What TypeDoc calls an entry, to what hosts import. */
const entries = workspacePackages().flatMap((one) => one.entries);
const specifiers = new Map(
  entries.map(({ source, specifier }) => [
    relative(PACKAGES, source).replace(/(\/index)?\.ts$/, ''),
    specifier,
  ]),
);

const MARKDOWN = {
  outputs: [{ name: 'markdown', path: join(CONTENT, 'api') }],
  outputFileStrategy: 'modules',
  entryFileName: 'index',
  hidePageHeader: true,
  hideBreadcrumbs: true,
  excludeReferences: true,
  expandObjects: false,
  parametersFormat: 'table',
  interfacePropertiesFormat: 'table',
  typeAliasPropertiesFormat: 'table',
  enumMembersFormat: 'table',
};

const app = await Application.bootstrapWithPlugins({
  plugin: ['typedoc-plugin-markdown'],
  entryPoints: entries.map(({ source }) => source),
  tsconfig: join(ROOT, 'tsconfig.json'),
  basePath: PACKAGES,
  // npm run types has checked them.
  skipErrorChecking: true,
  excludeExternals: true,
  excludeInternal: true,
  excludePrivate: true,
  disableSources: true,
  readme: 'none',
  name: 'Reference',
  logLevel: 'Error',
  ...MARKDOWN,
});
const project = await app.convert();
if (!project) throw new Error('The reference could not be made');
for (const module of project.children ?? []) module.name = specifiers.get(module.name) ?? module.name;
await app.generateOutputs(project);
console.log(`${specifiers.size} entries in the reference`);
