import { isJsonObject } from '../../json.ts';
import type { Organization } from '../organization/organization.ts';
import { parseTags } from '../work-items/tags.ts';
import { updateToWire } from '../work-items/update-to-wire.ts';
import { current, textField, type WorkItemChange } from '../work-items/work-item.ts';
import type { Subscription } from './subscriptions.ts';

/** Whether a subscription is for this change: its event, and all of its filters. */
export function matches(
  organization: Organization,
  { eventType, publisherInputs }: Subscription,
  change: WorkItemChange,
): boolean {
  if (eventType !== `workitem.${change.kind}`) return false;
  const {
    projectId = '',
    areaPath = '',
    workItemType = '',
    changedFields = '',
    tag = '',
    linksChanged = '',
    commentPattern = '',
  } = publisherInputs;
  const { fields } = current(change.item);
  return (
    (projectId === '' || organization.projectOf(change.item).id === projectId) &&
    (areaPath === '' || isUnder(textField(fields, 'System.AreaPath'), areaPath)) &&
    (workItemType === '' || fields['System.WorkItemType'] === workItemType) &&
    (changedFields === '' || changesField(organization, change, changedFields)) &&
    (tag === '' || hasTag(textField(fields, 'System.Tags'), tag)) &&
    (linksChanged !== 'true' || changesLinks(change)) &&
    (commentPattern === '' || (change.kind === 'commented' && change.text.includes(commentPattern)))
  );
}

function isUnder(path: string, area: string): boolean {
  return path === area || path.startsWith(`${area}\\`);
}

function hasTag(tags: string, wanted: string): boolean {
  return parseTags(tags).some((tag) => tag.toLowerCase() === wanted.toLowerCase());
}

function changesLinks(change: WorkItemChange): boolean {
  if (change.kind !== 'updated') return true;
  const { added, removed } = change.update;
  return added.length + removed.length > 0;
}

/** Several fields are separated by commas: any of them will do. */
function changesField(organization: Organization, change: WorkItemChange, names: string): boolean {
  if (change.kind !== 'updated') return true;
  const { fields } = updateToWire(organization, change.item, change.update);
  return names.split(',').some((name) => isJsonObject(fields) && name.trim() in fields);
}
