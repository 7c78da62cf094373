import type { WorkItem } from '@context-sdk/ado-client';
import type { Region, Task } from '@context-sdk/ticktick-client';

/** The task's page in TickTick's web app. */
export function taskUrl(
  { id, projectId }: Pick<Task, 'id' | 'projectId'>,
  region: Region | undefined = 'ticktick',
): string {
  return `https://${region}.com/webapp/#p/${encodeURIComponent(projectId)}/tasks/${encodeURIComponent(id)}`;
}

/** The work item's page in Azure DevOps. */
export function workItemUrl(
  organizationUrl: string,
  { id, fields }: Pick<WorkItem, 'id' | 'fields'>,
): string {
  const project = fields['System.TeamProject'];
  const projectPath =
    typeof project === 'string' && project !== '' ? `/${encodeURIComponent(project.toWellFormed())}` : '';
  return `${organizationUrl}${projectPath}/_workitems/edit/${id}`;
}
