// Requests to the town. An answer that is no success becomes an Error whose message can be shown.

export async function get(path, query = {}) {
  const asked = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== null && value !== undefined));
  return answer(await fetch(asked.size ? `${path}?${asked}` : path));
}

export async function post(path, body = {}) {
  const headers = { "Content-Type": "application/json" };
  return answer(await fetch(path, { method: "POST", headers, body: JSON.stringify(body) }));
}

export async function remove(path) {
  return answer(await fetch(path, { method: "DELETE" }));
}

async function answer(response) {
  let given = {};
  try {
    given = await response.json();
  } catch {
    // An answer without JSON is told by its status.
  }
  if (!response.ok) throw new Error(given.error ?? `服务没有应答（${response.status}）`);
  return given;
}
