import { expect, test } from 'vitest';
import { googleTokens, startContext } from './support/start-context.ts';

/** Every method of the facade that takes options, called as JavaScript may call it. */
async function entries(): Promise<Record<string, (options: object) => Promise<unknown>>> {
  const { context, sandbox, connectedUser } = startContext({
    sandbox: { seed: 'demo' },
    onEvent: () => undefined,
  });
  const user = await connectedUser();
  const [task] = await user.ticktick.tasks.listOpen().toArray();
  if (task === undefined) throw new Error('The sandbox has no task.');
  const range = { from: '2099-03-01T00:00:00Z', to: '2099-03-08T00:00:00Z' };
  return {
    agenda: async (options) => user.agenda({ ...range, timeZone: 'UTC', ...options }),
    blockTime: async (options) => user.blockTime(task, { durationMinutes: 30, within: range, ...options }),
    unblockTime: async (options) => user.unblockTime(task, options),
    draftEmail: async (options) => user.draftEmail(task, { to: 'grace@example.com', ...options }),
    createWorkItem: async (options) => user.createWorkItem(task, { project: 'Fabrikam', ...options }),
    connect: async (options) =>
      user.connections.connect('azure-devops', { token: sandbox.azureDevOps.issuePat(), ...options }),
    import: async (options) => user.connections.import('google', googleTokens(sandbox), options),
    ensure: async (options) => context.subscriptions.ensure('ada', options),
    runMaintenance: async (options) => context.runMaintenance(options),
    plan: async (options) => user.plan({ tasks: [task], within: range, timeZone: 'UTC', ...options }),
    followTask: async (options) => user.followTask(task, options),
  };
}

test('20.7: no method of the facade swallows an unknown option', async () => {
  const outcomes = await Promise.all(
    Object.entries(await entries()).map(async ([name, call]) => {
      const error: unknown = await call({ bbc: 'typo' }).catch((thrown: unknown) => thrown);
      return [name, error instanceof Error ? [error.name, (error as { field?: string }).field] : error];
    }),
  );
  expect(outcomes).toEqual(outcomes.map(([name]) => [name, ['InvalidRequestError', 'bbc']]));
});
