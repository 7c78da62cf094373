import type { Region, Task } from '@context-sdk/ticktick-client';

/** Where TickTick's own web application shows a task. */
export function taskUrl(
  { id, projectId }: Pick<Task, 'id' | 'projectId'>,
  region: Region | undefined = 'ticktick',
): string {
  return `https://${region}.com/webapp/#p/${encodeURIComponent(projectId)}/tasks/${encodeURIComponent(id)}`;
}
