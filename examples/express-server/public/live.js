// Brings the page up to date when something happened. Without it the page says the same after reloading.
const events = new EventSource('/events');

events.addEventListener('activity', () => void refresh());

async function refresh() {
  const response = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!response.ok || response.redirected) return location.reload();
  const page = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const id of ['activity', 'connections', 'list']) replace(id, page);
}

function replace(id, page) {
  const now = document.getElementById(id);
  const next = page.getElementById(id);
  // Nobody's focus is taken away in the middle of what they do.
  if (now === null || next === null || now.contains(document.activeElement)) return;
  now.replaceChildren(...next.childNodes);
}
