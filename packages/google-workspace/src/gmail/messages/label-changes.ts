import { omitUndefined } from '@context-sdk/oauth-core/client-kit';
import { checkedId } from '../../input.ts';
import { invalid } from '../errors.ts';
import { checkedTexts } from './message-query.ts';

/** Labels that come and go, by id: `STARRED`, `UNREAD`, or one of the user's own. */
export interface LabelChanges {
  /** At most 100. */
  add?: readonly string[] | undefined;
  /** At most 100. Removing `INBOX` archives. */
  remove?: readonly string[] | undefined;
}

/** By `addLabelIds` and `removeLabelIds` in the discovery document. */
const MAX_LABELS = 100;

/** The body of Google's `modify` methods. Throws {@link InvalidRequestError} naming the list that can't be right. */
export function labelChangesBody(changes: LabelChanges): object {
  if (typeof changes !== 'object' || changes === null) throw invalid('changes', 'is not an object');
  const unknown = Object.keys(changes).find((name) => name !== 'add' && name !== 'remove');
  if (unknown !== undefined) throw invalid(`changes.${unknown}`, 'is neither add nor remove');
  const add = checkedLabels(changes.add, 'add');
  const remove = checkedLabels(changes.remove, 'remove');
  if (add.length + remove.length === 0) throw invalid('changes', 'is empty: name labels to add or to remove');
  const both = add.find((label) => remove.includes(label));
  if (both !== undefined) throw invalid('remove', 'has a label that is also added');
  const listed = (labels: string[]): string[] | undefined => (labels.length > 0 ? labels : undefined);
  return omitUndefined({ addLabelIds: listed(add), removeLabelIds: listed(remove) });
}

function checkedLabels(labels: unknown, field: string): string[] {
  const ids = checkedTexts(labels, field) ?? [];
  if (ids.length > MAX_LABELS) throw invalid(field, `has more than ${MAX_LABELS} labels`);
  return ids.map((id, index) => checkedId(id, `${field}[${index}]`, invalid));
}
