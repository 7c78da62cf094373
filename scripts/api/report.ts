import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { ROOT } from '../lib/workspace.ts';
import type { ApiItem, EntrySurface, Surface } from './surface.ts';

/** The page `api.md` of a package: every declaration that its hosts can name, by entry point. */
export async function reportOf(surface: Surface): Promise<string> {
  const { manifest, folder } = surface.package;
  const page = [
    `# The API of \`${manifest.name}\``,
    'Written by `npm run api:write`; `npm run api` fails where it differs from the sources.',
    ...sections(surface.entries, folder),
  ];
  if (surface.reachable.length > 0) {
    page.push(
      '## Types of the above that have no export of their own',
      block(surface.reachable.map(({ text }) => text)),
    );
  }
  const path = join(folder, 'api.md');
  return format(page.join('\n\n'), { ...(await resolveConfig(path)), filepath: path });
}

/** What several entry points export is declared in the first of them, and named in the others. */
function sections(entries: readonly EntrySurface[], folder: string): string[] {
  const inside = `${folder.slice(ROOT.length + 1)}/`;
  const declared = new Set<string>();
  return entries.map(({ entry, items }) => {
    const own = items.filter(({ file }) => file.startsWith(inside));
    const repeated = own.filter(({ text }) => declared.has(text));
    const first = own.map(({ text }) => text).filter((text) => !declared.has(text));
    for (const text of first) declared.add(text);
    return [
      `## \`${entry.specifier}\``,
      ...reExports(items, inside),
      ...(repeated.length > 0 ? [`As above: ${namesOf(repeated)}.`] : []),
      ...(first.length > 0 ? [block(first)] : []),
    ].join('\n\n');
  });
}

/** What other packages declare, for each of them a line of values and one of types. */
function reExports(items: readonly ApiItem[], inside: string): string[] {
  const others = Map.groupBy(
    items.filter(({ file }) => !file.startsWith(inside)),
    ({ file, isType }) => `${isType ? 'Types from' : 'From'} \`@context-sdk/${file.split('/')[1] ?? ''}\``,
  );
  return [...others].map(([from, theirs]) => `${from}: ${namesOf(theirs)}.`);
}

function namesOf(items: readonly ApiItem[]): string {
  return items.map(({ name }) => `\`${name}\``).join(', ');
}

function block(declarations: readonly string[]): string {
  return ['```ts', ...declarations, '```'].join('\n');
}
