// Compares each package's api.md with its sources, or writes it: `node scripts/api.ts --write`.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkNames } from './api/one-name-one-thing.ts';
import { reportOf } from './api/report.ts';
import { readSurfaces, type Surface } from './api/surface.ts';
import { checkUnnamedTypes } from './api/unnamed-types.ts';
import { type Findings, runChecks } from './lib/checks.ts';
import { workspacePackages } from './lib/workspace.ts';

const surfaces = readSurfaces(workspacePackages());
const isWriting = process.argv.includes('--write');

async function compare(surface: Surface): Promise<string[]> {
  const path = join(surface.package.folder, 'api.md');
  const written = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const report = await reportOf(surface);
  if (report === written) return [];
  if (isWriting) {
    writeFileSync(path, report);
    return [];
  }
  return [
    `packages/${surface.package.name}/api.md differs: read what changed with npm run api:write && git diff`,
  ];
}

async function checkReports(): Promise<Findings> {
  return { problems: (await Promise.all(surfaces.map(compare))).flat() };
}

await runChecks([
  { title: 'api.md is what the sources export', run: checkReports },
  { title: 'a name means one thing', run: () => checkNames(surfaces) },
  {
    title: "types of other packages that a package's exports show have names",
    run: () => checkUnnamedTypes(surfaces),
  },
]);
