import type { KnownFields } from '../model/fields.ts';
import type { IdentityRef } from '../model/identity.ts';
import type { NewRelation, RelationRef } from '../model/relation.ts';
import type { RichText } from '../model/rich-text.ts';
import type { TagChanges } from './tags.ts';

/** Who to assign to: a mail address, a display name, `Name <mail>`, or what a field held. */
export type IdentityInput = string | IdentityRef;

/** A text may also be given as a time or a long text, which is what it then holds. */
type FieldValue<Value> = Value | (string extends Value ? Date | Exclude<RichText, string> : never);

/** Values by reference name, in the form that Azure DevOps reads: times also as `Date`, long texts also as Markdown. */
export type FieldValues<Custom extends object = object> = {
  [Name in keyof KnownFields]?: FieldValue<KnownFields[Name]> | null | undefined;
} & { [Name in keyof Custom]?: FieldValue<Custom[Name]> | null | undefined } & Record<string, unknown>;

/** What can be said about an item both when it is made and later. */
export interface WorkItemInput<Custom extends object = object> {
  title?: string | undefined;
  state?: string | undefined;
  reason?: string | undefined;
  /** `Project\Area`, without a backslash in front. */
  areaPath?: string | undefined;
  /** `Project\Iteration`, without a backslash in front. */
  iterationPath?: string | undefined;
  /** Any other field, and the ones above by their reference names. */
  fields?: FieldValues<Custom> | undefined;
  /** A remark that is kept with the new revision. */
  history?: RichText | undefined;
}

/** A work item to create. */
export interface NewWorkItem<Custom extends object = object> extends WorkItemInput<Custom> {
  /** Default: the client's project. */
  project?: string | undefined;
  /** For example `Task`, `Bug`, `User Story`, as the project's process names them. */
  type: string;
  title: string;
  /** Of a `Bug`, its repro steps: that is the long text that its form shows. */
  description?: RichText | undefined;
  reproSteps?: RichText | undefined;
  assignedTo?: IdentityInput | undefined;
  tags?: readonly string[] | undefined;
  priority?: number | undefined;
  /** The id of the item above. */
  parent?: number | undefined;
  relations?: readonly NewRelation[] | undefined;
}

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
  description?: RichText | null | undefined;
  /** `Microsoft.VSTS.TCM.ReproSteps`. */
  reproSteps?: RichText | null | undefined;
  /** `null` unassigns. */
  assignedTo?: IdentityInput | null | undefined;
  /** A list is all of them anew. To add some needs no reading; to remove some reads first and is safe all the same. */
  tags?: TagChanges | null | undefined;
  priority?: number | null | undefined;
  /** The id of the item above; `null` takes the item out from under it. */
  parent?: number | null | undefined;
  relations?: RelationChanges | undefined;
}
