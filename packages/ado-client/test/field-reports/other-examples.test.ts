import { artifactLink, wiql, Wiql } from '@context-sdk/ado-client';
import { describe, expect, test } from 'vitest';
import { clientOf, ITEM } from '../support/answering.ts';
import { useSandbox } from '../support/use-sandbox.ts';

const { start } = useSandbox();
const REPOSITORY = {
  projectId: '6ce954b1-ce1f-45d1-b94d-e6bf2464ba2c',
  repositoryId: 'fd672255-8b6b-4769-9260-beea83d752ce',
};

test('21.3: a server that one client got to know is known to clients that were there before', async () => {
  const host = 'known.example';
  const versions: (string | null)[] = [];
  const options = { organizationUrl: `https://${host}/fabrikam`, allowedHosts: [host], project: 'p' };
  const reply = ({ query }: { query: Record<string, string> }): Response => {
    const version = query['api-version'] ?? '';
    versions.push(version);
    if (version === '7.0') return Response.json({ id: '1', name: 'p' });
    const message = `The requested REST API version of ${version} is out of range for this server. The latest REST API version this server supports is 7.0.`;
    return Response.json({ message, typeKey: 'VssVersionOutOfRangeException' }, { status: 400 });
  };
  const [one, other] = [clientOf(reply, options), clientOf(reply, options)];
  await one.client.projects.get('p');
  await other.client.projects.get('p');
  expect(versions).toEqual(['7.1', '7.0', '7.0']);
});

describe('21.5', () => {
  test('a branch by its full name is that branch', () => {
    const [short, full] = ['a/b', 'refs/heads/a/b'].map((branch) =>
      artifactLink.branch({ ...REPOSITORY, branch }),
    );
    expect(full).toEqual(short);
  });

  test.each([
    { rel: 'System.LinkTypes.Related', ID: 1 },
    { id: 1, comment: 'x' },
  ])(
    'an unknown member of the links to remove or comment is refused, so that no others are meant: %o',
    async (ref) => {
      const { client, requests } = clientOf(() => ITEM);
      await expect(client.relations.remove(1, ref as never)).rejects.toMatchObject({
        field: expect.stringMatching(/^relations\.remove\[0\]\.(ID|comment)$/) as string,
      });
      await expect(client.relations.comment(1, ref as never, 'x')).rejects.toMatchObject({
        code: 'invalid_request',
      });
      expect(requests).toHaveLength(0);
    },
  );
});

describe('21.10: a project by its id', () => {
  test('paths that begin with its name are found, created below and moved', async () => {
    const { sandbox, client } = start();
    const project = sandbox.azureDevOps.organization.projects[0]?.id ?? '';
    expect(await client.areas.find('Fabrikam\\Web', { project })).toMatchObject({ name: 'Web' });
    expect(await client.areas.find('web', { project })).toMatchObject({ name: 'Web' });
    const made = await client.areas.create({ name: 'New', parent: 'Fabrikam\\Web' }, { project });
    expect(made.path).toBe('\\Fabrikam\\Area\\Web\\New');
    await client.areas.move('Fabrikam\\Web\\New', 'Fabrikam\\Mobile', { project });
    expect(await client.areas.find('Fabrikam\\Mobile\\New')).toMatchObject({ name: 'New' });
  });

  test('a path that begins with the id begins with the name, when an item is moved', async () => {
    const { sandbox, client } = start({ azureDevOps: { seed: 'demo' } });
    const to = sandbox.azureDevOps.organization.projects.find(({ name }) => name === 'Tailwind');
    const { id } = await client.workItems.create({ type: 'Epic', title: 'x', state: 'New' });
    await client.areas.create({ name: 'Web März', parent: 'Tailwind' }, { project: 'Tailwind' });
    const move = { project: to?.id ?? '', areaPath: `${to?.id}\\Web März` };
    const moved = await client.workItems.move(id, move);
    expect(moved.fields['System.AreaPath']).toBe('Tailwind\\Web März');
    const back = { project: 'Fabrikam', areaPath: 'Fabrikam\\Web' };
    const iterationPath = (await client.iterations.list())[0]?.path ?? '';
    const again = await client.workItems.move(id, { ...back, iterationPath });
    expect(again.fields['System.AreaPath']).toBe('Fabrikam\\Web');
    expect(again.fields['System.IterationPath']).toBe(iterationPath);
    const wrong = client.workItems.move(id, { ...back, areaPath: '\\Fabrikam\\Web' });
    await expect(wrong).rejects.toMatchObject({ field: 'areaPath' });
  });
});

test.each([
  ['TF401320: Rule Error for field Severity. Error code: Required, InvalidEmpty.', 'Severity'],
  ['TF401320: Rule Error for field Iteration Path. Error code: InvalidPath.', 'Iteration Path'],
  ['TF51535: Cannot find field Custom.My-Field.', 'Custom.My-Field'],
  ['VS402625: The fields "System.ChangedDate" must be increasing.', 'System.ChangedDate'],
])('21.12: the field that %s names', async (message, field) => {
  const { client } = clientOf(() => Response.json({ message }, { status: 400 }));
  await expect(client.workItems.get(1)).rejects.toMatchObject({ field });
});

test('21.12: the field of an inner exception', async () => {
  const innerException = { message: 'no', customProperties: { FieldReferenceName: 'Custom.A' } };
  const { client } = clientOf(() => Response.json({ message: 'No.', innerException }, { status: 400 }));
  await expect(client.workItems.get(1)).rejects.toMatchObject({ field: 'Custom.A' });
});

describe('21.13', () => {
  test.each([
    ['2026-11-23T09:00:00Z', true],
    ['2026-11-23 09:00', true],
    ['11/23/2026 9:00 AM', true],
    ['23.11.2026 09:00:30', true],
    ['2026-11-23', false],
    ['11/23/2026', false],
    ['2026-11-23 10:00 meeting', false],
    ['10:30', false],
  ])('%s in a query: time precision is %s', (text, expected) => {
    expect(wiql`SELECT [System.Id] FROM WorkItems WHERE [System.ChangedDate] > ${text}`.hasTimes).toBe(
      expected,
    );
    expect(
      new Wiql(`SELECT [System.Id] FROM WorkItems WHERE [System.ChangedDate] > "${text}"`).hasTimes,
    ).toBe(expected);
  });
});
