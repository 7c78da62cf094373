/**
 * The methods of azure-devops-node-api's `WorkItemTrackingApi` that this client calls, with what really goes over the
 * wire: enumerations are words and times ISO texts (the library's own types want numbers, and a `Date` loses its
 * milliseconds). What they resolve to is not used.
 */
export interface WitApi {
  createWorkItem(...call: WorkItemWrite<[project: string, type: string]>): Promise<unknown>;
  updateWorkItem(...call: WorkItemWrite<[id: number, project?: string | undefined]>): Promise<unknown>;
  deleteWorkItem(id: number, project?: string, destroy?: boolean): Promise<unknown>;
  getDeletedWorkItem(id: number, project?: string): Promise<unknown>;
  restoreWorkItem(payload: object, id: number, project?: string): Promise<unknown>;
  getUpdates(id: number, top?: number, skip?: number, project?: string): Promise<unknown>;
  getRevisions(id: number, top?: number, skip?: number, expand?: string, project?: string): Promise<unknown>;
  getRevision(id: number, revision: number, expand?: string, project?: string): Promise<unknown>;
  getComments(
    project: string,
    workItemId: number,
    top?: number,
    continuationToken?: string,
  ): Promise<unknown>;
  getComment(project: string, workItemId: number, commentId: number): Promise<unknown>;
  addComment(request: object, project: string, workItemId: number): Promise<unknown>;
  updateComment(request: object, project: string, workItemId: number, commentId: number): Promise<unknown>;
  deleteComment(project: string, workItemId: number, commentId: number): Promise<unknown>;
  createAttachment(
    headers: object,
    content: Uint8Array,
    fileName: string,
    uploadType: string,
    project?: string,
  ): Promise<unknown>;
  getAttachmentContent(id: string, fileName?: string, project?: string): Promise<unknown>;
  getWorkItemType(project: string, type: string): Promise<unknown>;
  getWorkItemTypes(project: string): Promise<unknown>;
  getWorkItemTypeStates(project: string, type: string): Promise<unknown>;
  getField(fieldNameOrRefName: string, project?: string): Promise<unknown>;
  getFields(project?: string): Promise<unknown>;
  getRelationTypes(): Promise<unknown>;
  getTags(project: string): Promise<unknown>;
  updateTag(tag: object, project: string, tagIdOrName: string): Promise<unknown>;
  deleteTag(project: string, tagIdOrName: string): Promise<unknown>;
}

type WorkItemWrite<Place extends unknown[]> = [
  headers: object,
  patch: object,
  ...place: Place,
  validateOnly?: boolean | undefined,
  bypassRules?: boolean | undefined,
  suppressNotifications?: boolean | undefined,
  expand?: string | undefined,
];
