### The two appeal texts (förvaltningslagen 33 § andra stycket; kommunallagen 13 kap.; förvaltningslagen 40-47 §§;
### förvaltningsprocesslagen 3-4 §§). Never mixed: each grant type has one of them.

heading-appeal = Så här överklagar man

legality-what = Beslutet kan överklagas genom laglighetsprövning enligt 13 kapitlet i kommunallagen.
legality-heading-who = Vem som får överklaga
legality-who = Bara den som är medlem av kommunen får överklaga. Medlem är den som är folkbokförd i kommunen, äger fast egendom där eller ska betala kommunalskatt där.
legality-who-association = En förening är därför oftast inte själv medlem. En person i styrelsen som bor i kommunen kan överklaga i eget namn.
legality-heading-tested = Vad domstolen prövar
legality-tested = Domstolen prövar bara om beslutet är lagligt. Den kan upphäva beslutet men inte ersätta det med ett annat. Beslutet ska upphävas om
legality-ground-order = det inte har kommit till på rätt sätt
legality-ground-matter = det rör något som inte är en fråga för kommunen
legality-ground-power = den som beslutade inte hade rätt att göra det
legality-ground-law = det på något annat sätt strider mot lag.
legality-heading-when = När överklagandet ska ha kommit in
legality-reported = Beslutet anmäls till { $committee } vid sammanträdet den { $date }.
legality-reported-at = Beslutet är anmält till { $committee } vid sammanträdet den { $date }, { $paragraph }.
legality-to-be-reported = Beslutet kommer att anmälas till { $committee } vid ett sammanträde.
legality-decided-at = { $committee } fattade beslutet vid sammanträdet den { $date }, { $paragraph }.
legality-clock = Det går att överklaga i tre veckor. Tiden räknas från den dag då det står på kommunens anslagstavla att protokollet från sammanträdet är justerat.
legality-arrive = Överklagandet ska ha kommit in till förvaltningsrätten inom den tiden.
legality-last-day = Sista dagen att överklaga är den { $date }.
legality-last-day-later = Sista dagen visas på Mina sidor när protokollet har satts upp på anslagstavlan.
appeal-weekend = Om sista dagen är en lördag, söndag eller helgdag gäller nästa vardag. Det gäller också midsommarafton, julafton och nyårsafton.
legality-heading-where = Vart överklagandet ska skickas
legality-where = Skriv till förvaltningsrätten och skicka överklagandet direkt dit:
legality-heading-content = Vad som ska stå i överklagandet
legality-content = Överklagandet ska vara skriftligt. Det här ska stå med:
legality-content-decision = vilket beslut det gäller: diarienummer { $diary_number }, beslutat den { $date }
legality-content-grounds = alla skäl till att beslutet inte är lagligt, eftersom nya skäl inte får läggas till när tiden har gått ut
legality-content-evidence = vilka bevis som finns och vad de ska visa
legality-content-identity = namn, personnummer, postadress, e-postadress och telefonnummer till den som överklagar.

complaint-what = Beslutet kan överklagas till { $court } enligt 40–47 §§ i förvaltningslagen.
complaint-heading-who = Vem som får överklaga
complaint-who = { $to ->
    [person] Du får överklaga om beslutet har gått dig emot.
   *[others] Ni får överklaga om beslutet har gått er emot.
}
complaint-heading-when = När överklagandet ska ha kommit in
complaint-clock = { $to ->
    [person] Överklagandet ska ha kommit in till { $authority } inom tre veckor. Tiden räknas från den dag då du fick del av beslutet.
   *[others] Överklagandet ska ha kommit in till { $authority } inom tre veckor. Tiden räknas från den dag då ni fick del av beslutet.
}
complaint-last-day = Sista dagen att överklaga är den { $date }.
complaint-heading-where = Vart överklagandet ska skickas
complaint-where = Ställ överklagandet till { $court }. Skicka det inte dit, utan till { $authority }:
complaint-heading-content = Vad som ska stå i överklagandet
complaint-content = Överklagandet ska vara skriftligt. Det här ska stå med:
complaint-content-decision = vilket beslut det gäller: diarienummer { $diary_number }, beslutat den { $date }
complaint-content-change = hur beslutet ska ändras
complaint-content-reasons = varför det ska ändras
complaint-content-evidence = vilka bevis som finns och vad de ska visa
complaint-content-identity = { $to ->
    [person] ditt namn och personnummer samt postadress, e-postadress och telefonnummer.
   *[others] namn och organisationsnummer samt postadress, e-postadress och telefonnummer.
}
complaint-signature = { $to ->
    [person] Skriv under överklagandet. Skicka med en fullmakt om ett ombud överklagar.
   *[others] Den som har rätt att skriva under för er ska göra det. Skicka med en fullmakt om ett ombud överklagar.
}
complaint-heading-next = Vad som händer sedan
complaint-next = Vi prövar om överklagandet har kommit in i tid. Om beslutet är fel kan vi ändra det själva. Annars skickar vi överklagandet och handlingarna till { $court }.
