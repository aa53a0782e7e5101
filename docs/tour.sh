#!/usr/bin/env bash
# A tour of the main job: four associations send their attendance of the first half of 2026 and apply for the
# activity grant; the period is closed, the cases are decided, the payments attested and paid, and everything is
# checked and calculated again. Every command is shown before it runs.
#
#   docs/tour.sh
#
# Settings, all optional:
#   BIFALL            the program (default: cargo run -q --)
#   BIFALL_DATABASE   postgres://… of an empty database (default: a SQLite file in the tour's folder)
#   BIFALL_DATA       the instance's folder (default: data in the tour's folder)
#   TOUR_DIR          the tour's folder (default: a new temporary folder); it stays when the tour is over
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
samples=$here/tests/fixtures/attendance
tour=${TOUR_DIR:-$(mktemp -d -t bifall-tour.XXXXXX)}
export BIFALL_DATA=${BIFALL_DATA:-$tour/data}
read -ra program <<<"${BIFALL:-cargo run -q --manifest-path $here/Cargo.toml --}"
mkdir -p "$tour/files"

say() {
  printf '\n# %s\n' "$1"
}

# bifall ARGUMENTS...: shows the command, then runs it.
bifall() {
  printf '$ bifall'
  printf ' %q' "$@"
  printf '\n'
  "${program[@]}" "$@"
}

# The day each part happens. Applications are open from 1 July to 25 August 2026.
apply='2026-08-20 10:00'
close='2026-08-26 08:00'
decide='2026-08-26 09:00'
send='2026-08-26 10:00' # decisions can be undone for half an hour
pay='2026-08-27 09:00'

say "An instance, with the grant types that come with Bifall"
bifall init

say "The staff: who decides, who attests (two others) and who administers"
bifall staff add Anna --role officer,delegate:200000 --reference 'punkt 4.2' --from 2020-01-01
bifall staff add Bo --role reviewer:1000000 --from 2020-01-01
bifall staff add Cilla --role attester:1000000 --from 2020-01-01
bifall staff add Dag --role administrator --from 2020-01-01

say "Four associations"
numbers=(802999-9904 802999-9912 802999-9920 802999-9938)
names=('Ängsholmens Scoutkår' 'Stora Scoutkåren' 'Ängsholmens IF' 'Nattidrottarna')
accounts=(5012-3454 5012-3462 5012-3470 5012-3488)
sources=(dak22_skojjt-v1_small.xml dak22_skojjt-v1_large.xml.gz dak22_all-features.xml dak21_midnight.xml)
for at in 0 1 2 3; do
  bifall organisation add "${numbers[at]}" --name "${names[at]}" --external-id "471$((at + 1))" \
    --account "${accounts[at]}" --contact "kassor-$at@forening.example" --since 2000-01-01 \
    --approved-from 2026-01-01 --approved-to 2027-06-30 --today "$apply"
done

say "Their attendance files. The samples are all one association's (802999-9904, 4711 to its attendance system);
# here each of the four gets a copy with ids of its own"
for at in 0 1 2 3; do
  file=$tour/files/${numbers[at]}.xml
  gzip -cdf "$samples/${sources[at]}" |
    sed -e "s/organisationsnummer=\"802999-9904\"/organisationsnummer=\"${numbers[at]}\"/" \
      -e "s/foereningsID=\"4711\"/foereningsID=\"471$((at + 1))\"/" >"$file"
  bifall import --organisation "${numbers[at]}" "$file" --today "$apply"
done

say "Their applications"
for at in 0 1 2 3; do
  cat >"$tour/files/${numbers[at]}.toml" <<ANSWERS
narvaro_stammer = true
ny_lokal = false
kontonummer = "${accounts[at]}"
intygar = true
ANSWERS
  bifall submit --organisation "${numbers[at]}" --grant aktivitetsstod --period 2026-H1 \
    --answers "$tour/files/${numbers[at]}.toml" --signed-by 'Eva Ek' --key "tour-$at" --today "$apply"
done

say "The service does its part: registers, looks up, calculates so far"
bifall worker --once --today "$apply"

say "Whoever was drawn in the random sample is looked at by Anna"
bifall handle --as Anna --all --comment 'Granskat' --today "$apply"
bifall worker --once --today "$apply"
bifall cases

say "The day after the last application day: the period is locked and calculated for good"
bifall close-period --grant aktivitetsstod --period 2026-H1 --as Dag --today "$close"
bifall worker --once --today "$close"

say "Anna decides, and half an hour later the decisions are sent"
bifall decide --as Anna --all-ready --grant aktivitetsstod --period 2026-H1 --today "$decide"
bifall worker --once --today "$send"

say "Two others attest, and the files for bank and ledger are written"
bifall attest --as Bo --kind review --all --today "$pay"
bifall attest --as Cilla --kind payment --all --today "$pay"
bifall payout --as Cilla --channel bank --on 2026-09-04 --out "$tour/payments" --today "$pay"

say "Is everything whole, and does every decision come out the same again?"
bifall verify
bifall replay --all
bifall cases

say "Done. The tour's folder is $tour"
