import type { Organization } from '../organization/organization.ts';
import type { IdentityRef } from '../organization/person.ts';
import { type Comment, current, type WorkItem } from './work-item.ts';

/** Keeps what somebody said in the history as a comment, and tells service hooks. */
export function addComment(
  organization: Organization,
  item: WorkItem,
  text: string,
  { by, markdown, notify }: { by: IdentityRef; markdown: boolean; notify: boolean },
): Comment {
  const at = organization.clock.now();
  const comment: Comment = {
    id: organization.nextRelationId(),
    rev: current(item).rev,
    text,
    format: markdown ? 'markdown' : 'html',
    version: 1,
    createdBy: by,
    createdAt: at,
    modifiedBy: by,
    modifiedAt: at,
    deleted: false,
  };
  item.comments.push(comment);
  if (notify) organization.onChange({ kind: 'commented', item, text, commentId: comment.id });
  return comment;
}
