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
case-task-done = Save the task
case-task-ticked = Done: { $label }
case-task-unticked = Not done: { $label }
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
decide-change = Against last year
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
cases-summary = { $todo } of { $open } open cases need handling. { $clean } have no remarks and are ready for decision.
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
decide-check-remark = Remark looked at
decide-check-changed = Changed
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
receipt-partly = The decisions are made, save some
receipt-partly-text = Cases that had changed while you reviewed were left out. They are still below.

compare-kept = Compared with the calculation of
compare-rules = rule version ….
compare-disposed = The material was disposed of
compare-same = The same result
compare-differs = The result differs
compare-total = Sum
compare-material = The material has changed since then.
