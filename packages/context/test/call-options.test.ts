import { ConfigurationError } from '@context-sdk/context';
import { expect, test } from 'vitest';
import { googleTokens, startContext } from './support/start-context.ts';

/** Every entry of the facade that takes call options, called as JavaScript may call it. */
async function startEntries(): Promise<Record<string, (options: object) => Promise<unknown>>> {
  const { context, sandbox, connectedUser } = startContext({
    sandbox: { seed: 'demo' },
    onEvent: () => undefined,
  });
  const user = await connectedUser();
  const [task] = await user.ticktick.tasks.listOpen().toArray();
  if (task === undefined) throw new Error('The sandbox has no task.');
  const range = { from: '2099-03-01T00:00:00Z', to: '2099-03-08T00:00:00Z' };
  const token = sandbox.azureDevOps.issuePat();
  return {
    agenda: (options) => user.agenda({ ...range, timeZone: 'UTC', ...options }),
    blockTime: (options) => user.blockTime(task, { durationMinutes: 30, within: range, ...options }),
    unblockTime: (options) => user.unblockTime(task, options),
    draftEmail: (options) => user.draftEmail(task, { to: 'grace@example.com', ...options }),
    createWorkItem: (options) => user.createWorkItem(task, { project: 'Fabrikam', type: 'Task', ...options }),
    followTask: (options) => user.followTask(task, options),
    'links.create': (options) => user.links.create(task, options),
    'links.sync': (options) => user.links.sync(task.id, options),
    'links.syncAll': (options) => user.links.syncAll(options),
    connect: (options) => user.connections.connect('azure-devops', { token, ...options }),
    import: (options) => user.connections.import('google', googleTokens(sandbox), options),
    ensure: (options) => context.subscriptions.ensure('ada', options),
    runMaintenance: (options) => context.runMaintenance(options),
  };
}

test('16.36: null is absent at every entry, and a controller in place of its signal is named', async () => {
  const entries = Object.entries(await startEntries());
  const outcomes = await Promise.all(
    entries.map(async ([name, call]) => {
      const error: unknown = await call({ signal: new AbortController() }).catch((thrown: unknown) => thrown);
      return [name, error instanceof ConfigurationError ? error.message : error];
    }),
  );
  const named = 'signal must be an AbortSignal.';
  expect(outcomes).toEqual(entries.map(([name]) => [name, named]));
  for (const [, call] of entries) await call({ signal: null });
});

test('16.36: a call whose signal is aborted rejects with its reason, also if there is nothing to do', async () => {
  const reason = new Error('the page was left');
  const outcomes = await Promise.all(
    Object.entries(await startEntries()).map(async ([name, call]) => [
      name,
      await call({ signal: AbortSignal.abort(reason) }).then(
        () => 'resolved',
        (error: unknown) => error === reason,
      ),
    ]),
  );
  expect(outcomes.filter(([, isReason]) => isReason !== true)).toEqual([]);
});
