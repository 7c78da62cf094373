import { cleanText, textOf } from '@context-sdk/oauth-core/client-kit';
import { textToHtml } from '../html/escape-html.ts';
import type { Mail } from '../mime/mail.ts';
import { htmlToText } from '../reading/html-to-text.ts';
import type { QuotedMail } from './quote.ts';

/** What comes below a text. Others have written it: what a mail can't carry is left out. */
interface Below {
  /** HTML. */
  signature: string | undefined;
  quoted: QuotedMail | undefined;
}

/** A text, and HTML if there was any, with a signature and a quoted mail below. */
export function bodyWith(
  { text, html }: Pick<Mail, 'text' | 'html'>,
  below: Below,
): { text: string; html?: string } {
  const signature = cleanText(textOf(below.signature) ?? '');
  const quoted = below.quoted && {
    text: cleanText(below.quoted.text),
    html: cleanText(below.quoted.html),
  };
  const ownText = text ?? htmlToText(html ?? '');
  const signatureText = signature === '' ? undefined : `-- \n${htmlToText(signature)}`;
  const texts = [ownText, signatureText, quoted?.text].filter((part) => part !== undefined);
  const plain = { text: `${texts.join('\n\n')}\n` };
  // A signature with pictures or links is worth an HTML part; quoted HTML alone is not.
  if (html === undefined && signature === '') return plain;
  const signatureHtml =
    signature === '' ? undefined : `-- <br><div dir="ltr" class="gmail_signature">${signature}</div>`;
  const parts = [html ?? `<div dir="ltr">${textToHtml(ownText)}</div>`, signatureHtml, quoted?.html];
  return { ...plain, html: parts.filter((part) => part !== undefined).join('<br>') };
}
