// The one module that talks HTTP.

import { say } from "./words.js";

export const TIMEOUT = 30_000; // milliseconds until an answer is no longer waited for

/** What went wrong in words a reader can use; `status` is 0 where no answer came. */
export class RequestError extends Error {
  constructor(message, { status = 0, body = null } = {}) {
    super(message);
    this.name = "RequestError";
    this.status = status;
    this.body = body;
  }
}

async function ask(url, accept, { signal, ...options } = {}) {
  const limit = AbortSignal.timeout(TIMEOUT);
  const both = signal ? AbortSignal.any([signal, limit]) : limit;
  const headers = { Accept: accept, ...options.headers };
  try {
    return await fetch(url, { credentials: "same-origin", ...options, headers, signal: both });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new RequestError(limit.aborted ? say("too late", { n: TIMEOUT / 1000 }) : say("no connection"));
  }
}

async function checked(response) {
  if (response.ok) return response;
  const body = await response.text().catch(() => "");
  throw new RequestError(say(response.status === 503 ? "starting" : "answered", { status: response.status }), { status: response.status, body });
}

/** The JSON at an address. Throws RequestError; rethrows the abort of a signal. */
export async function getJSON(url, options) {
  const response = await checked(await ask(url, "application/json", options));
  try {
    return await response.json();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new RequestError(say("no answer"));
  }
}

/**
 * The JSON of an address that takes the filter. The page passes over what it cannot use of the filter and says so; the API
 * refuses it by name: ask again without that. `refused` holds names known to be of no use.
 */
export async function getFigures(url, params, refused, options) {
  const usable = new URLSearchParams([...params].filter(([name, value]) => value.trim() && !refused.has(name)));
  try {
    return await getJSON(`${url}?${usable}`, options);
  } catch (error) {
    if (error.status !== 400) throw error;
    const names = Object.keys(JSON.parse(error.body).errors ?? {});
    if (!names.some((name) => usable.has(name))) throw error;
    for (const name of names) usable.delete(name);
    return getJSON(`${url}?${usable}`, options);
  }
}

/** The HTML page at an address, parsed; its scripts do not run. `parts`: of the desk, the parts wanted; `find`: words looked for among the picker's options. */
export async function getPage(url, { parts, find, ...options } = {}) {
  const headers = { ...(parts && { "X-Desk-Parts": parts.join(",") }), ...(find && { "X-Desk-Find": encodeURIComponent(find) }) };
  const text = await (await checked(await ask(url, "text/html", { ...options, headers }))).text();
  return new DOMParser().parseFromString(text, "text/html");
}

/** Send a form's fields; returns the parsed JSON answer. */
export async function postForm(url, fields, options) {
  const token = document.cookie.match(/(?:^|; )csrftoken=([^;]+)/)?.[1] ?? "";
  const headers = { "X-CSRFToken": token };
  const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
  return (await checked(await ask(url, "application/json", { method: "POST", body, headers, ...options }))).json();
}
