import type { SandboxMessage } from '../google/index.ts';
import type { Sandbox } from '../sandbox.ts';
import type { SandboxTask } from '../ticktick/index.ts';

/** A Monday that is at least a week ahead: `2027-03-01`. */
export function mondayAhead({ clock }: Pick<Sandbox, 'clock'>): string {
  const day = new Date(clock.now() + 7 * 86_400_000);
  while (day.getUTCDay() !== 1) day.setUTCDate(day.getUTCDate() + 1);
  return day.toISOString().slice(0, 10);
}

/** Mails that left the account. */
export function sentMails({ google }: Pick<Sandbox, 'google'>): SandboxMessage[] {
  return google
    .testUser()
    .gmail.messages()
    .filter(({ labelIds }) => labelIds.includes('SENT'));
}

/** The task of a title. */
export function taskTitled({ ticktick }: Pick<Sandbox, 'ticktick'>, title: string): SandboxTask | undefined {
  return ticktick
    .testUser()
    .tasks()
    .find((task) => task.title === title);
}

/** A mail of plain text that arrives in the account. */
export function receiveMail(
  { google }: Pick<Sandbox, 'google'>,
  mail: { from?: string; subject: string; text: string; replyTo?: string },
): void {
  const { from = 'Grace <grace@example.com>', subject, text, replyTo } = mail;
  const [{ email } = { email: 'ada@example.com' }] = google.accounts;
  const lines = [
    `From: ${from}`,
    `To: ${email}`,
    `Subject: ${subject}`,
    ...(replyTo === undefined ? [] : [`Reply-To: ${replyTo}`]),
    'Content-Type: text/plain; charset=utf-8',
    '',
    text,
  ];
  google.testUser().gmail.receive(lines.join('\r\n'));
}

/** A problem, if something isn't so. */
export function unless(isTrue: boolean, problem: string): string[] {
  return isTrue ? [] : [problem];
}
