import { AdoClient, personalAccessToken } from '@context-sdk/context/azure-devops';

export class AzureDevOpsService {
  readonly #client: AdoClient;

  constructor(orgUrl: string, pat: string, options: { fetch?: typeof fetch } = {}) {
    this.#client = new AdoClient({ organizationUrl: orgUrl, auth: personalAccessToken(pat), ...options });
  }

  async createWorkItem(
    project: string,
    type: string,
    title: string,
    more: { description?: string; assignedTo?: string; tags?: readonly string[] } = {},
  ): Promise<number> {
    const item = await this.#client.workItems.create({ project, type, title, ...more });
    return item.id;
  }

  async getWorkItem(id: number): Promise<{ id: number; title: string; state: string; url: string }> {
    const { fields, url } = await this.#client.workItems.get(id, { expand: 'all' });
    const { 'System.Title': title = '', 'System.State': state = '' } = fields;
    return { id, title, state, url };
  }

  async updateWorkItem(id: number, changes: { state?: string; assignedTo?: string }): Promise<void> {
    await this.#client.workItems.update(id, changes);
  }
}
