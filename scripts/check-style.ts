// Checks what the linter has no rule for; with --write it fixes what it can.
import { checkConstantCase } from './checks/constant-case.ts';
import { checkImportOrder } from './checks/import-order.ts';
import { checkWorkflows } from './checks/workflows.ts';
import { runChecks } from './lib/checks.ts';

const isWriting = process.argv.includes('--write');

await runChecks([
  { title: 'imports are sorted', run: () => checkImportOrder(isWriting) },
  { title: 'constants are in upper case', run: checkConstantCase },
  { title: 'workflows are pinned and have few permissions', run: checkWorkflows },
]);
