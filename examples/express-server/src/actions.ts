import {
  type BrowserSessions,
  type Context,
  ContextSdkError,
  describeForUser,
  NoFreeSlotError,
  type User,
} from '@context-sdk/context';
import express, { Router } from 'express';
import type { Activity, Entry } from './activity.ts';
import { formOf } from './own-forms.ts';
import { nextWeek, WORKING_HOURS } from './proposal/make-proposal.ts';
import { zoneOf } from './zone-of.ts';

interface ActionParts {
  context: Context;
  sessions: BrowserSessions;
  activity: Activity;
}

const FIELDS = ['taskId', 'projectId', 'title', 'minutes', 'date'] as const;
type Form = Record<(typeof FIELDS)[number], string>;

/** A wall time like `Tuesday 1 December, 09:30`. */
function inWords(wallTime: string): string {
  const day = new Intl.DateTimeFormat('en-GB', {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  });
  return `${day.format(Date.parse(wallTime.slice(0, 10)))}, ${wallTime.slice(11, 16)}`;
}

/** Whether there was a block, and it is gone. The task is done without it, too; maintenance frees its time as soon as it can. */
async function isTimeFreed(user: User, task: { id: string; projectId: string }): Promise<boolean> {
  try {
    return (await user.followTask(task)).did === 'freed';
  } catch (error) {
    if (error instanceof ContextSdkError) return false;
    throw error;
  }
}

/** Does what a button asks for, and says in words what came of it. */
const ACTIONS: Readonly<
  Record<string, (user: User, form: Form) => Promise<Pick<Entry, 'source' | 'text' | 'undo'>>>
> = {
  'block-time': async (user, { taskId: id, projectId, minutes }) => {
    const task = await user.ticktick.tasks.get({ id, projectId });
    const wish = { durationMinutes: Number(minutes), within: nextWeek(), workingHours: WORKING_HOURS };
    const { slot } = await user.blockTime(task, wish);
    return { source: 'google-calendar', text: `“${task.title}”: ${inWords(slot.start)} is blocked` };
  },
  'add-task': async (user, { title, date }) => {
    const task = await user.ticktick.tasks.create({ title, dueDate: { date, timeZone: await zoneOf(user) } });
    const undo = { action: 'delete-task', taskId: task.id, projectId: task.projectId, title: task.title };
    return { source: 'ticktick', text: `“${task.title}” is on your list`, undo };
  },
  'delete-task': async (user, { taskId: id, projectId, title }) => {
    await user.ticktick.tasks.delete({ id, projectId });
    return { source: 'ticktick', text: `“${title}” is off your list` };
  },
  'reopen-task': async (user, { taskId: id, projectId, title }) => {
    await user.ticktick.tasks.reopen({ id, projectId });
    return { source: 'ticktick', text: `“${title}” is open again` };
  },
  'complete-task': async (user, { taskId: id, projectId, title }) => {
    const { repeatFlag } = await user.ticktick.tasks.get({ id, projectId });
    await user.ticktick.tasks.complete({ id, projectId });
    const freed = (await isTimeFreed(user, { id, projectId })) ? ', and its time is free' : '';
    // A recurring task has moved to its next date: to open it again would not take that back.
    const undo =
      repeatFlag === undefined ? { action: 'reopen-task', taskId: id, projectId, title } : undefined;
    return { source: 'ticktick', text: `“${title}” is done${freed}`, undo };
  },
  'draft-mail': async (user, { taskId: id, projectId }) => {
    const task = await user.ticktick.tasks.get({ id, projectId });
    const { emailAddress } = await user.gmail.profile.get();
    await user.draftEmail(task, { to: emailAddress });
    return { source: 'gmail', text: `A mail about “${task.title}” is in your drafts` };
  },
  'work-item': async (user, { taskId: id, projectId }) => {
    const task = await user.ticktick.tasks.get({ id, projectId });
    const [project] = await (await user.azureDevOps()).projects.list().toArray();
    const item = await user.createWorkItem(task, { project: project?.name });
    return { source: 'azure-devops', text: `“${task.title}” is work item ${item.id}` };
  },
};

/** What the forms of the day's page ask for. */
export function actionRoutes({ context, sessions, activity }: ActionParts): Router {
  const router = Router();
  router.post(
    '/actions/:action',
    express.urlencoded({ extended: false }),
    async (request, response, next) => {
      const { action: name } = request.params;
      const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
      if (action === undefined) return next();
      const form = formOf(request, FIELDS);
      const userId = String(response.locals['userId']);
      const done = await action(context.user(userId), form).catch((error: unknown) => {
        if (!(error instanceof NoFreeSlotError)) throw error;
        return { source: 'google-calendar', text: `“${form.title}”: ${describeForUser(error).text}` };
      });
      await activity.add(userId, done);
      response.redirect(303, `/?date=${encodeURIComponent(form.date)}#activity`);
    },
  );
  router.post('/sign-out', async (request, response) => {
    response.set('set-cookie', await sessions.end(request.headers.cookie)).redirect(303, '/');
  });
  return router;
}
