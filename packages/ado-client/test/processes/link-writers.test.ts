import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { RelationType } from '@context-sdk/ado-client';
import { createSandbox } from '@context-sdk/sandbox';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const TIMES = 500;

test('two processes add, remove and re-parent links of ten items 500 times: nothing is lost, nothing is there that nobody added', async () => {
  const sandbox = createSandbox({ seed: 'empty', azureDevOps: { seed: 'empty', rateLimit: false } });
  const user = sandbox.azureDevOps.testUser();
  const create = (): number => user.create({ type: 'Task', fields: { 'System.Title': 'x' } }).id;
  const items = Array.from({ length: 10 }, create);
  const targets = [0, 1].map(() => Array.from({ length: 7 }, create));
  const pat = sandbox.azureDevOps.issuePat();
  const listener = await sandbox.listen();
  const writer = join(import.meta.dirname, 'link-writer.ts');
  const write = async (mine: readonly number[]): Promise<string[]> => {
    const args = [listener.url, pat, items.join(), mine.join(), String(TIMES)];
    const { stdout } = await run(process.execPath, ['--conditions=@context-sdk/source', writer, ...args]);
    return stdout.trim().split(' ').filter(Boolean);
  };
  try {
    const kept = (await Promise.all(targets.map(write))).flat();
    const links = items.flatMap((id) =>
      (user.get(id)?.relations ?? []).map(({ rel, url }) => ({ id, rel, url: String(url) })),
    );
    const related = links.filter(({ rel }) => rel === RelationType.related);
    expect(related.map(({ id, url }) => `${id}-${url.split('/').at(-1)}`).toSorted()).toEqual(
      kept.toSorted(),
    );
    const parents = links.filter(({ rel }) => rel === RelationType.parent);
    expect(parents.map(({ id }) => id)).toEqual(items);
  } finally {
    await listener.close();
  }
}, 120_000);
