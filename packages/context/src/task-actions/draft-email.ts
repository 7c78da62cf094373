import type { Address, Draft, GmailClient, Mail } from '@context-sdk/google-workspace';
import type { CallOptions, RecordStore } from '@context-sdk/oauth-core';
import {
  checkedCallOptions,
  checkObject,
  cleanLine,
  cleanText,
  DAY_MS,
  type OwnOptions,
  sha256,
  unlessNotFound,
} from '@context-sdk/oauth-core/client-kit';
import type { Region } from '@context-sdk/ticktick-client';
import { checkHeld } from '../records/held-lease.ts';
import { keys } from '../records/keys.ts';
import { withMendedLease } from '../records/mended-lease.ts';
import { isId, shapeOf } from '../records/shape.ts';
import { invalidInput } from '../utils/input-checks.ts';
import { checkSummary, type TaskSummary, taskText, titleLine } from './task-summary.ts';

/** Others wait so long for a call whose process has died. */
const LEASE_MS = 60_000;
/** How long a draft is remembered. Later calls save another. */
const KEPT_MS = 90 * DAY_MS;

/** Writes the email about a task. */
export type MailTemplate = (task: TaskSummary) => Pick<Mail, 'subject' | 'text' | 'html'>;

/** The recipients and the text of an email about a task. */
export interface DraftEmailOptions extends CallOptions {
  to: Address | readonly Address[];
  cc?: Address | readonly Address[] | undefined;
  bcc?: Address | readonly Address[] | undefined;
  /** Default: title, content, checklist, due day and a link to the task. */
  template?: MailTemplate | undefined;
  /** Whether the task is linked with the draft, whose subject then follows its title: see `user.links`. Default: the context's `links.create`. */
  link?: boolean | undefined;
}

const OPTIONS: OwnOptions<DraftEmailOptions> = {
  to: 'string|object|list',
  cc: 'string|object|list',
  bcc: 'string|object|list',
  template: 'function',
  link: 'boolean',
};

interface DraftRecord {
  id: string;
}

const DRAFT = shapeOf({ id: isId });

/** Whether a record is that of a draft. */
export function isDraftRecord(value: unknown): value is DraftRecord {
  return DRAFT(value);
}

interface Parts {
  store: RecordStore;
  userId: string;
  gmail: GmailClient;
  region: Region | undefined;
  /** The grant that all requests are pinned to. */
  grantIdAt: (signal?: AbortSignal) => Promise<string | undefined>;
}

/** Saves an email about a task as a draft, or finds the draft that an earlier call saved for the same email. */
export async function draftEmail(
  { store, userId, gmail, region, grantIdAt }: Parts,
  task: TaskSummary,
  options: DraftEmailOptions,
): Promise<Draft> {
  checkObject(options, 'options', invalidInput);
  const checked = checkedCallOptions(options, 'gmail', OPTIONS);
  const { to, cc, bcc, template } = options;
  checkSummary(task);
  const mail: Mail = { ...mailAbout(task, region, template), to, cc, bcc };
  const key = keys.draftEmail(userId, task.id, await sha256(textOf(mail)));
  const call = { ...checked, grantId: checked.grantId ?? (await grantIdAt(checked.signal)) };
  const leaseOptions = { ttlMs: LEASE_MS, signal: call.signal, isValue: isDraftRecord };
  return await withMendedLease<DraftRecord, Draft>(store, key, leaseOptions, async (lease, signal) => {
    const own = { ...call, signal };
    const earlier = lease.value && (await unlessNotFound(gmail.drafts.get(lease.value.id, own)));
    if (earlier !== undefined) return earlier;
    checkHeld(lease);
    const draft = await gmail.drafts.create(mail, own);
    await lease.save({ id: draft.id }, { ttlMs: KEPT_MS });
    return draft;
  });
}

/** Throws {@link InvalidRequestError} for addresses that are no data. */
function textOf(mail: Mail): string {
  try {
    return JSON.stringify(mail);
  } catch {
    throw invalidInput('to, cc or bcc', 'is no address');
  }
}

/** The texts come from the service: what a mail can't carry is left out of them. */
function mailAbout(
  task: TaskSummary,
  region: Region | undefined,
  template: MailTemplate | undefined,
): Pick<Mail, 'subject' | 'text' | 'html'> {
  const mail = template?.(task) ?? { subject: titleLine(task.title), text: taskText(task, region) };
  const { subject, text, html } = mail;
  return {
    ...mail,
    subject: typeof subject === 'string' ? cleanLine(subject) : subject,
    ...(typeof text === 'string' && { text: cleanText(text) }),
    ...(typeof html === 'string' && { html: cleanText(html) }),
  };
}
