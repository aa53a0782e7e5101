### E-mail says only that there is something to read; never what, and never about whom. An approval's last day is public, and is said.

mail-subject = Nytt meddelande från { $municipality } i ärende { $reference }
mail-greeting = Hej!
mail-message = Det finns ett nytt meddelande i ärende { $reference }. Logga in för att läsa det.
mail-link = Logga in
mail-received-subject = Vi har tagit emot er ansökan, ärende { $reference }
mail-received-message = { $reference } är numret på ärendet. Ni behöver inte göra något nu. Kvittensen visar vad ni skickade och vad som händer sedan.
mail-received-link = Läs kvittensen
mail-sign-subject = Skriv under ansökan i ärende { $reference }
mail-sign-message = En ansökan i ärende { $reference } väntar på en underskrift till. Den som får skriva under för föreningen, och inte redan har gjort det, behöver göra det nu.
mail-sign-link = Läs och skriv under
mail-report-subject = Dags att redovisa ert bidrag, ärende { $reference }
mail-report-message = Ni har fått ett bidrag i ärende { $reference } som ska redovisas. Sista dagen står på Mina sidor.
mail-report-link = Redovisa
mail-assess-subject = Ett bedömningsuppdrag från { $municipality }, ärende { $reference }
mail-assess-message = Du är tillfrågad som sakkunnig i ärende { $reference }. Logga in för att se vad uppdraget gäller och till vilken dag.
mail-assess-link = Se uppdraget
mail-no-reply = Det går inte att svara på det här mejlet.
mail-safety = Vi frågar aldrig efter koder eller lösenord i mejl.
mail-mandate-subject = Du kan nu företräda { $association }
mail-mandate-text =
    Hej!
    {""}
    { $association } har gett dig rätt att företräda föreningen hos { $municipality }. Logga in med e-legitimation på { $address }, så ser du föreningens sidor.
    {""}
    Har du fått det här av misstag behöver du inte göra något.
mail-approval-subject = Ert godkännande gäller till { $day }
mail-approval-text =
    Hej!
    {""}
    Föreningens godkännande hos { $municipality } gäller till och med { $day }. Sök ett nytt innan dess, annars kan ni inte få de bidrag som kräver att föreningen är godkänd. Logga in på { $address }, så hittar ni ansökan på Mina sidor.
    {""}
    Det går inte att svara på det här mejlet.
    Vi frågar aldrig efter koder eller lösenord i mejl.
mail-access-subject = Anmälan om bristande tillgänglighet i bidragstjänsten
mail-access-not-said = inte angivet
mail-access-text =
    Någon har anmält att något i bidragstjänsten inte är tillgängligt. Svara inom två arbetsdagar (lagen 2018:1937).
    {""}
    Sida: { $page }
    {""}
    Vad som inte fungerar: { $text }
    {""}
    Namn: { $name }
    E-post: { $email }
    Skickat: { $at }
