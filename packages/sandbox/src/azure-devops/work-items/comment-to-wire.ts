import type { JsonObject } from '../../json.ts';
import type { ApiVersion } from '../api/api-version.ts';
import type { Organization } from '../organization/organization.ts';
import { projectUrl, wireDate } from './wire.ts';
import type { Comment, WorkItem } from './work-item.ts';

/** A comment. Its format is included from the fourth preview on. */
export function commentToWire(
  organization: Organization,
  item: WorkItem,
  comment: Comment,
  version: ApiVersion,
): JsonObject {
  const url = `${projectUrl(organization, organization.projectOf(item))}/workItems/${item.id}/comments/${comment.id}`;
  return {
    workItemId: item.id,
    id: comment.id,
    commentId: comment.id,
    version: comment.version,
    text: comment.text,
    createdBy: comment.createdBy,
    createdDate: wireDate(comment.createdAt),
    modifiedBy: comment.modifiedBy,
    modifiedDate: wireDate(comment.modifiedAt),
    isDeleted: comment.deleted,
    ...(knowsFormat(version) && { format: comment.format }),
    url,
  };
}

/** Comments in Markdown came with the fourth preview. */
export function knowsFormat({ number, resource = 0 }: ApiVersion): boolean {
  return number >= 71 && resource >= 4;
}
