import type { Context, ContextEvent } from '@context-sdk/context';
import type { Task } from '@context-sdk/context/ticktick';

/** Registers the webhook, or starts polling if nothing can be delivered here. Says what it did. */
export async function registerTickTickWebhook(context: Context, userId: string): Promise<string | undefined> {
  const results = await context.subscriptions.ensure(userId);
  return results.find(({ service }) => service === 'ticktick')?.mode;
}

export interface Analysis {
  analyzeAndStoreTask(task: Task): Promise<void>;
  updateTaskAnalysis(task: Task): Promise<void>;
}

/** For `onEvent`. What rejects is told again later. */
export async function handleTickTickEvent(event: ContextEvent, analysis: Analysis): Promise<void> {
  if (event.source !== 'ticktick') return;
  if (event.type === 'task.created') await analysis.analyzeAndStoreTask(event.data);
  else if (event.type === 'task.updated') await analysis.updateTaskAnalysis(event.data);
}
