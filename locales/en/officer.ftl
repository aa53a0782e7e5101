# Handling: the queue, the case, batch decision.

cases-filter = Search cases
cases-query = Diary number, association, organisation number or words
cases-grant = Grant
cases-todo = To do
cases-search = Search
cases-all = Show all cases
cases-none-found = No cases match
cases-none-found-text = Try fewer words, or choose all grants.
cases-case = Case
cases-applicant = Applicant
cases-state = State
cases-amount = Amount
cases-due = Handle by
cases-late = The day has passed
cases-found = Number of cases: { $count }
case-number = diary no. { $number }
case-no-amount = The amount has not been calculated yet.
case-checks = Checks
case-no-checks = The application has not been checked yet.
case-account = From attendance to paid participations
case-rows = How we calculated
case-no-rows = The grant has not been calculated yet.
case-version = Rule version { $version }
case-calculated = Calculated { $at }.
case-version-hash = Checksum of the rules
case-input-hash = Checksum of the input
case-hashes = Show checksums
case-compare = Calculate again and compare
case-trace = Show every step
case-difference-line = Line
case-difference-before = Stored
case-difference-after = Calculated again
case-clashes = Clashes in the attendance
case-clashes-text = The same person is registered by two associations at the same time. Each association sees only its own data.
case-clash-when = When
case-clash-activity = Activity
case-clash-marks = Marks
case-clash-state = State
case-documents = Documents
case-no-documents = No documents are registered.
case-document-number = No.
case-document-date = Date
case-document-title = Document
case-document-direction = Direction
case-next = Next step
case-tasks = Tasks
case-task-comment = Comment
case-task-reason-back = Reason, if you send it back
case-task-reason-back-hint = The association will read it.
case-task-done = Save the task
case-task-way = Save and go on to: { $to }
case-facts = The case
case-org = Organisation no.
case-received = Received
case-officer = Officer
case-nobody = Nobody yet
case-due = Handle by
case-events = Events
case-no-events = Nothing has happened yet.
decide-round = Grant and period
decide-show = Show
decide-none = No cases are ready for decision
decide-none-text = A case comes here when its period is closed, its amount is final and nothing is left to check.
decide-to-cases = To all cases
decide-ready = Cases that can be decided
decide-include = Include
decide-include-one = Include { $name }
decide-applicant = Applicant
decide-outcome = Decision
decide-amount = Amount
decide-change = Against the last time
decide-check = Check
decide-total = Chosen:
decide-count = { $count ->
    [one] { $count } case
   *[other] { $count } cases
}
decide-excluded = { $count ->
    [one] { $count } case is left out
   *[other] { $count } cases are left out
}
decide-reason = Why
decide-budget-decided = Decided before
decide-budget-batch = This decision
decide-budget-left = Left
decide-budget-title = This year’s budget { $year }
decide-budget-words = This year’s budget { $amount }. Decided before { $used }, this decision { $chosen }, left { $left }.
decide-budget-over = The chosen cases cost more than is left of the budget. Decisions stop when the money is used up.
decide-heading = Decide
decide-conflicts = { $count ->
    [one] One case is hidden from you because of a registered conflict of interest.
   *[other] { $count } cases are hidden from you because of registered conflicts of interest.
}
decide-not-you = You have no delegation to decide these cases. A delegate or the committee decides.
decide-confirm = I have gone through the chosen cases and decide in each of them.
decide-button = Decide the chosen cases
decide-undo = The decisions are sent in { $time }. Until then you can take them back.
trace-none = There are no stored steps for this calculation.
trace-line = Line
trace-rule = Rule
trace-outcome = Result
trace-paragraph = Paragraph
cases-title = My cases
cases-summary = { $todo } of { $open } open cases need handling. Ready for decision: { $ready }, of these without remarks: { $clean }.
cases-batch = Review and decide ({ $number })
cases-all-grants = All grants
cases-period = Period
cases-all-periods = All periods
cases-todo-all = Everything to do
cases-todo-decide = Ready for decision
cases-todo-applicant = Waiting for the association
cases-todo-time = Waiting for the service or a day
cases-todo-decided = Decided, can be taken back
cases-todo-away = Put away
cases-todo-closed = Closed
cases-todo-everything = All cases
cases-officer = Officer
cases-mine-or-free = Mine and those nobody has
cases-mine = Only mine
cases-free = Those nobody has
cases-everybodys = Everybody's
cases-overdue = Only overdue
cases-more-limits = More limits
cases-reset = Clear
cases-views = Saved views
cases-save-view = Save the view
cases-view-name = What shall the view be called?
cases-view-save = Save
cases-forget-view = Remove { $name }
cases-none-to-do = Nothing to do right now
cases-none-to-do-text = Cases that need you are shown here. The rest wait for somebody else, for a day or for a decision.
cases-first-page = To the first page
cases-periods = Periods
cases-unread = { $count ->
    [one] One unanswered message from the association
   *[other] { $number } unanswered messages from the association
}
cases-away = Put away until { $date }
days = { $count ->
    [one] 1 day
   *[other] { $number } days
}

waits-service = The service works on the case
waits-failed = A step has failed and is tried again
waits-officer = Waits for an officer
waits-decision = Ready for decision
waits-decided = Decided
waits-dispatch = Decided; the letter leaves when the time to take it back is over
waits-applicant = Waits for an answer from the association
waits-close = Calculated finally when the period closes
waits-time = Waits for a time to pass
waits-nothing = Closed

receipt-view-saved = The view is saved
receipt-view-saved-text = It stands above the list the next time you come.
receipt-view-forgotten = The view is removed
receipt-view-forgotten-text = The cases are still there.
receipt-away = The case is put away
receipt-away-text = It comes back on that day, or earlier if something happens in it.
receipt-back = The case is back
receipt-back-text = It is among what you have to do.

decide-title = Decide several cases
decide-title-round = Decide several cases: { $grant } { $period }
decide-all-rounds = All rounds
decide-cases = { $count ->
    [one] 1 case
   *[other] { $number } cases
}
decide-mandate = { $cases }, { $sum }. You decide by { $point } of the delegation order. Each case gets a decision of its own.
decide-mandate-limit = { $cases }, { $sum }. You decide by { $point } of the delegation order, at most { $limit } a case. Each case gets a decision of its own.
decide-only-read = You may read, but have no delegation to decide.
decide-choose-some = Choose at least one case to decide.
decide-confirm-missing = Confirm that you have gone through the rows.
decide-marks = Participations
decide-check-none = No remarks
decide-check-failed = Requirement not met
decide-check-remark = Remark looked at
decide-check-changed = Changed
decide-left-out = These cases were left out
decide-left-changed = has changed since the page was shown and has to be reviewed again
decide-left-moved = is now “{ $state }”
decide-changed = The case changed while you reviewed and was left out. Review it again.
decide-taken-back = Decisions that can still be taken back
minutes = { $count ->
    [one] 1 minute
   *[other] { $number } minutes
}
case-outcome-bifall = Granted
case-outcome-delvis = Granted in part
case-outcome-avslag = Refused
case-outcome-avvisning = Not tried
case-outcome-avskrivning = Closed without decision
receipt-none-decided = No decision was made
receipt-none-decided-text = The cases had been decided or changed already when you sent. Those still below have to be reviewed again.
receipt-partly = The decisions are made, save some
receipt-partly-text = Cases that had changed while you reviewed were left out. They are still below.

compare-kept = Compared with the calculation of
compare-rules = rule version ….
compare-disposed = The material was disposed of
compare-same = The same result
compare-differs = The result differs
compare-total = Sum
compare-material = The material has changed since then.

case-amount-decided = Grant decided
case-amount-proposed = Proposed grant
    .requisition = The part that is requisitioned
case-amount-preliminary = Preliminary grant
case-decision-letter = The decision letter
case-payment-less = { $amount }. A debt to the municipality is taken off: { $debt }.
case-held = Held
case-rules-decided = decided by { $body } { $date }
case-files = { $count ->
    [one] 1 file read
   *[other] { $number } files read
}
case-source-locked = The period's locked attendance, { $files }.
case-source-so-far = The attendance so far, { $files }.
case-answers = Answers beside register and the period before
case-answers-reserved = The answers hold protected personal data. Ask a colleague who is allowed to read them.
case-no-answers = The application asks nothing.
case-answer-question = Question
case-answer-now = Application
case-answer-register = Register
case-answer-before = Before
case-answer-differs = Changed
case-document-party = From or to
case-task-amount = Proposed amount (SEK)
case-about = { $number } · { $name } · { $grant } { $period }
case-ways = More in the case
case-way-decide = Review and decide
case-way-decide-note = Ready for decision
case-way-messages = Messages
case-way-messages-count = { $count ->
    [0] none yet
    [one] 1 message
   *[other] { $number } messages
}
case-way-unanswered = { $count ->
    [one] 1 unanswered
   *[other] { $number } unanswered
}
case-way-call = Note a call
case-way-notes = Internal notes
case-way-notes-count = { $count ->
    [0] none yet
    [one] 1 note
   *[other] { $number } notes
}
case-way-hand-over = Hand over the case
case-way-override = Change the amount, with reasons
case-way-longer = Give more time
case-way-withdrawn = The application is taken back
case-way-print = Print the case
task-open = To do
task-done-by = Done, { $who }
task-waits-applicant = Waits for the association’s supplement, requested by { $who }
task-asked = Supplement requested, { $who }
task-void = No longer needed
message-read = Read { $when }
message-unread = Not read yet
clash-until = The association can answer until { $date }.
clash-both = Both say that their registration is right.
clash-keeps = The association says that the registration is right.
clash-withdraws = The association has left the registration out.
clash-other = The other side has answered.
clash-answered = Answered
clash-unanswered = Unanswered
case-document-in = Received
case-document-out = Sent
case-document-internal = Drawn up
cut-behind = Show the marks
cut-title = Marks that give no grant
cut-here = Marks
cut-lead = Every mark that was not counted in the latest calculation, and the rule that decided it. Names and personal numbers are not shown. A person has the same number on every page.
cut-all = All that were not counted
cut-none = Every mark was counted. There is nothing to explain here.
cut-range = { $from }–{ $to } of { $of }
cut-person = Person { $number }
cut-born = born { $year }
cut-female = girl or woman
cut-male = boy or man
cut-hidden = particulars protected
cut-card = { $activity }, attendance card { $card }
trace-title = How it was calculated, step by step
trace-here = Every step
trace-values = Values the rules state
trace-values-lead = The amounts and limits that held for the period.
trace-name = Name in the rules
trace-held = Value
trace-since = Holds from
trace-steps = The lines of the rules
trace-steps-lead = Each line as it is written, and what came of it in this case.
trace-source = Rule version { $version }, calculated { $at }. Checksum of the material { $hash }.

messages-all = All messages
messages-none = Nobody has written in this case yet.
messages-reserved = The messages may hold protected personal data. Ask a colleague who is allowed to read them.
messages-settle = No answer is needed
notes-lead = Working material for colleagues. The association does not see it, and it is no document in the diary.
notes-all = All notes
notes-none = No notes yet.
note-new = New note
note-field = Note
note-save = Save the note
call-lead = What is said on the phone and matters for the case is noted. The note is registered in the diary, with your name and the time.
call-field = What was said, and by whom?
call-hint = A note cannot be changed. If something is wrong, write another.
call-save = Save the note
hand-over-lead = Choose who takes over and see what follows along. Nothing happens until you hand over.
hand-over-along = This follows along
hand-over-whom = Who takes over?
hand-over-choose = Choose a colleague or a unit
hand-over-to = Colleague or unit
hand-over-word = A few words on the way
hand-over-word-hint = Becomes an internal note in the case.
hand-over-alone = Nobody else can handle this case just now.
override-lead = The change becomes a row of its own after those of the rules, with your reasons. Nothing in the calculation is overwritten.
override-rows = As it is calculated now
override-change = New sum
override-amount = New sum (SEK)
override-why = Reasons
override-why-hint = The reasons stand in the decision to the association.
override-button = Change the amount
override-back = Go back to the sum of the rules
override-back-text = The change is taken back. It stays in the history.
override-back-why = Why is it taken back?
override-back-button = Take back the change
withdrawn-lead = The applicant has said that the application is taken back. Note how. The case is then closed by a decision.
withdrawn-field = How and when was the application taken back?
withdrawn-button = Register the withdrawal
longer-answer-lead = The association gets more time to answer the request. They are told, and the case waits until the new day.
longer-apply-lead = The association gets a later last day for this grant and this period. The application then counts as in time.
longer-now = The last day is now { $date }.
longer-day = New last day
extensions-reason = Why
extensions-button = Give more time
act-only-read = You can read the case, but not handle it.
act-not-now = That is not possible as the case stands. Its page says what comes next.
officer-moved-on = The case was changed while you were writing. Read how it stands now and try again.
print-how = Print the page, or save it as a file, with your browser's print.
print-made = Printed by { $who } { $when }.
print-no-notes = Internal notes are not included.
print-with-notes = Include internal notes
print-without-notes = Without internal notes
print-letter-reserved = The decision holds protected personal data. Ask a colleague who is allowed to read them.

act-undo = Take back the decision
act-undo-text = This is possible until { $time }, before the letter is sent.
act-undo-button = Take back the decision
act-undo-why = Why is it taken back?
act-close = Close the case
act-close-text = The applicant has taken the application back. You decide that the case is closed without being tried. It can be undone until the letter is sent.
act-close-button = Close the case
act-supplement = Request a supplement
act-supplement-text = The case then waits for the association and the handling time stands still.
act-supplement-button = Send the request
act-supplement-missing = What is missing?
act-supplement-hint = Write so that the association understands exactly what to send.
act-supplement-section = Concerns the part "{ $section }"
act-supplement-day = Last day to answer
act-supplement-consequence = What happens without an answer?
act-supplement-consequence-text = Without an answer the application may be decided on the material there is, or not be tried.
act-write = Write to the association
act-write-text = The association gets a mail that there is something to read. The message becomes a document in the diary.
act-write-field = Message
act-write-button = Send
act-away = Put away
act-away-text = The case leaves the list and comes back that day, or earlier if something happens.
act-away-day = Until
act-away-button = Put away
act-back = Bring back
act-back-text = The case is put away until { $date }.
act-back-button = Bring back

done-application-received = The application came in, signed by { $text }
    .report = The report came in, signed by { $text }
    .requisition = The requisition came in, signed by { $text }
done-application-replaced = The application was replaced by a new one, signed by { $text }
    .report = The report was replaced by a new one, signed by { $text }
    .requisition = The requisition was replaced by a new one, signed by { $text }
done-cosignature-asked = One more signature is needed, by { $day }
done-cosigned = { $text } signed too
done-cosignature-reminded = The association reminded of the second signature
done-cosignature-off = The association took back its request for a second signature
done-cosignature-missing = The second signature did not come
done-withdrawn = The application was taken back. { $text }
done-state = The case moved on to "{ $state }"
done-validated = The data were checked against the rules
done-registered = Registered as { $number }
done-population = { $count ->
    [one] 1 person was checked against the population register
   *[other] { $number } persons were checked against the population register
}
done-attendance-locked = The attendance was taken from the locked period
done-attendance = { $count ->
    [0] The attendance was fetched, no clashes
    [one] The attendance was fetched, 1 clash
   *[other] The attendance was fetched, { $number } clashes
}
done-calculated = The amount was calculated: { $amount }
done-overridden = { $who } changed the sum to { $amount }: { $text }
done-override-taken-back = { $who } took back the change of the sum: { $text }
done-call = { $who } noted a call: { $text }
done-handed-over = { $who } handed over the case
done-extended = More time was given, until { $day }
done-message-sent = { $who } wrote to the association
done-message-received = The association wrote a message
done-task = { $who } did a task. { $text }
done-supplement-requested = { $who } requested a supplement: { $text }
done-supplement-received = The supplement came in. { $text }
done-view-received = The association gave its view: { $text }
done-proposed = A proposal was written: { $amount }
done-decided = { $who } decided: { $outcome }, { $amount }
done-undone = { $who } took back the decision: { $text }
done-dispatched = The decision letter was sent
done-payment-ordered = A payment was prepared: { $amount }
done-payment-reviewed = { $who } reviewed the payment
done-payment-attested = { $who } attested the payment
done-payment-exported = The payment was put into a file to the bank
done-payment-released = { $who } released a hold: { $text }
done-payment-hold-dated = The hold for the time of appeal got its last day
done-payment-told = The bank answered about the payment
done-payment-again = { $who } made the payment again
done-payment-sent-back = { $who } sent the payment back: { $text }
done-late-attendance = Attendance came in after the period was locked
done-protected-read = { $who } read protected data

receipt-extended = More time is given
receipt-extended-text = The new day holds from now on.
receipt-sent = The message is sent
receipt-sent-text = It stands here and in the diary.
receipt-settled = Noted
receipt-settled-text = The message no longer counts as unanswered.
receipt-noted = The note is saved
receipt-noted-text = Colleagues see it here.
receipt-call = The call is noted
receipt-call-text = The note is among the documents of the case.
receipt-changed = The amount is changed
receipt-changed-text = The case is calculated again. The change stands as a row of its own.
receipt-taken-back = The withdrawal is registered
receipt-taken-back-text = The case can now be closed.
receipt-written-off = The case is closed
receipt-written-off-text = The letter is sent when the time to undo is over.
receipt-handed-over = The case is handed over
receipt-handed-over-text = The colleague sees it among hers.

cases-choose = Choose
cases-choose-one = Choose { $number }
cases-ask = Request a supplement of those chosen
ask-title = Request a supplement in several cases
ask-lead = { $count ->
    [one] One case gets the text, as a document of its own.
   *[other] { $number } cases get the same text, each as a document of its own.
}
ask-cases = Cases
ask-none = No cases are chosen
ask-none-text = Choose cases in the list and press Request a supplement of those chosen.
ask-to-cases = To the cases
ask-not-asked = { $count ->
    [one] One case got no request. See why beside it.
   *[other] { $number } cases got no request. See why beside each.
}
rounds-choose = Choose grant and period
rounds-grant = Grant and period
rounds-one = { $grant } { $period } (until { $date })
periods-title = Periods
periods-closed = Closed { $at }
periods-can-close = Can be closed
periods-open = Open
periods-close = Close the period
periods-close-lead = A closed period cannot be opened again. Check the figures first.
periods-close-locked = This is locked
periods-close-cases = Applications that get their final calculation
periods-close-files = Attendance files
periods-close-associations = Associations with attendance
periods-close-unanswered = Clashes without an answer
periods-default-none = For clashes that nobody has answered the mark counts for neither association.
periods-default-first = For clashes that nobody has answered the mark that came first counts.
periods-default-both = For clashes that nobody has answered both marks count.
periods-default-officer = Clashes without an answer must be decided by an officer before the period can be closed.
periods-close-text = Attendance that comes later changes nothing. The calculations are made a last time from what is locked.
periods-close-button = Close the period now
periods-close-not = Do not close, back to the periods
periods-extend = Give more time
periods-remind = Remind those who have not applied
extensions-title = More time
extensions-lead = The last day to apply in time can be moved, for one association or for all.
extensions-given = Time given
extensions-none = No more time has been given.
extensions-give = Give more time
extensions-whose = Who gets more time?
extensions-one = One association
extensions-all = All
extensions-for = For whom
extensions-number = Organisation number
extensions-number-hint = Fill in when one association gets more time, such as 802001-3457.
extensions-until = Until
extensions-only-read = You can read what time was given, but not give more.
reminders-title = Applied the last time, not now
reminders-lead = These applied for { $grant } for { $before } and have not for { $now }. The last day to apply is { $date }.
reminders-no-before = There is no earlier period to compare with.
reminders-choose = Choose a grant and a period to see who applied the last time and not now.
reminders-none = Nobody is missing
reminders-none-text = Everybody who applied the last time has applied now, or there is no earlier period.
reminders-older = Applied in the older system. Contact the association.
reminders-who = Association
reminders-amount = The last time
reminders-written = Last written
reminders-button = Remind those chosen
reminders-how = The reminder becomes a message in the case of the last period. The association gets a mail that there is something to read. Those whom somebody has written to in the last two weeks are not chosen from the start.
meetings-title = Committee
meetings-waiting = { $count ->
    [0] All delegated decisions are reported.
    [one] One delegated decision is not reported yet.
   *[other] { $number } delegated decisions are not reported yet.
}
meetings-all = Meetings
meetings-none = No meetings yet. When decisions are reported to a meeting its list is shown here.
meetings-count = { $count ->
    [one] 1 decision
   *[other] { $number } decisions
}
meetings-unreported = Decisions not reported yet
meetings-unreported-here = Not reported
meetings-read = Read the decisions: { $what }
meetings-committee = { $name } ({ $count } to report)
meetings-whose = Committee
meetings-day = Day of the meeting
meetings-paragraph = Paragraph
meetings-paragraph-hint = Of the minutes, such as § 31. It can be filled in later.
meetings-decisions = Decisions reported
meetings-announcement = Announcement
meetings-announced = Announced
meetings-not-announced = Not announced
meetings-up-down = Announced { $up }, up until { $down }.
meetings-report = Report delegated decisions
meetings-report-text = All decisions that were sent and are not reported are put on the list of the meeting.
meetings-report-button = Report the decisions
meetings-only-read = The administrator reports the decisions to the committee.
meetings-subject = What it concerns
meetings-delegate = Decided by
meetings-announce = Fill in when the minutes were announced
meetings-announce-text = The time for appeal runs from the announcement. Payments that wait for it are released when it is over.
meetings-up = Announced
meetings-down = Taken down
meetings-down-hint = At the earliest the day after the time for appeal is over.
meetings-announce-button = Save the announcement
meetings-correct = Correct the details of the meeting
meetings-correct-text = The time for appeal runs from the corrected day. What stood before remains in the history.
meetings-correct-why = Why is this corrected?
meetings-correct-button = Save the correction
meeting-title = Delegated decisions, meeting { $date }
meeting-summary = { $count }, { $sum } in all.
meeting-none = No decisions are reported to this meeting.
meeting-left-out = { $count ->
    [one] One decision is not shown to you because you are tied to whom it concerns.
   *[other] { $number } decisions are not shown to you because you are tied to whom they concern.
}
meeting-pdf = Get the list as PDF
receipt-reminded = The reminders are sent
receipt-reminded-text = The associations get a mail that there is something to read.
receipt-meeting-reported = The decisions are reported
receipt-meeting-reported-text = The list is ready to be printed for the meeting.
receipt-meeting-announced = The announcement is saved
receipt-meeting-announced-text = The time for appeal runs from that day.
receipt-meeting-corrected = The details are corrected
receipt-meeting-corrected-text = Payments that wait for the time of appeal follow the corrected day.

# The same dialogue as the association reads it.

dialogue-title = Messages
dialogue-about = { $number } · { $grant } { $period }
dialogue-lead = Here you write with us about the case.
dialogue-none = Nobody has written in this case yet.
dialogue-write = Write to us
dialogue-field = Your message
dialogue-hint = What you write becomes a public document. Write no personal numbers.
dialogue-only-read = You may read, but not write for the association.
dialogue-link = Read and write messages in the case
