# Assessment, ranking and what is prepared for the committee.

task-assess = Öppna bedömningen
task-kept = Syns när du har gjort din egen bedömning eller när alla är klara.
assess-title = Bedömning
assess-weigh-title = Sammanvägd bedömning
assessed-title = Inlämnade bedömningar
assessed-none = Inga bedömningar är inlämnade, eller så får du se dem först när du har lämnat in din egen.
assess-lead-one = Välj nivå på varje skala och skriv varför. Spara när du vill; bedömningen räknas när du lämnar in den.
assess-lead-plain = Fyll i bedömningen. Spara när du vill; den räknas när du lämnar in den.
assess-lead-blind = { $count ->
    [one] Du bedömer ansökan ensam.
   *[other] Ni är { $number } som bedömer ansökan, var och en för sig. Du ser de andras bedömningar när du har lämnat in din egen.
}
assess-lead-several = { $count ->
    [one] Du bedömer ansökan ensam.
   *[other] Ni är { $number } som bedömer ansökan.
}
assess-lead-weigh = Här ser du allas poäng och skäl. Det som alla är överens om är ifyllt. Ändrar du en poäng skriver du varför; bedömarnas egna poäng står kvar.
assess-saved = Sparat { $time }. Inte inlämnat ännu.
assess-weight = { $count ->
    [one] Väger enkelt
    [2] Väger dubbelt
   *[other] Väger { $number } gånger
}
assess-level = Nivå på ”{ $what }”
assess-why = Skälen för nivån på ”{ $what }”
assess-why-changed = Varför, om du ändrar poängen
assess-why-differs = Varför det blir den här poängen, när bedömarna har gett olika
assess-disagreed = Bedömarna är oense
assess-whole = Helheten
assess-amount = { $what } (kr)
assess-applied = Sökt belopp: { $amount }
assess-comment = Bedömning av helheten
assess-judged = { $points } poäng, föreslår { $amount }
assess-finish = Lämna in bedömningen
assess-finish-to = Lämna in och gå vidare till: { $to }
assess-save = Spara och fortsätt senare
assess-application = Ansökan
receipt-assess-saved = Bedömningen är sparad
receipt-assess-saved-text = Den är inte inlämnad ännu. Bara du ser den.
receipt-assessed = Bedömningen är inlämnad
receipt-assessed-text = Den går inte att ändra. Ärendet går vidare när alla som ska bedöma är klara.
ranking-title = Rangordning: { $grant }, { $period }
ranking-none = Inga ansökningar väntar på rangordning.
ranking-none-text = Ansökningarna kommer hit när de är bedömda.
ranking-count = { $count ->
    [one] 1 ansökan
   *[other] { $number } ansökningar
}
ranking-lead = { $applications } om { $applied }. Med villkoren här får de { $amount }.
ranking-lead-settled = { $applications } om { $applied }. Rangordningen är fastställd: de föreslås få { $amount }.
ranking-still-assessed = { $count ->
    [one] 1 ansökan i omgången bedöms fortfarande
   *[other] { $number } ansökningar i omgången bedöms fortfarande
}
ranking-kept = { $count ->
    [one] 1 ansökan visas inte, eftersom du är jävig. Någon annan får rangordna omgången.
   *[other] { $number } ansökningar visas inte, eftersom du är jävig. Någon annan får rangordna omgången.
}
ranking-try = Pröva villkor
ranking-try-text = Inget sparas när du prövar.
ranking-try-button = Visa hur det blir
ranking-budget = Potten i omgången
ranking-budget-hint = Kronor. Från början det som är kvar av årets budget.
ranking-most = Högsta andel av det sökta
ranking-most-hint = Procent. Lämna tomt för ingen gräns.
ranking-least = Lägsta poäng för bidrag
ranking-least-hint = Av 100. Lämna tomt för ingen gräns.
ranking-district = Minst till varje område
ranking-district-hint = Procent av budgeten, så långt ansökningarna räcker.
ranking-rest = Den första som inte ryms får det som är kvar
ranking-order = Ansökningarna i ordning
ranking-place = Plats
ranking-points = Poäng
ranking-applied = Sökt
ranking-assessed = Bedömt
ranking-before = Förra gången
ranking-gets = Får
ranking-line = Här tar budgeten slut
ranking-full = Hela beloppet
ranking-part = En del
ranking-nothing = Inget
ranking-why-most = Högsta andel av det sökta
ranking-why-rest = Det som var kvar
ranking-why-least = För få poäng
ranking-why-line = Budgeten räckte inte
ranking-why-nothing = Bedömningen föreslår inget
ranking-why-district = Inom områdets del
ranking-money = Pengarna
ranking-proposed-sum = Föreslaget
ranking-left = Kvar
ranking-by-most = Högst { $percent } procent av det sökta
ranking-by-least = Lägst { $points } poäng
ranking-by-district = Minst { $percent } procent av budgeten till varje område
ranking-by-rest = Den första som inte ryms får det som är kvar
ranking-districts = Områden
ranking-district-count = Ansökningar: { $number }
ranking-propose = Föreslå rangordningen
ranking-propose-text = En kollega fastställer den sedan. Först då går ärendena vidare med sina belopp.
ranking-settle = Fastställ rangordningen
ranking-settle-text = Varje ärende går vidare med sin plats och sitt belopp. Det går inte att ångra.
ranking-turn-down = Avvisa förslaget
ranking-take-back = Ta tillbaka förslaget
ranking-turn-down-why = Varför
ranking-told = Vad som har hänt
ranking-told-proposed = Förslag { $number }: { $who } föreslog { $time }.
ranking-told-settled = Förslag { $number }: { $who } fastställde { $time }.
ranking-told-turned-down = Förslag { $number }: { $who } avvisade { $time }. { $why }
receipt-ranking-proposed = Rangordningen är föreslagen
receipt-ranking-proposed-text = En kollega behöver fastställa den.
receipt-ranking-settled = Rangordningen är fastställd
receipt-ranking-settled-text = Ärendena går vidare med sina belopp.
receipt-ranking-turned-down = Förslaget är avvisat
receipt-ranking-turned-down-text = Omgången kan rangordnas på nytt.
ranking-rounds = Omgångar att rangordna
ranking-round-line = { $grant }, { $period }
ranking-round-waiting = { $count ->
    [0] Inga ansökningar väntar
    [one] 1 ansökan väntar
   *[other] { $number } ansökningar väntar
}
case-way-rank = Rangordna omgången
case-way-assessments = Läs bedömningarna
done-ranked = Omgången rangordnades: plats { $place }, { $points } poäng, { $amount }.

agenda-title = Ärenden till sammanträdet { $date }
agenda-title-stage = { $who } { $date }: ärenden
agenda-lead-stop = { $committee }. Stoppdag { $date }.
agenda-kept = { $count ->
    [one] 1 ärende visas inte, eftersom du är jävig.
   *[other] { $number } ärenden visas inte, eftersom du är jävig.
}
agenda-heading = Föredragningslistan
agenda-none = Inga ärenden är uppsatta ännu. Välj bland dem som väntar på nämnden.
agenda-proposed = Förslag
agenda-remove = Ta bort från listan
agenda-remove-one = Ta bort från listan: { $name }
agenda-waiting = Väntar på nämnden
agenda-none-waiting = Inga fler ärenden väntar på nämndens beslut.
agenda-add = Sätt upp på listan
agenda-closed = Stoppdagen har passerat, eller så är protokollet anslaget.
agenda-cases = Ärenden och tjänsteskrivelse
agenda-delegated = Delegationsbeslut till sammanträdet
agenda-memo = Tjänsteskrivelse: { $grant }
agenda-plan = Planera ett sammanträde
agenda-plan-text = Ärenden kan sättas upp på föredragningslistan till och med stoppdagen.
agenda-stop = Stoppdag
agenda-stop-hint = Sista dagen att sätta upp ärenden. Lämna tomt om det inte finns någon.
agenda-minutes-text = Skriv in vad protokollet säger om varje ärende. Varje ärende blir ett eget beslut, som går att ångra tills brevet skickas.
agenda-paragraph = Paragraf i protokollet
agenda-paragraph-hint = I protokollet, till exempel § 31. Gäller de ärenden som inte har en egen.
agenda-minutes-text-stage = Skriv in vad protokollet säger om varje ärende. Nämnden beslutar sedan.
agenda-what = Nämndens beslut
agenda-what-stage = Förslag till nämnden
agenda-says-proposed = Föreslår detsamma
agenda-says-changed = Föreslår annat belopp
agenda-says-refused = Föreslår avslag
agenda-said = { $who } { $place }: { $what }.
agenda-amount = Annat belopp (kr)
agenda-reason = Skäl
agenda-reservation = Reservation
agenda-reserved = Reservation: { $text }
agenda-write-in = Skriv in besluten
agenda-done-proposed = Enligt förslaget
agenda-done-changed = Annat belopp
agenda-done-refused = Avslag
agenda-done-back = Återremiss
agenda-done-tabled = Bordlagt
agenda-done-not-yet = Inte inskrivet ännu
memo-title = Tjänsteskrivelse: { $grant }, { $date }
memo-short = Tjänsteskrivelse
memo-own = Egna texter
memo-own-text = Resten skriver sig själv av det som står i ärendena.
memo-save = Spara texterna
memo-lacks = Tjänsteskrivelsen saknar text under { $headings }. Den visas här när allt är skrivet.
memo-pdf = Som PDF
memo-docx = Som Word
memo-html = Som webbsida
receipt-meeting-planned = Sammanträdet är planerat
receipt-meeting-planned-text = Nu går det att sätta upp ärenden.
receipt-on-agenda = Ärendena är uppsatta
receipt-on-agenda-text = De står på föredragningslistan.
receipt-off-agenda = Ärendet är borttaget från listan
receipt-off-agenda-text = Det väntar på ett annat sammanträde.
receipt-minutes-written = Besluten är inskrivna
receipt-minutes-written-text = Breven skickas när tiden för att ångra är över.
receipt-memo-saved = Texterna är sparade
receipt-memo-saved-text = Läs tjänsteskrivelsen nedan.
receipt-memo-partly = Texterna är sparade
receipt-memo-partly-text = Tjänsteskrivelsen är inte klar än: sidan visar vad som saknas.
done-on-agenda = { $who } satte upp ärendet till sammanträdet { $day }.
done-off-agenda = { $who } tog bort ärendet från sammanträdet { $day }.
done-committee = Nämnden
done-in-committee = { $body } { $day }, { $paragraph }: { $done }. { $text }
case-way-committee = Sätt upp ärendet på nämndens lista
meetings-prepares = Bereder
bundle-title = Handlingarna i en fil
bundle-text = Föredragningslistan som webbsida och alla tjänsteskrivelser som PDF och Word. De görs i bakgrunden.
bundle-cut = Tjänsteskrivelser
bundle-by-grant = En för varje bidrag, med ansökningarna i en bilaga
bundle-by-case = En för varje ärende
bundle-ask = Gör handlingarna
bundle-about = { $who } bad om dem { $time }. { $cut }.
bundle-working = { $made } av { $total } dokument
bundle-done = Klara
bundle-failed = Gick inte
bundle-file = Hämta handlingarna (zip)
bundle-look = Läs om sidan för att se hur långt det har kommit
receipt-papers-asked = Handlingarna görs
receipt-papers-asked-text = Följ hur långt det har kommit längre ned på sidan.
agenda-lead-stage = Bereder ärenden till { $committee }
agenda-write-in-stage = Skriv in protokollet
receipt-proposals-written = Protokollet är inskrivet
receipt-proposals-written-text = Nämnden beslutar sedan. Sätt upp ärendena på dess lista.
