# Föreningens egna sidor: ansökan, Mina sidor och ärendet som föreningen ser det.

my-title = Mina sidor
my-todo = Att göra
my-nothing-todo = Inget väntar på er just nu. Här visas ansökningar att göra klart och frågor från kommunen.
my-open = Det här kan ni söka nu
my-nothing-open = Inget bidrag är öppet för ansökan just nu. På sidan Bidrag står när nästa öppnar.
my-cases = Era ärenden
my-no-cases = Ni har inga ärenden än. När ni har lämnat in en ansökan följer ni den här.
todo-supplement = Komplettera ansökan
todo-view = Yttra er innan beslut
todo-cosign = Skriv under ansökan
todo-cosign-others = Väntar på underskrift av { $names }
todo-waits-others = Väntar på någon annan
one-of-names = { $first } eller { $last }
todo-waits = Väntar på er
todo-renew = Förnya godkännandet: { $approval }
renew-ends = Ert godkännande gäller till och med { $day }
renew-ended = Ert godkännande gällde till och med { $day }
renew-soon = Går snart ut
renew-over = Har gått ut

stands-withdrawn = Återkallad
stands-unsigned = Inkommen, väntar på underskrift
stands-supplement = Väntar på er komplettering
stands-view = Väntar på ert yttrande
stands-checked = Inkommen, uppgifterna kontrolleras
stands-officer = En handläggare granskar
stands-close = Inkommen, räknas slutligt när ansökningstiden är slut
stands-time = Väntar på nästa steg
stands-decision = Klar för beslut
stands-done = Avslutad

state-cannot-start = Kan inte påbörjas än
state-not-started = Inte påbörjad
state-in-progress = Pågår
state-done = Klar
state-not-needed = Behövs inte
state-change-requested = Ändring begärd
state-changed = Ändrad

draft-application = Ansökan om { $grant }
draft-replacement = Ny version av ansökan om { $grant }
draft-supplement = Komplettering av ansökan om { $grant }
draft-progress = { $done } av { $all } delar är klara
draft-last-day-extended = Sista ansökningsdag { $day }, förlängd för er
draft-last-day = Sista ansökningsdag { $day }
draft-prefilled = Vi har fyllt i det som går att ta från er ansökan för { $period }. Gå igenom varje del och kontrollera att det stämmer.
draft-throw = Kasta utkastet
draft-throw-text = Allt som är ifyllt försvinner. Det går inte att ångra.
draft-throw-button = Kasta utkastet
draft-together = Fyll i tillsammans
draft-together-text = Flera i föreningen kan fylla i samtidigt. Allt sparas hela tiden, och ni kan fortsätta en annan dag. Kommunen ser inget förrän ansökan är inlämnad.

task-check = Kontrollera och skriv under
task-send = Skicka kompletteringen
task-waits = Beror på ert svar på frågan ”{ $question }”.

section-save = Spara och fortsätt
section-save-back = Spara och gå tillbaka till svaren
section-save-list = Spara och gå till listan
section-saved = Sparat { $at }
section-aside = Belopp och delar
section-tasks = Delar
section-to-list = Till ansökans alla delar
section-reads-only = Du får läsa ansökan men inte ändra den. Be en firmatecknare att ge dig rätt att fylla i.
section-requested = Det här efterfrågas
save-lost = Det gick inte att spara just nu. Det du skrev är kvar här och sparas när förbindelsen är tillbaka.
save-logged-out = Du är utloggad. Det du skrev är kvar på den här sidan. Logga in i en annan flik och fortsätt här.
save-kept = Vi har lagt tillbaka det du skrev innan du blev utloggad. Kontrollera och spara.

origin-earlier = Från er ansökan för { $period }. Kontrollera att det fortfarande stämmer.
origin-register = Från föreningsregistret. Kontrollera att det stämmer.

clash-who = { $who } ändrade svaret { $at }:
clash-choose = Två personer har svarat olika. Välj vilket svar som ska gälla.
clash-empty = (tomt)
clash-yours = Ditt eget svar står kvar här under. Spara för att använda det i stället.
clash-use = Använd det svaret

answer-yes = Ja
answer-no = Nej
answer-affirmed = Intygat
answer-file = Bifogad fil
answer-on-file = redan inlämnad
answer-later = Skickas senare
answer-members = { $count } medlemmar
answer-costs = Summa kostnader: { $amount }
answer-incomes = Summa intäkter: { $amount }

attendance-affirm = Vi har kontrollerat närvaron och den stämmer
attendance-affirm-again = Närvaron har ändrats sedan ni kontrollerade den. Titta igenom den och kryssa i igen.
attendance-look = Se och kontrollera närvaron
attendance-write-in = Läs in eller skriv in närvaron
figure-none = Räknas ut när ni har svarat
choose = Välj
account-bankgiro = Bankgiro
account-plusgiro = Plusgiro
account-bank = Bankkonto
account-use-registered = Använd kontot i föreningsregistret: { $account }
account-not-usable = I föreningsregistret står { $account }, men bidraget kan bara betalas till { $kinds }. Skriv ett sådant här.
account-see-registered = Se kontot i registret
account-number = Nummer
range-from = Första dagen
range-to = Sista dagen
address-street = Gata och nummer
address-postcode = Postnummer
address-town = Ort

file-chosen = Uppladdad
file-choose = Välj fil
file-change = Byt fil
file-upload = Ladda upp
file-keep = Använd { $name }
file-on-file = Använd { $name }, som ni lämnade in { $day }
file-later = Vi skickar den senare
file-remove = Ta bort filen
file-new = Vi laddar upp en fil
file-limit = { $kinds }. Högst { $megabytes } MB.
file-too-large = Filen är för stor. Spara den med lägre upplösning och välj den igen.
file-pdf = PDF
file-image = bild (PNG eller JPEG)
file-document = textdokument (DOCX eller ODT)
file-sheet = kalkylark (XLSX, ODS eller CSV)

rows-row = rad { $no }
rows-add = Lägg till fler rader
rows-remove = Ta bort rad { $no }
rows-sum = Summa:
budget-costs = Kostnader
budget-incomes = Intäkter
budget-add-cost = Lägg till fler kostnader
budget-add-income = Lägg till fler intäkter
budget-text = Vad
budget-amount = Belopp
members-year = Födelseår
members-sex = Kön
members-female = Flickor och kvinnor
members-male = Pojkar och män
members-count = Antal
members-resident = Bor i kommunen

not-sent-title = De här svaren skickas inte
not-sent-text = Andra svar gör att frågorna inte behövs. Svaren finns kvar i utkastet om ni ändrar er.

before-title = Sök { $grant }
before-know = Bra att veta
before-last-day = Sista ansökningsdag
before-parts = Ansökan
before-parts-count = { $count ->
    [one] { $count } del att fylla i
   *[other] { $count } delar att fylla i
}
before-signs = Underskrift
before-signs-role = Den som får fylla i för föreningen kan också skicka in.
before-signs-one = En firmatecknare skriver under.
before-signs-rule = Skrivs under så som er firmateckning säger. Den första underskriften räcker för att komma in i tid.
before-attendance = Närvaro
before-attendance-text = Periodens närvaro behövs. Ladda upp den före eller under ansökan.
before-pays = Utbetalning
before-needed = Ha det här till hands
before-later = Kan skickas senare
before-depends = Bara med vissa svar
before-refused = Ni kan inte få det här bidraget som det ser ut nu
before-refused-what = När kravet är uppfyllt kan ni börja ansökan här. Stämmer inte uppgiften? Rätta den under Föreningen eller ring föreningsservice.
before-others = Det här kan ni söka i stället
before-no-others = Inget annat bidrag är öppet för er just nu.
before-judged = Det här har vi kunnat kontrollera
before-opens = Ansökan öppnar { $day }.
before-late = Sista ansökningsdag var { $day }. Ansökan tas emot men räknas som för sent inkommen, och beloppet kan bli lägre.
before-draft = Utkastet påbörjades { $day } och ändrades senast { $touched }.
before-draft-title = Ni har redan ett utkast
before-go-on = Fortsätt på utkastet
before-anew = Börja om
before-anew-text = Börjar ni om försvinner det som är ifyllt i utkastet.
before-case = Ansökan har diarienummer { $number }.
before-case-title = Ni har redan lämnat in en ansökan
before-case-open = Se ärendet
before-begin = Börja ansökan

pays-at-once = Cirka två veckor efter beslut
pays-after-force = När beslutet har fått laga kraft
pays-manual = Enligt beslutet

check-title = Kontrollera svaren
check-lead = Läs igenom svaren innan någon skriver under. Ni kan ändra vart och ett av dem.
check-missing = Det här saknas
check-no-answer = Inget svar
check-change = Ändra
check-go-on = Fortsätt till underskrift

sign-title = Skriv under och lämna in
sign-not-ready = Allt är inte ifyllt än
sign-to-check = Se vad som saknas
sign-may-not = Du kan inte skriva under
sign-who-may = Ansökan skrivs under av en firmatecknare för föreningen. Utkastet är sparat: be någon av dem att logga in och skriva under.
sign-declaration = Försäkran
sign-true = Uppgifterna är riktiga och fullständiga.
sign-control = Föreningen kan visa underlag vid kontroll och betalar tillbaka det som betalats ut på felaktiga uppgifter.
sign-public = Ansökan blir en allmän handling när den kommer in.
sign-replaces = Den här versionen ersätter den ni lämnade in tidigare. Båda finns kvar i diariet.
sign-rule-role = Du skriver under för föreningen.
sign-rule-one = En firmatecknare skriver under. Du är firmatecknare.
sign-rule-both = Om er firmateckning kräver två skriver nästa person under inom { $days } dagar. Ansökan är inkommen redan med din underskrift.
sign-tick = Jag, { $name }, försäkrar detta för föreningen
sign-tick-missing = Kryssa i försäkran för att lämna in ansökan.
sign-button = Skriv under och lämna in
sign-back = Tillbaka till svaren
sign-received = Ansökan är inkommen i samma stund som ni lämnar in den.

receipt-page-title = Kvittens
receipt-state = Inkommen
receipt-heading = Ansökan är inlämnad
receipt-page-number = Diarienummer
receipt-received = Inkom
receipt-decision = Beslut
receipt-next = Det här händer nu
receipt-unsigned = En underskrift till behövs
receipt-to-case = Följ ärendet
receipt-to-my = Till Mina sidor
receipt-print = Sidan går att skriva ut. Kvittensen finns kvar under ärendet, och ett mejl har skickats till föreningens kontaktpersoner.
expected-after-close = Beloppet räknas slutligt efter sista ansökningsdag, { $day }. Sedan fattas beslut.
expected-by = Beslut väntas senast { $day }.
expected-soon = Beslut fattas så snart ärendet är färdighandlagt.
next-cosign = Den andra firmatecknaren loggar in och skriver under.
next-check = Vi kontrollerar uppgifterna. Saknas något hör vi av oss.
next-replace = Fram till { $day } kan ni ändra genom att lämna in en ny version.
next-decision = När beslutet är fattat får ni ett mejl om att det finns att läsa här.

receipt-thrown = Utkastet är kastat
receipt-thrown-text = Ni kan börja på en ny ansökan när ni vill.
receipt-supplemented = Svaret är skickat
receipt-supplemented-text = Det är inkommet och handläggaren ser det nu.
receipt-cosign-reminded = Påminnelsen är skickad
receipt-cosign-reminded-text = Den gick till föreningens kontaktpersoner. Ni kan påminna igen i morgon.
receipt-cosign-off = Begäran om underskrift är tillbakatagen
receipt-cosign-off-text = Ansökan är fortfarande inkommen. En handläggare hör av sig om underskriften som saknas.
receipt-cosigned = Ansökan är underskriven
receipt-cosigned-text = Nu är underskrifterna kompletta.
receipt-withdrawn = Ansökan är återkallad
receipt-withdrawn-text = Ärendet avslutas av en handläggare.

ask-supplement = Ansökan behöver kompletteras
ask-supplement-open = Öppna kompletteringen
ask-by = Svara senast { $day }
ask-view = Yttra er innan beslut
ask-view-text = Det har kommit in något nytt som kan påverka beslutet. Läs underrättelsen bland handlingarna. Ni kan svara här, men ni måste inte.
ask-view-label = Ert svar
ask-view-send = Skicka svaret

send-title = Skicka kompletteringen
send-changes = Det här har ni ändrat
send-no-changes = Ni har inte ändrat något svar. Ni kan svara med text här under.
send-text = Meddelande till handläggaren
send-button = Skicka kompletteringen
change-before = Före
change-after = Nu

cosign-title = Andra underskriften
cosign-open = Läs och skriv under
cosign-needed = Ansökan behöver skrivas under av en firmatecknare till: { $names }.
cosign-by = Skriv under senast { $day }.
cosign-waits-until = Det ska ske senast { $day }.
cosign-also = Ett mejl har gått till föreningens kontaktpersoner. Ni kan påminna dem en gång om dagen. Tar ni tillbaka begäran är ansökan fortfarande inkommen, och en handläggare hör av sig om underskriften som saknas.
cosign-remind = Påminn med ett mejl
cosign-call-off = Ta tillbaka begäran om underskrift
cosign-look = Se vad som ska skrivas under
cosign-first = Underskriven av { $name }
cosign-signed = Underskriven av { $name }
cosign-ended = Tiden för underskrift har gått ut eller så är den inte längre aktuell.
cosign-changes = Ändrat sedan den första underskriften
cosign-no-changes = Inget svar är ändrat sedan den första underskriften.
cosign-attendance = Beloppet räknas på den närvaro som finns nu. Den kan ha ändrats sedan den första underskriften.
cosign-see-attendance = Se närvaron
cosign-tick = Jag försäkrar detta för föreningen
cosign-button = Skriv under

outcome-granted = Beviljad
outcome-partly = Delvis beviljad
outcome-refused = Avslag
outcome-not-tried = Avvisad
outcome-closed = Avskriven

amount-preliminary = Preliminärt bidrag
amount-preliminary-note = Beloppet är preliminärt tills beslutet är fattat.
amount-preliminary-close = Beloppet är preliminärt. Det räknas slutligt när ansökningstiden är slut och närvaron har kontrollerats.
amount-none = Beloppet räknas fram när vi har gått igenom ansökan.
amount-decided = Beslutat bidrag
amount-decided-note = Beslutet skickades { $day }.
explain-decided = Beslutet finns att läsa här.
explain-withdrawn = Ni har återkallat ansökan. En handläggare avslutar ärendet.

case-letter = Beslutsbrev
letter-pdf = Hämta som PDF
case-promised = Det här har ni lovat skicka
case-promised-text = Skicka det så snart ni har det. Ärendet ligger kvar där det är, och ni behöver inte skriva under igen.
case-promised-send = Skicka det nu
case-not-met = Krav som inte är uppfyllda
case-happened = Det här har hänt
case-my-documents = Handlingar
case-my-no-documents = Handlingarna visas här när ansökan är registrerad.
case-my-account = Från närvaro till bidrag
case-my-facts = Ärendet
case-change = Ändra eller återkalla
case-replace = Ändra och lämna in på nytt
case-replace-until = Fram till { $day } kan ni ändra svaren och lämna in en ny version. Den nya ersätter den gamla; båda finns kvar i diariet.
case-withdraw = Återkalla ansökan
case-withdraw-text = Kommunen avslutar ärendet utan att pröva det.
case-withdraw-why = Varför
case-withdraw-button = Återkalla ansökan
document-in = Från er
document-out = Till er
document-internal = Upprättad här

event-received = Ansökan kom in, underskriven av { $who }.
event-replaced = En ny version kom in, underskriven av { $who }.
event-cosign-asked = En andra underskrift behövs, senast { $day }.
event-cosigned = { $who } skrev också under.
event-cosign-reminded = Föreningen påminde om den andra underskriften.
event-cosign-off = Föreningen tog tillbaka begäran om en andra underskrift. En handläggare tar det vidare.
event-cosign-missing = Den andra underskriften kom inte i tid. En handläggare tar det vidare.
event-withdrawn = Ansökan återkallades.
event-registered = Ansökan registrerades med diarienummer { $number }.
event-calculated = Beloppet räknades fram preliminärt: { $amount }.
event-supplement-requested = Kommunen bad om en komplettering, senast { $day }.
event-supplement-received = Er komplettering kom in.
event-promised-received = Det ni hade lovat kom in: { $what }.
event-view-received = Ert yttrande kom in.
event-decision = Beslutet skickades.
event-appeal-entered = Ett överklagande kom in den { $day }.
event-paid = Utbetalningen skickades till banken.
event-booked = Banken har betalat ut { $amount }.
no-attendance-title = Ingen närvaro har kommit in
no-attendance-text = Utan närvaro blir bidraget 0 kr.
no-attendance-send = Skicka in närvaron

paper-title = Ansökningar på papper
paper-lead = Den som inte kan söka här får söka på papper. Skriv in svaren i samma formulär och bifoga den inskannade ansökan. Den räknas från den dag den kom in.
paper-none = Ingen omgång har öppnat än.
paper-round = { $period }, sista dag { $day }
paper-begin = Skriv in
paper-go-on = Fortsätt
paper-begun = Påbörjad
paper-not-begun = Inte påbörjad
paper-receive-title = Ta emot ansökan på papper
paper-receive-lead = Det sista som behövs: vem som skrev under, när den kom in och själva pappret.
paper-signed = Vem har skrivit under?
paper-signed-hint = Som det står på pappret. Är det flera, skriv alla namnen.
paper-came = När kom ansökan in?
paper-came-hint = Dagen på ankomststämpeln.
paper-scan = Inskannad ansökan
paper-scan-hint = PDF eller bild, högst 20 MB. Den diarieförs tillsammans med det du har skrivit in.
paper-receive = Ta emot ansökan
paper-answers-wrong = Något svar behöver rättas. Granska svaren.
paper-way = Skriv in en ansökan på papper
task-paper = Ta emot pappret
receipt-paper-application = Ansökan är mottagen
receipt-paper-application-text = Den har fått sitt diarienummer. Föreningens kontaktpersoner får ett kvitto.
live-questions = { $count ->
    [one] En fråga om en krock väntar på ert svar. Till dess räknas markeringen kanske inte.
   *[other] { $number } frågor om krockar väntar på ert svar. Till dess räknas markeringarna kanske inte.
}
live-answer = Svara på dem
receipt-not-sent = Ansökan skickades inte
receipt-not-sent-text = Något har ändrats sedan ni granskade svaren, till exempel närvaron. Se vad som saknas här nedanför och skriv under igen.
case-receipt = Visa kvittensen
todo-questions = { $count ->
    [one] Svara på en fråga om en krock
   *[other] Svara på { $number } frågor om krockar
}
todo-questions-over = Närvaro { $period } · svarstiden gick ut { $day }, men ni kan svara tills perioden stänger
todo-questions-detail = Närvaro { $period } · svara senast { $day }
