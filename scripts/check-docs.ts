// Checks that the code in README.md, docs/ and the packages' pages compiles.
import { checkDocsCode } from './checks/docs-code.ts';
import { runChecks } from './lib/checks.ts';

await runChecks([{ title: 'code in the documentation compiles', run: checkDocsCode }]);
