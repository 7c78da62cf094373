import type { NewRelation } from '../relations/relation.ts';
import type { KnownFields } from './fields.ts';
import type { IdentityRef } from './identity.ts';
import type { LongText } from './long-text.ts';

/** Who to assign to: a mail address, a display name, `Name <mail>`, or what a field held. */
export type IdentityInput = string | IdentityRef;

/** A text may also be given as a time or a long text, which is what it then holds. */
type FieldValue<Value> = Value | (string extends Value ? Date | Exclude<LongText, string> : never);

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
  history?: LongText | undefined;
}

/** A work item to create. */
export interface NewWorkItem<Custom extends object = object> extends WorkItemInput<Custom> {
  /** The client's own unless given. */
  project?: string | undefined;
  /** For example `Task`, `Bug`, `User Story`, as the project's process names them. */
  type: string;
  title: string;
  /** Of a `Bug`, its repro steps: that is the long text that its form shows. */
  description?: LongText | undefined;
  reproSteps?: LongText | undefined;
  assignedTo?: IdentityInput | undefined;
  tags?: readonly string[] | undefined;
  priority?: number | undefined;
  /** The id of the item above. */
  parent?: number | undefined;
  relations?: readonly NewRelation[] | undefined;
}
