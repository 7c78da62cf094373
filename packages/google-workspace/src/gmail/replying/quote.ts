import { escapeHtml, textToHtml } from '../html/escape-html.ts';
import { htmlToText } from '../reading/html-to-text.ts';
import type { ReadMail } from '../reading/mail-content.ts';
import type { MailAddress } from '../reading/parse-addresses.ts';

/** A mail below another, as text and as HTML. */
export interface QuotedMail {
  text: string;
  html: string;
}

const QUOTE_STYLE = 'margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex';

/** What a reply has below its own text, as Gmail writes it: `On … wrote:` and the mail. */
export function quotedReply(mail: ReadMail, timeZone: string): QuotedMail {
  const date = mail.date ? `On ${gmailDate(mail.date, timeZone)} ` : '';
  const text = textOf(mail);
  const lines = text
    .split('\n')
    .map((line) => (line.startsWith('>') || line === '' ? `>${line}` : `> ${line}`));
  const head = `${escapeHtml(date)}${mail.from ? addressHtml(mail.from) : ''} wrote:`;
  return {
    text: `${date}${mail.from ? addressText(mail.from) : ''} wrote:\n\n${lines.join('\n')}`,
    html:
      `<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">${head}<br></div>` +
      `<blockquote class="gmail_quote" style="${QUOTE_STYLE}">${htmlOf(mail)}</blockquote></div>`,
  };
}

/** What a forwarded mail is below, as Gmail writes it. */
export function quotedForward(mail: ReadMail, timeZone: string): QuotedMail {
  const { from, date, subject, to, cc } = mail;
  const fields: [string, string, string][] = [
    ['From', from ? addressText(from) : '', from ? addressHtml(from) : ''],
    ['Date', date ? gmailDate(date, timeZone) : '', date ? escapeHtml(gmailDate(date, timeZone)) : ''],
    ['Subject', subject, escapeHtml(subject)],
    ['To', to.map(addressText).join(', '), to.map(addressHtml).join(', ')],
    ['Cc', cc.map(addressText).join(', '), cc.map(addressHtml).join(', ')],
  ];
  const filled = fields.filter(([name, text]) => text !== '' || name === 'Subject');
  const title = '---------- Forwarded message ---------';
  return {
    text: [title, ...filled.map(([name, text]) => `${name}: ${text}`), '', '', textOf(mail)].join('\n'),
    html:
      `<div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">${title}<br>` +
      `${filled.map(([name, , html]) => `${name}: ${html}<br>`).join('')}</div><br><br>${htmlOf(mail)}</div>`,
  };
}

/** `Mon, Nov 23, 2026 at 9:05 AM`. */
function gmailDate(date: Date, timeZone: string): string {
  const day = date.toLocaleDateString('en-US', {
    timeZone,
    weekday: 'short',
    month: 'short',
    day: 'numeric',
    year: 'numeric',
  });
  const time = date.toLocaleTimeString('en-US', { timeZone, hour: 'numeric', minute: '2-digit' });
  return `${day} at ${time.replaceAll(/\s/g, ' ')}`;
}

function addressText({ name, address }: MailAddress): string {
  return name === '' ? `<${address}>` : `${name} <${address}>`;
}

function addressHtml({ name, address }: MailAddress): string {
  const link = `<a href="mailto:${escapeHtml(encodeURI(address))}">${escapeHtml(address)}</a>`;
  return `${escapeHtml(name)} &lt;${link}&gt;`.trim();
}

function textOf({ text, html }: ReadMail): string {
  const own = text !== undefined && text.trim() !== '' ? text : htmlToText(html ?? '');
  return own.replaceAll(/\r\n?/g, '\n').trimEnd();
}

/** What is inside the mail's body; its scripts are left out. */
function htmlOf({ text, html }: ReadMail): string {
  if (html === undefined || html.trim() === '') return textToHtml((text ?? '').trimEnd());
  const [, body = html] = /<body\b[^<>]*>([^]*?)(?:<\/body\s*>|$)/i.exec(html) ?? [];
  return withoutHead(body)
    .replaceAll(/<(script|title)\b[^]*?(?:<\/\1\s*>|$)/gi, '')
    .replaceAll(/<\/?(?:html|body|head|meta|base|link|!doctype)\b[^>]*(?:>|$)/gi, '');
}

/** Without the head, unless its end is left out, as it may be: then the text follows it. */
function withoutHead(html: string): string {
  const from = html.search(/<head\b/i);
  const [end = ''] = from < 0 ? [] : (/<\/head\s*>/i.exec(html.slice(from)) ?? []);
  return end === '' ? html : html.slice(0, from) + html.slice(html.indexOf(end, from) + end.length);
}
