// Calls to Wadul. The token proves that this page, and no other site, is asking.
const token = document.querySelector("meta[name=coba-token]").content;

export class ApiError extends Error {
  constructor(status) {
    super(`status ${status}`);
    this.status = status;
  }
}

async function call(path, options = {}) {
  const headers = { "X-Coba-Token": token, ...options.headers };
  const answer = await fetch(`/coba/${path}`, { ...options, headers, cache: "no-store" });
  if (!answer.ok) throw new ApiError(answer.status);
  return answer.json();
}

const post = (path, form) =>
  call(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(form) });

export const news = (after) => call(`kabar?after=${after}`);
export const say = (form) => post("pesan", form);
export const change = (form) => post("ubah", form);
export const press = (form) => post("tekan", form);
export const upload = (file) => call("gambar", { method: "POST", body: file });
