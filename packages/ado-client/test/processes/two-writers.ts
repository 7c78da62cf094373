import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createSandbox } from '@context-sdk/sandbox';
import { CHILD_ENVIRONMENT } from '@context-sdk/test-support/processes';

const run = promisify(execFile);

/** What is left after two processes have changed one item's state, tags and a number so many times each. */
export async function twoWriters(
  times: number,
): Promise<{ number: unknown; tags: string[]; state: unknown; revisions: number }> {
  const sandbox = createSandbox({ seed: 'empty', azureDevOps: { seed: 'empty', rateLimit: false } });
  const listener = await sandbox.listen();
  const testUser = sandbox.azureDevOps.testUser();
  const { id, rev } = testUser.create({
    type: 'Task',
    fields: { 'System.Title': 'Shared', 'System.Tags': 'kept' },
  });
  const pat = sandbox.azureDevOps.issuePat();
  const writer = join(import.meta.dirname, 'writer.ts');
  try {
    await Promise.all(
      ['one', 'two'].map((name) => {
        const args = [listener.url, pat, String(id), name, String(times)];
        const options = ['--conditions=@context-sdk/source', writer, ...args];
        return run(process.execPath, options, { env: CHILD_ENVIRONMENT });
      }),
    );
  } finally {
    await listener.close();
  }
  const item = testUser.get(id);
  const {
    'System.Tags': tags,
    'System.State': state,
    'Microsoft.VSTS.Scheduling.CompletedWork': number,
  } = item?.fields ?? {};
  return { number, tags: String(tags).split('; ').toSorted(), state, revisions: (item?.rev ?? 0) - rev };
}
