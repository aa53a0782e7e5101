// Says at once that a file is too large, before it is sent. Without scripts the service says the same afterwards.
for (const form of document.querySelectorAll("form.upload")) {
  const input = form.querySelector("input[type=file]");
  const message = form.querySelector("#fil-error");
  const judge = () => {
    const large = [...input.files].some((file) => file.size > Number(form.dataset.most));
    input.setCustomValidity(large ? form.dataset.large : "");
    input.toggleAttribute("aria-invalid", large);
    message.textContent = large ? form.dataset.large : "";
    message.hidden = !large;
  };
  input.addEventListener("change", judge);
  form.addEventListener("submit", () => {
    form.setAttribute("aria-busy", "true");
    for (const button of form.querySelectorAll("button")) button.disabled = true;
  });
  addEventListener("pageshow", () => {
    for (const button of form.querySelectorAll("button")) button.disabled = false;
  });
}
