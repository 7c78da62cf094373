import { GmailClient } from '@context-sdk/google-workspace';
import { createSandbox, type Sandbox } from '@context-sdk/sandbox';
import { IMPATIENT } from '@context-sdk/test-support';

/** Whether a piece is cut in the middle, or loses its answer. */
export type Cut = (piece: number) => 'nothing' | 'half' | 'answer' | undefined;

/** A client on a line that is cut: in the middle of a piece, or before its answer. */
export function onBadLine(cut: Cut): { sandbox: Sandbox; gmail: GmailClient; pieces: () => number } {
  const sandbox = createSandbox({ seed: 'empty', google: { quotas: { gmail: [] } } });
  const scopes = ['https://www.googleapis.com/auth/gmail.modify'];
  let pieces = 0;
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const request = new Request(input, init);
    const range = request.headers.get('content-range') ?? '';
    if (!/^bytes \d/.test(range)) return await sandbox.fetch(request);
    pieces += 1;
    const what = cut(pieces);
    if (what === undefined) return await sandbox.fetch(request);
    const body = new Uint8Array(await request.arrayBuffer());
    const { url, method, headers } = request;
    if (what === 'nothing') throw new TypeError('fetch failed');
    const arrived = what === 'half' ? body.slice(0, Math.floor(body.length / 2)) : body;
    await sandbox.fetch(url, { method, headers, body: arrived });
    throw new TypeError('fetch failed');
  };
  const auth = sandbox.google.issueToken({ scopes }).accessToken;
  const gmail = new GmailClient({ auth, fetch, limits: [], retry: IMPATIENT });
  return { sandbox, gmail, pieces: () => pieces };
}

export interface SentFile {
  id: string;
  /** Of every message in the mailbox. */
  ids: string[];
  isWhole: boolean;
  progress: number[];
  pieces: number;
}

/** Sends a file over such a line, and returns what arrived of it. */
export async function sendFile(size: number, cut: Cut): Promise<SentFile> {
  const { sandbox, gmail, pieces } = onBadLine(cut);
  const content = Buffer.alloc(size, Buffer.from(Array.from({ length: 251 }, (_, index) => index)));
  const progress: number[] = [];
  const attachments = [{ filename: 'film.bin', content }];
  const mail = { to: 'kim@elsewhere.example', subject: 'Film', attachments };
  const { id } = await gmail.messages.send(mail, { onProgress: ({ sentBytes }) => progress.push(sentBytes) });
  const messages = sandbox.google.testUser().gmail.messages();
  const raw = Buffer.from(messages[0]?.raw ?? []).toString('latin1');
  const [part = ''] = raw
    .slice(raw.lastIndexOf('\r\n\r\n', raw.length - 5))
    .trim()
    .split('\r\n--');
  return {
    id,
    ids: messages.map((message) => message.id),
    isWhole: Buffer.from(part, 'base64').equals(content),
    progress,
    pieces: pieces(),
  };
}
