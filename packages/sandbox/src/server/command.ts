import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { Seed } from '../seed.ts';
import { parseSavedState } from '../state/saved-state.ts';
import type { ServeOptions } from './serve.ts';

const USAGE = `Usage: context-sandbox [options]

  --port <number>   where to listen on 127.0.0.1 (default: 8787; 0: a free port)
  --ports           a port per host, too, in the order of the list
  --seed <what>     demo (default), empty, a number of tasks, or a file: a saved state
  --consent <how>   click (default): consent pages wait; automatic: they redirect at once
  --strict          refuse what a real service would mend
  --help            this text
`;

/** What the command line says: to show a text, or to serve. Throws a TypeError for what it doesn't know. */
export function readCommand(args: readonly string[]): { show: string } | { serve: ServeOptions } {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      ports: { type: 'boolean' },
      seed: { type: 'string' },
      consent: { type: 'string' },
      strict: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) return { show: USAGE };
  const { port = '8787', ports = false, seed = 'demo', consent = 'click', strict = false } = values;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new TypeError('--port must be 0 to 65535.');
  if (consent !== 'click' && consent !== 'automatic') {
    throw new TypeError('--consent must be click or automatic.');
  }
  return {
    serve: {
      port: Number(port),
      portPerHost: ports,
      strict,
      ...readSeed(seed),
      ticktick: { consent },
      dida365: { consent },
      google: { consent, mail: 'strict' },
      azureDevOps: { consent, loopbackHooks: true },
    },
  };
}

function readSeed(text: string): Pick<ServeOptions, 'seed' | 'state'> {
  if (text === 'demo' || text === 'empty') return { seed: text };
  if (/^\d+$/.test(text)) return { seed: Number(text) satisfies Seed };
  return { state: parseSavedState(readFileSync(text, 'utf8')) };
}
