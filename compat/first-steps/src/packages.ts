import { packAll, type Tarball } from '../../../scripts/lib/tarballs.ts';

let packed: Promise<Tarball[]> | undefined;

/** The tarballs of a package and of those of ours that it needs: only with them can it be installed before it is published. */
export async function tarballsOf(names: readonly string[]): Promise<Tarball[]> {
  packed ??= packAll();
  const all = await packed;
  const wanted = new Set<Tarball>();
  const add = (name: string): void => {
    const found = all.find(({ package: one }) => one.manifest.name === name);
    if (found === undefined || wanted.has(found)) return;
    wanted.add(found);
    for (const other of Object.keys(found.package.manifest.dependencies ?? {})) add(other);
  };
  for (const name of names) add(`@context-sdk/${name}`);
  return [...wanted];
}
