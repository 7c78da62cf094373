/** The sandbox's own page. It asks for the overview every second; all texts are set as text. */
export const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Context SDK sandbox</title>
<style>
:root { color-scheme: light dark; --line: #8884; --soft: #8881; --accent: #2f6f4f; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 72rem; padding: 1rem 1.5rem 4rem; }
header { display: flex; flex-wrap: wrap; gap: 1rem; align-items: baseline; border-bottom: 1px solid var(--line); }
h1 { font-size: 1.4rem; } h2 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
table { border-collapse: collapse; width: 100%; font-size: 13px; }
th, td { text-align: left; padding: .3rem .6rem; border-bottom: 1px solid var(--line); overflow-wrap: anywhere; }
th { font-weight: 600; background: var(--soft); }
form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; margin: .5rem 0; }
input, select, button { font: inherit; padding: .25rem .6rem; border: 1px solid var(--line); border-radius: 6px; }
button { background: var(--accent); color: #fff; border: 0; cursor: pointer; }
.empty { color: light-dark(#555, #bbb); font-style: italic; } #error { color: light-dark(#b3261e, #ff8a80); min-height: 1.5em; }
</style>
</head>
<body>
<main>
<header><h1>Context SDK sandbox</h1><span>the clock shows <time id="now"></time></span></header>
<p id="error" role="alert"></p>
<form id="clock"><label>Move the clock by <input name="minutes" type="number" min="0" value="60" size="6"> minutes</label>
<button>Move</button></form>
<form id="fault"><label>Fault <select name="kind">
<option value="429">429, Retry-After 1 s</option><option value="503">503</option><option value="latency">2 s slower</option>
<option value="reset-before">connection breaks before</option><option value="reset-after">connection breaks after</option>
<option value="cut-body">body ends halfway</option><option value="page">page of HTML</option></select></label>
<label>host <select name="host"><option value="">any</option></select></label>
<label>requests <input name="times" type="number" min="1" value="1" size="4"></label>
<button>Switch on</button><button type="button" id="calm">Switch all off</button></form>
<form id="state"><button type="button" id="save">Save the state</button>
<label>Load a state <input name="file" type="file" accept="application/json"></label></form>
<h2>Faults</h2><div id="faults"></div>
<h2>Requests</h2><div id="requests"></div>
<h2>Violations</h2><div id="violations"></div>
<h2>Mails sent</h2><div id="mails"></div>
<h2>Hooks delivered</h2><div id="hooks"></div>
<h2>Accounts</h2><div id="accounts"></div>
<h2>Apps</h2><div id="apps"></div>
<h2>Hosts</h2><div id="hosts"></div>
</main>
<script type="module">
const lists = ['faults', 'requests', 'violations', 'mails', 'hooks', 'accounts', 'apps', 'hosts'];
const byId = (id) => document.getElementById(id);
const text = (value) => value === undefined || value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value);
function cell(name, value) {
  const made = document.createElement(name);
  made.textContent = text(value);
  return made;
}
function table(rows) {
  if (rows.length === 0) {
    const none = cell('p', 'none');
    none.className = 'empty';
    return none;
  }
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const made = document.createElement('table');
  const line = (cells) => { const row = document.createElement('tr'); row.append(...cells); return row; };
  made.append(line(names.map((name) => cell('th', name))), ...rows.map((row) => line(names.map((name) => cell('td', row[name])))));
  return made;
}
async function call(method, name, body) {
  const response = await fetch('/_sandbox/' + name, { method, ...(method !== 'GET' && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body ?? {}) }) });
  const answer = await response.json();
  if (!response.ok) byId('error').textContent = answer.error;
  return answer;
}
let shown = '';
async function refresh() {
  const overview = await call('GET', 'overview');
  byId('now').textContent = overview.now.slice(0, 19).replace('T', ' ') + ' UTC';
  const now = JSON.stringify({ ...overview, now: '' });
  if (now === shown) return;
  shown = now;
  for (const name of lists) byId(name).replaceChildren(table(overview[name]));
  const hosts = byId('fault').elements.host;
  if (hosts.options.length === 1) hosts.append(...overview.hosts.map(({ host }) => cell('option', host)));
}
const FAULTS = {
  429: { kind: 'status', status: 429, retryAfter: 1 }, 503: { kind: 'status', status: 503 },
  latency: { kind: 'latency', ms: 2000 }, 'reset-before': { kind: 'reset', when: 'before' },
  'reset-after': { kind: 'reset', when: 'after' }, 'cut-body': { kind: 'cut-body' }, page: { kind: 'page', status: 503 },
};
const on = (id, event, action) => byId(id).addEventListener(event, async (happened) => { happened.preventDefault(); byId('error').textContent = ''; await action(byId(id).elements); await refresh(); });
on('clock', 'submit', ({ minutes }) => call('POST', 'clock', { advanceMs: Number(minutes.value) * 60000 }));
on('fault', 'submit', ({ kind, host, times }) => call('POST', 'faults', { fault: FAULTS[kind.value], scope: { times: Number(times.value), ...(host.value && { host: host.value }) } }));
on('calm', 'click', () => call('DELETE', 'faults'));
on('save', 'click', async () => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([JSON.stringify(await call('GET', 'state'), null, 2)], { type: 'application/json' }));
  link.download = 'sandbox.json';
  link.click();
});
on('state', 'change', async ({ file }) => {
  const text = await file.files[0]?.text();
  // Otherwise choosing the same file again is no change.
  file.value = '';
  if (text !== undefined) await call('PUT', 'state', JSON.parse(text));
});
await refresh();
setInterval(() => refresh().catch(() => { byId('error').textContent = 'The sandbox does not answer.'; }), 1000);
</script>
</body>
</html>
`;
