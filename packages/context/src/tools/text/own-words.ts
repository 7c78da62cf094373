import { visibleText } from '@context-sdk/google-workspace';

/** The line above a signature: RFC 3676 §4.3, or what phones and Outlook write. */
const SIGNATURE =
  /^(?:-- ?|_{5,}|(?:sent from my|get outlook for|von meinem .{1,40} gesendet|envoyé de mon|enviado desde mi)\b.*)$/im;

/** What the author of a mail wrote in it: without quotes and without the signature. */
export function ownWords(mail: { text?: string | undefined; html?: string | undefined }): string {
  const { text } = visibleText(mail);
  const at = text.search(SIGNATURE);
  // A mail that has nothing above the line says something below it.
  return at > 0 ? text.slice(0, at).trimEnd() : text;
}
