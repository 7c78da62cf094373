import { Session } from 'node:inspector/promises';
import { setImmediate } from 'node:timers/promises';

/** Makes everything ready and returns the call to count; it is made several times, so that the last one is warm. */
export type Prepare = () => Call | Promise<Call>;
export type Call = () => Promise<unknown>;

/** What a call entered of one package: files, and named functions in them. */
export interface Hops {
  files: number;
  functions: number;
}

const WARM_UP = 3;
const OWN_FILE = /\/packages\/(?!sandbox\/)([\w-]+)\/src\//;

/**
 * Counts by V8's precise coverage which of our files a warm call enters, by package. A file counts when one of its named
 * functions runs: callbacks without a name belong to what they are handed to.
 */
export async function countHops(prepare: Prepare): Promise<Map<string, Hops>> {
  const session = new Session();
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false });
  for (let round = 0; round < WARM_UP; round += 1) await (await prepare())();
  const call = await prepare();
  // What the calls before have left behind ends now.
  await setImmediate();
  await session.post('Profiler.takePreciseCoverage');
  await call();
  const { result } = await session.post('Profiler.takePreciseCoverage');
  session.disconnect();
  const hops = new Map<string, Hops>();
  for (const { url, functions } of result) {
    const name = OWN_FILE.exec(url)?.[1];
    const called = functions.filter(
      ({ functionName, ranges }) => functionName !== '' && (ranges[0]?.count ?? 0) > 0,
    );
    if (name === undefined || called.length === 0) continue;
    const { files, functions: before } = hops.get(name) ?? { files: 0, functions: 0 };
    hops.set(name, { files: files + 1, functions: before + called.length });
  }
  return hops;
}
