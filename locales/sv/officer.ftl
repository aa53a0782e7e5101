# Handling: the queue, the case, batch decision.

cases-filter = Sök bland ärenden
cases-query = Diarienummer, förening, organisationsnummer eller ord
cases-grant = Bidrag
cases-todo = Att göra
cases-search = Sök
cases-all = Visa alla ärenden
cases-none-found = Inga ärenden stämmer med sökningen
cases-none-found-text = Pröva färre ord, eller välj alla bidrag.
cases-case = Ärende
cases-applicant = Sökande
cases-state = Läge
cases-amount = Belopp
cases-due = Handläggs senast
cases-late = Dagen har passerat
cases-found = Antal ärenden: { $count }
case-number = dnr { $number }
case-no-amount = Beloppet är inte framräknat ännu.
case-checks = Kontroller
case-no-checks = Ansökan är inte kontrollerad ännu.
case-account = Från närvaro till bidragsgrundande tillfällen
case-rows = Så har vi räknat
case-no-rows = Bidraget är inte framräknat ännu.
case-version = Regelversion { $version }
case-calculated = Räknat { $at }.
case-version-hash = Reglernas kontrollsumma
case-input-hash = Underlagets kontrollsumma
case-hashes = Visa kontrollsummor
case-compare = Räkna om och jämför
case-trace = Visa varje steg
case-difference-line = Rad
case-difference-before = Sparat
case-difference-after = Omräknat
case-clashes = Krockar i närvaron
case-clashes-text = Samma person är registrerad i två föreningar vid samma tid. Varje förening ser bara sina egna uppgifter.
case-clash-when = När
case-clash-activity = Aktivitet
case-clash-marks = Markeringar
case-clash-state = Läge
case-documents = Handlingar
case-no-documents = Inga handlingar är registrerade.
case-document-number = Nr
case-document-date = Datum
case-document-title = Handling
case-document-direction = Riktning
case-next = Nästa steg
case-tasks = Uppgifter
case-task-comment = Kommentar
case-task-reason-back = Skäl, om du skickar tillbaka
case-task-reason-back-hint = Föreningen får läsa det.
case-task-done = Spara uppgiften
case-task-way = Spara och gå vidare till: { $to }
case-facts = Ärendet
case-org = Organisationsnr
case-received = Inkom
case-officer = Handläggare
case-nobody = Ingen ännu
case-due = Handläggs senast
case-events = Händelser
case-no-events = Inget har hänt ännu.
decide-round = Bidrag och period
decide-show = Visa
decide-none = Inga ärenden är klara för beslut
decide-none-text = Ett ärende kommer hit när perioden är stängd, beloppet är slutligt och inget återstår att kontrollera.
decide-to-cases = Till alla ärenden
decide-ready = Ärenden som kan beslutas
decide-include = Ta med
decide-include-one = Ta med { $name }
decide-applicant = Sökande
decide-outcome = Beslut
decide-amount = Belopp
decide-change = Mot förra gången
decide-check = Kontroll
decide-total = Valda:
decide-count = { $count ->
    [one] { $count } ärende
   *[other] { $count } ärenden
}
decide-excluded = { $count ->
    [one] { $count } ärende tas inte med
   *[other] { $count } ärenden tas inte med
}
decide-reason = Varför
decide-budget-decided = Beslutat tidigare
decide-budget-batch = Det här beslutet
decide-budget-left = Kvar
decide-budget-title = Årets budget { $year }
decide-budget-words = Årets budget { $amount }. Beslutat tidigare { $used }, det här beslutet { $chosen }, kvar { $left }.
decide-budget-over = De valda ärendena kostar mer än vad som är kvar av årets budget. Besluten stoppas när pengarna är slut.
decide-heading = Besluta
decide-conflicts = { $count ->
    [one] Ett ärende visas inte för dig eftersom du är anmäld som jävig.
   *[other] { $count } ärenden visas inte för dig eftersom du är anmäld som jävig.
}
decide-not-you = Du har inte delegation att besluta i de här ärendena. En delegat eller nämnden beslutar.
decide-confirm = Jag har gått igenom de valda ärendena och beslutar i vart och ett av dem.
decide-button = Besluta i valda ärenden
decide-undo = Besluten skickas om { $time }. Till dess kan du ta tillbaka dem.
trace-none = Det finns inga sparade steg för den här beräkningen.
trace-line = Rad
trace-rule = Regel
trace-outcome = Resultat
trace-paragraph = Paragraf
cases-title = Mina ärenden
cases-summary = { $todo } av { $open } öppna ärenden behöver handläggas. Klara för beslut: { $ready }, varav utan anmärkning: { $clean }.
cases-batch = Granska och besluta ({ $number })
cases-all-grants = Alla bidrag
cases-period = Period
cases-all-periods = Alla perioder
cases-todo-all = Allt att göra
cases-todo-decide = Klart för beslut
cases-todo-applicant = Väntar på föreningen
cases-todo-time = Väntar på tjänsten eller en dag
cases-todo-decided = Beslutat, går att ångra
cases-todo-away = Undanlagt
cases-todo-closed = Avslutat
cases-todo-everything = Alla ärenden
cases-officer = Handläggare
cases-mine-or-free = Mina och de som ingen har
cases-mine = Bara mina
cases-free = De som ingen har
cases-everybodys = Allas
cases-overdue = Bara försenade
cases-more-limits = Fler urval
cases-reset = Rensa
cases-views = Sparade vyer
cases-save-view = Spara vyn
cases-view-name = Vad ska vyn heta?
cases-view-save = Spara
cases-forget-view = Ta bort { $name }
cases-none-to-do = Inget att göra just nu
cases-none-to-do-text = Här visas ärenden som behöver dig. Resten väntar på någon annan, på en dag eller på beslut.
cases-first-page = Till första sidan
cases-periods = Perioder
cases-unread = { $count ->
    [one] Ett obesvarat meddelande från föreningen
   *[other] { $number } obesvarade meddelanden från föreningen
}
cases-away = Undanlagt till { $date }
days = { $count ->
    [one] 1 dag
   *[other] { $number } dagar
}

waits-service = Tjänsten arbetar med ärendet
waits-failed = Ett steg har misslyckats och försöks igen
waits-officer = Väntar på handläggare
waits-decision = Klart för beslut
waits-decided = Beslutat
waits-dispatch = Beslutat, brevet skickas när tiden för att ångra har gått ut
waits-applicant = Väntar på svar från föreningen
waits-close = Räknas slutligt när perioden stänger
waits-time = Väntar på att en tid ska gå ut
waits-nothing = Avslutat

receipt-view-saved = Vyn är sparad
receipt-view-saved-text = Den finns ovanför listan nästa gång du kommer.
receipt-view-forgotten = Vyn är borttagen
receipt-view-forgotten-text = Ärendena finns kvar.
receipt-away = Ärendet är undanlagt
receipt-away-text = Det kommer tillbaka den dagen, eller tidigare om något händer i det.
receipt-back = Ärendet är framme igen
receipt-back-text = Det finns bland det du har att göra.

decide-title = Besluta flera ärenden
decide-title-round = Besluta flera ärenden: { $grant } { $period }
decide-all-rounds = Alla omgångar
decide-cases = { $count ->
    [one] 1 ärende
   *[other] { $number } ärenden
}
decide-mandate = { $cases }, { $sum }. Du beslutar enligt { $point } i delegationsordningen. Varje ärende får sitt eget beslut.
decide-mandate-limit = { $cases }, { $sum }. Du beslutar enligt { $point } i delegationsordningen, högst { $limit } per ärende. Varje ärende får sitt eget beslut.
decide-only-read = Du kan läsa, men har ingen delegation att besluta.
decide-choose-some = Välj minst ett ärende att besluta.
decide-confirm-missing = Bekräfta att du har gått igenom raderna.
decide-marks = Tillfällen
decide-check-none = Utan anmärkning
decide-check-failed = Krav inte uppfyllt
decide-check-remark = Granskad anmärkning
decide-check-changed = Ändrat
decide-left-out = De här ärendena togs inte med
decide-left-changed = har ändrats sedan sidan visades och behöver granskas igen
decide-left-moved = är nu ”{ $state }”
decide-changed = Ärendet ändrades medan du granskade och togs inte med. Granska det igen.
decide-taken-back = Beslut som ännu kan tas tillbaka
minutes = { $count ->
    [one] 1 minut
   *[other] { $number } minuter
}
case-outcome-bifall = Bifall
case-outcome-delvis = Delvis bifall
case-outcome-avslag = Avslag
case-outcome-avvisning = Avvisning
case-outcome-avskrivning = Avskrivning
receipt-none-decided = Inget beslut fattades
receipt-none-decided-text = Ärendena hade redan beslutats eller ändrats när du skickade. De som står kvar här nedanför behöver granskas igen.
receipt-partly = Besluten är fattade, utom några
receipt-partly-text = Ärenden som hade ändrats medan du granskade togs inte med. De står kvar här nedanför.

compare-kept = Jämfört med beräkningen
compare-rules = regelversion ….
compare-disposed = Underlaget är gallrat
compare-same = Samma resultat
compare-differs = Resultatet skiljer sig
compare-total = Summa
compare-material = Underlaget har ändrats sedan dess.

case-amount-decided = Beslutat bidrag
case-amount-proposed = Förslag till bidrag
    .requisition = Den del som rekvireras
case-amount-preliminary = Preliminärt bidrag
case-decision-letter = Beslutsbrevet
case-payment-less = { $amount }. Skuld till kommunen är avdragen: { $debt }.
case-held = Spärrad
case-rules-decided = beslutad av { $body } { $date }
case-files = { $count ->
    [one] 1 inläst fil
   *[other] { $number } inlästa filer
}
case-source-locked = Periodens låsta närvaro, { $files }.
case-source-so-far = Närvaron hittills, { $files }.
case-answers = Svar mot register och föregående period
case-answers-reserved = Svaren innehåller skyddade personuppgifter. Be en kollega som har behörighet.
case-no-answers = Ansökan har inga frågor.
case-answer-question = Uppgift
case-answer-now = Ansökan
case-answer-register = Register
case-answer-before = Föregående
case-answer-differs = Ändrat
case-document-party = Från eller till
case-task-amount = Föreslaget belopp (kr)
case-about = { $number } · { $name } · { $grant } { $period }
case-ways = Mer i ärendet
case-way-decide = Granska och besluta
case-way-decide-note = Klart för beslut
case-way-messages = Meddelanden
case-way-messages-count = { $count ->
    [0] inga ännu
    [one] 1 meddelande
   *[other] { $number } meddelanden
}
case-way-unanswered = { $count ->
    [one] 1 obesvarat
   *[other] { $number } obesvarade
}
case-way-call = Anteckna samtal
case-way-notes = Interna anteckningar
case-way-notes-count = { $count ->
    [0] inga ännu
    [one] 1 anteckning
   *[other] { $number } anteckningar
}
case-way-hand-over = Lämna över ärendet
case-way-override = Ändra beloppet med motivering
case-way-longer = Ge anstånd
case-way-withdrawn = Ansökan tas tillbaka
case-way-print = Skriv ut ärendet
task-open = Att göra
task-done-by = Klar, { $who }
task-waits-applicant = Väntar på föreningens komplettering, begärd av { $who }
task-asked = Komplettering begärd, { $who }
task-void = Inaktuell
message-read = Läst { $when }
message-unread = Inte läst ännu
clash-until = Föreningen kan svara till och med { $date }.
clash-both = Båda säger att deras registrering stämmer.
clash-keeps = Föreningen säger att registreringen stämmer.
clash-withdraws = Föreningen har lämnat registreringen utanför.
clash-other = Den andra sidan har svarat.
clash-answered = Besvarad
clash-unanswered = Obesvarad
case-document-in = Inkommen
case-document-out = Utgående
case-document-internal = Upprättad
cut-behind = Visa markeringarna
cut-title = Markeringar som inte ger bidrag
cut-here = Markeringar
cut-lead = Varje markering som inte räknades i den senaste beräkningen, och regeln som avgjorde det. Namn och personnummer visas inte. En person har samma nummer på alla sidor.
cut-all = Alla som inte räknades
cut-none = Alla markeringar räknades. Det finns inget att förklara här.
cut-range = { $from }–{ $to } av { $of }
cut-person = Person { $number }
cut-born = född { $year }
cut-female = flicka eller kvinna
cut-male = pojke eller man
cut-hidden = uppgifter skyddas
cut-card = { $activity }, närvarokort { $card }
trace-title = Så räknades det, steg för steg
trace-here = Varje steg
trace-values = Värden som reglerna anger
trace-values-lead = De belopp och gränser som gällde för perioden.
trace-name = Namn i reglerna
trace-held = Värde
trace-since = Gäller från
trace-steps = Raderna i reglerna
trace-steps-lead = Varje rad som den är skriven, och vad den gav i det här ärendet.
trace-source = Regelversion { $version }, räknat { $at }. Underlagets kontrollsumma { $hash }.

messages-all = Alla meddelanden
messages-none = Ingen har skrivit i det här ärendet ännu.
messages-reserved = Meddelandena kan innehålla skyddade personuppgifter. Be en kollega som har behörighet.
messages-settle = Inget svar behövs
notes-lead = Arbetsmaterial för kollegor. Föreningen ser det inte, och det är ingen handling i diariet.
notes-all = Alla anteckningar
notes-none = Inga anteckningar ännu.
note-new = Ny anteckning
note-field = Anteckning
note-save = Spara anteckningen
call-lead = Det som sägs på telefon och har betydelse för ärendet antecknas. Anteckningen diarieförs, med ditt namn och tiden.
call-field = Vad sades, och av vem?
call-hint = En anteckning går inte att ändra. Blev något fel skriver du en ny.
call-save = Spara anteckningen
hand-over-lead = Välj vem som tar över och se vad som följer med. Inget händer förrän du lämnar över.
hand-over-along = Det här följer med
hand-over-whom = Vem tar över?
hand-over-choose = Välj kollega eller enhet
hand-over-to = Kollega eller enhet
hand-over-word = Några ord på vägen
hand-over-word-hint = Blir en intern anteckning i ärendet.
hand-over-alone = Ingen annan kan handlägga det här ärendet just nu.
override-lead = Ändringen blir en egen rad efter reglernas rader, med dina skäl. Inget i beräkningen skrivs över.
override-rows = Så är det räknat nu
override-change = Ny summa
override-amount = Ny summa (kr)
override-why = Skäl
override-why-hint = Skälen står i beslutet till föreningen.
override-button = Ändra beloppet
override-back = Gå tillbaka till reglernas summa
override-back-text = Ändringen tas tillbaka. Den finns kvar i historiken.
override-back-why = Varför tas den tillbaka?
override-back-button = Ta tillbaka ändringen
withdrawn-lead = Sökanden har sagt att ansökan tas tillbaka. Anteckna hur. Sedan avslutas ärendet genom ett beslut om avskrivning.
withdrawn-field = Hur och när togs ansökan tillbaka?
withdrawn-button = Registrera återkallelsen
longer-answer-lead = Föreningen får längre tid att svara på begäran om komplettering. De får veta det, och ärendet väntar till den nya dagen.
longer-apply-lead = Föreningen får en senare sista dag för det här bidraget och den här perioden. Ansökan räknas då som i rätt tid.
longer-now = Sista dag är nu { $date }.
longer-day = Ny sista dag
extensions-reason = Varför
extensions-button = Ge anstånd
act-only-read = Du kan läsa ärendet, men inte handlägga det.
act-not-now = Det går inte i ärendets läge just nu. På ärendets sida står vad som är på tur.
officer-moved-on = Ärendet ändrades medan du skrev. Läs igenom det som står nu och försök igen.
print-how = Skriv ut sidan, eller spara den som en fil, med webbläsarens utskrift.
print-made = Utskrivet av { $who } { $when }.
print-no-notes = Interna anteckningar är inte med.
print-with-notes = Ta med interna anteckningar
print-without-notes = Utan interna anteckningar
print-letter-reserved = Beslutet innehåller skyddade personuppgifter. Be en kollega som har behörighet.

act-undo = Ångra beslutet
act-undo-text = Det går till { $time }, innan brevet skickas.
act-undo-button = Ta tillbaka beslutet
act-undo-why = Varför tas det tillbaka?
act-close = Avskriv ärendet
act-close-text = Sökanden har tagit tillbaka ansökan. Du beslutar att ärendet avslutas utan prövning. Det går att ångra tills brevet skickas.
act-close-button = Avskriv ärendet
act-supplement = Begär komplettering
act-supplement-text = Ärendet väntar då på föreningen och handläggningstiden står stilla.
act-supplement-button = Skicka begäran
act-supplement-missing = Vad saknas?
act-supplement-hint = Skriv så att föreningen förstår precis vad de ska skicka.
act-supplement-section = Gäller delen ”{ $section }”
act-supplement-day = Sista dag för svar
act-supplement-consequence = Vad händer om svaret uteblir?
act-supplement-consequence-text = Utan svar kan ansökan komma att avgöras på det underlag som finns, eller inte tas upp till prövning.
act-write = Skriv till föreningen
act-write-text = Föreningen får ett mejl om att det finns något att läsa. Meddelandet blir en handling i diariet.
act-write-field = Meddelande
act-write-button = Skicka
act-away = Lägg undan
act-away-text = Ärendet försvinner ur listan och kommer tillbaka den dagen, eller tidigare om något händer.
act-away-day = Till
act-away-button = Lägg undan
act-back = Ta fram igen
act-back-text = Ärendet är undanlagt till { $date }.
act-back-button = Ta fram

done-application-received = Ansökan inkom, underskriven av { $text }
    .report = Redovisningen inkom, underskriven av { $text }
    .requisition = Rekvisitionen inkom, underskriven av { $text }
done-application-replaced = Ansökan ersattes med en ny, underskriven av { $text }
    .report = Redovisningen ersattes med en ny, underskriven av { $text }
    .requisition = Rekvisitionen ersattes med en ny, underskriven av { $text }
done-cosignature-asked = En underskrift till behövs, senast { $day }
done-cosigned = { $text } skrev också under
done-cosignature-reminded = Föreningen påminde om den andra underskriften
done-cosignature-off = Föreningen tog tillbaka begäran om en andra underskrift
done-cosignature-missing = Den andra underskriften kom inte
done-withdrawn = Ansökan togs tillbaka. { $text }
done-state = Ärendet gick vidare till ”{ $state }”
done-validated = Uppgifterna kontrollerades mot reglerna
done-registered = Diariefört som { $number }
done-population = { $count ->
    [one] 1 person kontrollerades mot folkbokföringen
   *[other] { $number } personer kontrollerades mot folkbokföringen
}
done-attendance-locked = Närvaron hämtades från den låsta perioden
done-attendance = { $count ->
    [0] Närvaron hämtades, inga krockar
    [one] Närvaron hämtades, 1 krock
   *[other] Närvaron hämtades, { $number } krockar
}
done-calculated = Beloppet räknades fram: { $amount }
done-overridden = { $who } ändrade summan till { $amount }: { $text }
done-override-taken-back = { $who } tog tillbaka sin ändring av summan: { $text }
done-call = { $who } antecknade ett samtal: { $text }
done-handed-over = { $who } lämnade över ärendet
done-extended = Anstånd gavs till och med { $day }
done-message-sent = { $who } skrev till föreningen
done-message-received = Föreningen skrev ett meddelande
done-task = { $who } gjorde en uppgift. { $text }
done-supplement-requested = { $who } begärde komplettering: { $text }
done-supplement-received = Kompletteringen kom in. { $text }
done-view-received = Föreningen yttrade sig: { $text }
done-proposed = Förslag till beslut skrevs: { $amount }
done-decided = { $who } beslutade: { $outcome }, { $amount }
done-undone = { $who } tog tillbaka beslutet: { $text }
done-dispatched = Beslutsbrevet skickades
done-payment-ordered = Utbetalning förbereddes: { $amount }
done-payment-reviewed = { $who } granskningsattesterade
done-payment-attested = { $who } beslutsattesterade
done-payment-exported = Utbetalningen lades i en fil till banken
done-payment-released = { $who } hävde en spärr: { $text }
done-payment-hold-dated = Spärren för överklagandetiden fick ett slutdatum
done-payment-told = Banken svarade om utbetalningen
done-payment-again = { $who } gjorde om utbetalningen
done-payment-sent-back = { $who } skickade tillbaka utbetalningen: { $text }
done-late-attendance = Närvaro kom in efter att perioden låstes
done-protected-read = { $who } läste skyddade uppgifter

receipt-extended = Anståndet är givet
receipt-extended-text = Den nya dagen gäller från och med nu.
receipt-sent = Meddelandet är skickat
receipt-sent-text = Det finns här och i diariet.
receipt-settled = Noterat
receipt-settled-text = Meddelandet räknas inte längre som obesvarat.
receipt-noted = Anteckningen är sparad
receipt-noted-text = Kollegor ser den här.
receipt-call = Samtalet är antecknat
receipt-call-text = Anteckningen finns bland ärendets handlingar.
receipt-changed = Beloppet är ändrat
receipt-changed-text = Ärendet är omräknat. Ändringen står som en egen rad.
receipt-taken-back = Återkallelsen är registrerad
receipt-taken-back-text = Ärendet kan nu avskrivas.
receipt-written-off = Ärendet är avskrivet
receipt-written-off-text = Brevet skickas när tiden för att ångra har gått ut.
receipt-handed-over = Ärendet är överlämnat
receipt-handed-over-text = Kollegan ser det bland sina ärenden.

cases-choose = Välj
cases-choose-one = Välj { $number }
cases-ask = Begär komplettering av valda
ask-title = Begär komplettering i flera ärenden
ask-lead = { $count ->
    [one] Ett ärende får texten, som en egen handling.
   *[other] { $number } ärenden får samma text, vart och ett som en egen handling.
}
ask-cases = Ärenden
ask-none = Inga ärenden är valda
ask-none-text = Välj ärenden i listan och tryck på Begär komplettering av valda.
ask-to-cases = Till ärendena
ask-not-asked = { $count ->
    [one] Ett ärende fick ingen begäran. Se varför vid ärendet.
   *[other] { $number } ärenden fick ingen begäran. Se varför vid varje ärende.
}
rounds-choose = Välj bidrag och period
rounds-grant = Bidrag och period
rounds-one = { $grant } { $period } (till { $date })
periods-title = Perioder
periods-closed = Stängd { $at }
periods-can-close = Kan stängas
periods-open = Öppen
periods-close = Stäng perioden
periods-close-lead = En stängd period kan inte öppnas igen. Kontrollera siffrorna först.
periods-close-locked = Det här låses
periods-close-cases = Ansökningar som räknas slutligt
periods-close-files = Närvarofiler
periods-close-associations = Föreningar med närvaro
periods-close-unanswered = Krockar utan svar
periods-default-none = För krockar som ingen har svarat på räknas markeringen inte för någon av föreningarna.
periods-default-first = För krockar som ingen har svarat på räknas den markering som kom in först.
periods-default-both = För krockar som ingen har svarat på räknas båda markeringarna.
periods-default-officer = Krockar utan svar ska avgöras av en handläggare innan perioden kan stängas.
periods-close-text = Närvaro som kommer in senare ändrar ingenting. Beräkningarna görs om en sista gång på det som är låst.
periods-close-button = Stäng perioden nu
periods-close-not = Stäng inte, gå tillbaka till perioderna
periods-extend = Ge anstånd
periods-remind = Påminn dem som inte sökt
extensions-title = Anstånd
extensions-lead = Sista dag att söka i rätt tid kan flyttas fram, för en förening eller för alla.
extensions-given = Givna anstånd
extensions-none = Inga anstånd är givna.
extensions-give = Ge anstånd
extensions-whose = Vem får anstånd?
extensions-one = En förening
extensions-all = Alla
extensions-for = För vem
extensions-number = Organisationsnummer
extensions-number-hint = Fyll i om en förening får anstånd, till exempel 802001-3457.
extensions-until = Till och med
extensions-only-read = Du kan läsa vilka anstånd som är givna, men inte ge nya.
reminders-title = Sökte förra perioden, inte nu
reminders-lead = De här sökte { $grant } för { $before } men har inte sökt för { $now }. Sista ansökningsdag är { $date }.
reminders-no-before = Det finns ingen tidigare period att jämföra med.
reminders-choose = Välj ett bidrag och en period, så visas vilka som sökte förra gången men inte nu.
reminders-none = Ingen saknas
reminders-none-text = Alla som sökte förra perioden har sökt nu, eller så finns ingen tidigare period.
reminders-older = Sökte i det tidigare systemet. Kontakta föreningen.
reminders-who = Förening
reminders-amount = Förra gången
reminders-written = Senast skrivet
reminders-button = Påminn valda
reminders-how = Påminnelsen blir ett meddelande i ärendet från förra perioden. Föreningen får ett mejl om att det finns något att läsa. Den som någon har skrivit till de senaste två veckorna är inte vald från början.
meetings-title = Nämnd
meetings-waiting = { $count ->
    [0] Alla delegationsbeslut är anmälda.
    [one] Ett delegationsbeslut är inte anmält ännu.
   *[other] { $number } delegationsbeslut är inte anmälda ännu.
}
meetings-all = Sammanträden
meetings-none = Inga sammanträden ännu. När besluten anmäls till ett sammanträde visas listan här.
meetings-count = { $count ->
    [one] 1 beslut
   *[other] { $number } beslut
}
meetings-unreported = Beslut som inte är anmälda än
meetings-unreported-here = Inte anmälda
meetings-read = Läs besluten: { $what }
meetings-committee = { $name } ({ $count } att anmäla)
meetings-whose = Nämnd
meetings-day = Sammanträdets dag
meetings-paragraph = Paragraf
meetings-paragraph-hint = I protokollet, till exempel § 31. Den går att fylla i senare.
meetings-decisions = Anmälda beslut
meetings-announcement = Anslag
meetings-announced = Anslaget
meetings-not-announced = Inte anslaget
meetings-up-down = Anslaget { $up }, uppe till { $down }.
meetings-report = Anmäl delegationsbeslut
meetings-report-text = Alla beslut som har skickats och inte är anmälda förs upp på sammanträdets lista.
meetings-report-button = Anmäl besluten
meetings-only-read = Systemförvaltaren anmäler besluten till nämnden.
meetings-subject = Vad beslutet gäller
meetings-delegate = Beslutat av
meetings-announce = Fyll i när protokollet anslogs
meetings-announce-text = Tiden för överklagande räknas från anslaget. Utbetalningar som väntar på den släpps när den är över.
meetings-up = Anslaget
meetings-down = Nedtaget
meetings-down-hint = Tidigast dagen efter att överklagandetiden har gått ut.
meetings-announce-button = Spara anslaget
meetings-correct = Rätta uppgifterna om sammanträdet
meetings-correct-text = Överklagandetiden räknas från den rättade dagen. Det som stod före rättelsen finns kvar i historiken.
meetings-correct-why = Varför rättas uppgifterna?
meetings-correct-button = Spara rättelsen
meeting-title = Delegationsbeslut, sammanträdet { $date }
meeting-summary = { $count }, sammanlagt { $sum }.
meeting-none = Inga beslut är anmälda till det här sammanträdet.
meeting-left-out = { $count ->
    [one] Ett beslut visas inte för dig eftersom du är anmäld som jävig.
   *[other] { $number } beslut visas inte för dig eftersom du är anmäld som jävig.
}
meeting-pdf = Hämta listan som PDF
receipt-reminded = Påminnelserna är skickade
receipt-reminded-text = Föreningarna får ett mejl om att det finns något att läsa.
receipt-meeting-reported = Besluten är anmälda
receipt-meeting-reported-text = Listan är klar att skriva ut till sammanträdet.
receipt-meeting-announced = Anslaget är sparat
receipt-meeting-announced-text = Tiden för överklagande räknas från den dagen.
receipt-meeting-corrected = Uppgifterna är rättade
receipt-meeting-corrected-text = Utbetalningar som väntar på överklagandetiden följer den rättade dagen.

# The same dialogue as the association reads it.

dialogue-title = Meddelanden
dialogue-about = { $number } · { $grant } { $period }
dialogue-lead = Här skriver ni med oss om ärendet.
dialogue-none = Ingen har skrivit i det här ärendet ännu.
dialogue-write = Skriv till oss
dialogue-field = Ert meddelande
dialogue-hint = Det ni skriver blir en allmän handling. Skriv inga personnummer.
dialogue-only-read = Du får läsa, men inte skriva för föreningen.
dialogue-link = Läs och skriv meddelanden i ärendet
