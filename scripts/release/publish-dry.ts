// What `npm publish` would upload for each package, after its prepack, in the order in which packages need one another.
import { run } from '../lib/run.ts';
import { workspacePackages } from '../lib/workspace.ts';

for (const { folder, manifest } of workspacePackages()) {
  // Provenance is signed with the identity of the publishing workflow, which a rehearsal has not.
  const args = ['publish', '--dry-run', '--json', '--provenance=false'];
  const { code, stdout, output } = await run('npm', args, { cwd: folder });
  if (code !== 0) {
    console.error(`${manifest.name}:\n${output}`);
    process.exit(1);
  }
  console.log(summary(stdout));
}

function summary(json: string): string {
  const parsed = JSON.parse(json.slice(json.indexOf('{'))) as Record<string, unknown>;
  const published = ('id' in parsed ? parsed : Object.values(parsed)[0]) as {
    id: string;
    size: number;
    unpackedSize: number;
    entryCount: number;
  };
  const { id, size, unpackedSize, entryCount } = published;
  return `${id}: ${entryCount} files, ${kilobytes(size)} packed, ${kilobytes(unpackedSize)} unpacked`;
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(0)} kB`;
}
