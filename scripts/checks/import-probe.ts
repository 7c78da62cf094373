// Runs in a process of its own: imports the module named on the command line, and prints what that did.
import { registerHooks } from 'node:module';

export interface ImportReport {
  /** Every module that was loaded, and by which. */
  loads: { url: string; parent: string }[];
  /** Node's own modules that were loaded, however deep below. */
  builtins: string[];
  /** Timers that were set and random numbers that were drawn. */
  calls: string[];
  /** What keeps or would keep the process running. */
  resources: string[];
}

const loads: ImportReport['loads'] = [];
const calls: string[] = [];

function record(holder: object, name: string): void {
  const original: unknown = Reflect.get(holder, name);
  if (typeof original !== 'function') throw new Error(`There is no ${name}.`);
  Reflect.set(holder, name, (...args: unknown[]): unknown => {
    calls.push(name);
    return Reflect.apply(original, holder, args);
  });
}

for (const name of ['setTimeout', 'setInterval', 'setImmediate', 'fetch']) record(globalThis, name);
for (const name of ['getRandomValues', 'randomUUID']) record(crypto, name);
record(Math, 'random');

const { moduleLoadList } = process as unknown as { moduleLoadList: string[] };

/** Items of `after` that were not in `before`, counting repetitions. */
function added(before: readonly string[], after: readonly string[]): string[] {
  const rest = [...before];
  return after.filter((item) => {
    const index = rest.indexOf(item);
    if (index >= 0) rest.splice(index, 1);
    return index < 0;
  });
}

const specifier = process.argv[2] ?? '';
const resourcesBefore = process.getActiveResourcesInfo();
const builtinsBefore = [...moduleLoadList];
registerHooks({
  resolve(wanted, context, next) {
    const result = next(wanted, context);
    loads.push({ url: result.url, parent: context.parentURL ?? '' });
    return result;
  },
});
await import(specifier);

const report: ImportReport = {
  loads,
  builtins: added(builtinsBefore, moduleLoadList).map((name) => name.replace('NativeModule ', '')),
  calls,
  resources: added(resourcesBefore, process.getActiveResourcesInfo()),
};
process.stdout.write(JSON.stringify(report));
