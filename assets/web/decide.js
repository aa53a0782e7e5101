// The sum and the number follow the ticks. Without this script the service sums when the form is sent.
const form = document.getElementById("bunt");
const sum = document.getElementById("bunt-summa");
const number = document.getElementById("bunt-antal");
if (form && sum && number) {
  const kronor = new Intl.NumberFormat("sv-SE", { maximumFractionDigits: 2 });
  const word = number.textContent.replace(/^\S+/, "");
  form.addEventListener("change", () => {
    const ticked = [...form.querySelectorAll("input[name=arende]:checked")];
    const ore = ticked.reduce((all, tick) => all + Number(tick.dataset.ore), 0);
    sum.textContent = `${kronor.format(ore / 100).replace(/\s/g, "\u202f")}\u00a0kr`;
    number.textContent = `${ticked.length}${ticked.length === 1 ? number.dataset.one ?? word : number.dataset.many ?? word}`;
  });
}
