/** A mail and what is said of it as one body, so that it can be sent again after a 401. */
export interface Upload {
  contentType: string;
  body: Uint8Array<ArrayBuffer>;
}

/**
 * `multipart/related`, as Google's uploads take it: JSON, then the mail.
 * https://developers.google.com/workspace/gmail/api/guides/uploads
 */
export function multipartUpload(json: object, mail: Uint8Array): Upload {
  const boundary = `mail_${crypto.randomUUID()}`;
  const head = [
    `--${boundary}`,
    'Content-Type: application/json; charset=UTF-8',
    '',
    JSON.stringify(json),
    `--${boundary}`,
    'Content-Type: message/rfc822',
    '',
    '',
  ].join('\r\n');
  return {
    contentType: `multipart/related; boundary=${boundary}`,
    body: Buffer.concat([Buffer.from(head), mail, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  };
}

/** Milliseconds that an upload may take on a slow line of 256 KiB a second, besides the 30 s of any request. */
export function uploadTimeoutMs(bytes: number): number {
  return 30_000 + Math.ceil(bytes / 262_144) * 1_000;
}
