import { openStore } from '../../support/open-store.ts';

/** Increases two counters by compare-and-set, deletes and creates a third record, and prints what it saw. */
const [, , kind = '', location = '', increments] = process.argv;
const { store, close } = await openStore(kind, location);
const versions: string[] = [];
let lost = 0;

async function increase(key: string): Promise<void> {
  for (;;) {
    const record = await store.get(key);
    const next = String(Number(record?.value ?? 0) + 1);
    const version = await store.compareAndSet(key, record?.version, next);
    if (version === undefined) lost++;
    else return void versions.push(version);
  }
}

async function createAlone(): Promise<void> {
  const mine = String(process.pid);
  const version = await store.compareAndSet('alone', undefined, mine);
  if (version === undefined) return;
  versions.push(version);
  const read = await store.get('alone');
  if (read?.value !== mine || !(await store.delete('alone', version))) throw new Error('not alone');
}

for (let done = 0; done < Number(increments); done++) {
  await Promise.all([increase('one'), increase('other')]);
  await createAlone();
}
process.stdout.write(JSON.stringify({ versions, lost }));
await close();
