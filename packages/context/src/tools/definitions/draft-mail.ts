import { type Draft, type Mail, parseAddresses } from '@context-sdk/google-workspace';
import { invalidInput } from '../../utils/input-checks.ts';
import { foreignText } from '../text/foreign-text.ts';
import { line } from '../text/line.ts';
import { quoted } from '../text/quoted.ts';
import { peopleText } from '../text/thread-text.ts';
import { type ToolCall, type WriteDefinition, writeTool } from './definition.ts';

const MAX_RECIPIENTS = 20;

/** What a draft is made of. */
type Frozen = { threadId: string; text: string } | { mail: Mail };

/** Saves a draft. Nothing is sent. */
export const DRAFT_MAIL: WriteDefinition = writeTool({
  name: 'draft_mail',
  title: 'Draft a mail',
  description: 'Saves a reply or a new mail as a draft. Nothing is sent.',
  effect: 'write',
  providers: ['google'],
  isIdempotent: false,
  async prepare(tool, { thread, to, subject, text }) {
    if (thread !== null) {
      if (to !== null) throw invalidInput('to', 'must be null for a reply');
      if (subject !== null) throw invalidInput('subject', 'must be null for a reply');
      const { id } = await tool.handles.find(thread, 'thread', 'thread');
      const frozen: Frozen = { threadId: id, text };
      const description = `Save a draft of a reply in ${foreignText(thread)}: ${quoted(text, 300)}`;
      // Its subject is that of what it answers.
      return { provider: 'google', arguments: frozen, description, isByOthers: true };
    }
    if (to === null || to.length === 0)
      throw invalidInput('to', 'is missing: a new mail needs at least one address');
    if (subject === null) throw invalidInput('subject', 'is missing: a new mail needs one');
    const frozen: Frozen = { mail: { to, subject, text } };
    const description = `Save a draft ${quoted(subject)} to ${recipientsOf(to)}: ${quoted(text, 300)}`;
    return { provider: 'google', arguments: frozen, description };
  },
  async perform(tool, frozen: Frozen) {
    const { draft, mail } = await saved(tool, frozen);
    const handle = await tool.handles.giveOne({ kind: 'draft', id: draft.id });
    const text = `${line`Saved the draft ${handle} “${mail.subject}”`} to ${recipientsOf(mail.to)}. It is not sent.`;
    return { text, undo: { kind: 'draft-created', id: draft.id, messageId: draft.message.id } };
  },
});

async function saved(
  { user, call, timeZone }: ToolCall,
  frozen: Frozen,
): Promise<{ draft: Draft; mail: Mail }> {
  const { drafts, threads } = user.gmail;
  if ('mail' in frozen) return { draft: await drafts.create(frozen.mail, call), mail: frozen.mail };
  const { draft, mail } = await threads.reply(frozen.threadId, { text: frozen.text, timeZone }, call);
  if (draft === undefined) throw invalidInput('thread', 'could not be answered with a draft');
  return { draft, mail };
}

function recipientsOf(to: Mail['to']): string {
  const people = [to ?? []].flat().map((one) => (typeof one === 'string' ? personOf(one) : one));
  return peopleText(people, MAX_RECIPIENTS);
}

/** A name before the address is one: however long, it must not hide the address. */
function personOf(text: string): { name?: string; address: string } {
  const [person, ...others] = parseAddresses(text);
  return person === undefined || others.length > 0 ? { address: text } : person;
}
