import type { Random } from '../../random.ts';
import type { Seed } from '../../seed.ts';
import { DAY_MS, type SeedClock } from '../../time/clock.ts';
import type { AccountData } from '../account-data.ts';
import { checkIn, createHabit } from '../habits/habit-input.ts';
import { createProject } from '../projects.ts';
import { completeTask } from '../tasks/change-task.ts';
import { createTask } from '../tasks/create-task.ts';
import { readTaskInput } from '../tasks/task-input.ts';
import { DEMO_PLAN } from './demo-plan.ts';
import type { ListPlan, ProjectPlan, SeedPlan } from './plan.ts';
import { openTaskBody } from './seed-task.ts';

/**
 * Fills an account. `demo`: 15 projects, over 1,200 open tasks and some completed ones. A number: that many open tasks over
 * three projects and the inbox. `empty`: nothing but the inbox.
 */
export function seedAccount(data: AccountData, seed: Seed, clock: SeedClock, random: Random): void {
  const plan = planOf(seed);
  clock.setBack(200 * DAY_MS);
  const projectIds = plan.projects.map((project) => seedProject(data, project));
  if (seed === 'demo') seedExtras(data);
  seedTasks(data, data.inboxId, plan.inbox, clock, random);
  for (const [index, project] of plan.projects.entries()) {
    seedTasks(data, projectIds[index] ?? data.inboxId, project, clock, random);
  }
}

function planOf(seed: Seed): SeedPlan {
  if (typeof seed === 'number') return smallPlan(seed);
  return seed === 'demo' ? DEMO_PLAN : EMPTY_PLAN;
}

function seedProject(data: AccountData, plan: ProjectPlan): string {
  const project = createProject(data, plan);
  if (plan.group !== undefined) project.groupId = groupId(data, plan.group);
  for (const [index, name] of (plan.columns ?? []).entries()) {
    const id = data.newId();
    data.columns.set(id, { id, projectId: project.id, name, sortOrder: index });
  }
  if (plan.shared) {
    const teammate = { username: 'robin@example.com', displayName: 'Robin Okafor', self: false };
    data.teammates.set(project.id, [teammate]);
    project.permission = 'write';
  }
  return project.id;
}

function groupId(data: AccountData, name: string): string {
  for (const group of data.groups.values()) if (group.name === name) return group.id;
  const id = data.newId();
  data.groups.set(id, { id, name, sortOrder: data.groups.size, showAll: true });
  return id;
}

function seedTasks(
  data: AccountData,
  projectId: string,
  plan: ListPlan,
  clock: SeedClock,
  random: Random,
): void {
  let parentId = '';
  for (let index = 0; index < plan.open + plan.completed; index += 1) {
    clock.setBack((1 + random.integer(120)) * DAY_MS + random.integer(DAY_MS));
    const done = index >= plan.open;
    const body = done ? {} : openTaskBody(data, projectId, clock, random, plan.tags);
    const task = createTask(
      data,
      readTaskInput({ ...body, parentId, projectId, title: titleOf(plan, index) }),
    );
    clock.setBack(random.integer(60 * DAY_MS));
    if (done) completeTask(data, task);
    parentId = !done && random.chance(0.06) ? task.id : '';
  }
}

/** Goes through beginnings and endings so that a title comes again as late as possible. */
function titleOf({ beginnings, endings }: ListPlan, index: number): string {
  const beginning = beginnings[index % beginnings.length] ?? '';
  const ending = endings[(index + Math.floor(index / beginnings.length)) % endings.length] ?? '';
  return `${beginning} ${ending}`;
}

/** That many open tasks, spread over three projects and the inbox; nothing else. */
function smallPlan(openTasks: number): SeedPlan {
  const perList = Math.floor(openTasks / 4);
  return {
    inbox: resized(DEMO_PLAN.inbox, openTasks - 3 * perList),
    projects: DEMO_PLAN.projects.slice(0, 3).map((project) => resized(project, perList)),
  };
}

/** An inbox without a task. */
const EMPTY_PLAN: SeedPlan = { inbox: resized(DEMO_PLAN.inbox, 0), projects: [] };

function resized<T extends ListPlan>(plan: T, open: number): T {
  return { ...plan, open, completed: 0 };
}

/** What the demo account has beside projects and tasks: tags, a countdown, habits and their check-ins. */
function seedExtras(data: AccountData): void {
  for (const [index, name] of ['work', 'home', 'urgent'].entries()) {
    data.tags.set(name, { name, label: name, sortOrder: index, color: '#F18181', type: 1 });
  }
  seedCountdown(data);
  const sectionId = data.newId();
  data.habitSections.set(sectionId, {
    id: sectionId,
    name: '_morning',
    sortOrder: 0,
    createdTime: data.now(),
    etag: data.newEtag(),
  });
  const year = new Date(data.now()).getUTCFullYear();
  for (const name of ['Read 📖', 'Drink water', 'Stretch']) {
    const habit = createHabit(data, { name, sectionId });
    for (const day of [1, 2, 3]) checkIn(data, habit, { stamp: year * 10_000 + 100 + day });
  }
}

function seedCountdown(data: AccountData): void {
  const id = data.newId();
  const date = (new Date(data.now()).getUTCFullYear() + 1) * 10_000 + 407;
  const birthday = { id, type: 0, name: 'Birthday', date, color: '#4D8CF5', reminders: [], sortOrder: 0 };
  data.countdowns.set(id, birthday);
}
