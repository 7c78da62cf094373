import { textField } from './work-item.ts';
import type { JsonObject } from '../../json.ts';
import type { Organization } from '../organization/organization.ts';
import type { Draft } from './draft.ts';
import { relationToWire } from './work-item-to-wire.ts';
import { projectUrl } from './urls.ts';

/** An item that is not saved: it has no id and no revision. */
export function draftToWire(organization: Organization, { fields, relations, project }: Draft): JsonObject {
  const base = projectUrl(organization, project);
  const type = encodeURIComponent(textField(fields, 'System.WorkItemType'));
  return {
    fields: { ...fields },
    ...(relations.length > 0 && { relations: relations.map(relationToWire) }),
    _links: { workItemType: { href: `${base}/workItemTypes/${type}` }, fields: { href: `${base}/fields` } },
    url: `${base}/workItems`,
  };
}
