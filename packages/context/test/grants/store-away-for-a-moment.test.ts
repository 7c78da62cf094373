import { type RecordStore, StoreError } from '@context-sdk/context';
import { memoryStore } from '@context-sdk/oauth-core';
import { expect, test } from 'vitest';
import { startContext } from '../support/start-context.ts';
import { startHost } from '../support/start-host.ts';

/** A store that can't read some records for a while, as where a connection to it is cut. */
function shakyStore() {
  const store = memoryStore();
  let failing: (key: string) => boolean = () => false;
  let onWrite = (_key: string, _value: string): void => undefined;
  const shaky: RecordStore = {
    ...store,
    async get(key) {
      if (failing(key)) throw new StoreError('unavailable', 'The PostgreSQL store failed (ECONNRESET).');
      return await store.get(key);
    },
    async compareAndSet(key, expected, value, options) {
      const version = await store.compareAndSet(key, expected, value, options);
      if (version !== undefined) onWrite(key, value);
      return version;
    },
  };
  return {
    store: shaky,
    fail: (which: typeof failing) => void (failing = which),
    onWrite: (listener: typeof onWrite) => void (onWrite = listener),
  };
}

test('a sign-in that is stored keeps its grant, though the store fails in the next moment', async () => {
  const { store, fail, onWrite } = shakyStore();
  const { browser, context, sandbox } = startHost({ store });
  onWrite((key, value) => {
    const isStored = key === 'connection/ada/google/default' && !value.includes('isIncomplete');
    if (isStored) fail((read) => read === 'token/ada/google/default');
  });
  await browser('ada').visit('/auth/google/authorize');
  expect(sandbox.requests.filter(({ path }) => path === '/revoke')).toEqual([]);
  fail(() => false);
  const user = context.user('ada');
  expect((await user.connections.get('google')).state).toBe('connected');
  expect(await user.calendar.calendars.list().toArray()).not.toHaveLength(0);
});

test('nobody is forgotten in part: records that can’t be read for a moment are not taken for none', async () => {
  const { store, fail } = shakyStore();
  const { connectedUser, sandbox } = startContext({ store });
  const user = await connectedUser();
  const task = sandbox.ticktick.testUser().createTask({ title: 'Write' });
  await user.createWorkItem(task, { project: sandbox.azureDevOps.organization.projects[0]?.name });
  const left = async (): Promise<string[]> => await store.list('work-item/');
  expect(await left()).toHaveLength(1);
  fail((key) => key.startsWith('work-item/'));
  await expect(user.forget()).rejects.toBeInstanceOf(StoreError);
  fail(() => false);
  await user.forget();
  expect(await left()).toEqual([]);
});

test('nor where it is not known for a moment which organization they are in', async () => {
  const { store, fail } = shakyStore();
  const { connectedUser, sandbox } = startContext({ store });
  const user = await connectedUser();
  const task = sandbox.ticktick.testUser().createTask({ title: 'Write' });
  await user.createWorkItem(task, { project: sandbox.azureDevOps.organization.projects[0]?.name });
  let isEnding = false;
  let failures = 1;
  const { scan } = store;
  // What tools did is deleted right before: then the client is made.
  store.scan = (prefix) => {
    isEnding ||= prefix.startsWith('tool-approval/ada/azure-devops');
    return scan?.(prefix) ?? (async function* () {})();
  };
  fail((key) => isEnding && key === 'connection/ada/azure-devops/default' && failures-- > 0);
  await expect(user.connections.disconnect('azure-devops')).rejects.toBeInstanceOf(StoreError);
  await user.connections.disconnect('azure-devops');
  expect(await store.list('work-item/')).toEqual([]);
});
