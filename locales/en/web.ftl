# The pages' own texts. A case's figures and a grant type's texts arrive ready-made.

skip = Skip to content
nav-label = Main menu
crumbs-label = You are here
section-public = Leisure and culture
section-officer = Case handling
section-demo = Demonstration
foot-accessibility = Accessibility statement
foot-personal-data = How we handle personal data
foot-contact = Contact the associations desk:
page-previous = Previous page
page-next = Next page

nav-grants = Grants
nav-cases = Cases
nav-decide = Decide
nav-appeals = Appeals
nav-payments = Payments
nav-diary = Diary

form-error-prefix = Error:
form-error-heading = Correct this and send again
form-optional = (optional)

demo-label = Demonstration
demo-name = Demonstration
demo-clock = Move the clock
demo-date = or to
demo-move = Move the clock
demo-persona = You are { $persona }
demo-play = Become
demo-switch = Switch person
demo-mailbox = { $count ->
    [0] Mailbox
   *[other] Mailbox ({ $count })
}

start-next = Next last day to apply
start-grants = Grants
start-no-grants = There are no grants to apply for just now. Come back later, or call the associations desk.
start-grant = Grant
start-who = For whom
start-what = What you can get
start-last-day = Last day to apply
start-payment = Payment
start-work = If you work here

import-problems = To correct or to know
import-no-problems = The file had no faults. All marks have been read.
import-line = Line
import-what = What is wrong
import-marks = Marks
import-more = { $count ->
    [one] { $count } more line is not shown here.
   *[other] { $count } more lines are not shown here.
}
import-summary = Read
import-file = The file
import-title = Attendance file { $at }
import-verdict-in = The whole file has been read.
import-verdict-partly = { $count ->
    [one] The file has been read, but { $number } mark does not count until the association has corrected it.
   *[other] The file has been read, but { $number } marks do not count until the association has corrected them.
}
import-verdict-refused = The file was not read and nothing has changed. The association sees what is wrong and can send another.
import-same-file = It is the same file as came { $at }. It has been counted once only.
import-not-used = The file is not used any more: other attendance counts for the period.
import-left-out = Does not count
import-corrected = Corrected
import-stays-out = Left out
files-title = Attendance files
files-count = { $count ->
    [one] 1 file
   *[other] { $number } files
}
files-lead = Files that have come for the case's period. The report shows what was read and what is wrong, without names and personal identity numbers.
files-none = No attendance file has come for the period.
files-left-out = { $count ->
    [one] { $number } mark does not count
   *[other] { $number } marks do not count
}
files-reserved = The report holds protected personal data. Ask a colleague who is allowed.

diary-lead = Here you see which documents the committee has received and made. Contact us if you want to read one.
diary-filter = Search the diary
diary-query = Diary number or words
diary-year = Year
diary-from = From
diary-to = To
diary-direction = Direction
diary-search = Search
diary-all = Show the whole diary
diary-none = No documents match
diary-none-text = Try fewer words or a longer time.
diary-number = Case
diary-date = Date
diary-title = Document
diary-party = Sender or recipient
diary-document = Document { $number }
diary-found = Number of documents: { $count }
diary-secrecy = Names of private persons and data under secrecy are not shown here.

mailbox-lead = Here are the letters and mails the service would have sent. Nothing leaves the demonstration.
mailbox-none = No letters yet
mailbox-none-text = Decide a case or request a supplement, and the letter arrives here.
mailbox-list = Letters
mailbox-from = From
mailbox-to = To
mailbox-when = Sent
mailbox-attachments = Attachments
mailbox-choose = Choose a letter in the list.

error-status = Error { $status }
error-home = To the first page
error-incident = If you contact us, give this number:
error-request-title = We did not understand what was sent
error-request-text = Something in the form or the address is missing or malformed.
error-request-advice = Go back, check what you filled in and send again.
error-login-title = You need to log in
error-login-text = The page is only shown to those who are logged in.
error-login-advice = Log in and open the page again. What you have saved is still there.
error-forbidden-title = You have no access to this
error-forbidden-text = Your role does not allow it, or the form was sent from another website.
error-forbidden-advice = Open the page from the menu and try again. If it does not help, ask whoever handles access where you work.
error-missing-title = There is no such page
error-missing-text = The address may be misspelt, or the page has been moved or removed.
error-missing-advice = Check the address, or start over from the first page.
error-method-title = The page cannot be used that way
error-method-text = The address exists but does not take this kind of request.
error-method-advice = Start over from the first page.
error-conflict-title = Not possible just now
error-conflict-text = Somebody else was faster, or the case has moved on since you opened the page.
error-conflict-advice = Open the page you came from again to see where it stands. If you sent something, it has not been saved.
error-large-title = What you sent is too large
error-large-text = The file or the form is larger than the service takes.
error-large-advice = Split the file by period or compress it (.gz) and try again.
error-often-title = Too many attempts
error-often-text = We have had many requests from you in a short time.
error-often-advice = Wait a minute and try again.
error-busy-title = The service does not answer just now
error-busy-text = Something the service depends on is busy or down.
error-busy-advice = Wait a while and try again. Nothing has been lost.
error-ours-title = Something went wrong with us
error-ours-text = The fault is ours and has been logged.
error-ours-advice = Try again in a while. Contact us if it persists.

periods-lead = When a period is closed, attendance is locked, clashes are settled and every case gets its final calculation. It cannot be undone.
periods-none = No periods.
periods-grant = Grant
periods-last-day = Last day to apply
periods-waiting = Cases waiting
periods-state = State


nav-associations = Associations
nav-committee = Committee
nav-statistics = Statistics
nav-home = My pages
nav-association = The association
nav-act-for = Change association
nav-log-in = Log in

who-for = for
who-change = Change association
who-log-out = Log out
demo-nobody = You are not logged in

login-title = Log in
login-none = Log-in by e-identification is not connected yet. What is open to everybody can be read without logging in.
login-demo = This is a demonstration: choose who you want to be. In production one logs in with an e-identification.
login-associations = For an association
login-staff = At the municipality
act-for-title = Which association is it about?
act-for-lead = You can change at any time, at the top of the page.
act-for-none = No association has let you act for it. Ask a signatory of the association to add you.
mandate-reader = Reads
mandate-writer = Fills in
mandate-signatory = Signs
resend-title = You are not logged in any more
resend-lead = What you wrote is kept. Log in again and send it.
resend-again = A file came with it and must be chosen again. Answers that were saved are still there.
resend-log-in = Log in
resend-log-in-tab = Log in in a new tab
resend-come-back = Come back to this tab.
resend-send = Send again

receipt-done = The task is done
receipt-done-text = The case moves on by itself.
receipt-supplement = The supplement is requested
receipt-supplement-text = The association gets a message. The handling time stands still until the answer comes.
receipt-undone = The decision is taken back
receipt-undone-text = No letter was sent. The case is ready for decision again.
receipt-decided = The decisions are made
receipt-decided-text = Each case has got its own decision. The letters leave when the time to undo is over.
receipt-reviewed = The review is done
receipt-reviewed-text = Now another person can attest.
receipt-attested = Attested
receipt-attested-text = The payments can be put into a file.
receipt-batch = The files are ready
receipt-batch-text = Fetch them below and hand them to the bank and the ledger.
receipt-released = The hold is released
receipt-released-text = The payment can go on.
receipt-closed = The period is closed
receipt-closed-text = The cases are now calculated finally on the locked attendance.
receipt-nothing = Nothing to do
receipt-nothing-text = There was nothing to do just now.
receipt-logged-out = You are logged out
receipt-logged-out-text = Close the browser if others use the same computer.
receipt-saved = Saved
receipt-saved-text = The change holds from now on.
row-share = { $percent } of { $of }
