### The other letters of a case, and the list of delegated decisions.

kind-supplement = Begäran om komplettering
title-supplement = Ansökan behöver kompletteras: { $subject }
supplement-lead = Skicka in det som saknas senast den { $date }.
supplement-why = Vi kan inte pröva ansökan förrän den är komplett.
heading-missing = Det här saknas
heading-supplement-how = Så gör { $to ->
    [person] du
   *[others] ni
}
supplement-how = Logga in på Mina sidor och öppna ärendet { $diary_number }. Där går det att svara och skicka in handlingar. Kontakta oss om tiden inte räcker.
heading-consequence = Om uppgifterna inte kommer in i tid

kind-receipt = Bekräftelse
title-receipt = Vi har tagit emot ansökan: { $subject }
receipt-lead = Ansökan kom in den { $date }.
receipt-number = Ärendet har diarienummer { $diary_number }. Ange det när { $to ->
    [person] du
   *[others] ni
} kontaktar oss.
heading-dates = Vad som händer nu
label-period-closes = Sista ansökningsdag
label-decision-expected = Beslut väntas senast
label-payment-expected = Utbetalning väntas omkring
receipt-late = Ansökan kom in efter den sista ansökningsdagen, som var den { $date }. Den är mottagen och registrerad. I beslutet framgår vad det betyder.
receipt-follow = Ärendet går att följa på Mina sidor.

kind-delay = Meddelande om försening
title-delay = Beslutet dröjer: { $subject }
delay-lead = Beslutet blir försenat. Vi räknar med att besluta senast den { $date }.
delay-received = Ansökan kom in den { $date }.
heading-delay-reason = Varför det dröjer
heading-delay-right = Begära att ärendet avgörs
delay-right = { $to ->
    [person] Du kan skriftligt begära att vi avgör ärendet om det har gått sex månader sedan ansökan kom in. Vi ska då inom fyra veckor avgöra ärendet eller avslå begäran. Ett avslag går att överklaga.
   *[others] Ni kan skriftligt begära att vi avgör ärendet om det har gått sex månader sedan ansökan kom in. Vi ska då inom fyra veckor avgöra ärendet eller avslå begäran. Ett avslag går att överklaga.
}

kind-payment = Besked om utbetalning
title-payment = Utbetalning: { $subject }
payment-notice-lead = Vi betalar ut { $amount } den { $date }.
payment-notice-account = Pengarna sätts in på { $account }.
payment-notice-reference = På kontoutdraget står { $reference }.
heading-payment-lines = Så är summan räknad
caption-payment-lines = Utbetalningen rad för rad
column-payment-line = Rad
column-amount = Belopp
row-to-pay = Att betala ut

kind-delegation-list = Anmälan av delegationsbeslut
title-delegation-list = Delegationsbeslut till sammanträdet den { $date }
delegation-list-intro = Listan gäller beslut som har fattats på uppdrag av { $committee } från den { $from } till den { $to_date }.
delegation-list-count = { $count ->
    [one] Listan har ett beslut. Summan av beviljade belopp är { $sum }.
   *[other] Listan har { $count } beslut. Summan av beviljade belopp är { $sum }.
}
delegation-list-none = Inga beslut har fattats på delegation under tiden.
caption-delegation-list = Beslut som anmäls
column-diary-number = Diarienummer
column-date = Datum
column-delegate = Beslutat av
column-delegation-point = Delegation
column-subject = Ärende
column-outcome = Beslut
column-granted-amount = Belopp (kr)
row-sum = Summa

kind-memo = Tjänsteskrivelse
memo-annex = Bilaga: ansökningarna
memo-conditions = Villkor: { $number } { $applicant }
label-memo-to = Till
label-memo-by = Handläggare
label-memo-date = Datum
memo-place = Plats
memo-applicant = Sökande
memo-points = Poäng
memo-applied = Sökt, kr
memo-proposed = Förslag, kr
