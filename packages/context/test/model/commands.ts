import type { Context } from '@context-sdk/context';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { type CallFault, callFaults } from './faults.ts';
import {
  allEvents,
  blocksOf,
  busyEvents,
  CALENDARS,
  isBlock,
  placeOf,
  timesOf,
  workItemsOf,
} from './services.ts';
import { type Outcome, type Provider, PROVIDERS, type World } from './world.ts';

const HOUR = 3_600_000;
const DAY_START = Date.parse('2027-03-02T08:00:00Z');
const WITHIN = { from: '2027-03-02T08:00:00Z', to: '2027-03-02T20:00:00Z' };
const TASKS = ['one', 'other'] as const;
type TaskName = (typeof TASKS)[number];

/** What the model knows: which tasks there are. Everything else is read from the services. */
export interface Model {
  tasks: Map<TaskName, { id: string; projectId: string; title: string }>;
}

type Command = fc.AsyncCommand<Model, World>;

abstract class Step implements Command {
  check(_model: Model): boolean {
    return true;
  }

  abstract run(model: Model, world: World): Promise<void>;
  abstract toString(): string;
}

/** A call of the facade in one of two processes. */
abstract class Call extends Step {
  readonly process: number;
  readonly fault: CallFault;

  constructor(process: number, fault: CallFault) {
    super();
    this.process = process;
    this.fault = fault;
  }

  protected call<T>(world: World, work: (context: Context) => Promise<T>): Promise<Outcome<T>> {
    return world.call(this.process, this.fault, work);
  }

  /** The same call once more, in the other process and without a fault. */
  protected again<T>(world: World, work: (context: Context) => Promise<T>): Promise<Outcome<T>> {
    return world.call(1 - this.process, { kind: 'none' }, work);
  }

  protected describe(what: string): string {
    return `${what} in ${this.process} with ${JSON.stringify(this.fault)}`;
  }
}

class Connect extends Call {
  readonly provider: Provider;

  constructor(process: number, fault: CallFault, provider: Provider) {
    super(process, fault);
    this.provider = provider;
  }

  async run(_model: Model, world: World): Promise<void> {
    world.unfollow(this.provider);
    await this.call(world, (context) => world.connect(context, this.provider));
  }

  override toString(): string {
    return this.describe(`connect ${this.provider}`);
  }
}

class Disconnect extends Connect {
  override async run(_model: Model, world: World): Promise<void> {
    world.unfollow(this.provider);
    await this.call(world, (context) => context.user('ada').connections.disconnect(this.provider));
  }

  override toString(): string {
    return this.describe(`disconnect ${this.provider}`);
  }
}

/** Looks after everything, in `minutes`. */
class Maintain extends Call {
  readonly minutes: number;

  constructor(process: number, fault: CallFault, minutes: number) {
    super(process, fault);
    this.minutes = minutes;
  }

  async run(_model: Model, world: World): Promise<void> {
    world.pass(this.minutes);
    const outcome = await this.call(world, (context) => context.runMaintenance());
    if (outcome === 'crashed' || 'error' in outcome || this.fault.kind !== 'none') return;
    await follow(world);
  }

  override toString(): string {
    return this.describe(`maintain after ${this.minutes} min`);
  }
}

/** The providers that are connected and looked after have a position from now on. */
async function follow(world: World): Promise<void> {
  for (const provider of PROVIDERS) {
    const services = provider === 'google' ? ['google-calendar', 'gmail'] : [provider];
    const states = await Promise.all(services.map((service) => world.store.get(`feed/ada/${service}`)));
    const isFollowed = states.every(
      (state) => state?.value.includes('"position"') && !state.value.includes('"problem"'),
    );
    if (!isFollowed || world.followed.has(provider)) continue;
    const get = (context: Context) => context.user('ada').connections.get(provider);
    const outcome = await world.call(1, { kind: 'none' }, get);
    const isConnected = outcome !== 'crashed' && 'value' in outcome && outcome.value.state === 'connected';
    if (isConnected) world.followed.add(provider);
  }
}

class Block extends Call {
  readonly task: TaskName;
  readonly minutes: number;
  readonly calendarId: string | undefined;

  constructor(
    process: number,
    fault: CallFault,
    task: TaskName,
    { minutes, calendarId }: { minutes: number; calendarId: string | undefined },
  ) {
    super(process, fault);
    this.task = task;
    this.minutes = minutes;
    this.calendarId = calendarId;
  }

  override check({ tasks }: Model): boolean {
    return tasks.has(this.task);
  }

  async run({ tasks }: Model, world: World): Promise<void> {
    const task = tasks.get(this.task);
    if (task === undefined) return;
    const { minutes: durationMinutes, calendarId } = this;
    const options = { durationMinutes, within: WITHIN, calendarId };
    const block = (context: Context) => context.user('ada').blockTime(task, options);
    const outcome = await this.call(world, block);
    if (outcome === 'crashed' || 'error' in outcome) return;
    const { slot, event } = outcome.value;
    expect(blocksOf(world, task.id).map(({ id }) => id)).toEqual([event.id]);
    for (const busy of busyEvents(world, task.id)) {
      const [start, end] = timesOf(busy);
      const isOver = start < Date.parse(slot.end) && end > Date.parse(slot.start);
      expect([busy.id, isOver]).toEqual([busy.id, false]);
    }
    const before = allEvents(world);
    const second = await this.again(world, block);
    expect(second).toMatchObject({ value: { outcome: 'unchanged' } });
    expect(allEvents(world)).toEqual(before);
  }

  override toString(): string {
    return this.describe(
      `block ${this.minutes} min for ${this.task} in ${this.calendarId ?? 'its calendar'}`,
    );
  }
}

class Unblock extends Block {
  override async run({ tasks }: Model, world: World): Promise<void> {
    const task = tasks.get(this.task);
    if (task === undefined) return;
    const outcome = await this.call(world, (context) => context.user('ada').unblockTime(task));
    if (outcome === 'crashed' || 'error' in outcome) return;
    expect(blocksOf(world, task.id)).toEqual([]);
  }

  override toString(): string {
    return this.describe(`unblock ${this.task}`);
  }
}

class MakeWorkItem extends Block {
  override async run({ tasks }: Model, world: World): Promise<void> {
    const task = tasks.get(this.task);
    if (task === undefined) return;
    const project = world.sandbox.azureDevOps.organization.projects[0]?.name;
    const make = (context: Context) => context.user('ada').createWorkItem(task, { project });
    const outcome = await this.call(world, make);
    if (outcome === 'crashed' || 'error' in outcome) return;
    expect(workItemsOf(world, task.id)).toEqual([outcome.value.id]);
    const second = await this.again(world, make);
    expect(second).toMatchObject({ value: { id: outcome.value.id, rev: outcome.value.rev } });
  }

  override toString(): string {
    return this.describe(`work item of ${this.task}`);
  }
}

/** Links a task with its blocks and its work item: once synchronized, there is nothing more to write. */
class LinkTask extends Block {
  override async run({ tasks }: Model, world: World): Promise<void> {
    const task = tasks.get(this.task);
    if (task === undefined) return;
    const [workItemId] = workItemsOf(world, task.id);
    const link = (context: Context) => context.user('ada').links.create(task, { workItemId });
    const outcome = await this.call(world, link);
    if (outcome === 'crashed' || 'error' in outcome) return;
    expect(outcome.value.link.taskId).toBe(task.id);
    if (outcome.value.failures.length > 0) return;
    expect(await this.again(world, link)).toMatchObject({ value: { writes: 0 } });
  }

  override toString(): string {
    return this.describe(`link ${this.task}`);
  }
}

/** What the user and others do in the services themselves. */
const EDITS = {
  'new task': (model: Model, world: World, random: number) => {
    const name = TASKS[random % TASKS.length] ?? 'one';
    const { id, projectId } = world.sandbox.ticktick.testUser().createTask({ title: `Task ${random}` });
    world.expectEvent(
      'ticktick',
      `task ${id}`,
      ({ source, data }) => source === 'ticktick' && hasId(data, id),
    );
    if (!model.tasks.has(name)) model.tasks.set(name, { id, projectId: projectId, title: `Task ${random}` });
  },
  'renamed task': ({ tasks }: Model, world: World, random: number) => {
    const task = tasks.get(TASKS[random % TASKS.length] ?? 'one');
    if (task === undefined) return;
    task.title = `Renamed ${random}`;
    world.sandbox.ticktick.testUser().updateTask(task.id, { title: task.title });
  },
  'renamed work item': (_model: Model, world: World, random: number) => {
    const [item] = world.sandbox.azureDevOps.testUser().all();
    if (item === undefined) return;
    world.sandbox.azureDevOps.testUser().update(item.id, { 'System.Title': `Item ${random}` });
  },
  'busy time': (_model: Model, world: World, random: number) => {
    const start = DAY_START + (random % 12) * HOUR;
    const { calendar } = world.sandbox.google.testUser();
    const busy = { summary: `Busy ${random}`, start: instant(start), end: instant(start + HOUR) };
    calendar.addEvent(busy, CALENDARS[random % 2]);
    changedCalendar(world);
  },
  'moved block': (_model: Model, world: World, random: number) => {
    const { calendar } = world.sandbox.google.testUser();
    const block = allEvents(world).find(isBlock);
    if (block === undefined) return;
    const start = DAY_START + (random % 12) * HOUR;
    calendar.updateEvent(
      block.id,
      { start: instant(start), end: instant(start + HOUR / 2) },
      placeOf(world, block),
    );
    changedCalendar(world);
  },
  'deleted block': (_model: Model, world: World) => {
    const block = allEvents(world).find(isBlock);
    if (block === undefined) return;
    world.sandbox.google.testUser().calendar.deleteEvent(block.id, placeOf(world, block));
    changedCalendar(world);
  },
  'new work item': (_model: Model, world: World, random: number) => {
    const { azureDevOps } = world.sandbox;
    const fields = {
      'System.Title': `For you ${random}`,
      'System.AssignedTo': azureDevOps.people[0]?.uniqueName ?? '',
    };
    const { id } = azureDevOps.testUser().create({ type: 'Task', fields });
    const isTold = ({ source, data }: { source: string; data: unknown }): boolean =>
      source === 'azure-devops' && (hasId(data, id) || Reflect.get(Object(data), 'workItemId') === id);
    world.expectEvent('azure-devops', `work item ${id}`, isTold);
  },
  'deleted work item': (_model: Model, world: World) => {
    const [item] = world.sandbox.azureDevOps.testUser().all();
    if (item === undefined) return;
    world.sandbox.azureDevOps.testUser().delete(item.id);
    // A poll doesn't see what was deleted before it.
    const others = world.expectations.filter(({ what }) => what !== `work item ${item.id}`);
    world.expectations.splice(0, world.expectations.length, ...others);
  },
  'new mail': (_model: Model, world: World) => {
    world.sandbox.google
      .testUser()
      .gmail.receive('From: a@example.com\r\nTo: ada@example.com\r\nSubject: x\r\n\r\nHello\r\n');
    const mark = world.events.length;
    world.expectEvent(
      'gmail',
      'mail',
      (event) => event.source === 'gmail' && world.events.indexOf(event) >= mark,
    );
  },
  'expired tokens': (_model: Model, world: World) => world.sandbox.google.expireAccessTokens(),
  'revoked grant': (_model: Model, world: World) => {
    world.sandbox.google.revokeGrants();
    world.unfollow('google');
  },
  'revoked token': (_model: Model, world: World) => {
    world.sandbox.azureDevOps.revokePats();
    world.unfollow('azure-devops');
  },
  'handler fails': (_model: Model, world: World, random: number) => {
    world.unhandled = random % 3;
  },
  'delivery lost': (_model: Model, world: World, random: number) => {
    world.lostDeliveries = random % 3;
  },
} as const;

class Edit extends Step {
  readonly what: keyof typeof EDITS;
  readonly random: number;

  constructor(what: keyof typeof EDITS, random: number) {
    super();
    this.what = what;
    this.random = random;
  }

  async run(model: Model, world: World): Promise<void> {
    EDITS[this.what](model, world, this.random);
    await world.settle();
  }

  override toString(): string {
    return `${this.what} (${this.random})`;
  }
}

const process = fc.integer({ min: 0, max: 1 });
const provider = fc.constantFrom(...PROVIDERS);
const task = fc.constantFrom(...TASKS);
const place = fc.record({
  minutes: fc.constantFrom(30, 60, 90),
  calendarId: fc.constantFrom(undefined, ...CALENDARS),
});
const editNames = Object.keys(EDITS) as (keyof typeof EDITS)[];

/** Every kind of command. */
export const COMMANDS: fc.Arbitrary<Command>[] = [
  fc.tuple(process, callFaults, provider).map((args) => new Connect(...args)),
  fc.tuple(process, callFaults, provider).map((args) => new Connect(...args)),
  fc.tuple(process, callFaults, provider).map((args) => new Disconnect(...args)),
  fc.tuple(process, callFaults, fc.constantFrom(1, 6, 70)).map((args) => new Maintain(...args)),
  fc.tuple(process, callFaults, fc.constantFrom(1, 6, 70)).map((args) => new Maintain(...args)),
  fc.tuple(process, callFaults, task, place).map((args) => new Block(...args)),
  fc.tuple(process, callFaults, task, place).map((args) => new Block(...args)),
  fc.tuple(process, callFaults, task, place).map((args) => new Unblock(...args)),
  fc.tuple(process, callFaults, task, place).map((args) => new MakeWorkItem(...args)),
  fc.tuple(fc.constantFrom(...editNames), fc.nat(100)).map((args) => new Edit(...args)),
  fc.tuple(fc.constantFrom(...editNames), fc.nat(100)).map((args) => new Edit(...args)),
  fc.tuple(fc.constantFrom(...editNames), fc.nat(100)).map((args) => new Edit(...args)),
  fc.tuple(process, callFaults, task, place).map((args) => new LinkTask(...args)),
];

function hasId(data: unknown, id: string | number): boolean {
  return Reflect.get(Object(data), 'id') === id || JSON.stringify(data).includes(JSON.stringify(id));
}

function changedCalendar(world: World): void {
  const mark = world.events.length;
  world.expectEvent(
    'google-calendar',
    'calendar',
    (event) => event.source === 'google-calendar' && world.events.indexOf(event) >= mark,
  );
}

function instant(ms: number): { dateTime: string } {
  return { dateTime: new Date(ms).toISOString() };
}
