const FETCH_FAILED = 'fetch failed';

/** What `fetch` rejects with when no answer came: a TypeError whose cause carries Node's error code. */
export function networkFailure(code: 'ENOTFOUND' | 'ECONNRESET', message: string): TypeError {
  return new TypeError(FETCH_FAILED, { cause: withCode(code, message) });
}

export function isNetworkFailure(error: unknown): boolean {
  return error instanceof TypeError && error.message === FETCH_FAILED;
}

/** What reading a body rejects with when the connection ends before the body does. */
export function bodyTerminated(): TypeError {
  return new TypeError('terminated', { cause: withCode('UND_ERR_SOCKET', 'other side closed') });
}

function withCode(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
