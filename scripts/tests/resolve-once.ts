import { registerHooks, type ResolveFnOutput } from 'node:module';

const REGISTERED = Symbol.for('@context-sdk/resolve-once');

/** A watch reruns the tests of what changed, for which Vitest has to hear of each import. */
const IS_WATCHED = process.env['VITEST_MODE'] === 'WATCH';

/** A source of ours that another one names: its URL needs no look at the file system. */
function isOwnSource(specifier: string, parentURL: string): boolean {
  return specifier.startsWith('.') && specifier.endsWith('.ts') && !parentURL.includes('/node_modules/');
}

/** Where a package is looked for from: all sources of one package of ours have the same place. */
function placeOf(specifier: string, parentURL: string): string {
  const [folder] = /^.*?\/(?:packages|examples)\/[^/]+\//.exec(parentURL) ?? [];
  const isShared = !IS_WATCHED && !specifier.startsWith('.') && !parentURL.includes('/node_modules/');
  return isShared && folder !== undefined ? folder : parentURL;
}

/**
 * Vitest tells its main process of each `import()`, also of one that has been made before. Packages that load what they need on
 * first use import it with each call: a third of a test's time went there.
 */
function resolveOnce(): void {
  const resolved = new Map<string, ResolveFnOutput>();
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const { parentURL, conditions } = context;
      // Of a `require` there are none.
      const attributes: NodeJS.Dict<string> | undefined = context.importAttributes;
      const isPlain = attributes !== undefined && Object.keys(attributes).length === 0;
      if (!isPlain || parentURL === undefined || /[?%]/.test(specifier))
        return nextResolve(specifier, context);
      if (!IS_WATCHED && isOwnSource(specifier, parentURL))
        return { url: new URL(specifier, parentURL).href, format: 'module-typescript', shortCircuit: true };
      const key = `${specifier} ${placeOf(specifier, parentURL)} ${conditions.join(' ')}`;
      const known = resolved.get(key);
      if (known !== undefined) return known;
      const result = { ...nextResolve(specifier, context), shortCircuit: true };
      resolved.set(key, result);
      return result;
    },
  });
}

if (!Reflect.has(globalThis, REGISTERED)) {
  Reflect.set(globalThis, REGISTERED, true);
  resolveOnce();
}
