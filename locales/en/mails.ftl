### E-mail says only that there is something to read; never what, and never about whom. An approval's last day is public, and is said.

mail-subject = New message from { $municipality } in case { $reference }
mail-greeting = Hello!
mail-message = There is a new message in case { $reference }. Log in to read it.
mail-link = Log in
mail-received-subject = We have received your application, case { $reference }
mail-received-message = { $reference } is the number of the case. You need do nothing now. The receipt shows what you sent and what happens next.
mail-received-link = Read the receipt
mail-sign-subject = Sign the application in case { $reference }
mail-sign-message = An application in case { $reference } waits for another signature. Somebody who may sign for the association, and has not done so yet, needs to do it now.
mail-sign-link = Read and sign
mail-report-subject = Time to report on your grant, case { $reference }
mail-report-message = You have received a grant in case { $reference } that is to be reported on. The last day is shown on My pages.
mail-report-link = Report
mail-assess-subject = An assessment to make for { $municipality }, case { $reference }
mail-assess-message = You are asked as an expert in case { $reference }. Log in to see what it is about and by which day.
mail-assess-link = See what is asked
mail-no-reply = You cannot reply to this e-mail.
mail-safety = We never ask for codes or passwords by e-mail.
mail-mandate-subject = You can now act for { $association }
mail-mandate-text =
    Hello!
    {""}
    { $association } has let you act for it at { $municipality }. Log in with an e-identification at { $address } to see the association's pages.
    {""}
    If you got this by mistake you need not do anything.
mail-approval-subject = Your approval holds to { $day }
mail-approval-text =
    Hello!
    {""}
    The association's approval at { $municipality } holds to { $day } inclusive. Apply for a new one before that day; without it you cannot get the grants that ask for an approved association. Log in at { $address } and find the application on My pages.
    {""}
    You cannot reply to this e-mail.
    We never ask for codes or passwords by e-mail.
mail-access-subject = Report of missing accessibility in the grant service
mail-access-not-said = not said
mail-access-text =
    Somebody has reported that something in the grant service is not accessible. Answer within two working days (act 2018:1937).
    {""}
    Page: { $page }
    {""}
    What does not work: { $text }
    {""}
    Name: { $name }
    E-mail: { $email }
    Sent: { $at }
