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
case-task-done = Spara uppgiften
case-task-ticked = Klart: { $label }
case-task-unticked = Inte klart: { $label }
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
decide-change = Mot förra året
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
cases-summary = { $todo } av { $open } öppna ärenden behöver handläggas. { $clean } är utan anmärkning och klara för beslut.
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
decide-marks = Deltagartillfällen
decide-check-none = Utan anmärkning
decide-check-remark = Granskad anmärkning
decide-check-changed = Ändrat
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
receipt-partly = Besluten är fattade, utom några
receipt-partly-text = Ärenden som hade ändrats medan du granskade togs inte med. De står kvar här nedanför.

compare-kept = Jämfört med beräkningen
compare-rules = regelversion ….
compare-disposed = Underlaget är gallrat
compare-same = Samma resultat
compare-differs = Resultatet skiljer sig
compare-total = Summa
compare-material = Underlaget har ändrats sedan dess.
