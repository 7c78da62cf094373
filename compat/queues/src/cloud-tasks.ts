import { createHash } from 'node:crypto';
import type { Context, Schedule } from '@context-sdk/context';

/** A queue of Google Cloud Tasks, and the host's route that it calls. */
export interface CloudTasks {
  /** `projects/…/locations/…/queues/…` */
  queue: string;
  /** The host's route: {@link stepHandler}. */
  url: string;
  /** Whose identity the calls of the route carry, for the host to verify. */
  serviceAccountEmail: string;
  accessToken: () => Promise<string>;
  fetch?: typeof fetch;
}

const API = 'https://cloudtasks.googleapis.com/v2';
/** A walk repairs all jobs: theirs are spread over this time. */
const REPAIRED_WITHIN_MS = 6 * 3_600_000;
const ALREADY_THERE = 409;

/** A task's name is its job and the second that it is due: what is planned twice is one task. */
function taskName(queue: string, job: string, second: number): string {
  return `${queue}/tasks/${createHash('sha256').update(job).digest('hex')}-${second}`;
}

/** Creates the task. Returns its name if there is, or was within the hour, one for the same job and second. */
async function create(tasks: CloudTasks, job: string, dueAt: number): Promise<string | undefined> {
  const second = Math.ceil(Math.max(dueAt, Date.now()) / 1000);
  const name = taskName(tasks.queue, job, second);
  const task = {
    name,
    scheduleTime: new Date(second * 1000).toISOString(),
    httpRequest: {
      url: tasks.url,
      httpMethod: 'POST',
      headers: { 'content-type': 'application/json' },
      body: Buffer.from(JSON.stringify({ job })).toString('base64'),
      oidcToken: { serviceAccountEmail: tasks.serviceAccountEmail, audience: tasks.url },
    },
  };
  const response = await (tasks.fetch ?? fetch)(`${API}/${tasks.queue}/tasks`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await tasks.accessToken()}`, 'content-type': 'application/json' },
    body: JSON.stringify({ task }),
  });
  await response.body?.cancel();
  if (response.ok) return undefined;
  if (response.status === ALREADY_THERE) return name;
  throw new Error(`Cloud Tasks answered with ${response.status}.`);
}

/**
 * Jobs as tasks that call the host's route. Cloud Tasks can't tell what is planned for a job, so an earlier plan is one more task:
 * the step that comes too early finds nothing due and plans the same second as the other, which makes them one again.
 */
export function cloudTasksSchedule(tasks: CloudTasks): Schedule {
  return {
    async plan(jobs, dueAt, options) {
      for (const job of [jobs].flat()) {
        const share = createHash('sha256').update(job).digest().readUInt16BE() / 0x10000;
        await create(
          tasks,
          job,
          options?.keepUntil === undefined ? dueAt : dueAt + share * REPAIRED_WITHIN_MS,
        );
      }
    },
    // The step of a job that is none any more plans no other.
    cancel: async () => undefined,
    claim: async () => [],
  };
}

/** The route that Cloud Tasks calls. It answers with an error if the step failed: the queue then repeats it. */
export function stepHandler(
  context: Context,
  tasks: CloudTasks,
  isFromQueue: (request: Request) => Promise<boolean>,
  options?: { pollEveryMs?: number },
): (request: Request) => Promise<Response> {
  return async (request) => {
    if (!(await isFromQueue(request))) return new Response(null, { status: 401 });
    const { job } = (await request.json()) as { job: string };
    try {
      const { dueAt } = await context.maintain(job, options);
      const conflict = dueAt === undefined ? undefined : await create(tasks, job, dueAt);
      // It came before its time: nothing else would plan the job again.
      const isItself = conflict?.endsWith(`/${request.headers.get('x-cloudtasks-taskname')}`);
      return new Response(null, { status: isItself ? 503 : 204 });
    } catch {
      return new Response(null, { status: 503 });
    }
  };
}
