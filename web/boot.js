// Starts the app whose files the page names. A file of its own: the Content-Security-Policy allows no inline script.
// The theme chosen last, before anything is drawn in another one.
try {
  const theme = localStorage.getItem("portal.theme");
  if (theme) document.documentElement.dataset.theme = theme;
} catch {
  // A browser that keeps nothing follows the system.
}

// Trusted Types: the framework clones its still parts from markup that was compiled in. That passes, a script never does;
// nothing a person wrote becomes markup at all (the text of a view is set as text).
globalThis.trustedTypes?.createPolicy("default", {
  createHTML: (markup) => (/<(script|iframe|object|embed)|[\s"']on\w+\s*=|javascript:/i.test(markup) ? null : markup),
});

const { js, wasm } = document.querySelector("script[data-wasm]").dataset;

try {
  const app = await import(js);
  await app.default({ module_or_path: wasm });
} catch (problem) {
  console.error(problem);
  const main = document.createElement("main");
  main.setAttribute("role", "alert");
  main.textContent = "The portal could not start. Reload the page; if that does not help, the server may be half way through an update.";
  document.body.replaceChildren(main);
}
