// A host with strict types, checked against the installed declarations.
import {
  type CalendarEvent,
  type CalendarPushEvent,
  GmailClient,
  GoogleCalendarClient,
  type Mail,
  parseCalendarPush,
} from '@context-sdk/google-workspace';
import {
  type AccessTokenSource,
  ContextSdkError,
  memoryRateLimiter,
  memoryStore,
  OAuthClient,
  type RecordStore,
  staticToken,
  TokenManager,
} from '@context-sdk/oauth-core';
import { apiErrorFor, createPipeline } from '@context-sdk/oauth-core/client-kit';
import { fileStore } from '@context-sdk/oauth-core/file';
import { ticktick } from '@context-sdk/oauth-core/providers';
import { parseTickTickWebhook, type Task, TaskPriority, TickTickClient } from '@context-sdk/ticktick-client';

const oauth = new OAuthClient({
  provider: ticktick,
  clientId: 'id',
  clientSecret: 'secret',
  redirectUri: 'http://localhost:8000/callback',
});
const stores: RecordStore[] = [memoryStore(), fileStore('tokens')];
const sources: AccessTokenSource[] = [staticToken('a token')];
for (const store of stores) sources.push(new TokenManager({ client: oauth, store, key: 'user-1' }));

export const pipeline: typeof fetch = createPipeline({
  service: 'example',
  auth: staticToken('a token'),
  origins: ['https://api.example.com'],
  rateLimiter: memoryRateLimiter(),
  limits: [{ limit: 100, intervalMs: 60_000 }],
  classify: (answer) => (answer.status < 400 ? undefined : apiErrorFor(answer, { service: 'example' })),
}).fetchFor({ operation: 'example.get', safety: 'safe' });

export async function urgentTasks(auth: AccessTokenSource | string, signal: AbortSignal): Promise<Task[]> {
  const client = new TickTickClient({ auth });
  const urgent: Task[] = [];
  for await (const task of client.tasks.listOpen({ signal })) {
    if (task.priority === TaskPriority.high) urgent.push(task);
  }
  return urgent;
}

export async function titleOf(client: TickTickClient, id: string): Promise<string> {
  try {
    const task = await client.tasks.get(id);
    return task.title;
  } catch (error) {
    return error instanceof ContextSdkError ? error.code : 'unknown';
  }
}

export async function receive(request: Request): Promise<string> {
  const event = parseTickTickWebhook(await request.text());
  return event.type;
}

export async function summaries(auth: AccessTokenSource, timeMin: Date): Promise<string[]> {
  const events: CalendarEvent[] = await new GoogleCalendarClient({ auth }).events.list({ timeMin }).toArray();
  return events.map(({ summary = '' }) => summary);
}

export async function draft(auth: AccessTokenSource, mail: Mail): Promise<string> {
  return (await new GmailClient({ auth }).drafts.create(mail)).id;
}

export const notified = (headers: Headers, token: string): Promise<CalendarPushEvent> =>
  parseCalendarPush(headers, { token });

// @ts-expect-error: what a method gives is typed, and is not any.
export const wrong: number = titleOf(new TickTickClient({ auth: 'a token' }), 'id');
