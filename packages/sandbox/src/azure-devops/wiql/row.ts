import type { Organization } from '../organization/organization.ts';
import { allFields } from '../work-items/all-fields.ts';
import { current, type FieldValue, type Revision, type WorkItem } from '../work-items/work-item.ts';

/** A work item as a query sees it. */
export interface Row {
  readonly item: WorkItem;
  value(referenceName: string): FieldValue | undefined;
}

/** Reads what the item says itself first, and works out the service's own fields only where they are asked for. */
export function rowOf(
  organization: Organization,
  item: WorkItem,
  revision: Revision = { ...current(item), relations: item.relations },
): Row {
  return {
    item,
    value: (name) => {
      if (name === 'System.Id') return item.id;
      return revision.fields[name] ?? allFields(organization, item, revision)[name];
    },
  };
}
