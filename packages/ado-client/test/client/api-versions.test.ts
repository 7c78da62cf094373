import { AdoClient, type AdoClientOptions, personalAccessToken, wiql } from '@context-sdk/ado-client';
import { createSandbox } from '@context-sdk/sandbox';
import { expect, test, vi } from 'vitest';

/** A client of an older server, on an origin of its own, and the versions that it asked for. */
function olderServer(
  host: string,
  options: Partial<AdoClientOptions> = {},
  newestApiVersion = '7.0',
): { client: AdoClient; asked: string[] } {
  const sandbox = createSandbox({ seed: 'empty', azureDevOps: { seed: 'empty', newestApiVersion } });
  const asked: string[] = [];
  const client = new AdoClient({
    organizationUrl: `https://${host}/fabrikam`,
    allowedHosts: [host],
    auth: personalAccessToken(sandbox.azureDevOps.issuePat()),
    project: 'Fabrikam',
    fetch: async (input, init) => {
      const request = new Request(input, init);
      const version = /api-version=([\w.-]+)/.exec(`${request.url} ${request.headers.get('accept')}`)?.[1];
      asked.push(version ?? '');
      return await sandbox.fetch(new Request(request.url.replace(host, 'dev.azure.com'), request));
    },
    ...options,
  });
  return { client, asked };
}

test('an older server is asked again with the version that it names, and from then on at once', async () => {
  const { client, asked } = olderServer('older.example');
  const { id } = await client.workItems.create({ type: 'Task', title: 'x' });
  expect(asked).toEqual(['7.1-preview.3', '7.0-preview']);
  await client.workItems.update(id, { title: 'y' });
  await client.projects.get('Fabrikam');
  await client.comments.add(id, 'x');
  const inputs = [{ type: 'Task', title: 'z' }];
  expect(await client.workItems.createMany(inputs)).toMatchObject([{ status: 'ok' }]);
  expect(asked.slice(2).map((version) => version.slice(0, 3))).toEqual(['7.0', '7.0', '7.0', '7.0']);
});

test.each(['2.0', '3.2', '4.0', '4.1', '5.0', '5.1', '6.0'])(
  '21.3: a server of version %s',
  async (version) => {
    const { client, asked } = olderServer(`server-${version}.example`, {}, version);
    const { id } = await client.workItems.create({ type: 'Task', title: 'x', tags: ['a'] });
    await client.workItems.update(id, { title: 'y' });
    expect(await client.workItems.createMany([{ type: 'Task', title: 'z' }])).toMatchObject([
      { status: 'ok' },
    ]);
    expect(
      await client.workItems
        .query(wiql`SELECT [System.Id] FROM WorkItems`)
        .ids()
        .toArray(),
    ).toHaveLength(2);
    expect(await client.iterations.list()).not.toEqual([]);
    expect(asked.filter((one) => one.startsWith('7.'))).toHaveLength(1);
  },
);

test('21.3: of servers behind one address, the older one decides', async () => {
  const versions = ['6.0', '6.0', '5.1', '5.1', '6.0'];
  const asked: string[] = [];
  const client = new AdoClient({
    organizationUrl: 'https://farm.example/fabrikam',
    allowedHosts: ['farm.example'],
    auth: personalAccessToken('a'.repeat(52)),
    fetch: async (input, init) => {
      const { url } = new Request(input, init);
      const [, version = ''] = /api-version=(\d\.\d)/.exec(url) ?? [];
      const latest = versions[asked.length] ?? '';
      asked.push(version);
      if (version <= latest) return Response.json({ id: 1, rev: 1, fields: {} });
      const message = `The requested REST API version of ${version} is out of range for this server. The latest REST API version this server supports is ${latest}.`;
      return Response.json({ message, typeKey: 'VssVersionOutOfRangeException' }, { status: 400 });
    },
  });
  for (let reads = 0; reads < 3; reads += 1) await client.workItems.get(1);
  expect(asked).toEqual(['7.1', '6.0', '6.0', '5.1', '5.1']);
});

test('a version that is chosen is asked for at once; what it lacks is a clear error', async () => {
  const { client, asked } = olderServer('chosen.example', { apiVersion: '7.0' });
  const { id } = await client.workItems.create({ type: 'Task', title: 'x' });
  expect(asked).toEqual(['7.0-preview']);
  await expect(client.comments.add(id, { markdown: '*x*' })).rejects.toThrow('needs api-version 7.1');
  expect(asked).toHaveLength(1);
});

test('plain http is for allowed hosts, by choice', () => {
  const host = 'tfs.intranet.example';
  const organizationUrl = `http://${host}/tfs/Main`;
  const options = { auth: personalAccessToken('a'.repeat(52)), allowedHosts: [host] };
  expect(() => new AdoClient({ ...options, organizationUrl })).toThrow('https');
  expect(new AdoClient({ ...options, organizationUrl, allowHttp: true }).organizationUrl).toBe(
    organizationUrl,
  );
  const elsewhere = { organizationUrl: 'http://other.example/x', allowHttp: true };
  expect(() => new AdoClient({ ...options, ...elsewhere })).toThrow('https');
  expect(() => new AdoClient({ ...options, organizationUrl, allowHttp: true, apiVersion: 'new' })).toThrow(
    'apiVersion',
  );
});

test('21: a server that speaks another language is asked again, too', async () => {
  const asked: string[] = [];
  const client = new AdoClient({
    organizationUrl: 'https://deutsch.example/tfs/Main',
    allowedHosts: ['deutsch.example'],
    auth: personalAccessToken('a'.repeat(52)),
    fetch: async (input, init) => {
      const { url } = new Request(input, init);
      const version = /api-version=([\d.]+)/.exec(url)?.[1] ?? '';
      asked.push(version);
      if (Number(version) <= 6) return Response.json({ id: 'p', name: 'P' });
      const message = `Die angeforderte REST-API-Version ${version} liegt außerhalb des Bereichs für diesen Server. Die neueste REST-API-Version, die von diesem Server unterstützt wird, ist 6.0.`;
      return Response.json({ message, typeKey: 'VssVersionOutOfRangeException' }, { status: 400 });
    },
  });
  await client.projects.get('P');
  await client.projects.get('P');
  expect(asked).toEqual(['7.1', '6.0', '6.0']);
});

test.each([
  ['asked.example', {}, ['7.1', '6.0', '6.0-preview', '6.0-preview']],
  ['given.example', { apiVersion: '6.0' }, ['6.0', '6.0-preview', '6.0-preview']],
])(
  '21: what an older server has in preview is asked for as such, and from then on at once (%s)',
  async (host, options, versions) => {
    const { client, asked } = olderServer(host, options, '6.0');
    expect(await client.boards.backlogs()).not.toEqual([]);
    expect(await client.boards.backlogs()).not.toEqual([]);
    expect(asked).toEqual(versions);
    await client.projects.get('Fabrikam');
    expect(asked.at(-1)).toBe('6.0');
  },
);

test('16.4: a server that was updated is asked with the newest version after a day', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const { client, asked } = olderServer('updated.example');
  await client.projects.get('Fabrikam');
  await client.projects.get('Fabrikam');
  expect(asked.map((version) => version.slice(0, 3))).toEqual(['7.1', '7.0', '7.0']);
  vi.advanceTimersByTime(86_400_001);
  await client.projects.get('Fabrikam');
  expect(asked.slice(3).map((version) => version.slice(0, 3))).toEqual(['7.1', '7.0']);
  vi.useRealTimers();
});

test('16: what one organization of Azure DevOps Services says of versions is not taken for another', async () => {
  const asked: string[] = [];
  const clientOf = (organization: string, latest?: string): AdoClient =>
    new AdoClient({
      organizationUrl: `https://dev.azure.com/${organization}`,
      auth: personalAccessToken('a'.repeat(52)),
      fetch: async (input, init) => {
        const { url } = new Request(input, init);
        const version = /api-version=([\d.]+)/.exec(url)?.[1] ?? '';
        asked.push(`${organization} ${version}`);
        if (latest === undefined || Number(version) <= Number(latest))
          return Response.json({ id: 'p', name: 'P' });
        const message = `The latest REST API version this server supports is ${latest}.`;
        return Response.json({ message, typeKey: 'VssVersionOutOfRangeException' }, { status: 400 });
      },
    });
  await clientOf('odd-versions', '5.0').projects.get('P');
  await clientOf('other-versions').projects.get('P');
  expect(asked).toEqual(['odd-versions 7.1', 'odd-versions 5.0', 'other-versions 7.1']);
});
