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
