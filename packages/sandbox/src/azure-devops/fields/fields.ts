/** How a field's values look. */
export type FieldType =
  'string' | 'integer' | 'double' | 'boolean' | 'dateTime' | 'html' | 'history' | 'plainText' | 'treePath';

/** A field of the organization. */
export interface Field {
  readonly name: string;
  readonly referenceName: string;
  readonly type: FieldType;
  /** Nobody can set it: the service does. */
  readonly readOnly: boolean;
  readonly isIdentity: boolean;
}

const SYSTEM_FIELDS = `
AreaPath:Area Path:treePath IterationPath:Iteration Path:treePath TeamProject:Team Project:string
WorkItemType:Work Item Type:string Title:Title:string State:State:string Reason:Reason:string
AssignedTo:Assigned To:identity Description:Description:html History:History:history Tags:Tags:plainText
Id:ID:integer! Rev:Rev:integer! AreaId:Area ID:integer! IterationId:Iteration ID:integer! NodeName:Node Name:string!
AreaLevel1:Area Level 1:string! AreaLevel2:Area Level 2:string! IterationLevel1:Iteration Level 1:string!
IterationLevel2:Iteration Level 2:string! CreatedDate:Created Date:dateTime! CreatedBy:Created By:identity!
ChangedDate:Changed Date:dateTime! ChangedBy:Changed By:identity! AuthorizedDate:Authorized Date:dateTime!
AuthorizedAs:Authorized As:identity! RevisedDate:Revised Date:dateTime! PersonId:PersonID:integer!
Watermark:Watermark:integer! CommentCount:Comment Count:integer! HyperLinkCount:Hyperlink Count:integer! Parent:Parent:integer!
BoardColumn:Board Column:string! BoardColumnDone:Board Column Done:boolean! BoardLane:Board Lane:string!
`;

const OTHER_FIELDS = `
Microsoft.VSTS.Common.Priority:Priority:integer Microsoft.VSTS.Common.Severity:Severity:string
Microsoft.VSTS.Common.ValueArea:Value Area:string Microsoft.VSTS.Common.Activity:Activity:string
Microsoft.VSTS.Common.StackRank:Stack Rank:double Microsoft.VSTS.Common.BacklogPriority:Backlog Priority:double
Microsoft.VSTS.Common.BusinessValue:Business Value:integer
Microsoft.VSTS.Common.AcceptanceCriteria:Acceptance Criteria:html Microsoft.VSTS.Common.Resolution:Resolution:html
Microsoft.VSTS.Common.StateChangeDate:State Change Date:dateTime!
Microsoft.VSTS.Common.ActivatedDate:Activated Date:dateTime! Microsoft.VSTS.Common.ActivatedBy:Activated By:identity!
Microsoft.VSTS.Common.ClosedDate:Closed Date:dateTime! Microsoft.VSTS.Common.ClosedBy:Closed By:identity!
Microsoft.VSTS.Scheduling.StoryPoints:Story Points:double Microsoft.VSTS.Scheduling.Effort:Effort:double
Microsoft.VSTS.Scheduling.RemainingWork:Remaining Work:double
Microsoft.VSTS.Scheduling.OriginalEstimate:Original Estimate:double
Microsoft.VSTS.Scheduling.CompletedWork:Completed Work:double Microsoft.VSTS.Scheduling.StartDate:Start Date:dateTime
Microsoft.VSTS.Scheduling.TargetDate:Target Date:dateTime Microsoft.VSTS.Scheduling.DueDate:Due Date:dateTime
Microsoft.VSTS.Scheduling.FinishDate:Finish Date:dateTime
Microsoft.VSTS.TCM.ReproSteps:Repro Steps:html Microsoft.VSTS.TCM.SystemInfo:System Info:html
Custom.ReleaseTrain:Release Train:string Custom.Customer:Customer:string Custom.Blocked:Blocked:boolean
`;

/** The fields that the sandbox's organizations have: the core ones, and three custom ones. */
export const KNOWN_FIELDS: readonly Field[] = [
  ...readList(SYSTEM_FIELDS).map((field) => ({ ...field, referenceName: `System.${field.referenceName}` })),
  ...readList(OTHER_FIELDS),
];

const BY_REFERENCE_NAME = new Map(KNOWN_FIELDS.map((field) => [field.referenceName.toLowerCase(), field]));
const BY_NAME = new Map(KNOWN_FIELDS.map((field) => [field.name.toLowerCase(), field]));

/** By reference name, in any case. */
export function findField(referenceName: string): Field | undefined {
  return BY_REFERENCE_NAME.get(referenceName.toLowerCase());
}

/** By reference name or by name, as queries take both. */
export function findFieldByAnyName(name: string): Field | undefined {
  return findField(name) ?? BY_NAME.get(name.toLowerCase());
}

/** `RefName:Name:type` with `!` for read-only, where a name may hold spaces. */
function readList(text: string): readonly Field[] {
  return [...text.matchAll(/(\S+?):([^:]+):(\w+)(!?)/g)].map(
    ([, referenceName = '', name = '', type, readOnly]) => ({
      name,
      referenceName,
      type: type === 'identity' ? 'string' : (type as FieldType),
      readOnly: readOnly === '!',
      isIdentity: type === 'identity',
    }),
  );
}
