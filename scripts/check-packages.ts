// Checks what would be published: shape, contents, types, size, behavior on import, use by real consumers.
import { checkBudgets } from './checks/budgets.ts';
import { checkConsumers } from './checks/consumers.ts';
import { checkDirections } from './checks/directions.ts';
import { checkDocumented } from './checks/documented.ts';
import { checkFirstUse } from './checks/first-use.ts';
import { checkFresh } from './checks/fresh.ts';
import { checkGenerated } from './checks/generated.ts';
import { checkPublishable } from './checks/publishable.ts';
import { checkPurity } from './checks/purity.ts';
import { checkShape } from './checks/shape.ts';
import { checkSourceMaps } from './checks/source-maps.ts';
import { checkTarballFiles } from './checks/tarball-files.ts';
import { checkUnsilenced } from './checks/unsilenced.ts';
import { checkValues } from './checks/values.ts';
import { runChecks } from './lib/checks.ts';
import { packAll } from './lib/tarballs.ts';

const tarballs = await packAll();

await runChecks([
  { title: 'dist/ is what src/ says', run: checkFresh },
  { title: 'generated files are what the specifications say', run: checkGenerated },
  { title: 'packages have one shape', run: checkShape },
  { title: 'packages import only what lies below them', run: checkDirections },
  { title: 'no source switches a check off', run: checkUnsilenced },
  { title: 'every export is documented', run: checkDocumented },
  { title: 'tarballs hold what they should', run: () => checkTarballFiles(tarballs) },
  { title: 'source maps name files of their tarball', run: () => checkSourceMaps(tarballs) },
  { title: 'declarations and modules export the same values', run: checkValues },
  { title: 'publint and attw agree', run: () => checkPublishable(tarballs) },
  { title: 'hosts can install and use them', run: () => checkConsumers(tarballs) },
  { title: 'importing a root does nothing', run: checkPurity },
  { title: 'what loads on first use does not load with the facade', run: checkFirstUse },
  { title: 'bundles stay inside their budgets', run: checkBudgets },
]);
