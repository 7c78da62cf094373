import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { RelationType } from '@context-sdk/ado-client';
import { createSandbox } from '@context-sdk/sandbox';
import { CHILD_ENVIRONMENT } from '@context-sdk/test-support/processes';

const run = promisify(execFile);

/** What two processes left that changed links of ten items so many times each, and what they should have left. */
export interface LinksLeft {
  /** `item-target` of each link that a writer added and didn't remove. */
  kept: string[];
  /** Of each link that is there. */
  related: string[];
  /** Each item once for each parent that it has. */
  withParent: number[];
  items: number[];
}

/** Both write as one user: for the same user the history tells least. */
export async function linkWriters(times: number): Promise<LinksLeft> {
  const sandbox = createSandbox({ seed: 'empty', azureDevOps: { seed: 'empty', rateLimit: false } });
  const user = sandbox.azureDevOps.testUser();
  const create = (): number => user.create({ type: 'Task', fields: { 'System.Title': 'x' } }).id;
  const items = Array.from({ length: 10 }, create);
  const targets = [0, 1].map(() => Array.from({ length: 7 }, create));
  const pat = sandbox.azureDevOps.issuePat();
  const listener = await sandbox.listen();
  const writer = join(import.meta.dirname, 'link-writer.ts');
  const write = async (mine: readonly number[]): Promise<string[]> => {
    const args = [listener.url, pat, items.join(), mine.join(), String(times)];
    const options = ['--conditions=@context-sdk/source', writer, ...args];
    const { stdout } = await run(process.execPath, options, { env: CHILD_ENVIRONMENT });
    return stdout.trim().split(' ').filter(Boolean);
  };
  try {
    const kept = (await Promise.all(targets.map(write))).flat();
    const links = items.flatMap((id) =>
      (user.get(id)?.relations ?? []).map(({ rel, url }) => ({ id, rel, url: String(url) })),
    );
    const related = links.filter(({ rel }) => rel === RelationType.related);
    return {
      kept: kept.toSorted(),
      related: related.map(({ id, url }) => `${id}-${url.split('/').at(-1)}`).toSorted(),
      withParent: links.filter(({ rel }) => rel === RelationType.parent).map(({ id }) => id),
      items,
    };
  } finally {
    await listener.close();
  }
}
