import type { NewRelation, RelationRef } from '../relations/relation.ts';
import type { LongText } from './long-text.ts';
import type { IdentityInput, WorkItemInput } from './new-work-item.ts';
import type { TagChanges } from './tags.ts';

/** Links to make, to comment, and to take away. */
export interface RelationChanges {
  add?: readonly NewRelation[] | undefined;
  /** All that fit; none is no error. */
  remove?: readonly RelationRef[] | undefined;
  comment?: readonly { relation: RelationRef; comment: string }[] | undefined;
}

/** Changes to a work item: `undefined` leaves a value as it is, `null` removes it. */
export interface WorkItemChanges<Custom extends object = object> extends WorkItemInput<Custom> {
  /** `System.Description`; a bug's form shows `reproSteps` instead. */
  description?: LongText | null | undefined;
  /** `Microsoft.VSTS.TCM.ReproSteps`. */
  reproSteps?: LongText | null | undefined;
  /** `null` unassigns. */
  assignedTo?: IdentityInput | null | undefined;
  /** A list is all of them anew. To add some needs no reading; to remove some reads first and is safe all the same. */
  tags?: TagChanges | null | undefined;
  priority?: number | null | undefined;
  /** The id of the item above; `null` takes the item out from under it. */
  parent?: number | null | undefined;
  relations?: RelationChanges | undefined;
}
