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
    ...surface.entries.map((entry) => section(entry, folder)),
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

function section({ entry, items }: EntrySurface, folder: string): string {
  const inside = `${folder.slice(ROOT.length + 1)}/`;
  const own = items.filter(({ file }) => file.startsWith(inside)).map(({ text }) => text);
  return [
    `## \`${entry.specifier}\``,
    ...reExports(items, inside),
    ...(own.length > 0 ? [block(own)] : []),
  ].join('\n\n');
}

/** What other packages declare, one line for each of them. */
function reExports(items: readonly ApiItem[], inside: string): string[] {
  const others = Map.groupBy(
    items.filter(({ file }) => !file.startsWith(inside)),
    ({ file }) => file.split('/')[1] ?? '',
  );
  return [...others].map(
    ([name, theirs]) =>
      `From \`@context-sdk/${name}\`: ${theirs.map((item) => `\`${item.name}\``).join(', ')}.`,
  );
}

function block(declarations: readonly string[]): string {
  return ['```ts', ...declarations, '```'].join('\n');
}
