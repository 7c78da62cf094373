// Brings the page up to date when something happened. Without it the page says the same after reloading.
const events = new EventSource('/events');

events.addEventListener('activity', () => void refresh());

async function refresh() {
  const response = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!response.ok || response.redirected) return location.reload();
  // The other page's style has another nonce: ours does not let it in.
  const text = (await response.text()).replace(/<style[^]*?<\/style>/, '');
  const page = new DOMParser().parseFromString(text, 'text/html');
  for (const id of ['activity', 'connections', 'list']) replace(id, page);
}

function replace(id, page) {
  const now = document.getElementById(id);
  const next = page.getElementById(id);
  // Nobody's focus is taken away in the middle of what they do.
  if (now === null || next === null || now.contains(document.activeElement)) return;
  now.replaceChildren(...next.childNodes);
}
