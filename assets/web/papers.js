// While a meeting's papers are made, their box follows. Without this script a link loads the page again.
const look = async () => {
  const box = document.querySelector("[data-working]");
  if (!box) return;
  try {
    const answer = await fetch(location.pathname, { headers: { accept: "text/html" } });
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const fresh = page.getElementById(box.id);
      if (fresh) box.replaceWith(document.adoptNode(fresh));
    }
  } catch {
    // What is shown stays until the next look.
  }
  setTimeout(look, 1500);
};
setTimeout(look, 1500);
