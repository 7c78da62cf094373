import { type CallOptions, oneDeadline } from '@context-sdk/oauth-core';
import { checkedGuid, checkedId, isGuid } from '../input/checked-id.ts';
import { checkObject, checkText } from '../input/checked-object.ts';
import { optionalProject } from '../input/needed-project.ts';
import { RelationType } from '../relations/relation.ts';
import type { UpdateOptions } from '../work-items/options.ts';
import { updateWorkItem } from '../work-items/update-work-item.ts';
import type { WorkItemRoutes } from '../work-items/work-item-routes.ts';
import type { WorkItem } from '../work-items/work-item.ts';
import { type AttachmentData, attachmentBytes } from './attachment-data.ts';

/** A file to upload. */
export interface AttachmentInput {
  name: string;
  /** At most 60 MB. */
  data: AttachmentData;
}

/** A file that was uploaded; to be seen on an item it has to be linked from it. */
export interface AttachmentReference {
  id: string;
  url: string;
}

/** The id in an attachment's URL. */
function idOf(attachment: string, field: string): string {
  if (isGuid(attachment)) return attachment;
  return checkedGuid(/\/attachments\/([\w-]+)(?:\?|$)/i.exec(attachment)?.[1], field);
}

/** Files of work items. */
export class Attachments {
  readonly #routes: WorkItemRoutes;

  constructor(routes: WorkItemRoutes) {
    this.#routes = routes;
  }

  /**
   * Uploads a file. Throws {@link InvalidRequestError} for one of over 60 MB, before anything is sent. An upload that is
   * sent again after a lost answer leaves a file behind that nothing links to. Scope `vso.work_write`.
   */
  async upload(
    file: AttachmentInput,
    options: CallOptions & { project?: string | undefined } = {},
  ): Promise<AttachmentReference> {
    checkObject(file, 'file');
    checkText(file.name, 'name');
    const project = optionalProject(options.project);
    const bytes = await attachmentBytes(file.data);
    const answer = await this.#routes.transport.send(
      { name: 'attachments.upload', safety: 'idempotent' },
      options,
      (api) => api.createAttachment({}, bytes, file.name, 'Simple', project),
    );
    return answer.object<AttachmentReference>({ id: 'string', url: 'string' });
  }

  /** Uploads a file and links it from an item: two requests. Scope `vso.work_write`. */
  async attach(
    workItemId: number,
    { comment, ...file }: AttachmentInput & { comment?: string | undefined },
    given?: UpdateOptions,
  ): Promise<WorkItem> {
    checkedId(workItemId, 'workItemId');
    const options = oneDeadline(given, 'azure-devops');
    const { url } = await this.upload(file, options);
    const add = [{ rel: RelationType.attachment, url, comment }];
    return await updateWorkItem(this.#routes, workItemId, { relations: { add } }, options);
  }

  /** The bytes of a file, by its id or the URL in an item's relation. Throws {@link NotFoundError}. Scope `vso.work`. */
  async download(attachment: string, options?: CallOptions): Promise<Uint8Array> {
    const id = idOf(attachment, 'attachment');
    const response = await this.#routes.transport.response(
      { name: 'attachments.download', safety: 'safe' },
      options,
      (api) => api.getAttachmentContent(id),
    );
    return new Uint8Array(await response.arrayBuffer());
  }
}
