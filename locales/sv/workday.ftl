# Who gets a case, being away, the working day.
done-assigned-only = { $person } fick ärendet automatiskt. Ingen annan hos { $group } kunde ta det.
done-assigned-open = { $person } fick ärendet automatiskt: minst öppna ärenden ({ $open }) av de { $among } hos { $group } som kunde ta det.
done-assigned-lately = { $person } fick ärendet automatiskt: lika få öppna ärenden som en kollega ({ $open }) men minst tilldelade de senaste 30 dagarna ({ $lately }), av de { $among } hos { $group } som kunde ta det.
done-assigned-name = { $person } fick ärendet automatiskt: flera av de { $among } hos { $group } hade lika lite att göra ({ $open } öppna ärenden), och namnet kommer först i bokstavsordning.
done-unassigned = Ingen hos { $group } kunde ta ärendet automatiskt: alla är borta, jäviga eller saknar behörighet. Någon behöver ta det.

receipt-absent = Du är anmäld som borta
receipt-absent-text = Nya ärenden fördelas inte till dig de dagarna, och din vikarie ser det som är ditt.
receipt-present = Du är tillbaka
receipt-present-text = Nya ärenden fördelas till dig igen.
receipt-unit = Enheten är ändrad
receipt-unit-text = Nya ärenden fördelas efter det. Ärenden som redan har en handläggare ligger kvar.

workload-title = Fördelning
workload-lead = Så här är ärendena fördelade, och här anmäler du att du är borta.
workload-officers = Handläggare
workload-none = Det finns ingen handläggare ännu. Lägg till personal först.
workload-open = Öppna ärenden
workload-lately = Tilldelade senaste 30 dagarna
workload-here = Närvaro
workload-is-here = På plats
workload-away = Borta { $from } till { $until }
workload-away-with = Borta { $from } till { $until }. { $name } vikarierar.
workload-away-until = Borta till { $until }
workload-explained = När en bidragstyp fördelar ärenden efter belastning får den med minst öppna ärenden nästa. Den som är borta eller jävig får inget.
workload-units = Enheter
workload-no-units = Kommunen har inga enheter. De skrivs under nämnden i kommunens inställningar.
workload-unit-empty = Ingen hör till enheten ännu. Ärenden som ska dit får ingen handläggare av sig själva.
workload-unit-change = Ändra vilka som hör till { $unit }
workload-unit-button = Spara enheten
workload-say = Jag är borta
workload-say-text = Nya ärenden fördelas inte till dig. Din vikarie ser dina ärenden bland sina.
workload-say-button = Anmäl frånvaro
workload-from = Första dagen
workload-until = Sista dagen
workload-substitute = Vikarie
workload-substitute-hint = Vikarien ser det du har att göra. Där hen är jävig visas inget.
workload-nobody = Ingen vikarie
workload-back = Jag är tillbaka
workload-only-officers = Bara handläggare anmäler frånvaro här.
workload-cases =
    { $count ->
        [one] { $number } öppet ärende
       *[other] { $number } öppna ärenden
    }

# The dialogue: files, receipts, templates.
message-files = Bifoga filer
message-files-hint = Det här går bra: { $kinds }. Högst { $most } filer om { $megabytes } MB var.
message-attached = Bifogade filer
message-read-by = Läst { $when } av { $who }
dialogue-read = Läst av kommunen { $when }
dialogue-unread = Kommunen har inte läst det ännu
messages-template = Skriv från en mall
messages-template-use = Använd mallen
messages-missing = Ärendet har inget att fylla i för { $places }. Skriv dit det som ska stå där innan du skickar.
receipt-template = Mallen är sparad
receipt-template-text = Den finns nu att välja när du skriver ett meddelande i ett ärende.
receipt-template-retired = Mallen används inte längre
receipt-template-retired-text = Den går inte att välja i nya meddelanden. Det som redan är skickat ändras inte.
receipt-template-offered = Mallen används igen
receipt-template-offered-text = Den finns att välja när du skriver ett meddelande i ett ärende.
templates-title = Meddelandemallar
templates-lead = Texter som ni skriver ofta. Ärendet fyller i namn, nummer och datum.
templates-new = Ny mall
templates-none = Det finns ingen mall ännu
templates-none-text = Skriv en mall för det ni ofta frågar om, till exempel ett saknat hyresavtal.
templates-written = Ändrad { $when }
templates-retired = Mallar som inte används
templates-one-lead = Det som står inom klamrar fylls i av ärendet.
templates-name = Mallens namn
templates-text = Text
templates-case = Pröva på ärende
templates-case-hint = Diarienumret, till exempel KFN 2026/131. Tomt betyder det första i listan.
templates-save = Spara mallen
templates-preview = Förhandsgranska
templates-preview-title = Så här blir det
templates-preview-none = Skriv texten och välj Förhandsgranska.
templates-preview-in = I ärende { $number }
templates-places = Det här kan ärendet fylla i
templates-retire = Sluta använda mallen
templates-offer = Använd mallen igen
place-number = ärendets diarienummer
place-applicant = den sökandes namn
place-grant = bidragets namn
place-period = perioden i ord
place-last-day = sista dagen att svara, när ärendet väntar på svar
place-officer = ärendets handläggare
place-amount = beloppet, beräknat eller beslutat

# Handing over.
hand-over-unit = { $unit } (den med minst att göra)
hand-over-case = Ärendet nu
hand-over-show = Visa vad som följer med
hand-over-preview = Så här blir det
hand-over-preview-to = Så här blir det om { $name } tar över
hand-over-has = Har { $cases } nu.
hand-over-nothing = Inget mer än ärendet självt.
hand-over-due = Senast { $date }
hand-over-waits = Kompletteringen som ni väntar på, sista dag { $date }
hand-over-promised = Utlovad handling som inte har kommit
hand-over-not-hers = Följer med, men någon annan måste göra det
hand-over-four-eyes = Ska göras av någon annan än ärendets handläggare.
hand-over-done = Har redan gjort sin del av uppgiften.
hand-over-stays = Följer inte med
hand-over-begun = { $name } har börjat på bedömningen. Den är personlig och stannar hos { $name }.
hand-over-conflicted = { $name } är jävig och kan inte ta ärendet. Välj någon annan.
hand-over-other = { $name } handlägger inte nämndens ärenden. Välj någon annan.
hand-over-has-it = { $name } har redan ärendet.
hand-over-nobody = Ingen annan i enheten kan ta ärendet nu: alla är borta, jäviga eller saknar behörighet.
hand-over-to-name = Lämna över till { $name }

# The list, several cases at once, keys.
cases-todo-today = Att göra i dag
cases-todo-opened = Öppnade, inte klara
cases-today = I dag
cases-opened =
    { $count ->
        [one] Du har öppnat { $number } ärende utan att göra något i det
       *[other] Du har öppnat { $number } ärenden utan att göra något i dem
    }
receipt-several = Det är gjort
receipt-several-text = Alla ärenden som du valde är med.
bulk-take = Ta ärendena
bulk-take-lead = Du blir handläggare. Ärenden som en kollega redan har hoppas över.
bulk-away = Lägg undan
bulk-away-lead = Ärendena kommer tillbaka den dag du väljer, eller när något händer i dem.
bulk-hand-over = Lämna över ärendena
bulk-hand-over-lead = Välj vem som tar över och se vilka ärenden som går att lämna.
bulk-show = Visa vad som går att lämna över
bulk-to = { $name } tar över.
hand-over-nobody-chosen = Välj vem som tar över.
bulk-none = Kryssa för ärenden i listan och välj vad du vill göra med dem.
bulk-done =
    { $count ->
        [one] 1 ärende
       *[other] { $count } ärenden
    }
bulk-done-none = Inget av ärendena går att göra det här med.
bulk-skipped =
    { $count ->
        [0] Inget hoppas över
        [one] 1 ärende hoppas över
       *[other] { $count } ärenden hoppas över
    }
bulk-skipped-none = Alla ärenden som du valde är med.
bulk-some =
    { $count ->
        [0] Inget ärende ändrades. Här står varför.
        [one] 1 ärende är klart. De här hoppades över.
       *[other] { $number } ärenden är klara. De här hoppades över.
    }
bulk-skip-not-allowed = Du handlägger inte nämndens ärenden.
bulk-skip-closed = Ärendet är avslutat.
bulk-skip-yours = Du har redan ärendet.
bulk-skip-colleague = { $name } har ärendet. Be { $name } att lämna över det.
bulk-skip-aside = Ligger redan undan till den dagen.
bulk-skip-conflicted = Den du valde är jävig i ärendet.
bulk-skip-other = Den du valde handlägger inte nämndens ärenden.
bulk-skip-has-it = Den du valde har redan ärendet.
bulk-skip-nobody = Ingen annan i enheten kan ta ärendet nu.
keys-title = Tangenter i listan
keys-lead = När listan med ärenden har fokus går det att gå igenom den med tangentbordet.
keys-tab = Tabb
keys-tab-text = Gå till listan och vidare i den.
keys-down = Pil ned och pil upp
keys-down-text = Nästa och förra ärendet.
keys-ends = Home och End
keys-ends-text = Första och sista ärendet på sidan.
keys-enter = Enter
keys-enter-text = Öppna ärendet.
keys-tick = x
keys-tick-text = Kryssa för ärendet, eller ta bort krysset.
keys-help = ?
keys-help-text = Visa den här sidan.
keys-without = Tangenterna gör något bara medan listan har fokus. Utan skript räcker Tabb och Enter.
