import {
  type MailAddress,
  type Message,
  parseAddresses,
  readMail,
  visibleText,
} from '@context-sdk/google-workspace';
import { ConflictError } from '@context-sdk/oauth-core';
import { isObject } from '@context-sdk/oauth-core/client-kit';
import { foreignText } from '../text/foreign-text.ts';
import { quoted } from '../text/quoted.ts';
import { peopleText } from '../text/thread-text.ts';
import { type WriteDefinition, writeTool } from './definition.ts';

const MAX_RECIPIENTS = 20;

/** Characters of the text that a person sees before they approve. */
const MAX_TEXT = 2000;

/** Sends a draft. */
export const SEND_DRAFT: WriteDefinition = writeTool({
  name: 'send_draft',
  title: 'Send a draft',
  description: 'Sends a draft. This can’t be undone.',
  effect: 'outbound',
  providers: ['google'],
  isIdempotent: false,
  async prepare(tool, { draft: handle }) {
    const { id } = await tool.handles.find(handle, 'draft', 'draft');
    const { message } = await tool.user.gmail.drafts.get(id, { ...tool.call, format: 'full' });
    const { subject, to, cc, text, html, attachments } = await readMail(message);
    const people = peopleText([...to, ...cc, ...bccOf(message)], MAX_RECIPIENTS);
    const names = attachments.map(({ filename }) => quoted(filename, 60)).join(', ');
    const files = names === '' ? '' : ` with ${foreignText(names, 1000)}`;
    const about = `Send the mail ${quoted(subject, 150)} to ${people}${files}`;
    return {
      provider: 'google',
      arguments: { id, messageId: message.id },
      description: `${about}: ${bodyText(text, html)}`,
    };
  },
  async perform(tool, { id, messageId }) {
    const { drafts } = tool.user.gmail;
    const { message } = await drafts.get(id, { ...tool.call, format: 'minimal' });
    // Gmail gives the message of a draft another id with each change.
    if (message.id !== messageId)
      throw new ConflictError('The draft was changed after it was shown for approval.', { service: 'gmail' });
    await drafts.send(id, tool.call);
    return { text: 'Sent.', undo: { kind: 'none', reason: 'A mail that was sent can’t be taken back.' } };
  },
});

/** What the mail says. Its HTML is what most readers show: where that says something else than its text, both. */
function bodyText(text: string | undefined, html: string | undefined): string {
  const rich = wholeText(html);
  if (!text?.trim()) return quoted(rich, MAX_TEXT);
  const isSame = rich.trim() === '' || wordsOf(rich) === wordsOf(text);
  return isSame
    ? quoted(text, MAX_TEXT)
    : `${quoted(rich, MAX_TEXT)}, without HTML ${quoted(text, MAX_TEXT)}`;
}

/** Letters and digits: signs and spaces differ between a text and its HTML. */
function wordsOf(text: string): string {
  return text.replaceAll(/[^\p{Letter}\p{Number}]/gu, '');
}

/** The text of a mail's HTML. */
function wholeText(html: string | undefined): string {
  const { text, quoted: below } = visibleText({ html });
  return `${text}\n${below}`;
}

/** Those whom no other recipient sees. */
function bccOf({ payload }: Message): MailAddress[] {
  const headers: unknown[] = Array.isArray(payload?.headers) ? payload.headers : [];
  return headers.filter(isObject).flatMap(({ name, value }) => {
    const isBcc = typeof name === 'string' && name.toLowerCase() === 'bcc';
    return isBcc && typeof value === 'string' ? parseAddresses(value) : [];
  });
}
