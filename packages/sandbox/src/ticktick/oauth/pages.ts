/** The page that asks the user; its form goes back to where it came from, with the request's parameters. */
export function consentPage({
  appName,
  account,
  params,
}: {
  appName: string;
  account: string;
  params: URLSearchParams;
}): string {
  const hidden = [...params].map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  return page(
    'Authorize',
    `<p><strong>${escapeHtml(appName)}</strong> asks for access to the tasks of ${escapeHtml(account)}:
${escapeHtml(params.get('scope') ?? '')}.</p>
<form method="post" action="authorize">
${hidden.join('\n')}
<button type="submit" name="decision" value="allow">Allow</button>
<button type="submit" name="decision" value="deny">Deny</button>
</form>`,
  );
}

export function errorPage(message: string): string {
  return page('Error', `<p>${escapeHtml(message)}</p>`);
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title} · TickTick (sandbox)</title></head>
<body>
<h1>${title}</h1>
${body}
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
