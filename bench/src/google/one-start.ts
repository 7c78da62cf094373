import { type Contender, contenders } from './contenders.ts';

// A fresh process: loads a contender, and with an address makes one call.
const [name = '', root] = process.argv.slice(2);
if (root === undefined) {
  const modules: Record<string, () => Promise<unknown>> = {
    ours: () => import('@context-sdk/google-workspace'),
    perApi: () => Promise.all([import('@googleapis/calendar'), import('@googleapis/gmail')]),
    googleapis: () => import('googleapis'),
  };
  await modules[name]?.();
} else {
  const got = (await (await contenders[name as Contender](root))()) as { id?: string };
  if (got.id !== 'e1') throw new Error(`${name} got something else than the event.`);
}
process.exit();
