import type { WorkItem } from '@context-sdk/ado-client';

/** Where Azure DevOps shows a work item to people. */
export function workItemUrl(
  organizationUrl: string,
  { id, fields }: Pick<WorkItem, 'id' | 'fields'>,
): string {
  const project = fields['System.TeamProject'];
  const place = project === undefined ? '' : `/${encodeURIComponent(project)}`;
  return `${organizationUrl}${place}/_workitems/edit/${id}`;
}
