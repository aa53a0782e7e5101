// Saves each answer of an application as it is written, shows questions that other answers ask for, and keeps what
// could not be saved. Without this script the buttons of the form do the same.
const form = document.getElementById("del");
const status = document.getElementById("sparat");
if (form && status) {
  const questions = [...form.querySelectorAll(".question")];
  const queue = new Map();
  let running = false;
  let dirty = false;
  // The answer on its way just now, and whether the form waits for it.
  let sending = null;
  let waits = false;

  const boxes = (question) => [...question.querySelectorAll("input, select, textarea")].filter((box) => box.type !== "file" && box.name);
  const keyOf = (question) => `${form.getAttribute("action")}#${question.dataset.question}`;
  const typed = (question) => {
    const body = new URLSearchParams();
    for (const box of boxes(question)) if (!["checkbox", "radio"].includes(box.type) || box.checked) body.append(box.name, box.value);
    return body;
  };
  // Kept in this tab alone, and only until it is saved.
  const keep = (question) => sessionStorage.setItem(keyOf(question), typed(question).toString());
  const forget = (question) => sessionStorage.removeItem(keyOf(question));

  const errorOf = (question, texts) => {
    let shown = question.querySelector(":scope .ds-validation-message");
    if (texts.length === 0) {
      shown?.remove();
      for (const box of boxes(question)) box.removeAttribute("aria-invalid");
      return;
    }
    if (!shown) {
      shown = document.createElement("p");
      shown.className = "ds-validation-message";
      shown.id = `${question.dataset.question}-error`;
      const label = question.querySelector("legend, label");
      label?.after(shown);
      const box = document.getElementById(question.dataset.question);
      box?.setAttribute("aria-describedby", [shown.id, box.getAttribute("aria-describedby")].filter(Boolean).join(" "));
    }
    shown.textContent = texts.join(" ");
  };

  const show = (shows) => {
    for (const question of questions) {
      const shown = shows[question.dataset.question];
      if (shown === undefined || shown !== question.hidden) continue;
      question.hidden = !shown;
      question.querySelector("input[name=dold]")?.remove();
      if (!shown) {
        const mark = Object.assign(document.createElement("input"), { type: "hidden", name: "dold", value: question.dataset.question });
        question.prepend(mark);
      }
    }
  };

  const amount = async () => {
    const card = document.getElementById("preliminart");
    if (!card) return;
    const answer = await fetch(form.dataset.amount).catch(() => null);
    if (!answer || answer.status !== 200) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("preliminart");
    if (!page) return;
    // The card itself stays, so that a screen reader hears the new amount once.
    card.replaceChildren(...page.childNodes);
  };

  const save = async (question) => {
    let answer = null;
    try {
      answer = await fetch(form.dataset.answers, { method: "POST", body: typed(question), redirect: "manual" });
    } catch {
      answer = null;
    }
    if (!answer || !answer.ok) {
      keep(question);
      status.textContent = answer && [401, 0].includes(answer.status) ? form.dataset.out : form.dataset.lost;
      return null;
    }
    const told = await answer.json();
    forget(question);
    status.textContent = told.saved;
    if (told.clash) return told;
    question.querySelector(`input[name="v.${question.dataset.question}"]`).value = told.version;
    errorOf(question, told.errors);
    for (const box of boxes(question)) {
      const value = told.values[box.name];
      if (value !== undefined && !["checkbox", "radio", "hidden"].includes(box.type) && box !== document.activeElement) box.value = value;
    }
    show(told.shows);
    dirty = true;
    return told;
  };

  const work = async () => {
    if (running) return;
    running = true;
    while (queue.size > 0 && !waits) {
      const [id, question] = queue.entries().next().value;
      queue.delete(id);
      sending = save(question);
      const told = await sending;
      sending = null;
      if (told?.clash) {
        // Both versions are shown by the service: the form is sent as it is, and comes back with the choice.
        if (!waits) form.requestSubmit();
        break;
      }
      if (!told) {
        // The form that waits carries the answer itself.
        if (waits) break;
        setTimeout(() => {
          queue.set(id, question);
          work();
        }, 5000);
        break;
      }
    }
    running = false;
    if (dirty && queue.size === 0) {
      dirty = false;
      await amount();
    }
  };

  form.addEventListener("change", (event) => {
    const question = event.target.closest(".question");
    if (!question) return;
    if (event.target.type === "file") {
      const file = event.target.files[0];
      if (file && file.size > Number(event.target.dataset.most)) {
        event.target.value = "";
        errorOf(question, [event.target.dataset.tooLarge]);
      } else {
        errorOf(question, []);
      }
      return;
    }
    queue.set(question.dataset.question, question);
    work();
  });
  // While somebody writes, the words are kept here until they are saved.
  form.addEventListener("input", (event) => {
    const question = event.target.closest(".question");
    if (question && event.target.type !== "file") keep(question);
  });
  form.addEventListener("submit", (event) => {
    // The form carries every answer. One that is still on its way gets there first, and its new version is what the form
    // names: otherwise a person would seem to have written over herself.
    queue.clear();
    if (!sending) {
      questions.forEach(forget);
      return;
    }
    event.preventDefault();
    if (waits) return;
    waits = true;
    const button = event.submitter;
    sending.finally(() => {
      sending = null;
      waits = false;
      form.requestSubmit(button);
    });
  });

  // What was kept when the log-in ended or the connection was lost comes back.
  for (const question of questions) {
    const kept = sessionStorage.getItem(keyOf(question));
    if (!kept || kept === typed(question).toString()) {
      forget(question);
      continue;
    }
    const values = new URLSearchParams(kept);
    for (const box of boxes(question)) {
      // The version she saw comes back too: what somebody else wrote meanwhile is not written over.
      if (box.type === "hidden" && !box.name.startsWith("v.")) continue;
      if (["checkbox", "radio"].includes(box.type)) box.checked = values.getAll(box.name).includes(box.value);
      else if (values.has(box.name)) box.value = values.get(box.name);
    }
    status.textContent = form.dataset.kept;
  }
}
