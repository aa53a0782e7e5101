// A template's text comes after what is typed already, and chosen files stay. Without this script the service does the same.
const button = document.querySelector("button[name=mallen]");
const text = document.getElementById("text");
const choice = document.getElementById("mall");
const missing = document.getElementById("mall-saknas");
if (button && text && choice) {
  let plain = false;
  button.addEventListener("click", async (event) => {
    if (plain) return;
    event.preventDefault();
    try {
      const answer = await fetch(`${location.pathname}?mall=${encodeURIComponent(choice.value)}`);
      if (!answer.ok) throw new Error(answer.statusText);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const template = page.getElementById("text").value;
      const typed = text.value.trimEnd();
      if (typed === "") text.value = template;
      else if (!typed.includes(template.trim())) text.value = `${typed}\n\n${template}`;
      const told = page.getElementById("mall-saknas");
      if (missing && told) missing.replaceChildren(...document.adoptNode(told).childNodes);
      text.focus();
    } catch {
      plain = true;
      button.click();
    }
  });
}
