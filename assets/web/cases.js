// The list is walked by the arrows while it has the focus, and nowhere else: no letter does anything by surprise.
const list = document.querySelector("[data-walk]");
if (list) {
  const links = [...list.querySelectorAll("tbody th a")];
  const go = (to) => links[Math.min(Math.max(to, 0), links.length - 1)]?.focus();
  list.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || links.length === 0) return;
    const row = document.activeElement.closest("tr");
    const at = row ? links.findIndex((link) => row.contains(link)) : -1;
    switch (event.key) {
      case "ArrowDown":
        go(at + 1);
        break;
      case "ArrowUp":
        go(at < 0 ? 0 : at - 1);
        break;
      case "Home":
        go(0);
        break;
      case "End":
        go(links.length - 1);
        break;
      case "x":
        row?.querySelector("input[type=checkbox]")?.click();
        break;
      case "?":
        location.assign(list.dataset.walk);
        break;
      default:
        return;
    }
    event.preventDefault();
  });
}
