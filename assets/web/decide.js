// The sum and the number follow the ticks. Without this script the service sums when the form is sent.
const form = document.getElementById("bunt");
const sum = document.getElementById("bunt-summa");
const number = document.getElementById("bunt-antal");
if (form && sum && number) {
  // As the service writes amounts: narrow spaces in the number, no decimals when whole, else two.
  const write = (ore) => {
    const decimals = ore % 100 === 0 ? 0 : 2;
    const text = new Intl.NumberFormat("sv-SE", { minimumFractionDigits: decimals, maximumFractionDigits: decimals }).format(ore / 100);
    return `${text.replace(/\s/g, "\u202f")}\u00a0kr`;
  };
  form.addEventListener("change", () => {
    const ticked = [...form.querySelectorAll("input[name=arende]:checked")];
    const total = ticked.reduce((all, tick) => all + Number(tick.dataset.ore), 0);
    sum.textContent = write(total);
    const left = document.getElementById("bunt-kvar");
    if (left) {
      const rest = Number(left.dataset.ore) - total;
      document.getElementById("bunt-ur-budget").textContent = write(total);
      left.textContent = write(rest).replace("-", "\u2212");
      document.getElementById("bunt-over").hidden = rest >= 0;
    }
    const words = ticked.length === 1 ? number.dataset.one : number.dataset.many;
    number.textContent = words.replace(/^\d+/, String(ticked.length));
  });
}
