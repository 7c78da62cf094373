import { readFileSync } from 'node:fs';

export interface ExportedName {
  name: string;
  /** In a module of several sources, of which two may export the same name. */
  as: string;
}

/** What it misses, such as `export default`, esbuild doesn't find in the shared module, and says so. */
const EXPORTED = /^export (?:abstract |async )*(?:class|const|function\*?) (\w+)/gm;

/** What each of these sources exports, by its path. */
export function exportedNames(sources: ReadonlySet<string>): Map<string, ExportedName[]> {
  const counts = new Map<string, number>();
  const unique = (name: string): string => {
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    return count === 1 ? name : `${name}${count}`;
  };
  return new Map(
    Array.from(sources, (source) => {
      const found = readFileSync(source, 'utf8').matchAll(EXPORTED);
      return [source, Array.from(found, ([, name = '']) => ({ name, as: unique(name) }))];
    }),
  );
}

export function reexport(names: readonly ExportedName[], from: string): string {
  return `export { ${names.map(({ name, as }) => `${name} as ${as}`).join(', ')} } from '${from}';`;
}
