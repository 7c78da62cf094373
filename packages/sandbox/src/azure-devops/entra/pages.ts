/** The page that asks the user; its form goes back to where it came from, with the request's parameters. */
export function consentPage({
  appName,
  person,
  params,
}: {
  appName: string;
  person: string;
  params: URLSearchParams;
}): string {
  const hidden = [...params].map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  return page(
    'Permissions requested',
    `<p><strong>${escapeHtml(appName)}</strong> asks for access to the work items of ${escapeHtml(person)}:
${escapeHtml(params.get('scope') ?? '')}.</p>
<form method="post" action="authorize">
${hidden.join('\n')}
<button type="submit" name="decision" value="allow">Accept</button>
<button type="submit" name="decision" value="deny">Cancel</button>
</form>`,
  );
}

export function errorPage(message: string): string {
  return page('Sign in', `<p>${escapeHtml(message)}</p>`);
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title} · Microsoft Entra ID (sandbox)</title></head>
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
