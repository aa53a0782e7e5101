# The association's own pages: applying, My pages, and the case as the association sees it.

my-title = My pages
my-todo = To do
my-nothing-todo = Nothing waits for you just now. Applications to finish and questions from the municipality are shown here.
my-open = You can apply for these now
my-nothing-open = No grant is open just now. The page Grants says when the next one opens.
my-cases = Your cases
my-no-cases = You have no cases yet. When you have handed in an application you follow it here.
todo-supplement = Supplement the application
todo-view = Give your view before the decision
todo-cosign = Sign the application
todo-cosign-others = Waits for the signature of { $names }
todo-waits-others = Waits for somebody else
one-of-names = { $first } or { $last }
todo-waits = Waits for you
todo-renew = Renew the approval: { $approval }
renew-ends = Your approval holds to { $day } inclusive
renew-ended = Your approval held to { $day } inclusive
renew-soon = Ends soon
renew-over = Has ended

stands-withdrawn = Withdrawn
stands-unsigned = Received, waits for a signature
stands-supplement = Waits for your supplement
stands-view = Waits for your view
stands-checked = Received, being checked
stands-officer = An officer is looking at it
stands-close = Received, final amount when applications close
stands-time = Waits for the next step
stands-decision = Ready for decision
stands-done = Closed

state-cannot-start = Cannot be started yet
state-not-started = Not started
state-in-progress = In progress
state-done = Done
state-not-needed = Not needed
state-change-requested = Change requested
state-changed = Changed

draft-application = Application for { $grant }
draft-replacement = New version of the application for { $grant }
draft-supplement = Supplement to the application for { $grant }
draft-progress = { $done } of { $all } parts are done
draft-last-day-extended = Last day to apply { $day }, extended for you
draft-last-day = Last day to apply { $day }
draft-prefilled = We have filled in what can be taken from your application for { $period }. Go through each part and check that it is right.
draft-throw = Throw the draft away
draft-throw-text = Everything filled in is lost. This cannot be undone.
draft-throw-button = Throw the draft away
draft-together = Fill in together
draft-together-text = Several of you can fill in at the same time. Everything is saved as you go, and you can go on another day. The municipality sees nothing until the application is handed in.

task-check = Check and sign
task-send = Send the supplement
task-waits = Depends on your answer to "{ $question }".

section-save = Save and continue
section-save-back = Save and go back to the answers
section-save-list = Save and go to the list
section-saved = Saved { $at }
section-aside = Amount and parts
section-tasks = Parts
section-to-list = To all parts of the application
section-reads-only = You may read the application but not change it. Ask a signatory to let you fill in.
section-requested = This is asked for
save-lost = It could not be saved just now. What you wrote is still here and is saved when the connection is back.
save-logged-out = You are logged out. What you wrote is still on this page. Log in in another tab and go on here.
save-kept = We have put back what you wrote before you were logged out. Check it and save.

origin-earlier = From your application for { $period }. Check that it is still right.
origin-register = From the register of associations. Check that it is right.

clash-who = { $who } changed the answer { $at }:
clash-choose = Two people have answered differently. Choose which answer is to count.
clash-empty = (empty)
clash-yours = Your own answer is still below. Save to use it instead.
clash-use = Use that answer

answer-yes = Yes
answer-no = No
answer-affirmed = Affirmed
answer-file = Attached file
answer-on-file = handed in already
answer-later = Sent later
answer-members = { $count } members
answer-costs = Sum of costs: { $amount }
answer-incomes = Sum of incomes: { $amount }

attendance-affirm = We have checked the attendance and it is right
attendance-affirm-again = The attendance has changed since you checked it. Look through it and tick again.
attendance-look = See and check the attendance
attendance-write-in = Read or write in the attendance
figure-none = Worked out when you have answered
choose = Choose
account-bankgiro = Bankgiro
account-plusgiro = Plusgiro
account-bank = Bank account
account-use-registered = Use the account in the register: { $account }
account-not-usable = The register has { $account }, but the grant can only be paid to { $kinds }. Write such a number here.
account-see-registered = See the account in the register
account-number = Number
range-from = First day
range-to = Last day
address-street = Street and number
address-postcode = Postcode
address-town = Town

file-chosen = Uploaded
file-choose = Choose a file
file-change = Change the file
file-upload = Upload
file-keep = Use { $name }
file-on-file = Use { $name }, handed in { $day }
file-later = We send it later
file-remove = Remove the file
file-new = We upload a file
file-limit = { $kinds }. At most { $megabytes } MB.
file-too-large = The file is too large. Save it at a lower resolution and choose it again.
file-pdf = PDF
file-image = picture (PNG or JPEG)
file-document = text document (DOCX or ODT)
file-sheet = spreadsheet (XLSX, ODS or CSV)

rows-row = row { $no }
rows-add = Add more rows
rows-remove = Remove row { $no }
rows-sum = Sum:
budget-costs = Costs
budget-incomes = Incomes
budget-add-cost = Add more costs
budget-add-income = Add more incomes
budget-text = What
budget-amount = Amount
members-year = Year of birth
members-sex = Sex
members-female = Girls and women
members-male = Boys and men
members-count = Number
members-resident = Lives in the municipality

not-sent-title = These answers are not sent
not-sent-text = Other answers make the questions needless. The answers stay in the draft in case you change your mind.

before-title = Apply for { $grant }
before-know = Good to know
before-last-day = Last day to apply
before-parts = The application
before-parts-count = { $count ->
    [one] { $count } part to fill in
   *[other] { $count } parts to fill in
}
before-signs = Signature
before-signs-role = Whoever may fill in for the association may also send it.
before-signs-one = A signatory signs.
before-signs-rule = Signed as your rule for signing says. The first signature is enough to be in time.
before-attendance = Attendance
before-attendance-text = The attendance of the period is needed. Upload it before or during the application.
before-pays = Payment
before-needed = Have these at hand
before-later = May be sent later
before-depends = Only with certain answers
before-refused = You cannot get this grant as things stand
before-refused-what = When the requirement is met you can begin here. Is the information wrong? Correct it under Association, or call the municipality.
before-others = You can apply for these instead
before-no-others = No other grant is open to you just now.
before-judged = What we have been able to check
before-opens = Applications open on { $day }.
before-late = The last day to apply was { $day }. The application is taken but counts as late, and the amount may be lower.
before-draft = The draft was begun { $day } and last changed { $touched }.
before-draft-title = You have a draft already
before-go-on = Go on with the draft
before-anew = Begin anew
before-anew-text = If you begin anew, what is filled in is lost.
before-case = The application has diary number { $number }.
before-case-title = You have handed in an application already
before-case-open = See the case
before-begin = Begin the application

pays-at-once = About two weeks after the decision
pays-after-force = When the decision is final
pays-manual = As the decision says

check-title = Check your answers
check-lead = Read the answers before somebody signs. You can change each of them.
check-missing = This is missing
check-no-answer = No answer
check-change = Change
check-go-on = Go on to the signature

sign-title = Sign and hand in
sign-not-ready = Not everything is filled in yet
sign-to-check = See what is missing
sign-may-not = You cannot sign
sign-who-may = The application is signed by a signatory of the association. The draft is saved: ask one of them to log in and sign.
sign-declaration = Declaration
sign-true = The information is right and complete.
sign-control = The association can show supporting documents at a control and pays back what was paid on wrong information.
sign-public = The application becomes a public document when it is received.
sign-replaces = This version replaces the one you handed in before. Both stay in the diary.
sign-rule-role = You sign for the association.
sign-rule-one = One signatory signs. You are a signatory.
sign-rule-both = If your rule for signing asks for two, the next person signs within { $days } days. The application is received with your signature already.
sign-tick = I, { $name }, declare this for the association
sign-tick-missing = Tick the declaration to hand in the application.
sign-button = Sign and hand in
sign-back = Back to the answers
sign-received = The application is received the moment you hand it in.

receipt-page-title = Receipt
receipt-state = Received
receipt-heading = The application is handed in
receipt-page-number = Diary number
receipt-received = Received
receipt-decision = Decision
receipt-next = What happens now
receipt-unsigned = One more signature is needed
receipt-to-case = Follow the case
receipt-to-my = To My pages
receipt-print = The page can be printed. The receipt stays with the case, and a mail has been sent to the association's contacts.
expected-after-close = The amount is final after the last day to apply, { $day }. Then it is decided.
expected-by = A decision is expected by { $day }.
expected-soon = It is decided as soon as it has been handled.
next-cosign = The second signatory logs in and signs.
next-check = We check the information. If something is missing we write to you.
next-replace = Until { $day } you can change it by handing in a new version.
next-decision = When it is decided you get a mail that there is something to read here.

receipt-thrown = The draft is thrown away
receipt-thrown-text = You can begin a new application whenever you like.
receipt-supplemented = The answer is sent
receipt-supplemented-text = It is received and the officer sees it now.
receipt-cosign-reminded = The reminder is sent
receipt-cosign-reminded-text = It went to the association's contacts. You can remind again tomorrow.
receipt-cosign-off = The request for a signature is taken back
receipt-cosign-off-text = The application is still received. An officer will be in touch about the signature that is missing.
receipt-cosigned = The application is signed
receipt-cosigned-text = The signatures are complete now.
receipt-withdrawn = The application is withdrawn
receipt-withdrawn-text = An officer closes the case.

ask-supplement = The application must be supplemented
ask-supplement-open = Open the supplement
ask-by = Answer by { $day }
ask-view = Give your view before the decision
ask-view-text = Something new has come in that may affect the decision. Read the notice among the documents. You may answer here, but you need not.
ask-view-label = Your answer
ask-view-send = Send the answer

send-title = Send the supplement
send-changes = What you have changed
send-no-changes = You have not changed any answer. You can answer in words below.
send-text = Message to the officer
send-button = Send the supplement
change-before = Before
change-after = Now

cosign-title = The second signature
cosign-open = Read and sign
cosign-needed = The application must be signed by one more signatory: { $names }.
cosign-by = Sign by { $day }.
cosign-waits-until = It has to be done by { $day }.
cosign-also = A mail has gone to the association's contacts. You can remind them once a day. If you take the request back the application is still received, and an officer will be in touch about the signature that is missing.
cosign-remind = Remind by mail
cosign-call-off = Take back the request for a signature
cosign-look = See what is to be signed
cosign-first = Signed by { $name }
cosign-signed = Signed by { $name }
cosign-ended = The time to sign has run out, or it is not needed any more.
cosign-changes = Changed since the first signature
cosign-no-changes = No answer has changed since the first signature.
cosign-attendance = The amount rests on the attendance as it is now. It may have changed since the first signature.
cosign-see-attendance = See the attendance
cosign-tick = I declare this for the association
cosign-button = Sign

outcome-granted = Granted
outcome-partly = Granted in part
outcome-refused = Refused
outcome-not-tried = Not tried
outcome-closed = Closed without trial

amount-preliminary = Preliminary grant
amount-preliminary-note = The amount is preliminary until it is decided.
amount-preliminary-close = The amount is preliminary. It is final when applications have closed and the attendance has been checked.
amount-none = The amount is worked out when we have gone through the application.
amount-decided = Decided grant
amount-decided-note = The decision was sent { $day }.
explain-decided = The decision can be read here.
explain-withdrawn = You have withdrawn the application. An officer closes the case.

case-letter = Decision letter
letter-pdf = Get as PDF
case-promised = What you have promised to send
case-promised-text = Send it as soon as you have it. The case stays where it is, and you need not sign again.
case-promised-send = Send it now
case-not-met = Requirements that are not met
case-happened = What has happened
case-my-documents = Documents
case-my-no-documents = The documents are shown here when the application is registered.
case-my-account = From attendance to grant
case-my-facts = The case
case-change = Change or withdraw
case-replace = Change and hand in again
case-replace-until = Until { $day } you can change the answers and hand in a new version. The new one replaces the old one; both stay in the diary.
case-withdraw = Withdraw the application
case-withdraw-text = The municipality closes the case without trying it.
case-withdraw-why = Why
case-withdraw-button = Withdraw the application
document-in = From you
document-out = To you
document-internal = Drawn up here

event-received = The application came in, signed by { $who }.
event-replaced = A new version came in, signed by { $who }.
event-cosign-asked = A second signature is needed by { $day }.
event-cosigned = { $who } signed too.
event-cosign-reminded = The association reminded of the second signature.
event-cosign-off = The association took back its request for a second signature. An officer takes it from there.
event-cosign-missing = The second signature did not come in time. An officer takes it from here.
event-withdrawn = The application was withdrawn.
event-registered = The application was registered under diary number { $number }.
event-calculated = The amount was reckoned preliminarily: { $amount }.
event-supplement-requested = The municipality asked for a supplement by { $day }.
event-supplement-received = Your supplement came in.
event-promised-received = What you had promised came in: { $what }.
event-view-received = Your view came in.
event-decision = The decision was sent.
event-appeal-entered = An appeal came in on { $day }.
event-paid = The payment was sent to the bank.
event-booked = The bank has paid { $amount }.
no-attendance-title = No attendance has come in
no-attendance-text = Without attendance the grant is 0 kr.
no-attendance-send = Send the attendance

paper-title = Applications on paper
paper-lead = Whoever cannot apply here may apply on paper. Write the answers into the same form and add the scanned application. It counts from the day it came.
paper-none = No round has opened yet.
paper-round = { $period }, last day { $day }
paper-begin = Write in
paper-go-on = Go on
paper-begun = Begun
paper-not-begun = Not begun
paper-receive-title = Receive an application on paper
paper-receive-lead = What is needed at last: who signed, when it came, and the paper itself.
paper-signed = Who signed?
paper-signed-hint = As it stands on the paper. Write all names if there are several.
paper-came = When did the application come?
paper-came-hint = The day of its stamp.
paper-scan = Scanned application
paper-scan-hint = PDF or picture, 20 MB at most. It is registered together with what you wrote in.
paper-receive = Receive the application
paper-answers-wrong = An answer has to be put right. Check the answers.
paper-way = Write in an application on paper
task-paper = Receive the paper
receipt-paper-application = The application is received
receipt-paper-application-text = It has got its diary number. The association's contacts get a receipt.
live-questions = { $count ->
    [one] One question about a clash waits for your answer. Until then the mark may not count.
   *[other] { $number } questions about clashes wait for your answer. Until then the marks may not count.
}
live-answer = Answer them
receipt-not-sent = The application was not sent
receipt-not-sent-text = Something has changed since you checked the answers, for instance the attendance. See below what is missing and sign again.
case-receipt = Show the receipt
todo-questions = { $count ->
    [one] Answer one question about a clash
   *[other] Answer { $number } questions about clashes
}
todo-questions-over = Attendance { $period } · the time to answer ended { $day }, but you may answer until the period is closed
todo-questions-detail = Attendance { $period } · answer by { $day }
