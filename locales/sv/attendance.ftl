# Närvaron: det preliminära beloppet, filer, rapporter, krockar och närvarokort.

live-title = Preliminärt bidrag
live-none = Ingen närvaro än
live-none-text = Beloppet räknas fram när närvaron för perioden finns här.
live-rules = Räknat med reglerna för { $year }.
live-open = Räknat med reglerna för { $year }. Beloppet blir slutligt när närvaron har kontrollerats efter den { $day }.
live-locked = Räknat med reglerna för { $year } och på närvaron som den var när perioden stängdes.
live-refused = Med det här svaret blir det inget bidrag
live-look = Att titta på

nav-attendance = Närvaro
receipt-source = Källan är bytt
receipt-source-text = Den närvaro ni valde används från nu. Det ni hade innan räknas inte längre.
receipt-corrected = Raden är rättad
receipt-corrected-text = Personens närvaro räknas nu med. Rättelsen sparas för sig, bredvid filen som den var.
receipt-left-out = Raderna lämnas utanför
receipt-left-out-text = Resten av filen räknas som vanligt. Ni kan fortfarande rätta raderna om ni vill.
receipt-answered = Svaret är sparat
receipt-answered-text = Ni kan ändra det tills perioden stänger.
receipt-occasion = Sammankomsten är sparad
receipt-occasion-text = Närvaron räknas från nu.
receipt-occasion-removed = Sammankomsten är borttagen
receipt-occasion-removed-text = Den räknas inte längre.
receipt-member-added = Personen står på kortet
receipt-member-added-text = Ni kan kryssa i henne eller honom på nästa sammankomst.
receipt-member-removed = Personen är borttagen från kortet
receipt-member-removed-text = Tidigare närvaro står kvar.

att-title = Närvaro
att-lead = Närvaron avgör hur stort ert bidrag blir. Skicka filen från ert närvarosystem, låt systemet skicka den hit eller skriv in den för hand.
att-no-periods = Det finns ingen period att lämna närvaro för just nu
att-no-periods-text = När ett bidrag som räknas på närvaro har en period dyker den upp här.
att-source = Kom in som
att-source-upload = Uppladdad fil
att-source-push = Närvarosystem
att-source-hand = Närvarokort
att-occasions = Sammankomster
att-participants = Deltagartillfällen
att-leaders = Ledartillfällen
att-persons = Personer
att-uses = Används för
att-used-for = { $grant } { $period }, sök senast { $day }
att-used-applied = { $grant } { $period }, ansökan inlämnad
att-state-locked = Perioden är stängd
att-state-none = Ingen närvaro än
att-state-in = Inläst
att-state-questions = { $count ->
    [one] 1 obesvarad fråga
   *[other] { $number } obesvarade frågor
}
att-state-left-out = { $count ->
    [one] 1 markering utanför
   *[other] { $number } markeringar utanför
}

att-half-title = Närvaro { $period }
att-way-back = Tillbaka till ansökan om { $what }
att-half-lead = Ingen närvaro har kommit in för perioden än. Skicka filen från föreningens närvarosystem eller skriv in närvaron för hand.
att-locked-title = Perioden är stängd
att-locked = Perioden stängdes { $day }. Närvaro kan fortfarande skickas in, men den ändrar inte det som redan har räknats. En handläggare får veta att den har kommit.
att-came-upload = Inlämnad { $at }
att-came-push = Skickad av föreningens närvarosystem { $at }
att-came-hand = Inskriven för hand
att-read-report = Läs rapporten om filen
att-open-cards = Öppna närvarokorten
att-questions = { $count ->
    [one] 1 närvaromarkering krockar i tid med en annan registrering
   *[other] { $number } närvaromarkeringar krockar i tid med en annan registrering
}
att-questions-text = Den som står bakom den andra registreringen får samma fråga.
att-questions-paper = Föreningen svarar själv, på sina egna sidor eller när ni frågar den.
att-questions-own = Er egen andra registrering ligger på samma tid. Välj vilken av era två som stämmer.
att-questions-mixed = Somliga krockar med er egen andra registrering: välj vilken av era två som stämmer. I de andra får den som står bakom den andra registreringen samma fråga.
att-questions-link = Visa och svara
att-left-out = { $count ->
    [one] 1 närvaromarkering räknas inte än
   *[other] { $number } närvaromarkeringar räknas inte än
}
att-left-out-text = Personnummer saknas eller är fel. Rätta raderna eller lämna dem utanför.
att-left-out-paper = Personnummer saknas eller är fel. Be föreningen om en rättad fil och läs in den.
att-left-out-link = Visa raderna
att-account = Så räknas markeringarna
att-all-rows = Visa alla rader med förklaring
att-upload = Skicka en fil
att-upload-again = Skicka en ny fil
att-upload-text = Vi läser filen direkt, kontrollerar varje rad och visar vad som räknas.
att-file-label = Närvarofil
att-file-hint = XML i formatet DAK (Aktivitetskort), gärna komprimerad med gzip. Högst 200 MB.
att-file-send = Skicka filen
att-where = Var hittar vi filen?
att-where-text = Logga in i föreningens närvarosystem, till exempel IdrottOnline, SportAdmin, laget.se eller Skojjt. Leta efter ”närvarorapport till kommunen”, ”DAK” eller ”aktivitetskort” och spara filen på datorn eller telefonen.
att-confirm-push = Använd filen i stället för det som närvarosystemet har skickat för perioden
att-confirm-hand = Använd filen i stället för närvarokorten för perioden
att-confirm-missing = Kryssa i att filen ska användas i stället för det som räknas nu, och välj filen igen.
att-no-file = Välj den fil som ska skickas.
att-empty-file = Filen är tom. Den behöver exporteras på nytt i närvarosystemet.
att-too-large = Filen är större än 200 MB. Dela upp den, till exempel i en fil per närvarokort.
att-broken = Sändningen bröts och inget har sparats. Välj filen och skicka den igen.
att-wrong-pdf = Det är en PDF. Exportera närvaron i formatet DAK (XML) i närvarosystemet.
att-wrong-excel = Det är en Excel-fil eller en zip-fil. Exportera närvaron i formatet DAK (XML) i närvarosystemet.
att-wrong-picture = Det är en bild. Exportera närvaron i formatet DAK (XML) i närvarosystemet.
att-wrong-json = Det är en JSON-fil. Exportera närvaron i formatet DAK (XML) i närvarosystemet.
att-hand = Skriv in för hand
att-hand-text = Finns inget närvarosystem? Gör ett närvarokort för varje grupp och kryssa i vilka som var med.
att-hand-link = Närvarokort
att-others = Annan närvaro som finns
att-other-text = { $source }: { $count } sammankomster, senast { $at }.
att-other-use = Använd { $source } i stället
att-other-warning = Det som används nu räknas då inte längre. Det går att byta tillbaka.
att-other-confirm = Ja, byt
att-files = Filer som har kommit
att-file-in = Inläst
att-file-partly = Delvis inläst
att-file-refused = Inte inläst

att-report = Rapport
att-report-title = { $name }, { $at }
att-verdict-in = Hela filen är inläst.
att-verdict-partly = { $count ->
    [one] Filen är inläst utom 1 markering. Rätta raden nedan, eller lämna den utanför.
   *[other] Filen är inläst utom { $number } markeringar. Rätta raderna nedan, eller lämna dem utanför.
}
att-verdict-refused = Filen är inte inläst och inget har ändrats. Nedan står vad som är fel och vad ni kan göra.
att-same-file = Det är samma fil som ni skickade { $at }. Den har bara räknats en gång.
att-not-used = Filen används inte längre: annan närvaro räknas för perioden.
att-disposed = Underlaget är gallrat. Namnen går inte att visa längre.
att-format = Format
att-period = Period
att-came = Kom in
att-file = Filen
att-read = Det här läste vi
att-excluded-marks = Markeringar utanför
att-effect = Det här ändrades
att-written = Nya eller ändrade sammankomster
att-taken-away = Borttagna eller ersatta
att-excluded = Rader som inte räknas
att-excluded-text = De här personerna saknar ett giltigt personnummer. Resten av filen räknas.
att-line = Rad { $line }
att-marks = { $count ->
    [one] 1 markering
   *[other] { $number } markeringar
}
att-person-id = Person med id { $id }
att-row-open = Räknas inte än
att-row-corrected = Rättad
att-row-left-out = Lämnad utanför
att-correct = Rätta personnumret
att-number-of = Personnummer för { $who }
att-number-hint = Tolv siffror, till exempel ÅÅÅÅMMDD-NNNN. Samordningsnummer går också bra.
att-correct-send = Rätta raden
att-leave-out = { $count ->
    [one] Läs in resten, lämna den här markeringen utanför
   *[other] Läs in resten, lämna dessa { $number } markeringar utanför
}
att-more = { $count ->
    [one] Och 1 till. Alla finns i rapporten som går att hämta.
   *[other] Och { $count } till. Alla finns i rapporten som går att hämta.
}
att-findings = Fel och anmärkningar
att-no-findings = Inga fel och inga anmärkningar.
att-whole-file = Hela filen
att-finding-error = Fel
att-finding-warning = Att veta
att-download-csv = Hämta rapporten som CSV
att-download-answer = Hämta svaret till närvarosystemet (XML)
att-csv-line = Rad
att-csv-state = Läge
att-csv-who = Vem
att-csv-marks = Markeringar
att-csv-what = Vad som är fel och vad ni kan göra

att-rows = Rader som inte räknas
att-rows-title = Markeringar som inte räknas
att-rows-lead = Varje markering som inte ger bidrag, och regeln som avgjorde det.
att-rows-filter = Visa
att-rows-all = Alla
att-rows-show = Visa
att-rows-none = Alla markeringar räknas. Det finns inget att förklara här.
att-rows-who = Vem
att-rows-when = När och vad
att-rows-why = Varför den inte räknas
att-no-name = Namnet visas inte
att-role-leader = Ledare
att-role-participant = Deltagare

att-clashes = Krockar
att-clashes-all = Alla krockar och era svar
att-clashes-title = Krockar { $period }
att-clashes-lead = Samma person är registrerad på två ställen samtidigt. Säg vilket som stämmer för er del.
att-clashes-none = Inga krockar
att-clashes-none-text = Ingen av era markeringar krockar i tid med en annan registrering.
att-clashes-open = { $count ->
    [one] 1 fråga väntar på ert svar.
   *[other] { $count } frågor väntar på ert svar.
}
att-clash-own = Er registrering
att-clash-other = Krockar med
att-another = En annan registrering
att-answer-all = Svara lika på alla { $count } obesvarade frågor om { $who }
att-answer-every = { $count ->
   *[other] Svara lika på alla { $number } obesvarade frågor
}
att-answer-every-text = Svaret gäller alla frågor om er egen registrering och en annan förenings. Ni kan ändra ett svar i taget efteråt, tills perioden stänger.
att-answer-every-keep = Alla våra registreringar stämmer
att-answer-every-withdraw = Räkna ingen av våra
att-answer-change = Ändra till: { $answer }
att-clash-open = Obesvarad
att-clash-closed = Perioden är stängd
att-clash-until = Svara senast { $day }.
att-clash-until-past = Svarstiden gick ut { $day }, men ni kan svara tills perioden stänger.
att-default-none = Svarar ingen räknas markeringen inte.
att-default-first = Svarar ingen räknas den registrering som började först.
att-default-both = Svarar ingen räknas båda.
att-default-officer = Svarar ingen avgör en handläggare.
att-answer-keep = Vår registrering stämmer
att-answer-withdraw = Räkna inte vår
att-answer-first = Den första stämmer
att-answer-second = Den andra stämmer

att-cards = Närvarokort
att-cards-title = Närvarokort { $period }
att-cards-lead = Ett kort för varje grupp. Skriv in personerna en gång och kryssa sedan i vilka som var med.
att-cards-instead-title = Korten räknas inte just nu
att-cards-instead = Det finns närvaro från en fil för perioden. När en sammankomst sparas frågar vi om korten ska användas i stället.
att-cards-none = Det finns inga grupper än
att-cards-none-text = Börja med att skriva in den första gruppen nedan, till exempel Flickor födda 2014.
att-groups = Grupper
att-group-new = Ny grupp
att-group-add = Lägg till gruppen
att-group-people = { $participants ->
    [one] 1 deltagare
   *[other] { $participants } deltagare
}, { $leaders ->
    [one] 1 ledare
   *[other] { $leaders } ledare
}
att-field-namn = Gruppens namn
att-field-namn-hint = Som föreningen själv säger, till exempel Spårarna eller Flickor födda 2014.
att-field-aktivitet = Vad gruppen gör
att-field-aktivitet-hint = Till exempel träning, möte eller körövning.
att-field-plats = Plats
att-field-fornamn = Förnamn
att-field-efternamn = Efternamn
att-field-personnummer = Personnummer
att-field-roll = Är med som
att-field-disability = Har en funktionsnedsättning
att-field-disability-hint = Frivilligt. Behövs bara om personen är äldre än bidragets åldersgräns. Personen ska ha sagt ja till att det skrivs här.
att-card-title = { $group }, { $period }
att-card-begin = Lägg först till dem som är med i gruppen. Sedan går det att skriva in sammankomster.
att-card-no-occasions = Ingen sammankomst är inskriven för perioden än.
att-occasion-new = Ny sammankomst
att-print = Skriv ut kortet
att-members = Personer på kortet
att-member-new = Lägg till en person
att-member-add = Lägg till personen
att-member-remove = Ta bort
att-member-remove-who = Ta bort { $who } från kortet
att-occasion = Sammankomst
att-occasion-new-title = Ny sammankomst, { $group }
att-occasion-open-title = Sammankomst { $day }, { $group }
att-copied = Tider, plats och vilka som var med är hämtade från förra sammankomsten. Ändra det som inte stämmer.
att-when = När
att-field-datum = Dag
att-field-start = Började
att-field-slut = Slutade
att-times-hint = Skriv tiden som 18.00. Om sammankomsten slutade efter midnatt räcker det att skriva sluttiden.
att-who = Vilka var med?
att-ticks-leaders = Ledare
att-ticks-participants = Deltagare
att-ticks-none = Ingen står på kortet än.
att-what = Vad och var
att-field-typ = Slag
att-kind-training = Träning
att-kind-match = Match eller tävling
att-kind-meeting = Möte
att-kind-other = Annat
att-field-byt = Använd närvarokorten i stället för den närvaro som räknas nu
att-occasion-save = Spara sammankomsten
att-occasion-remove = Ta bort sammankomsten
att-occasion-remove-text = Närvaron räknas då inte längre.
att-occasion-remove-confirm = Ja, ta bort
att-print-title = Närvarokort { $group }, { $period }
att-print-crumb = Utskrift
att-print-how = Skriv ut sidan med webbläsaren. Tomma kolumner är till för att kryssa på papper.
att-print-table = Närvarokort, blad
att-print-empty = Tom kolumn
att-print-there = Var med
