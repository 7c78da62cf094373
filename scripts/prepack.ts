// Runs before npm packs or publishes the package in whose folder it is: what is not built doesn't leave the house.
import { staleness } from './lib/freshness.ts';
import { workspacePackages } from './lib/workspace.ts';

const here = workspacePackages().find(({ folder }) => folder === process.cwd());
const objection = here ? staleness(here) : `${process.cwd()} is no package that is published`;
if (objection !== undefined) {
  console.error(objection);
  process.exit(1);
}
