import { omitUndefined } from '@context-sdk/oauth-core/client-kit';
import { invalid } from '../errors.ts';
import { checkedChoice } from '../messages/message-query.ts';

/** A label: one of Gmail's (`INBOX`, `UNREAD`, …) or of the user's. Fields that are not named here are passed on too. */
export interface Label {
  /** What messages have in `labelIds`. */
  id: string;
  /** `Customers/Active` is shown below `Customers`. */
  name: string;
  type?: 'system' | 'user';
  messageListVisibility?: MessageListVisibility;
  labelListVisibility?: LabelListVisibility;
  /** Of user labels only. */
  color?: LabelColor;
  /** Counts are in what `labels.get` returns, not in lists. */
  messagesTotal?: number;
  messagesUnread?: number;
  threadsTotal?: number;
  threadsUnread?: number;
}

/** Whether messages show the label in lists of messages. */
export type MessageListVisibility = 'show' | 'hide';

/** Whether the label is in the list at the side. */
export type LabelListVisibility = 'labelShow' | 'labelShowIfUnread' | 'labelHide';

/** Colors of Gmail's palette, such as `#16a766`. */
export interface LabelColor {
  textColor: string;
  backgroundColor: string;
}

/** A new label. */
export interface LabelInput {
  name: string;
  messageListVisibility?: MessageListVisibility | undefined;
  labelListVisibility?: LabelListVisibility | undefined;
  color?: LabelColor | undefined;
}

/** What changes in a label. What is left out, or undefined, stays. */
export type LabelUpdate = Partial<LabelInput>;

const FIELDS = new Set(['name', 'messageListVisibility', 'labelListVisibility', 'color']);
const COLOR = /^#[0-9a-f]{6}$/i;
/** Gmail's web interface takes no more. */
const MAX_NAME_LENGTH = 225;

/** The label in Google's form. Throws {@link InvalidRequestError} naming the field that Gmail would refuse. */
export function labelBody(input: LabelUpdate, isNew: boolean): object {
  if (typeof input !== 'object' || input === null) throw invalid('label', 'is not an object');
  const unknown = Object.keys(input).find((name) => !FIELDS.has(name));
  if (unknown !== undefined) throw invalid(unknown, 'is not a field of a label that can be set');
  const { name, color, messageListVisibility, labelListVisibility } = input;
  if (isNew || name !== undefined) checkName(name);
  if (color !== undefined) checkColor(color);
  checkedChoice(messageListVisibility, ['show', 'hide'], 'messageListVisibility');
  checkedChoice(labelListVisibility, ['labelShow', 'labelShowIfUnread', 'labelHide'], 'labelListVisibility');
  const body = omitUndefined({ name, color, messageListVisibility, labelListVisibility });
  if (Object.keys(body).length === 0) throw invalid('changes', 'is empty');
  return body;
}

function checkName(name: unknown): void {
  if (typeof name !== 'string' || name.trim() === '') throw invalid('name', 'is missing or empty');
  if (name.length > MAX_NAME_LENGTH) throw invalid('name', `is longer than ${MAX_NAME_LENGTH} characters`);
  if (/\p{Cc}/u.test(name) || !name.isWellFormed()) throw invalid('name', 'has a control character');
  if (name.split('/').some((part) => part.trim() === '')) throw invalid('name', 'has an empty part around /');
}

function checkColor(color: unknown): void {
  if (typeof color !== 'object' || color === null) throw invalid('color', 'is not an object');
  const { textColor, backgroundColor } = color as Partial<LabelColor>;
  for (const [field, value] of Object.entries({ textColor, backgroundColor })) {
    if (typeof value !== 'string' || !COLOR.test(value)) {
      throw invalid(`color.${field}`, "must be a color of Gmail's palette such as #16a766");
    }
  }
}
