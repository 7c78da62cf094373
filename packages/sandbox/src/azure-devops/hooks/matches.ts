import type { Organization } from '../organization/organization.ts';
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
    commentPattern = '',
  } = publisherInputs;
  const { fields } = current(change.item);
  return (
    (projectId === '' || organization.projectOf(change.item).id === projectId) &&
    (areaPath === '' || isUnder(textField(fields, 'System.AreaPath'), areaPath)) &&
    (workItemType === '' || fields['System.WorkItemType'] === workItemType) &&
    (changedFields === '' || changesField(organization, change, changedFields)) &&
    (commentPattern === '' || (change.kind === 'commented' && change.text.includes(commentPattern)))
  );
}

function isUnder(path: string, area: string): boolean {
  return path === area || path.startsWith(`${area}\\`);
}

function changesField(organization: Organization, change: WorkItemChange, field: string): boolean {
  if (change.kind !== 'updated') return true;
  const { fields } = updateToWire(organization, change.item, change.update);
  return typeof fields === 'object' && fields !== null && field in fields;
}
