import type { GmailClient } from '@context-sdk/context/google';

export class GmailService {
  readonly #client: GmailClient;

  /** `context.user(userId).gmail`, or a `GmailClient` of your own. */
  constructor(client: GmailClient) {
    this.#client = client;
  }

  async createDraft(to: string, subject: string, text: string, cc?: readonly string[]): Promise<string> {
    const draft = await this.#client.drafts.create({ to, cc, subject, text });
    return draft.id;
  }

  async sendEmail(to: string, subject: string, text: string): Promise<string> {
    const message = await this.#client.messages.send({ to, subject, text });
    return message.id;
  }
}
