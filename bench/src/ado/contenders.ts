/** What both can do. */
export interface Reader {
  get(id: number): Promise<{ id?: number } | null>;
  getMany(ids: number[]): Promise<number>;
}

const PAT = 'a'.repeat(52);

export type Contender = 'ours' | 'nodeApi';

/** Each as its README has it. */
export const contenders: Record<Contender, (url: string) => Promise<Reader>> = {
  async ours(url) {
    const { AdoClient, personalAccessToken } = await import('@context-sdk/ado-client');
    const client = new AdoClient({
      organizationUrl: url,
      auth: personalAccessToken(PAT),
      allowedHosts: ['127.0.0.1'],
    });
    return {
      get: (id) => client.workItems.get(id),
      getMany: async (ids) => (await client.workItems.getMany(ids)).items.length,
    };
  },
  async nodeApi(url) {
    const azdev = await import('azure-devops-node-api');
    const handler = azdev.getPersonalAccessTokenHandler(PAT);
    const connection = new azdev.WebApi(url, handler);
    // Asked for with every call, as its README does: what it knows of locations it keeps.
    return {
      get: async (id) => (await connection.getWorkItemTrackingApi()).getWorkItem(id),
      getMany: async (ids) => (await (await connection.getWorkItemTrackingApi()).getWorkItems(ids)).length,
    };
  },
};
