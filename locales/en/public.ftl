# The public pages.

yes = Yes
no = No

start-title = Grants to associations in …
start-lead = See what you can apply for, apply, and follow your case. The amount and how it is worked out show already while you fill in.
start-log-in = Log in to My pages
start-open = Open
start-opens = Opens { $date }
start-closed = Closed
start-today = today
start-days-left = { $count ->
    [one] tomorrow
   *[other] in { $count } days
}
start-calendar = Put the year's dates into your calendar
start-periods = Periods
start-work-cases = { $count ->
    [0] No case needs an officer
    [one] 1 case needs an officer
   *[other] { $count } cases need an officer
}
start-work-decide = { $count ->
    [0] No case is ready for decision
    [one] 1 case is ready for decision
   *[other] { $count } cases are ready for decision
}
start-work-periods = { $count ->
    [0] No case waits for a period to close
    [one] 1 case waits for a period to close
   *[other] { $count } cases wait for a period to close
}
start-work-payments = Review, attest and make files for bank and ledger

calendar-title = Last days to apply
calendar-lead = Put the dates into your own calendar and miss none of them.
calendar-file = Download as a calendar file
calendar-last-day = Last day to apply
calendar-period = For
calendar-opens = Opens
calendar-none = There are no days to apply ahead just now.

finder-title = Which grants can we apply for?
finder-lead = Answer what you know. The answers are not stored. The same rules decide the application.
finder-known = This is how it looks for { $name } on what the register says today.
finder-kind = Who applies?
finder-association = An association
finder-company = A company or foundation
finder-person = A single person
finder-approval = Do you have a valid approval: …?
finder-do-not-know = Do not know
finder-members = Members aged …
finder-members-older = Members aged … or older
finder-members-hint = Count the age at the end of the year. Leave it empty if you do not know.
finder-founded = When was the association founded?
finder-show = Show which grants we can apply for
finder-answer = What you can apply for
finder-can = You can apply
finder-can-approval = You can apply
finder-cannot = You cannot apply yet
finder-depends = It depends on
finder-others = For other applicants
finder-until = Apply by …
finder-opens = Opens …
finder-closed = No open round
finder-bad-number = Write a whole number, such as 25.
finder-bad-date = Write a date, such as 2026-05-01.
finder-not-binding = The answer is a help on the way and no decision.

grant-get = What you can get
grant-figures = Amounts and limits
grant-rule = Rule
grant-value = Value
grant-paragraph = Paragraph
grant-since = since { $date }
grant-earlier = Earlier values
grant-example = Worked example
grant-example-lead = The example is one of the cases that the rules are tested with, worked out by the same rules as your grant.
grant-requirements = Requirements
grant-requirements-lead = How the requirements came out in the example. Your application is held against the same ones with your own figures.
grant-procedure = How it goes
grant-signed-role = Whoever may fill in for the association hands in the application.
grant-signed-one = One signatory signs.
grant-signed-rule = The application is signed as your signatory rule says. The first signature counts as the day of receipt.
grant-decided-delegate = A named official decides on behalf of the committee after the rules have calculated.
grant-decided-automatic = The decision is made automatically by the rules.
grant-decided-officer = An officer assesses the application and decides on behalf of the committee.
grant-decided-committee = Officers prepare the application and the committee decides.
grant-appeal-legality = The decision can be appealed by legality review. The decision says how.
grant-appeal-full = The decision can be appealed. The decision says how.
grant-approval-year = The approval is reckoned from your own financial year, and you are reminded before it ends.
grant-history = History of the rules
grant-rules-decided = The rules were decided by { $who }.
grant-version = Version { $number }
grant-sources = The numbers come from:
grant-aside = The application in short
grant-apply = Apply
grant-not-open = One cannot apply just now.
grant-until = Apply by { $date }.
grant-requires = You first need to be:
grant-in-short = In short
grant-rounds = Rounds
grant-papers = What you need to have at hand
check-ok = Met
check-soft = To look at
check-unknown = Not known
check-fail = Not met
