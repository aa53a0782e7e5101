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
