// The preview follows what is typed. Without this script the button shows it.
const form = document.getElementById("mall");
const shown = document.getElementById("forhandsvisning");
const button = form?.querySelector("[data-preview]");
if (form && shown && button) {
  let waiting;
  let asked;
  const show = async () => {
    asked?.abort();
    asked = new AbortController();
    const sent = new URLSearchParams(new FormData(form));
    // It changes nothing, so it may be asked again and again.
    sent.delete("idempotency_key");
    try {
      const answer = await fetch(button.formAction, { method: "POST", body: sent, signal: asked.signal });
      if (!answer.ok && answer.status !== 422) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const wrong = page.getElementById("text-error") ?? page.getElementById("arende-error");
      const fresh = page.getElementById("forhandsvisning");
      if (wrong) shown.replaceChildren(document.adoptNode(wrong));
      else if (fresh) shown.replaceChildren(...document.adoptNode(fresh).childNodes);
    } catch {
      // What is shown stays until the next key.
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, 400);
  });
}
