// A setup file: the peer that the tests import is the version of this folder.
import { createRequire, registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The peer's name, and the alias under which this folder has the version to try. */
const { PEER = '', PEER_ALIAS = '' } = process.env;

const FOLDER = pathToFileURL(join(import.meta.dirname, '../package.json')).href;
const BY_NAME = '?by-name';

/** Others' libraries in the tests share this one's globals, and so its version. */
const SHARED = new Set(['@opentelemetry/api']);

/** Older CommonJS packages name nothing that `import { … }` could find: hosts import their default, the tests names. */
function withNames(url: string): string {
  const path = new URL(url).pathname;
  const peer = createRequire(FOLDER)(path) as object & { name?: string };
  const names = new Set(Object.keys(peer));
  if (typeof peer === 'function' && peer.name !== undefined) names.add(peer.name);
  const list = [...names].filter((name) => name !== 'default' && /^[A-Za-z]\w*$/.test(name));
  return [
    "import { createRequire } from 'node:module';",
    `const peer = createRequire(import.meta.url)(${JSON.stringify(path)});`,
    'export default peer;',
    ...list.map((name) => `export const ${name} = peer.${name} ?? peer;`),
  ].join('\n');
}

registerHooks({
  resolve(specifier, context, nextResolve) {
    const isPeer = specifier === PEER || specifier.startsWith(`${PEER}/`);
    const isOthers = context.parentURL?.includes('/node_modules/') === true && !SHARED.has(PEER);
    if (!isPeer || isOthers) return nextResolve(specifier, context);
    const alias = PEER_ALIAS + specifier.slice(PEER.length);
    const isImport = context.conditions.includes('import');
    if (!isImport) {
      // A `require` is resolved from its module's own folder, whatever the parent.
      const url = pathToFileURL(createRequire(FOLDER).resolve(alias)).href;
      return { url, format: 'commonjs', shortCircuit: true };
    }
    const found = nextResolve(alias, { ...context, parentURL: FOLDER });
    if (found.format === 'module') return found;
    return { url: found.url + BY_NAME, format: 'module', shortCircuit: true };
  },
  load(url, context, nextLoad) {
    if (!url.endsWith(BY_NAME)) return nextLoad(url, context);
    return { format: 'module', source: withNames(url), shortCircuit: true };
  },
});
