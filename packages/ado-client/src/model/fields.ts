import type { IdentityRef } from './identity.ts';

/**
 * Fields that every process has, or most of them, with the form in which Azure DevOps answers. Times are ISO 8601
 * texts. A field without a value is absent, never null.
 */
export interface KnownFields {
  'System.Id': number;
  'System.Rev': number;
  'System.Title': string;
  /** HTML, or Markdown where the item's `multilineFieldsFormat` says so. */
  'System.Description': string;
  'System.WorkItemType': string;
  'System.TeamProject': string;
  /** Custom and localized: compare by the state's category (`client.types.states`). */
  'System.State': string;
  'System.Reason': string;
  'System.AssignedTo': IdentityRef | string;
  'System.AreaPath': string;
  'System.AreaId': number;
  'System.IterationPath': string;
  'System.IterationId': number;
  /** `A; B`: see {@link tagsOf}. */
  'System.Tags': string;
  'System.Parent': number;
  'System.History': string;
  'System.CommentCount': number;
  'System.CreatedBy': IdentityRef | string;
  'System.CreatedDate': string;
  'System.ChangedBy': IdentityRef | string;
  'System.ChangedDate': string;
  'System.AuthorizedDate': string;
  'System.RevisedDate': string;
  'System.Watermark': number;
  'System.BoardColumn': string;
  'System.BoardColumnDone': boolean;
  'System.BoardLane': string;
  'Microsoft.VSTS.Common.Priority': number;
  'Microsoft.VSTS.Common.Severity': string;
  'Microsoft.VSTS.Common.AcceptanceCriteria': string;
  'Microsoft.VSTS.Common.StackRank': number;
  'Microsoft.VSTS.Common.BacklogPriority': number;
  'Microsoft.VSTS.Common.ValueArea': string;
  'Microsoft.VSTS.Common.Activity': string;
  'Microsoft.VSTS.Common.StateChangeDate': string;
  'Microsoft.VSTS.Common.ActivatedDate': string;
  'Microsoft.VSTS.Common.ActivatedBy': IdentityRef | string;
  'Microsoft.VSTS.Common.ResolvedDate': string;
  'Microsoft.VSTS.Common.ResolvedBy': IdentityRef | string;
  'Microsoft.VSTS.Common.ResolvedReason': string;
  'Microsoft.VSTS.Common.ClosedDate': string;
  'Microsoft.VSTS.Common.ClosedBy': IdentityRef | string;
  'Microsoft.VSTS.Scheduling.StoryPoints': number;
  'Microsoft.VSTS.Scheduling.Effort': number;
  'Microsoft.VSTS.Scheduling.OriginalEstimate': number;
  'Microsoft.VSTS.Scheduling.RemainingWork': number;
  'Microsoft.VSTS.Scheduling.CompletedWork': number;
  'Microsoft.VSTS.Scheduling.StartDate': string;
  'Microsoft.VSTS.Scheduling.TargetDate': string;
  'Microsoft.VSTS.Scheduling.FinishDate': string;
  'Microsoft.VSTS.Scheduling.DueDate': string;
  'Microsoft.VSTS.TCM.ReproSteps': string;
  'Microsoft.VSTS.TCM.SystemInfo': string;
}

/** The fields of an item: those above, the organization's own, and whatever else there is. */
export type WorkItemFields<Custom extends object = object> = Partial<KnownFields> &
  Partial<Custom> &
  Record<string, unknown>;
