import {
  httpStatusOf,
  publicMessageOf,
  RateLimitError,
  ReauthorizationRequiredError,
  type RetryOptions,
} from '@context-sdk/context';
import type { Task, TickTickClient } from '@context-sdk/context/ticktick';

/** Of a context or a client: `createContext({ retry, … })`. */
export const retry: RetryOptions = { attempts: 3, minDelayMs: 4_000, maxDelayMs: 10_000 };

/** What the guide's two functions answer: the tasks, 429 instead of a wait, or 401 once only the user can help. */
export async function tasksResponse(client: TickTickClient): Promise<Response> {
  try {
    const tasks: Task[] = await client.tasks.listAll({ completed: true, maxWaitMs: 0 }).toArray();
    return Response.json(tasks);
  } catch (error) {
    const headers = new Headers();
    if (error instanceof RateLimitError && error.retryAfterMs !== undefined)
      headers.set('retry-after', String(Math.ceil(error.retryAfterMs / 1000)));
    const status = error instanceof ReauthorizationRequiredError ? 401 : httpStatusOf(error);
    return Response.json({ detail: publicMessageOf(error) }, { status, headers });
  }
}
