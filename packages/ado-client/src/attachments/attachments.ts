import type { CallOptions } from '@context-sdk/oauth-core';
import { unexpected } from '../errors.ts';
import { checkedGuid, checkedId, checkObject, checkText, isGuid, optionalProject } from '../input.ts';
import { UPDATE_OPTIONS, type WorkItemUpdateOptions } from '../model/options.ts';
import { RELATION_TYPE } from '../model/relation.ts';
import type { WorkItem } from '../model/work-item.ts';
import {
  type AdoCall,
  type AdoContext,
  PROJECT_OPTIONS,
  type ProjectOptions,
  sendByLibrary,
} from '../wire.ts';
import { updateWorkItem } from '../work-items/update-work-item.ts';
import { attachmentBytes, type AttachmentData } from './attachment-data.ts';

/** A file to upload. */
export interface AttachmentInput {
  name: string;
  /** At most 60 MB. */
  data: AttachmentData;
}

/** An uploaded file. An item shows it once it links to it. */
export interface AttachmentReference {
  id: string;
  url: string;
}

/** The id in an attachment's URL. */
function idOf(attachment: string, field: string): string {
  if (isGuid(attachment)) return attachment;
  return checkedGuid(/\/attachments\/([\w-]+)(?:\?|$)/i.exec(attachment)?.[1], field);
}

async function upload(call: AdoCall, file: AttachmentInput, project?: string): Promise<AttachmentReference> {
  checkObject(file, 'file');
  checkText(file.name, 'name');
  const bytes = await attachmentBytes(file.data);
  const args = [{}, bytes, file.name, 'Simple', project] as const;
  const response = await sendByLibrary(call, 'attachments.upload', [...args]);
  return response.object<AttachmentReference>({ id: 'string', url: 'string' });
}

/** Files of work items. */
export class Attachments {
  readonly #context: AdoContext;

  constructor(context: AdoContext) {
    this.#context = context;
  }

  /**
   * Uploads a file. Throws {@link InvalidRequestError} for a file of over 60 MB, before anything is sent. An upload that
   * is sent again after a lost response leaves a file behind that nothing links to. Scope `vso.work_write`.
   */
  async upload(file: AttachmentInput, options?: ProjectOptions): Promise<AttachmentReference> {
    const project = optionalProject(options?.project);
    return await upload(this.#context.service.call(options, PROJECT_OPTIONS), file, project);
  }

  /** Uploads a file and links it from an item: two requests. Scope `vso.work_write`. */
  async attach(
    workItemId: number,
    attachment: AttachmentInput & { comment?: string | undefined },
    options?: WorkItemUpdateOptions,
  ): Promise<WorkItem> {
    checkedId(workItemId, 'workItemId');
    checkObject(attachment, 'attachment');
    const { comment, ...file } = attachment;
    const call = this.#context.service.call(options, UPDATE_OPTIONS);
    const { url } = await upload(call, file);
    const add = [{ rel: RELATION_TYPE.attachment, url, comment }];
    return await updateWorkItem(call, this.#context, workItemId, { relations: { add } }, options);
  }

  /** The bytes of a file, by its id or the URL in an item's relation. Throws {@link NotFoundError}. Scope `vso.work`. */
  async download(attachment: string, options?: CallOptions): Promise<Uint8Array> {
    checkText(attachment, 'attachment');
    const id = idOf(attachment, 'attachment');
    const { value } = await sendByLibrary(this.#context.service.call(options), 'attachments.download', [id], {
      maxResponseBytes: Number.POSITIVE_INFINITY,
    });
    if (value instanceof Uint8Array) return value;
    throw unexpected('answered attachments.download without bytes');
  }
}
