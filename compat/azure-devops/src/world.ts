import { AdoClient, personalAccessToken } from '@context-sdk/ado-client';
import { createSandbox, type Listener, type Sandbox } from '@context-sdk/sandbox';

export const PROJECT = 'Fabrikam';
export const TEAM = 'Fabrikam Team';

/** A sandbox with a few work items, that other processes reach. */
export interface World {
  sandbox: Sandbox;
  listener: Listener;
  pat: string;
  /** Ours, for what has to be there before a call. */
  client: AdoClient;
  /** Whether the last request was answered without a body: Microsoft's library resolves `null` for a 404, too. */
  wasDone(value: unknown): boolean;
  /** A story with two tasks below it, and a bug beside them. */
  items: { story: number; first: number; second: number; bug: number };
}

export async function createWorld(): Promise<World> {
  const sandbox = createSandbox({ seed: 'empty', azureDevOps: { seed: 'empty', rateLimit: false } });
  const user = sandbox.azureDevOps.testUser();
  const me = sandbox.azureDevOps.people[0]?.uniqueName ?? '';
  const create = (type: string, title: string, parent?: number): number =>
    user.create({
      type,
      fields: { 'System.Title': title, 'System.AssignedTo': me },
      ...(parent !== undefined && { parent }),
    }).id;
  const story = create('User Story', 'Story');
  const items = {
    story,
    first: create('Task', 'First', story),
    second: create('Task', 'Second', story),
    bug: create('Bug', 'Bug'),
  };
  const pat = sandbox.azureDevOps.issuePat();
  const client = new AdoClient({
    organizationUrl: 'https://dev.azure.com/fabrikam',
    project: PROJECT,
    auth: personalAccessToken(pat),
    fetch: sandbox.fetch,
  });
  const wasDone = (value: unknown): boolean =>
    (value === null || value === undefined) && (sandbox.requests.at(-1)?.status ?? 500) < 300;
  return { sandbox, listener: await sandbox.listen(), pat, client, items, wasDone };
}
