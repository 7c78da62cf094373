// Brings the page up to date when something happened. Without it the page says the same after reloading.
const events = new EventSource('/events');

events.addEventListener('activity', () => void refresh());

async function refresh() {
  const response = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!response.ok || response.redirected) return location.reload();
  const text = await response.text();
  const style = /<style nonce="[^"]*">([^]*?)<\/style>/.exec(text)?.[1] ?? '';
  // The other page's style has another nonce. Its text may stand in our own element, whose nonce this page knows.
  const page = new DOMParser().parseFromString(text.replace(/<style[^]*?<\/style>/, ''), 'text/html');
  if (replace('timeline', page)) document.querySelector('style[nonce]').textContent = style;
  for (const id of ['activity', 'connections', 'list']) replace(id, page);
}

function replace(id, page) {
  const now = document.getElementById(id);
  const next = page.getElementById(id);
  // Nobody's focus is taken away in the middle of what they do.
  if (now === null || next === null || now.contains(document.activeElement)) return false;
  now.replaceChildren(...next.childNodes);
  return true;
}
