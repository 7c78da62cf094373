import { type ChildProcess, spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const PRISM = join(import.meta.dirname, '../node_modules/@stoplight/prism-cli/dist/index.js');

export interface PrismServer {
  url: string;
  stop(): void;
}

/** Prism between its callers and `upstream`: what the document forbids, in requests and answers, is named in a header of the answer. */
export async function startPrism(document: object, upstream: string, folder: string): Promise<PrismServer> {
  const file = join(folder, `${crypto.randomUUID()}.json`);
  await writeFile(file, JSON.stringify(document));
  const child = spawn(
    process.execPath,
    [PRISM, 'proxy', file, upstream, '--port', '0', '--host', '127.0.0.1'],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  return { url: await listeningAt(child), stop: () => void child.kill() };
}

async function listeningAt(child: ChildProcess): Promise<string> {
  if (child.stdout === null) throw new Error('Prism has no output.');
  const said: string[] = [];
  for await (const line of createInterface(child.stdout)) {
    said.push(line);
    const url = /Prism is listening on (\S+)/.exec(line)?.[1];
    if (url === undefined) continue;
    child.stdout.resume();
    return url;
  }
  throw new Error(`Prism did not start: ${said.join('\n')}`);
}
