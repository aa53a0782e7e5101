# Sidornas egna texter. Ett ärendes siffror och en bidragstyps texter kommer in färdiga.

skip = Hoppa till innehållet
nav-label = Huvudmeny
crumbs-label = Du är här
section-public = Fritid och kultur
section-officer = Handläggning
section-demo = Demonstration
foot-accessibility = Tillgänglighetsredogörelse
foot-personal-data = Så behandlar vi personuppgifter
foot-contact = Kontakta föreningsservice:
page-previous = Föregående sida
page-next = Nästa sida

nav-grants = Bidrag
nav-cases = Ärenden
nav-decide = Besluta
nav-appeals = Överklaganden
nav-payments = Utbetalning
nav-diary = Diarium

form-error-prefix = Fel:
form-error-heading = Rätta det här och skicka igen
form-optional = (frivilligt)

demo-label = Demonstration
demo-name = Demonstration
demo-clock = Flytta klockan
demo-date = eller till
demo-move = Flytta klockan
demo-persona = Du är { $persona }
demo-play = Bli
demo-switch = Byt person
demo-mailbox = { $count ->
    [0] Brevlådan
   *[other] Brevlådan ({ $count })
}

start-next = Nästa sista ansökningsdag
start-grants = Bidrag
start-no-grants = Kommunen har inga bidrag att söka just nu. Titta in igen längre fram, eller ring föreningsservice.
start-grant = Bidrag
start-who = För vem
start-what = Vad ni kan få
start-last-day = Sista ansökningsdag
start-payment = Utbetalning
start-work = För dig som arbetar här

import-problems = Att rätta eller känna till
import-no-problems = Filen hade inga fel. Alla markeringar är inlästa.
import-line = Rad
import-what = Vad som är fel
import-marks = Markeringar
import-more = { $count ->
    [one] { $count } rad till visas inte här.
   *[other] { $count } rader till visas inte här.
}
import-summary = Inläst
import-file = Filen
import-title = Närvarofil { $at }
import-verdict-in = Hela filen är inläst.
import-verdict-partly = { $count ->
    [one] Filen är inläst, men { $number } markering räknas inte förrän föreningen har rättat den.
   *[other] Filen är inläst, men { $number } markeringar räknas inte förrän föreningen har rättat dem.
}
import-verdict-refused = Filen är inte inläst och inget har ändrats. Föreningen ser vad som är fel och kan skicka en ny.
import-same-file = Det är samma fil som kom { $at }. Den har bara räknats en gång.
import-not-used = Filen används inte längre: annan närvaro räknas för perioden.
import-left-out = Räknas inte
import-corrected = Rättad
import-stays-out = Lämnad utanför
files-title = Närvarofiler
files-count = { $count ->
    [one] 1 fil
   *[other] { $number } filer
}
files-lead = Filer som har kommit för ärendets period. Rapporten visar vad som lästes in och vad som är fel, utan namn och personnummer.
files-none = Ingen närvarofil har kommit för perioden.
files-left-out = { $count ->
    [one] { $number } markering räknas inte
   *[other] { $number } markeringar räknas inte
}
files-reserved = Rapporten innehåller skyddade personuppgifter. Be en kollega som har behörighet.

diary-lead = Här kan du se vilka handlingar som har kommit in till och upprättats hos nämnden. Kontakta oss om du vill läsa en handling.
diary-filter = Sök i diariet
diary-query = Diarienummer eller ord
diary-year = År
diary-from = Från och med
diary-to = Till och med
diary-direction = Riktning
diary-search = Sök
diary-all = Visa hela diariet
diary-none = Inga handlingar stämmer med sökningen
diary-none-text = Pröva färre ord eller en längre tid.
diary-number = Ärende
diary-date = Datum
diary-title = Handling
diary-party = Avsändare eller mottagare
diary-document = Handling { $number }
diary-found = Antal handlingar: { $count }
diary-secrecy = Namn på privatpersoner och uppgifter som omfattas av sekretess visas inte här.

mailbox-lead = Här samlas breven och mejlen som tjänsten skulle ha skickat. Inget lämnar demonstrationen.
mailbox-none = Inga brev ännu
mailbox-none-text = Besluta i ett ärende eller begär en komplettering, så kommer brevet hit.
mailbox-list = Brev
mailbox-from = Från
mailbox-to = Till
mailbox-when = Skickat
mailbox-attachments = Bilagor
mailbox-choose = Välj ett brev i listan.

error-status = Fel { $status }
error-home = Till startsidan
error-incident = Om du kontaktar oss, uppge numret:
error-request-title = Vi förstod inte det som skickades
error-request-text = Något i formuläret eller adressen saknas eller har fel form.
error-request-advice = Gå tillbaka, kontrollera det du fyllde i och skicka igen.
error-login-title = Du behöver logga in
error-login-text = Sidan visas bara för den som är inloggad.
error-login-advice = Logga in och öppna sidan igen. Det du har sparat finns kvar.
error-forbidden-title = Du har inte tillgång till det här
error-forbidden-text = Din roll ger inte rätt till sidan, eller så skickades formuläret från en annan webbplats.
error-forbidden-advice = Öppna sidan från menyn och försök igen. Fråga den som sköter behörigheter hos er om det inte hjälper.
error-missing-title = Sidan finns inte
error-missing-text = Adressen kan vara felskriven, eller så har sidan flyttats eller tagits bort.
error-missing-advice = Kontrollera adressen, eller börja om från startsidan.
error-method-title = Sidan kan inte användas på det sättet
error-method-text = Adressen finns, men tar inte emot den här sortens anrop.
error-method-advice = Börja om från startsidan.
error-conflict-title = Det går inte just nu
error-conflict-text = Någon annan hann före, eller så har ärendet gått vidare sedan du öppnade sidan.
error-conflict-advice = Öppna sidan du kom ifrån på nytt och se vad som gäller. Om du skickade något är det inte sparat.
error-large-title = Det du skickade är för stort
error-large-text = Filen eller formuläret är större än vad tjänsten tar emot.
error-large-advice = Dela upp filen per period eller packa den (.gz) och försök igen.
error-often-title = För många försök
error-often-text = Vi har fått många anrop från dig på kort tid.
error-often-advice = Vänta en minut och försök igen.
error-busy-title = Tjänsten svarar inte just nu
error-busy-text = Något som tjänsten är beroende av är upptaget eller ligger nere.
error-busy-advice = Vänta en stund och försök igen. Inget har gått förlorat.
error-ours-title = Något gick fel hos oss
error-ours-text = Felet är vårt och är loggat.
error-ours-advice = Försök igen om en stund. Kontakta oss om felet är kvar.

periods-lead = När en period stängs låses närvaron, krockar avgörs och alla ärenden räknas slutligt. Det går inte att ångra.
periods-none = Inga perioder.
periods-grant = Bidrag
periods-last-day = Sista ansökningsdag
periods-waiting = Ärenden som väntar
periods-state = Läge


nav-associations = Föreningar
nav-committee = Nämnd
nav-statistics = Statistik
nav-home = Mina sidor
nav-association = Föreningen
nav-act-for = Byt förening
nav-log-in = Logga in

who-for = för
who-change = Byt förening
who-log-out = Logga ut
demo-nobody = Du är inte inloggad

login-title = Logga in
login-none = Inloggning med e-legitimation är inte inkopplad ännu. Det som är öppet för alla kan ni läsa utan att logga in.
login-demo = Det här är en demonstration: välj vem du vill vara. I skarp drift loggar man in med e-legitimation.
login-associations = För en förening
login-staff = På kommunen
act-for-title = Vilken förening gäller det?
act-for-lead = Du kan byta när som helst, längst upp på sidan.
act-for-none = Ingen förening har gett dig rätt att företräda den. Be en firmatecknare i föreningen att lägga till dig.
mandate-reader = Läser
mandate-writer = Fyller i
mandate-signatory = Skriver under
resend-title = Du är inte inloggad längre
resend-lead = Det du skrev finns kvar. Logga in igen, så kan du skicka det.
resend-again = En bilaga följde med, och den behöver väljas på nytt. Svar som redan var sparade finns kvar.
resend-log-in = Logga in
resend-log-in-tab = Logga in i en ny flik
resend-come-back = Kom tillbaka till den här fliken.
resend-send = Skicka igen

receipt-done = Uppgiften är klar
receipt-done-text = Ärendet går vidare av sig självt.
receipt-supplement = Kompletteringen är begärd
receipt-supplement-text = Föreningen får ett meddelande. Handläggningstiden står stilla tills svaret kommer.
receipt-undone = Beslutet är återtaget
receipt-undone-text = Inget brev har skickats. Ärendet är klart för beslut igen.
receipt-decided = Besluten är fattade
receipt-decided-text = Varje ärende har fått sitt eget beslut. Breven skickas när tiden för att ångra har gått ut.
receipt-reviewed = Granskningen är klar
receipt-reviewed-text = Nu kan en annan person beslutsattestera.
receipt-attested = Attesterat
receipt-attested-text = Utbetalningarna kan läggas i en fil.
receipt-batch = Filerna är klara
receipt-batch-text = Hämta dem nedan och lämna dem till banken och ekonomisystemet.
receipt-released = Spärren är hävd
receipt-released-text = Utbetalningen kan gå vidare.
receipt-closed = Perioden är stängd
receipt-closed-text = Ärendena räknas nu slutligt på den låsta närvaron.
receipt-nothing = Inget att göra
receipt-nothing-text = Det fanns inget att göra just nu.
receipt-logged-out = Du är utloggad
receipt-logged-out-text = Stäng webbläsaren om fler använder samma dator.
receipt-saved = Sparat
receipt-saved-text = Ändringen gäller från nu.
row-share = { $percent } av { $of }
