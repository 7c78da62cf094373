import { describe, expect, test } from 'vitest';
import { apiOf, type CallApi, createTask, setUp } from './support/setup.ts';

/** Ids 1 to 6; the fields that queries look at. */
function board(): { api: CallApi; ids: (where: string, path?: string) => Promise<readonly number[]> } {
  const { sandbox, api } = setUp({ seed: 0 });
  const testUser = sandbox.azureDevOps.testUser();
  const add = (
    title: string,
    fields: Record<string, string | number | boolean> = {},
    type = 'Task',
  ): void => {
    testUser.create({ type, fields: { 'System.Title': title, ...fields } });
  };
  add('Alpha one', {
    'System.AssignedTo': 'Jamal Hartnett',
    'System.Tags': 'red; green',
    'System.AreaPath': 'Fabrikam\\Mobile\\Offline',
  });
  add('Beta', {
    'System.AssignedTo': 'Norman Paulk',
    'Microsoft.VSTS.Common.Priority': 1,
    'System.AreaPath': 'Fabrikam\\Mobile',
  });
  sandbox.clock.advance(86_400_000);
  add("O'Neil", { 'System.Description': '<b>alpha</b> male', 'Microsoft.VSTS.Common.Priority': 4 });
  add('alphabet', { 'System.State': 'Closed', 'Custom.Blocked': true });
  sandbox.clock.advance(86_400_000);
  add('Reddish', { 'System.Tags': 'reddish', 'Microsoft.VSTS.Scheduling.RemainingWork': 2.5 }, 'Bug');
  testUser.create({ type: 'Task', project: 'Tailwind', fields: { 'System.Title': 'elsewhere' } });
  return {
    api,
    ids: async (where, path = '') => {
      const query = `SELECT [System.Id] FROM WorkItems WHERE ${where}`;
      const { status, json } = await api(`POST ${path}/_apis/wit/wiql`, { query });
      if (status !== 200) throw new Error((json as { message: string }).message);
      return (json as { workItems: { id: number }[] }).workItems.map(({ id }) => id);
    },
  };
}

describe('a query', () => {
  test.each<[string, readonly number[]]>([
    ["[System.Title] = 'BETA'", [2]],
    ["[System.Title] = 'O''Neil'", [3]],
    ['[System.Title] = "Beta"', [2]],
    ["[System.Title] <> 'Beta' AND [System.Id] < 4", [1, 3]],
    ["Title CONTAINS 'alpha'", [1, 4]],
    ["[System.Title] NOT CONTAINS 'a' ", [3, 5, 6]],
    ["[System.Title] CONTAINS WORDS 'alpha'", [1]],
    ["[System.Description] CONTAINS 'alpha'", [3]],
    ['[System.Id] > 2 AND [System.Id] <= 4', [3, 4]],
    ['[System.Id] >= 5 OR [System.Id] = 1', [1, 5, 6]],
    ['[System.Id] IN (1, 3, 99)', [1, 3]],
    ['[System.Id] NOT IN (1, 2, 3)', [4, 5, 6]],
    ['[Microsoft.VSTS.Common.Priority] > 3', [3]],
    ['[Microsoft.VSTS.Scheduling.RemainingWork] = 2.5', [5]],
    ['[Custom.Blocked] = true', [4]],
    ['[System.AssignedTo] = @Me', [1]],
    ['[System.CreatedDate] >= @StartOfDay', [5, 6]],
    ["[System.CreatedDate] >= @StartOfDay('-1d')", [3, 4, 5, 6]],
    ['[System.CreatedDate] < @StartOfDay - 1', [1, 2]],
    [
      "[System.CreatedDate] > @StartOfWeek('-1w') AND [System.CreatedDate] < @StartOfMonth('+1M')",
      [1, 2, 3, 4, 5, 6],
    ],
    ['[System.CreatedDate] < @StartOfYear', []],
    ["[System.WorkItemType] IN GROUP 'Microsoft.BugCategory'", [5]],
    ["[System.WorkItemType] NOT IN GROUP 'Bug Category'", [1, 2, 3, 4, 6]],
    ["[System.AssignedTo] IN GROUP '[Fabrikam]\\Fabrikam Team'", [1, 2]],
    ["[System.AssignedTo] IN GROUP '[Fabrikam]\\Nobody'", []],
    ["[System.AssignedTo] = 'Norman Paulk'", [2]],
    ["[System.AssignedTo] = 'norman@fabrikam.example'", [2]],
    ["[System.AssignedTo] IN (@Me, 'Norman Paulk')", [1, 2]],
    ['[System.AssignedTo] <> @me AND [System.Id] < 4', [2, 3]],
    ["[System.AssignedTo] = ''", [3, 4, 5, 6]],
    ['[System.AssignedTo] IS NOT EMPTY', [1, 2]],
    ['[System.Tags] IS EMPTY AND [System.Id] < 4', [2, 3]],
    ["[System.Tags] CONTAINS 'red'", [1]],
    ["[System.AreaPath] UNDER 'Fabrikam\\Mobile'", [1, 2]],
    ["[System.AreaPath] = 'Fabrikam\\Mobile'", [2]],
    ["NOT [System.AreaPath] UNDER 'Fabrikam'", [6]],
    ["[System.WorkItemType] = 'Bug' OR [System.State] = 'Closed' AND [System.Id] = 1", [5]],
    ["([System.WorkItemType] = 'Bug' OR [System.State] = 'Closed') AND [System.Id] = 4", [4]],
    ['[System.CreatedDate] = @Today', [5, 6]],
    ['[System.CreatedDate] >= @Today - 1', [3, 4, 5, 6]],
    ["[System.CreatedDate] = '2026-11-23'", [3, 4]],
    ['[System.ChangedDate] < @today-1', [1, 2]],
    ['[System.CreatedDate] = [System.ChangedDate] AND [System.Id] < 2', [1]],
    ['[System.Rev] = 1 AND [System.Id] = 6', [6]],
  ])('%s', async (where, expected) => {
    const { ids } = board();
    expect(await ids(where)).toEqual(expected);
  });

  test('answers ids, columns and order', async () => {
    const { api } = board();
    const query =
      'Select [System.Id], [System.Title] From WorkItems Where [System.Id] <= 3 order by [Microsoft.VSTS.Common.Priority] desc, [System.Id]';
    expect((await api('POST /_apis/wit/wiql', { query })).json).toEqual({
      queryType: 'flat',
      queryResultType: 'workItem',
      asOf: '2026-11-24T10:00:00Z',
      columns: [
        {
          referenceName: 'System.Id',
          name: 'ID',
          url: 'https://dev.azure.com/fabrikam/_apis/wit/fields/System.Id',
        },
        {
          referenceName: 'System.Title',
          name: 'Title',
          url: 'https://dev.azure.com/fabrikam/_apis/wit/fields/System.Title',
        },
      ],
      sortColumns: [
        {
          field: expect.objectContaining({ referenceName: 'Microsoft.VSTS.Common.Priority' }),
          descending: true,
        },
        { field: expect.objectContaining({ referenceName: 'System.Id' }), descending: false },
      ],
      workItems: [3, 1, 2].map((id) => ({
        id,
        url: `https://dev.azure.com/fabrikam/_apis/wit/workItems/${id}`,
      })),
    });
  });

  test('knows the project of its path only as @project', async () => {
    const { ids } = board();
    expect(await ids('[System.Id] > 4', '/Tailwind')).toEqual([5, 6]);
    expect(await ids('[System.TeamProject] = @project', '/Tailwind/A%20Team')).toEqual([6]);
    await expect(ids('[System.TeamProject] = @project')).rejects.toThrow('@project');
  });

  test('leaves out what is in the recycle bin', async () => {
    const { api, ids } = board();
    await api('DELETE /_apis/wit/workitems/1');
    expect(await ids('[System.Id] < 3')).toEqual([2]);
  });

  test('compares moments only with timePrecision, and without it takes no time', async () => {
    const { api, ids } = board();
    const query =
      "SELECT [System.Id] FROM WorkItems WHERE [System.CreatedDate] > '2026-11-23T09:59:59Z' AND [System.CreatedDate] < '2026-11-23T10:00:01Z'";
    const { json } = await api('POST /_apis/wit/wiql?timePrecision=true', { query });
    expect(json).toMatchObject({ workItems: [{ id: 3 }, { id: 4 }] });
    await expect(ids("[System.CreatedDate] > '2026-11-23T09:59:59Z'")).rejects.toThrow('date precision');
  });

  test('sorts by the time, also where it compares days', async () => {
    const { sandbox, api } = setUp();
    const first = await createTask(api);
    sandbox.clock.advance(1000);
    const second = await createTask(api);
    const query = 'SELECT [System.Id] FROM WorkItems ORDER BY [System.ChangedDate] DESC';
    expect((await api('POST /_apis/wit/wiql', { query })).json).toMatchObject({
      workItems: [{ id: second }, { id: first }],
    });
  });

  test('answers the first ones, if it should', async () => {
    const { api } = board();
    const { json } = await api('POST /_apis/wit/wiql?$top=2', {
      query: 'SELECT [System.Id] FROM WorkItems WHERE [System.Id] > 1 ORDER BY [System.Id]',
    });
    expect(json).toMatchObject({ workItems: [{ id: 2 }, { id: 3 }] });
  });

  test.each([
    ['SELECT [System.Id] FROM WorkItems WHERE [System.Nothing] = 1', 'TF51005'],
    ['SELECT FROM WorkItems', 'TF5100'],
    ['SELECT [System.Id] WHERE [System.Id] = 1', '«from» was expected'],
    ['SELECT [System.Id] FROM WorkItemLinks', '«workitems» was expected'],
    ["SELECT [System.Id] FROM WorkItems WHERE [System.Title] = 'open", 'TF51006'],
    ['SELECT [System.Id] FROM WorkItems WHERE ([System.Id] = 1', '«)» was expected'],
    ['SELECT [System.Id] FROM WorkItems WHERE [System.Id] LIKE 1', 'an operator'],
    ["SELECT [System.Id] FROM WorkItems WHERE [System.Id] = 'x'", 'no number'],
    ["SELECT [System.Id] FROM WorkItems WHERE [System.CreatedDate] = 'x'", 'no date'],
    ["SELECT [System.Id] FROM WorkItems WHERE [System.Description] = 'x'", 'cannot be used'],
    ["SELECT [System.Id] FROM WorkItems WHERE [System.Id] CONTAINS '1'", 'cannot be used'],
    ["SELECT [System.Id] FROM WorkItems WHERE [System.Title] UNDER 'x'", 'cannot be used'],
    ['SELECT [System.Id] FROM WorkItems WHERE [System.Id] NOT = 1', 'contains, under or in'],
    ['SELECT [System.Id] FROM WorkItems WHERE [System.AssignedTo] = @You', '@you'],
    [
      "SELECT [System.Id] FROM WorkItems WHERE [System.AreaPath] UNDER 'Fabrikam\\Moblie'",
      "TF51011: The specified area path does not exist. The error is caused by «'Fabrikam\\Moblie'».",
    ],
    [
      "SELECT [System.Id] FROM WorkItems WHERE [System.IterationPath] IN ('Fabrikam', 'Sprint 1')",
      'TF51011: The specified iteration path',
    ],
    ['SELECT [System.Id] FROM WorkItems ORDER BY [System.Id] WHERE [System.Id] = 1', 'the end of the query'],
    [`SELECT [System.Id] FROM WorkItems WHERE [System.Title] = '${'x'.repeat(32_000)}'`, '32000 characters'],
    ['', 'must not be empty'],
  ])('is refused: %s', async (query, message) => {
    const { api } = setUp();
    expect(await api('POST /_apis/wit/wiql', { query })).toMatchObject({
      status: 400,
      json: { message: expect.stringContaining(message) },
    });
  });
});

describe('a query with too many results', () => {
  test('fails; it is not cut short', async () => {
    const { sandbox } = setUp({ seed: 20_001 });
    const api = apiOf(sandbox);
    const query = (where: string): { query: string } => ({
      query: `SELECT [System.Id] FROM WorkItems ${where}`,
    });
    expect(await api('POST /_apis/wit/wiql', query(''))).toMatchObject({
      status: 400,
      json: {
        typeKey: 'WorkItemTrackingQueryResultSizeLimitExceededException',
        message:
          'VS402337: The number of work items returned exceeds the size limit of 20000. Change the query to return fewer items.',
      },
    });
    const { json } = await api('POST /_apis/wit/wiql', query('WHERE [System.Id] > 1'));
    expect((json as { workItems: object[] }).workItems).toHaveLength(20_000);
  });

  test('does not with $top, and has a limit that tests can lower', async () => {
    const { api } = setUp({ seed: 12, wiqlLimit: 10 });
    const query = { query: 'SELECT [System.Id] FROM WorkItems' };
    expect((await api('POST /_apis/wit/wiql', query)).status).toBe(400);
    expect((await api('POST /_apis/wit/wiql?$top=11', query)).status).toBe(400);
    expect((await api('POST /_apis/wit/wiql?$top=3', query)).json).toMatchObject({
      workItems: [{ id: 1 }, { id: 2 }, { id: 3 }],
    });
  });
});
