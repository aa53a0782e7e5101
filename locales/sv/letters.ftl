### Decision letters: headings, outcomes, reasons, record.
### $to is "person" or "others" and chooses between du and ni.

kind-decision = Beslut
label-date = Datum
label-diary-number = Diarienummer
label-contact = Kontakt
label-recipient = Mottagare
label-organisation-number = Organisationsnummer
label-phone = Telefon
label-email = E-post
page-word = Sida
page-of = av
name-omitted = namnet anges inte här
subject-with-period = { $grant }, { $period }
title-decision = Beslut: { $subject }

outcome-bifall = Bifall
outcome-delvis-bifall = Delvis bifall
outcome-avslag = Avslag
outcome-avvisning = Avvisning
outcome-avskrivning = Avskrivning
outcome-report-accepted = Godkänd redovisning
outcome-report-reduced = Nedsatt bidrag
outcome-report-revoked = Återkallat bidrag

lead-granted = { $to ->
    [person] Du får { $amount }.
   *[others] Ni får { $amount }.
}
lead-approved = Föreningen är godkänd.
lead-approved-in-part = Föreningen är godkänd med begränsning.
lead-refused = { $to ->
    [person] Du får inget bidrag.
   *[others] Ni får inget bidrag.
}
lead-not-approved = Föreningen blir inte godkänd.
lead-not-tried = Vi prövar inte ansökan.
lead-closed = Vi avslutar ärendet utan att pröva ansökan.

lead-report-accepted = Er redovisning är godkänd. Bidraget blir { $amount }.
lead-report-claimed = { $to ->
    [person] Du ska betala tillbaka { $claimed }.
   *[others] Ni ska betala tillbaka { $claimed }.
}
lead-report-not-tried = Vi prövar inte redovisningen. Bidraget ska fortfarande redovisas.
lead-report-closed = Vi avslutar ärendet utan att pröva redovisningen. Bidraget ska fortfarande redovisas.
decided-report-accepted = { $committee } godkänner redovisningen från { $recipient }. Det beviljade bidraget på { $granted } står fast. Beslutet gäller { $subject }.
decided-report-reduced = { $committee } sätter ner bidraget till { $recipient } från { $granted } till { $amount }. Beslutet gäller { $subject }.
decided-report-nothing = { $committee } återkallar bidraget på { $granted } till { $recipient }. Beslutet gäller { $subject }.
decided-report-not-tried = { $committee } avvisar redovisningen från { $recipient }. Beslutet gäller { $subject }.
decided-report-closed = { $committee } avskriver ärendet. Redovisningen från { $recipient } prövas inte. Beslutet gäller { $subject }.
reasons-report-accepted = Redovisningen visar att bidraget har använts som det var tänkt.
reasons-report-reduced = Bidraget blir lägre än det som beviljades. Det beror på detta:
heading-settled = Slutavräkning
label-was-granted = Beviljat bidrag
label-came-to-be = Bidrag efter redovisning
label-was-paid = Redan utbetalt
label-rest = Kvar att betala ut
label-claimed = Att betala tillbaka
heading-pay-back = Betala tillbaka
pay-back = { $to ->
    [person] Betala { $amount } senast den { $day }. Du får en faktura från kommunen. Ange { $number } om du hör av dig. Behöver du dela upp betalningen, kontakta oss före dess. Det som inte är betalt då drar vi av från kommande bidrag.
   *[others] Betala { $amount } senast den { $day }. Ni får en faktura från kommunen. Ange { $number } om ni hör av er. Behöver ni dela upp betalningen, kontakta oss före dess. Det som inte är betalt då drar vi av från kommande bidrag.
}

decided-granted = { $committee } beviljar { $recipient } { $amount } i bidrag. Bidraget gäller { $subject }.
decided-granted-in-part = { $committee } beviljar { $recipient } { $amount } i bidrag och avslår ansökan i övrigt. Bidraget gäller { $subject }.
decided-applied = Ansökan gällde { $applied }.
decided-approved = { $committee } godkänner { $recipient } som förening med rätt att söka bidrag. Beslutet gäller { $subject }.
decided-approved-in-part = { $committee } godkänner { $recipient } delvis. Beslutet gäller { $subject }.
decided-refused = { $committee } avslår ansökan från { $recipient }. Ansökan gällde { $subject }.
decided-not-tried = { $committee } avvisar ansökan från { $recipient }. Det betyder att vi inte har tagit ställning till själva ansökan. Ansökan gällde { $subject }.
decided-closed = { $committee } avskriver ärendet. Det betyder att ärendet är avslutat och att ansökan inte prövas. Ansökan gällde { $subject }.

heading-reasons = Varför det blev så
reasons-granted = Ansökan uppfyller kraven i reglerna.
reasons-reduced = Beloppet är lägre än det hade kunnat vara. Det beror på detta:
reasons-approved-in-part = Föreningen uppfyller inte alla krav. Det beror på detta:
reasons-refused = Ansökan uppfyller inte alla krav i reglerna. Det beror på detta:
reasons-not-granted = Ansökan får inget bidrag. Det beror på detta:
reasons-not-tried = Ansökan kan inte prövas. Det beror på detta:
reasons-closed = Ärendet avslutas. Det beror på detta:

heading-calculation = Så har vi räknat
caption-calculation = Beräkningen rad för rad
column-row = Rad
column-paragraph = Paragraf
column-quantity = Antal
column-rate = Sats
column-value = Värde
heading-account = Från inlämnade till betalda närvaromarkeringar
caption-account = Hur närvaromarkeringarna har räknats
column-account = Steg
column-marks = Markeringar

heading-basis = Regler
basis-provisions = Beslutet bygger på dessa bestämmelser:
label-rules = Kommunens regler
label-rule-version = Version
label-rules-decided = Reglerna beslutades
rules-decided = { $body } den { $date }
rules-decided-at = { $body } den { $date }, { $paragraph }
rules-decided-in = { $body } den { $date }, diarienummer { $diary_number }
rules-decided-at-in = { $body } den { $date }, { $paragraph }, diarienummer { $diary_number }

heading-conditions = Villkor
heading-revocation = Förbehåll
revocation-intro = Nämnden har gjort detta förbehåll:

heading-payment = Utbetalning
payment-amount = Vi betalar ut { $amount }.
payment-around = Pengarna kommer omkring den { $date }.
payment-after-appeal = Pengarna kommer när tiden för att överklaga har gått ut och ingen har överklagat.
payment-in-parts = Bidraget betalas i delar.
payment-part-decision = Vi betalar { $amount } efter beslutet.
payment-part-requisition = Vi betalar { $amount } när er rekvisition är godkänd.
payment-part-report = Vi betalar { $amount } när er redovisning är godkänd.
payment-held = Utbetalningen väntar. { $reason }
payment-account = De sätts in på { $account }.
payment-set-off = Er skuld till kommunen dras av innan vi betalar ut.
payment-account-change = Kontakta oss genast om kontot inte stämmer.
account-masked = { $channel } som slutar på { $digits }
channel-bankgiro = bankgiro
channel-plusgiro = plusgiro
channel-bank-account = bankkonto

heading-record = Vem som har beslutat
label-decided-on = Beslutsdatum
label-decision = Beslut
label-decided-by = Beslutat av
label-delegation = Rätt att besluta
label-meeting = Sammanträde
label-rapporteur = Föredragande
label-present = Övriga som deltog
decided-by-committee = { $committee }
decided-automatically = Automatiserat beslut. { $committee } ansvarar för beslutet.
delegation-point = På uppdrag av { $committee }, delegationsordningen { $point }
meeting-paragraph = { $date }, { $paragraph }
official = { $name }, { $role }
official-unnamed = { $role } ({ $note })
nobody = Ingen
no-signature = Beslutet är fattat digitalt och har därför ingen underskrift.
decision-with-amount = { $outcome }, { $amount }
translation-note = Detta är en översättning som information. Den svenska texten gäller.
