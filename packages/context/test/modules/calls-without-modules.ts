// A process in which each module that is loaded on demand can't be loaded the first time. Prints how each call ends, three times.
import { registerHooks } from 'node:module';
import { startContext } from '../support/start-context.ts';

const ON_DEMAND = /task-actions\.ts|bulk-tasks|bulk-events|WorkItemTrackingApi|plans\/plans|time-blocks\.ts/;
const TRIES = 3;
const WITHIN = { from: '2099-03-02T09:00:00Z', to: '2099-03-02T17:00:00Z' };

const failed = new Set<string>();
const { connectedUser, sandbox } = startContext();
const user = await connectedUser();
registerHooks({
  resolve(specifier, context, next) {
    if (!ON_DEMAND.test(specifier) || failed.has(specifier)) return next(specifier, context);
    failed.add(specifier);
    throw new Error('The module is not there.');
  },
});

const project = sandbox.azureDevOps.organization.projects[0]?.name ?? '';
const task = sandbox.ticktick.testUser().createTask({ title: 'x' });
const EVENT = {
  summary: 'x',
  start: { dateTime: '2099-03-03T09:00:00Z' },
  end: { dateTime: '2099-03-03T10:00:00Z' },
};
const calls: Record<string, () => Promise<unknown>> = {
  'tasks.create': () => user.ticktick.tasks.create({ title: 'x' }),
  'tasks.createMany': () => user.ticktick.tasks.createMany([{ title: 'x' }]),
  'events.createMany': () => user.calendar.events.createMany([EVENT], { calendarId: 'primary' }),
  'workItems.create': async () =>
    await (await user.azureDevOps()).workItems.create({ project, type: 'Task', title: 'x' }),
  blockTime: () => user.blockTime(task, { durationMinutes: 30, within: WITHIN }),
  plan: () => user.plan({ within: WITHIN, tasks: [] }),
};

const outcomes: Record<string, string[]> = {};
for (const [name, call] of Object.entries(calls)) {
  const ends: string[] = [];
  for (let tries = 0; tries < TRIES; tries += 1) {
    ends.push(
      await call().then(
        () => 'ok',
        (error: unknown) => (error as Error).message,
      ),
    );
  }
  outcomes[name] = ends;
}
process.stdout.write(JSON.stringify(outcomes));
