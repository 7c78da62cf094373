// Checks that the code in README.md, docs/ and the packages' pages compiles, that programs run, that references lead
// somewhere, that every entry point is named, and that the tests which tables name are there.
import { checkDocsCode } from './checks/docs-code.ts';
import { checkDocsRun } from './checks/docs-run.ts';
import { checkEntryPoints } from './checks/entry-points.ts';
import { checkReferences } from './checks/references.ts';
import { checkSandboxTables } from './checks/sandbox-tables.ts';
import { runChecks } from './lib/checks.ts';

await runChecks([
  { title: 'code in the documentation compiles', run: checkDocsCode },
  { title: 'programs of the README run', run: checkDocsRun },
  { title: 'links and citations lead somewhere', run: checkReferences },
  { title: "each package's page names its entry points", run: checkEntryPoints },
  { title: "the tests that the sandbox's tables name are there", run: checkSandboxTables },
]);
