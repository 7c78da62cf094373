import type { CallOptions, OwnOptions } from '@context-sdk/oauth-core/client-kit';
import type { OnUploadProgress } from './resumable-upload.ts';

/** How a mail is handed to Gmail. */
export interface UploadOptions extends CallOptions {
  /**
   * Called for every 2 MiB of a mail of more than 5 MB. With it, the mail is uploaded in pieces, and goes on after a cut
   * instead of beginning anew; if the last response is lost, Gmail is asked what became of the mail. Without it, the mail is one
   * request.
   */
  onProgress?: OnUploadProgress | undefined;
}

export const UPLOAD_OPTIONS: OwnOptions<UploadOptions> = { onProgress: 'function' };
