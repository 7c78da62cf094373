import type { WorkItem } from '@context-sdk/ado-client';
import { line } from './line.ts';

/** `#41 Active Fix the login`. The service's own number is the handle. */
export function workItemLine({ id, fields }: WorkItem): string {
  return line`#${id} ${fields['System.State']} ${fields['System.Title']}`;
}

/** Type, people, tags and place in the plan, indented below the item's line. */
export function workItemDetails({ fields }: WorkItem): string[] {
  const assigned = fields['System.AssignedTo'];
  const person = typeof assigned === 'string' ? assigned : assigned?.displayName;
  const about = [
    line`${fields['System.WorkItemType']} in ${fields['System.TeamProject']}`,
    person ? line`for ${person}` : '',
    fields['Microsoft.VSTS.Common.Priority']
      ? line`priority ${fields['Microsoft.VSTS.Common.Priority']}`
      : '',
    fields['System.IterationPath'] ? line`iteration ${fields['System.IterationPath']}` : '',
    fields['System.Tags'] ? line`tags ${fields['System.Tags']}` : '',
  ].filter((text) => text !== '');
  return [`  ${about.join('; ')}`];
}
