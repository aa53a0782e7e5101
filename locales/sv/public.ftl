# The public pages.

yes = Ja
no = Nej

start-title = Bidrag till föreningar i …
start-lead = Se vad ni kan söka, ansök och följ ert ärende. Beloppet och hur vi räknat visas redan medan ni fyller i.
start-log-in = Logga in på Mina sidor
start-open = Öppen
start-opens = Öppnar { $date }
start-closed = Stängd
start-today = i dag
start-days-left = { $count ->
    [one] i morgon
   *[other] om { $count } dagar
}
start-calendar = Lägg in årets datum i kalendern
start-periods = Perioder
start-work-cases = { $count ->
    [0] Inget ärende behöver en handläggare
    [one] 1 ärende behöver en handläggare
   *[other] { $count } ärenden behöver en handläggare
}
start-work-decide = { $count ->
    [0] Inget ärende är klart för beslut
    [one] 1 ärende är klart för beslut
   *[other] { $count } ärenden är klara för beslut
}
start-work-periods = { $count ->
    [0] Inget ärende väntar på att en period stänger
    [one] 1 ärende väntar på att en period stänger
   *[other] { $count } ärenden väntar på att en period stänger
}
start-work-payments = Granska, attestera och gör filer till bank och ekonomisystem

calendar-title = Sista ansökningsdagar
calendar-lead = Lägg in datumen i er egen kalender, så missar ni ingen dag.
calendar-file = Hämta som kalenderfil
calendar-last-day = Sista ansökningsdag
calendar-period = Gäller
calendar-opens = Öppnar
calendar-none = Det finns inga kommande ansökningsdagar just nu.

finder-title = Vilka bidrag kan vi söka?
finder-lead = Svara på det ni vet. Svaren sparas inte. Det är samma regler som avgör ansökan.
finder-known = Så här ser det ut för { $name } med det som står i registret i dag.
finder-kind = Vem söker?
finder-association = En förening
finder-company = Ett företag eller en stiftelse
finder-person = En enskild person
finder-approval = Har ni ett gällande godkännande: …?
finder-do-not-know = Vet inte
finder-members = Antal medlemmar som är … år
finder-members-older = Antal medlemmar som är … år eller äldre
finder-members-hint = Räkna åldern vid årets slut. Lämna tomt om ni inte vet.
finder-founded = När bildades föreningen?
finder-show = Visa vilka bidrag vi kan söka
finder-answer = Det här kan ni söka
finder-can = Ni kan söka
finder-can-approval = Ni kan söka
finder-can-later = Ni kan söka när omgången öppnar
finder-approved = Ni är godkända
finder-holds = Gäller till och med …
finder-applied = Ni har sökt
finder-cannot = Ni kan inte söka än
finder-depends = Beror på
finder-others = För andra sökande
finder-until = Sök senast …
finder-opens = Öppnar …
finder-closed = Ingen öppen omgång
finder-bad-number = Skriv ett helt tal, till exempel 25.
finder-bad-date = Skriv ett datum, till exempel 2026-05-01.
finder-not-binding = Svaret är en hjälp på vägen och inget beslut.

grant-get = Vad ni kan få
grant-figures = Belopp och gränser
grant-rule = Regel
grant-value = Värde
grant-paragraph = Stöd i reglerna
grant-since = sedan { $date }
grant-earlier = Tidigare värden
grant-example = Räkneexempel
grant-example-lead = Exemplet är ett av de fall som reglerna prövas mot, uträknat av samma regler som räknar ert bidrag.
grant-requirements = Krav
grant-requirements-lead = Så prövades kraven i exemplet. Er ansökan prövas mot samma krav med era egna uppgifter.
grant-procedure = Så går det till
grant-signed-role = Den som får fylla i för föreningen skickar in ansökan.
grant-signed-one = En firmatecknare skriver under.
grant-signed-rule = Ansökan skrivs under enligt er firmateckning. Den första underskriften räknas som dagen ansökan kom in.
grant-decided-delegate = En namngiven tjänsteperson beslutar på nämndens uppdrag, efter att reglerna har räknat.
grant-decided-automatic = Beslutet fattas automatiskt enligt reglerna.
grant-decided-officer = En handläggare bedömer ansökan och beslutar på nämndens uppdrag.
grant-decided-committee = Handläggare bereder ansökan och nämnden beslutar.
grant-appeal-legality = Beslutet kan överklagas genom laglighetsprövning. Hur det går till står i beslutet.
grant-appeal-full = Beslutet kan överklagas. Hur det går till står i beslutet.
grant-approval-year = Godkännandet räknas från ert eget verksamhetsår, och ni påminns innan det går ut.
grant-history = Reglernas historia
grant-rules-decided = Reglerna är beslutade av { $who }.
grant-version = Version { $number }
grant-sources = Talen är hämtade ur:
grant-aside = Ansökan i korthet
grant-apply = Ansök
grant-not-open = Det går inte att söka just nu.
grant-until = Sök senast { $date }.
grant-requires = Ni behöver först vara:
grant-in-short = I korthet
grant-rounds = Omgångar
grant-papers = Det här behöver ni ha till hands
check-ok = Uppfyllt
check-soft = Att titta på
check-unknown = Okänt
check-fail = Inte uppfyllt

access-scope = Om den här redogörelsen
access-scope-text =
    { $municipality } står bakom den här tjänsten för bidrag till föreningar. Vi vill att alla ska kunna använda den. Här står hur tjänsten uppfyller lagen om tillgänglighet till digital offentlig service (2018:1937), vilka brister vi känner till och hur du anmäler fler.
access-status = Hur tillgänglig är tjänsten?
access-status-text =
    Tjänsten är delvis förenlig med lagens krav. Sidorna är byggda efter riktlinjerna WCAG 2.2 på nivå AA. De är gjorda för att gå att använda med tangentbord, med skärmläsare, i 400 procents förstoring och utan JavaScript. Det som vi vet inte uppfyller kraven står nedan.
access-faults = Det som inte är tillgängligt
access-faults-text =
    PDF-breven visar inte alla emojier. Samma brev finns som webbsida, där de visas.
    {""}
    Handlingar som föreningar har lämnat in visas som de kom. De kan sakna textlager, rubriker och bildbeskrivningar. Lagen undantar innehåll från någon annan som vi inte har tagit fram. Säg till om du behöver en sådan handling på ett annat sätt.
access-help = Om du inte kan använda något
access-help-text =
    Hör av dig, så får du innehållet på ett annat sätt: i vanlig text, uppläst, i stor stil eller på papper. Du kan också göra din ansökan med hjälp av oss. Det kostar inget.
    {""}
    Kontakta oss: { $contact }. Vi svarar inom två arbetsdagar.
access-report = Anmäl en brist
access-report-text =
    Hittar du något som inte står här, eller som du tycker strider mot lagen? Berätta vad som hände, här eller på samma adress. Du behöver inte säga vem du är. Vi rättar det vi kan, och säger annars när det blir gjort.
access-form-text = Vad fungerar inte?
access-form-text-hint = Berätta vad du ville göra och vad som hände. Skriv inga personnummer.
access-form-page = Vilken sida gäller det?
access-form-page-hint = Sidans rubrik eller adress.
access-form-name = Ditt namn
access-form-email = Din e-postadress
access-form-email-hint = Om du vill ha svar.
access-form-send = Skicka anmälan
receipt-access = Tack, din anmälan är skickad
receipt-access-text = Vi läser den inom två arbetsdagar. Har du lämnat en e-postadress svarar vi dit.
access-authority = Om du inte är nöjd
access-authority-text =
    Myndigheten för digital förvaltning (Digg) har tillsyn över lagen. Är du inte nöjd med vårt svar kan du anmäla det till dem på digg.se/anmal-bristande-tillganglighet.
access-tested = Hur vi har prövat tjänsten
access-tested-text =
    Vi har bedömt tjänsten själva. Ett urval av sidorna prövas med axe-core i ljust och mörkt läge, i telefonens och datorns bredd. Hela flöden har ännu inte prövats med enbart tangentbord, med skärmläsare eller utan JavaScript, och på en smal telefon kan enstaka tabeller bli för breda. Senaste bedömningen gjordes den 27 november 2026.
privacy-who = Vem som ansvarar
privacy-who-text =
    { $committee } i { $municipality } är personuppgiftsansvarig för uppgifterna i den här tjänsten.
    {""}
    Kontakta oss, eller kommunens dataskyddsombud, på { $contact }.
privacy-why = Varför vi behandlar uppgifter
privacy-why-text =
    Vi behandlar uppgifter för att ta emot ansökningar, räkna och besluta om bidrag, betala ut dem och kontrollera att de används rätt.
    {""}
    Den rättsliga grunden är en uppgift av allmänt intresse (artikel 6.1 e i dataskyddsförordningen och 2 kap. 2 § dataskyddslagen). Att betala och bokföra är också en rättslig förpliktelse.
privacy-what = Vilka uppgifter det gäller
privacy-what-text =
    Den som företräder en förening: namn, e-post, roll och vad hon har gjort i tjänsten.
    {""}
    Den som deltar i en förenings verksamhet: namn, personnummer och vilka tillfällen hon var med på. Personnummer behövs för att ingen ska räknas två gånger och för att ålder och bostadskommun ska stämma (3 kap. 10 § dataskyddslagen). Uppgift om funktionsnedsättning sparas bara om ett bidrag behöver den.
    {""}
    Den som söker bidrag själv: det som står i ansökan.
privacy-source = Varifrån uppgifterna kommer
privacy-source-text =
    De flesta kommer från föreningen, i en närvarolista eller från systemet den använder. Bostadskommun hämtar vi från folkbokföringen. Föreningen ska ha berättat för sina deltagare, eller deras vårdnadshavare, att listan lämnas till kommunen.
privacy-protection = Hur uppgifterna skyddas
privacy-protection-text =
    Namn och personnummer sparas krypterade. I beräkningarna finns bara ett löpnummer, födelsedatum och kön. Bara den som behöver uppgifterna i sitt arbete kommer åt dem, och läsningen loggas.
    {""}
    Den som har skyddade personuppgifter visas inte i listor, brev eller statistik. Statistik som rör färre än fem personer visas inte.
privacy-recipients = Vem som får del av dem
privacy-recipients-text =
    Banken och kommunens ekonomisystem får det som behövs för att betala. Andra föreningar får aldrig veta vem som finns i er lista.
    {""}
    Det som kommer in till kommunen är allmän handling och kan lämnas ut. Innan dess prövar vi om det är sekretess. Tjänsten för inte över uppgifter till länder utanför EU och EES.
privacy-time = Hur länge de finns kvar
privacy-time-text =
    Närvarolistor gallras enligt nämndens gallringsbeslut. Då förstörs krypteringsnyckeln, och namn och personnummer går inte längre att läsa. Beslut och bokföring bevaras så länge arkivlagen och bokföringsreglerna kräver.
privacy-automatic = Beslut fattas av människor
privacy-automatic-text =
    Tjänsten räknar fram ett förslag efter nämndens regler. Beslut om bidrag som gäller en person fattas alltid av en människa. Ingen profilering görs.
privacy-rights = Dina rättigheter
privacy-rights-text =
    Du har rätt att få veta vilka uppgifter vi har om dig och att få fel rättade. Du kan också be oss begränsa behandlingen, eller invända mot den. I vissa fall kan du få uppgifter raderade. Det gäller inte sådant som vi måste bevara.
    {""}
    Skriv till oss, så svarar vi inom en månad. För ett barn frågar vårdnadshavaren. Är du inte nöjd kan du klaga hos Integritetsskyddsmyndigheten, imy.se.
access-title = Tillgänglighetsredogörelse
privacy-title = Så behandlar vi personuppgifter
