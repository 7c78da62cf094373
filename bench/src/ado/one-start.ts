import { type Contender, contenders } from './contenders.ts';

// A fresh process: loads a contender (or, named `nobody`, none), and with an address makes one call.
const [name = '', url] = process.argv.slice(2);
if (url === undefined) {
  const modules: Record<string, () => Promise<unknown>> = {
    ours: () => import('@context-sdk/ado-client'),
    nodeApi: () => import('azure-devops-node-api'),
  };
  await modules[name]?.();
} else {
  const got = await (await contenders[name as Contender](url)).get(42);
  if (got?.id !== 42) throw new Error(`${name} got something else than the item.`);
}
process.exit();
