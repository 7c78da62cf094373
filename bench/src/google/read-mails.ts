import process from 'node:process';

/** Whoever reads all mails: subjects, senders and texts. `together`: as the guide has it, but eight at once. */
export type MailReader = 'ours' | 'theirs' | 'together';

interface Read {
  subject: string;
  from: string;
  text: string;
}

type Take = (mail: Read) => void;

async function ours(root: string): Promise<(take: Take) => Promise<void>> {
  const { GmailClient, readMail } = await import('@context-sdk/google-workspace');
  const client = new GmailClient({ auth: 'bench-token', baseUrl: root, limits: [] });
  return async (take) => {
    let ids: string[] = [];
    const readAll = async (): Promise<void> => {
      for (const outcome of await client.messages.getMany(ids)) {
        if (outcome.status !== 'ok') throw new Error(outcome.status);
        const { subject, from, text } = await readMail(outcome.message);
        take({ subject, from: from?.address ?? '', text: text ?? '' });
      }
      ids = [];
    };
    for await (const { id } of client.messages.list()) {
      ids.push(id);
      if (ids.length === 100) await readAll();
    }
    await readAll();
  };
}

/** As Google's guides have it: list page by page, get each message, take header and text out of the payload. */
async function theirs(root: string, atOnce: number): Promise<(take: Take) => Promise<void>> {
  const { gmail, auth } = await import('@googleapis/gmail');
  const oauth = new auth.OAuth2();
  oauth.setCredentials({ access_token: 'bench-token' });
  const client = gmail({ version: 'v1', auth: oauth, rootUrl: `${root}/` });
  const read = async (id: string): Promise<Read> => {
    const { data } = await client.users.messages.get({ userId: 'me', id });
    const headers = data.payload?.headers ?? [];
    const valueOf = (name: string): string => headers.find((one) => one.name === name)?.value ?? '';
    const plain = data.payload?.parts?.find(({ mimeType }) => mimeType === 'text/plain');
    const text = Buffer.from(plain?.body?.data ?? '', 'base64url').toString();
    return { subject: valueOf('Subject'), from: valueOf('From'), text };
  };
  return async (take) => {
    let pageToken: string | undefined;
    do {
      const { data } = await client.users.messages.list({
        userId: 'me',
        ...(pageToken !== undefined && { pageToken }),
      });
      const ids = (data.messages ?? []).map(({ id }) => id ?? '');
      for (let at = 0; at < ids.length; at += atOnce) {
        for (const mail of await Promise.all(ids.slice(at, at + atOnce).map(read))) take(mail);
      }
      pageToken = data.nextPageToken ?? undefined;
    } while (pageToken !== undefined);
  };
}

const [reader = '', root = ''] = process.argv.slice(2);
const readAll = reader === 'ours' ? await ours(root) : await theirs(root, reader === 'together' ? 8 : 1);
let mails = 0;
let characters = 0;
const startedAt = performance.now();
const cpuBefore = process.cpuUsage();
await readAll(({ subject, from, text }) => {
  mails += 1;
  characters += subject.length + from.length + text.length;
});
const ms = performance.now() - startedAt;
const { user, system } = process.cpuUsage(cpuBefore);
const maxRssKibibytes = process.resourceUsage().maxRSS;
const seen = (await (await fetch(`${root}/requests`)).json()) as { requests: number; mostOpen: number };
process.stdout.write(
  JSON.stringify({ mails, characters, ms, cpuMs: (user + system) / 1000, maxRssKibibytes, ...seen }),
);
process.exit();
